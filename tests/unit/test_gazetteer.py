"""The zones by every name they go by."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.reference.gazetteer import Gazetteer, usual_name
from indexer.reference.regions import COUNTY, PROVINCE, Regions

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    with (
        (CORPUS / "tables" / "zones.tsv").open(encoding="utf-8") as zones,
        (CORPUS / "tables" / "regions.tsv").open(encoding="utf-8") as regions,
    ):
        return Gazetteer.parse(zones, Regions.parse(regions))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("衡阳高新技术产业开发区", "衡阳高新区"),
        ("衡阳国家高新区", "衡阳高新区"),
        ("衡阳市高新区", "衡阳高新区"),
        ("衡阳高新区管委会", "衡阳高新区"),
        ("光谷", "武汉东湖高新区"),
        ("亦庄", "北京经开区"),
        ("teda", "天津经开区"),
        ("沈阳开发区", "沈阳经开区"),
        ("萧山临江高新区", "杭州钱塘高新区"),
        ("河南自贸试验区", "河南自贸区"),
        (" 成都 高新区 ", "成都高新区"),
    ],
)
def test_a_zone_is_known_by_every_name_it_goes_by(gazetteer: Gazetteer, name: str, short: str) -> None:
    zone = gazetteer.resolve(name)
    assert zone is not None
    assert zone.short == short


@pytest.mark.parametrize("name", ["", "高新区", "经开区", "示例高新区", "衡阳", "虎丘区", "高新技术产业开发区"])
def test_a_bare_type_a_city_or_an_unknown_name_is_no_zone(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name) is None


def test_a_demoted_zone_is_not_national_any_more(gazetteer: Gazetteer) -> None:
    zone = gazetteer.resolve("酒泉经开区")
    assert zone is not None
    assert (zone.level, zone.province) == ("省级", "甘肃")
    assert "退出" in (zone.note or "")


def test_names_near_a_zone_are_kept_apart_from_its_aliases(gazetteer: Gazetteer) -> None:
    zone = gazetteer.resolve("苏州高新区")
    assert zone is not None
    assert "虎丘区" in zone.related
    assert "虎丘区" not in zone.aliases


def test_no_name_stands_for_two_zones(gazetteer: Gazetteer) -> None:
    owners: dict[str, set[str]] = {}
    for zone in gazetteer.zones:
        for name in (zone.name, zone.short, *zone.aliases):
            owners.setdefault(name, set()).add(zone.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_the_longest_name_at_a_place_is_found(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("苏州工业园综合保税区挂牌，成都高新技术开发区跟进")
    assert [(o.text, o.zone.short) for o in found] == [
        ("苏州工业园综合保税区", "苏州工业园综保区"),
        ("成都高新技术开发区", "成都高新区"),
    ]


@pytest.mark.parametrize("text", ["衡阳高新技术企业十家", "衡阳高新产业规模扩大", "东湖高新集团上市"])
def test_a_companys_or_an_industrys_name_is_not_the_zones(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == ()


def test_an_alias_that_is_a_place_as_well_is_weak(gazetteer: Gazetteer) -> None:
    assert [o.strong for o in gazetteer.find("张江的夜晚，光谷的早晨")] == [False, True]


def test_a_slip_of_the_pen_brings_the_right_zone_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.suggest("衡羊高新区")[0].short == "衡阳高新区"
    assert gazetteer.suggest("苏洲工业园区")[0].short == "苏州工业园区"


def test_a_city_brings_its_zones(gazetteer: Gazetteer) -> None:
    assert {z.short for z in gazetteer.suggest("衡阳")} == {"衡阳高新区", "衡阳综保区"}
    assert gazetteer.suggest("") == ()


def test_a_table_that_does_not_fit_names_its_line() -> None:
    header = (
        "id\tofficial_name\tshort_name\taliases\ttype\tlevel\tprovince\tcity\tcounty\tdoubtful\trelated_names\tnote"
    )
    with pytest.raises(ValueError, match="第 1 行"):
        Gazetteer.parse(["nonsense"])
    with pytest.raises(ValueError, match="第 2 行"):
        Gazetteer.parse([header, "甲\t乙"])
    row = "甲高新区\t甲高新技术产业开发区\t甲高新区\t\t高新区\t\t\t\t\t\t\t"
    with pytest.raises(ValueError, match="第 3 行的编号 甲高新区 前面已有"):
        Gazetteer.parse([header, row, row])
    with pytest.raises(ValueError, match="第 2 行"):
        Gazetteer.parse([header, row.replace("\t高新区\t\t", "\t乐园\t\t")])


def test_county_names_are_not_unique_and_higher_levels_come_first() -> None:
    with (CORPUS / "tables" / "regions.tsv").open(encoding="utf-8") as lines:
        regions = Regions.parse(lines)
    assert [r.level for r in regions.all_named("吉林")][:2] == [PROVINCE, "地级"]
    assert len([r for r in regions.all_named("鼓楼区") if r.level == COUNTY]) == 4
    assert regions.all_named("黔东南州")[0].name == "黔东南苗族侗族自治州"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("三沙", "三沙"), ("三沙市", "三沙"), ("湖南省", "湖南"), ("黔东南", "黔东南"), ("界首市", "界首"),
     ("吉林", "吉林"), ("吉林市", "吉林市"), ("衡阳", "衡阳"), ("衡阳市", "衡阳"), ("衡阳县", "衡阳县"),
     ("吐鲁番地区", "吐鲁番"),
     ("和平", None), ("新城", None), ("和平区", "和平"), ("招商", None), ("三沙综保区", None)],
)  # fmt: skip
def test_a_word_means_a_region_where_it_can_mean_nothing_else(
    gazetteer: Gazetteer, word: str, meant: str | None
) -> None:
    assert gazetteer.regions.meant_by(word) == meant


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("安顺经济技术开发区", "安顺经开区"),
        ("界首高新技术产业开发区", "界首高新区"),
        ("界首高新技术产业园区", "界首高新区"),
        ("开封综合保税区", "开封综保区"),
        ("浙南科技城", "浙南科技城"),
        ("高新区", "高新区"),
    ],
)
def test_a_zone_goes_by_the_usual_word_for_its_type(name: str, usual: str) -> None:
    assert usual_name(name) == usual
