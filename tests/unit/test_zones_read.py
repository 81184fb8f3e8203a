"""Of which zone a report speaks: named only where the text names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.zones import ZoneStatus
from indexer.pipeline.describe.zones import read_zone
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import Regions

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    zones = (CORPUS / "tables" / "zones.tsv").read_text(encoding="utf-8").splitlines()
    regions = (CORPUS / "tables" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer.parse(zones, Regions.parse(regions))


def test_a_zone_in_the_title_is_named_with_all_the_gazetteer_knows(gazetteer: Gazetteer) -> None:
    read = read_zone("株洲高新区2021年工作总结", "一年来，全区上下齐心协力。", None, gazetteer)
    assert (read.status, read.name, read.short) == (ZoneStatus.NAMED, "株洲高新技术产业开发区", "株洲高新区")
    assert (read.type, read.level, read.province, read.city) == ("高新区", "国家级", "湖南", "株洲")
    assert read.basis == "题名"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("光谷上半年科创成绩单出炉", "武汉东湖高新区"),
        ("亦庄2022年工作总结", "北京经开区"),
        ("衡阳国家高新区招商情况汇报", "衡阳高新区"),
        ("萧山临江高新区2020年工作总结", "杭州钱塘高新区"),
        ("沈阳开发区2019年工作总结", "沈阳经开区"),
        ("衡阳市高新技术产业开发区工作情况汇报", "衡阳高新区"),
    ],
)
def test_a_title_names_a_zone_by_any_of_its_names(gazetteer: Gazetteer, title: str, short: str) -> None:
    assert read_zone(title, "全区经济运行平稳。", None, gazetteer).short == short


def test_a_bare_kaifaqu_is_the_one_whose_type_the_body_speaks_of(gazetteer: Gazetteer) -> None:
    body = "高新区规上工业增长两成。高新区新增企业百家。高新区财政收入增长。"
    assert read_zone("沈阳开发区2019年工作总结", body, None, gazetteer).short == "沈阳高新区"


@pytest.mark.parametrize(
    ("title", "name", "kind", "province", "city"),
    [
        ("示例高新区2023年工作总结", "示例高新区", "高新区", None, None),
        ("衡阳市松木经济开发区2022年工作情况汇报", "衡阳市松木经济开发区", "经开区", "湖南", "衡阳"),
        ("关于示例工业园区上半年运行情况的报告", "示例工业园区", "工业园区", None, None),
        ("2022年上半年示例经开区经济运行情况", "示例经开区", "经开区", None, None),
    ],
)
def test_a_zone_the_gazetteer_does_not_know_is_named_as_the_title_spells_it(
    gazetteer: Gazetteer, title: str, name: str, kind: str, province: str | None, city: str | None
) -> None:
    read = read_zone(title, "园区全年完成工业投资若干。", None, gazetteer)
    assert (read.status, read.name, read.type) == (ZoneStatus.NAMED, name, kind)
    assert (read.province, read.city, read.level) == (province, city, None)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("经开区2021年工作总结", "经开区"),
        ("国家级高新区2021年工作总结", "高新区"),
        ("2020年以来发展总结高新区", "高新区"),
        ("全市开发区工作情况汇报", "其他"),
        ("关于综合保税区工作的汇报", "综保区"),
        ("我市召开高新区工作推进会议", "高新区"),
        ("推动经开区高质量发展情况汇报", "经开区"),
    ],
)
def test_a_type_without_a_name_is_only_a_type(gazetteer: Gazetteer, title: str, kind: str) -> None:
    read = read_zone(title, "一年来各项指标稳步增长，园区面貌焕然一新。", None, gazetteer)
    assert (read.status, read.name, read.type) == (ZoneStatus.TYPE_ONLY, None, kind)


@pytest.mark.parametrize("mask", ["xx", "XX", "××", "某某", "**", "○○", "XX市", "__"])
def test_a_blotted_out_name_is_anonymised_and_never_filled_in(gazetteer: Gazetteer, mask: str) -> None:
    body = f"今年以来，{mask}高新区坚持项目为王。{mask}高新区新签约项目十个，南昌市有关部门到场祝贺。"
    read = read_zone("高新区工作汇报", body, None, gazetteer)
    assert (read.status, read.name, read.type) == (ZoneStatus.ANONYMISED, None, "高新区")
    assert read.province is None
    assert "南昌市" in read.hints


def test_a_name_in_the_title_holds_over_masks_in_the_body(gazetteer: Gazetteer) -> None:
    read = read_zone("宝鸡高新区2020年工作总结", "xx高新区完成投资x亿元，xx高新区新增企业x家。", None, gazetteer)
    assert (read.status, read.short) == (ZoneStatus.NAMED, "宝鸡高新区")


def test_a_xinqu_masked_as_a_county_is_a_gaoxinqu_in_conflict_with_its_title(gazetteer: Gazetteer) -> None:
    body = "xx高XX县区抓项目。高XX县区抓招商。高XX县区抓服务。高XX县区抓人才。高XX县区保民生。"
    read = read_zone("经开区工作情况汇报", body, None, gazetteer)
    assert (read.status, read.type) == (ZoneStatus.ANONYMISED, "高新区")
    assert read.conflict is not None
    assert "经开区" in read.conflict
    assert "高新区" in read.conflict


def test_an_example_is_not_the_subject(gazetteer: Gazetteer) -> None:
    body = "我们学习苏州工业园区的做法，提出高新区自己的办法。高新区要走前列，高新区要当标兵。"
    read = read_zone("高新区2021年工作总结", body, None, gazetteer)
    assert (read.status, read.name) == (ZoneStatus.TYPE_ONLY, None)
    assert "苏州工业园区" in read.hints
    assert read_zone("赴苏州工业园区考察学习情况的报告", "考察组一行收获很大。", None, gazetteer).name is None


def test_a_body_names_its_zone_by_saying_it_again_and_again(gazetteer: Gazetteer) -> None:
    body = "宜昌高新区抢抓机遇。宜昌高新区完善招商机制，园区面貌一新。宜昌高新区管委会负责人表示，招商还要加力。"
    read = read_zone("园区发展再上台阶", body, None, gazetteer)
    assert (read.short, read.basis) == ("宜昌高新区", "正文")


def test_a_source_names_the_zone_where_type_and_title_agree(gazetteer: Gazetteer) -> None:
    body = "上半年，高新区新开工项目五十个，高新区管委会靠前服务。"
    assert read_zone("上半年亮点频闪", body, "襄阳高新区", gazetteer).short == "襄阳高新区"
    assert read_zone("经开区上半年总结", "经开区抓项目。", "襄阳高新区", gazetteer).name is None
    assert read_zone("上半年亮点频闪", body, "范文之家", gazetteer).name is None


def test_a_name_that_is_another_word_as_well_is_no_zone(gazetteer: Gazetteer) -> None:
    read = read_zone(
        "高新技术企业认定工作总结", "新认定衡阳高新技术企业三十家，衡阳高新技术企业总数过百。", None, gazetteer
    )
    assert read.name is None


@pytest.mark.parametrize(
    ("opening", "name", "level", "province", "city"),
    [
        ("——2022年1月8日在衡阳市第十六届人民代表大会第一次会议上\n市长 某某", "衡阳市", "地级", "湖南", "衡阳"),
        ("——2021年2月1日在浙江省第十三届人民代表大会第五次会议上", "浙江省", "省级", "浙江", None),
        ("2023年1月3日在黔东南州第十五届人民代表大会第三次会议上", "黔东南苗族侗族自治州", "地级", "贵州", "黔东南"),
        ("2020年12月30日在闽侯县第十七届人民代表大会第五次会议上\n县长", "闽侯县", "县级", "福建", "福州"),
    ],
)
def test_a_governments_report_is_its_regions(
    gazetteer: Gazetteer, opening: str, name: str, level: str, province: str, city: str | None
) -> None:
    text = f"{opening}\n各位代表：\n现在，我代表人民政府向大会报告工作，请予审议。\n高新区、经开区发展提速。"
    read = read_zone(None, text, None, gazetteer)
    assert (read.status, read.name, read.level) == (ZoneStatus.REGION, name, level)
    assert (read.province, read.city) == (province, city)


def test_a_government_that_does_not_say_its_name_is_the_region_it_speaks_of_most(gazetteer: Gazetteer) -> None:
    text = (
        "——2022年1月8日在市第九届人民代表大会第二次会议上\n市长\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
        "荆门发展迈出新步伐。荆门通用航空产业加快成长，武汉都市圈协同深化。全市上下奋力建设美丽荆门。"
    )
    read = read_zone("政府工作报告", text, None, gazetteer)
    assert (read.status, read.name, read.province) == (ZoneStatus.REGION, "荆门市", "湖北")


def test_a_government_whose_name_is_blotted_out_is_not_taken_for_its_neighbour(gazetteer: Gazetteer) -> None:
    text = (
        "——2022年1月8日在xx市第九届人民代表大会第二次会议上\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
        "我市与武汉市合作共建园区，武汉市企业落户十家，武汉市专家来访。"
    )
    read = read_zone(None, text, None, gazetteer)
    assert (read.status, read.name, read.province) == (ZoneStatus.ANONYMISED, None, None)


def test_a_slip_in_the_head_is_overruled_by_the_city_the_report_speaks_of(gazetteer: Gazetteer) -> None:
    text = (
        "——2022年1月8日在苏州市第四届人民代表大会第四次会议上\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"
        + "宿州经济平稳增长。宿州面貌焕然一新。宿州高铁开通。"
        + "全市上下奋力前行。" * 200
    )
    read = read_zone(None, text, None, gazetteer)
    assert read.name == "宿州市"
    assert read.conflict == "题下写苏州市，正文所述为宿州市"


def test_a_citys_own_paper_is_the_citys_but_news_from_a_city_is_not(gazetteer: Gazetteer) -> None:
    body = "全市规模以上工业增长一成，我市新增规上企业百家，全市高新区、经开区贡献过半。"
    paper = read_zone("衡阳市2022年工业经济运行情况", body, None, gazetteer)
    assert (paper.status, paper.name) == (ZoneStatus.REGION, "衡阳市")
    assert read_zone("衡阳市民广场音乐会精彩纷呈", "市民扶老携幼前来观看。", None, gazetteer).status is ZoneStatus.NONE


def test_a_hint_is_cut_out_of_the_words_around_it(gazetteer: Gazetteer) -> None:
    body = "湖南工业大学专家来访。xx高新区攻克困扰福建师大新校区多年的难题，xx高新区引进人民大学城配套。赣深高铁通车。"
    hints = read_zone("高新区工作汇报", body, None, gazetteer).hints
    assert ("湖南工业大学" in hints, "福建师大新校区" in hints, "赣深高铁" in hints) == (True, True, True)
    assert not any("困扰" in hint or "攻克" in hint for hint in hints)


def test_a_page_that_speaks_of_no_zone_says_so(gazetteer: Gazetteer) -> None:
    read = read_zone("腊八粥的几种做法", "先把米泡上半个时辰。", None, gazetteer)
    assert (read.status, read.name, read.type, read.hints) == (ZoneStatus.NONE, None, None, ())


@pytest.mark.parametrize(
    ("title", "status", "name"),
    [
        ("浦东新区2023年政府工作报告", ZoneStatus.REGION, "浦东新区"),
        ("常州市新北区2022年政府工作报告", ZoneStatus.REGION, "新北区"),
        ("青岛西海岸新区2022年政府工作报告", ZoneStatus.NAMED, "青岛西海岸新区"),
        ("中国（湖南）自由贸易试验区2021年工作情况汇报", ZoneStatus.NAMED, "中国(湖南)自由贸易试验区"),
        ("示例县工业园区2022年工作总结", ZoneStatus.NAMED, "示例县工业园区"),
        ("湖南省高新区2022年发展报告", ZoneStatus.TYPE_ONLY, None),
    ],
)
def test_what_a_title_says_stands_without_a_telling_text(
    gazetteer: Gazetteer, title: str, status: ZoneStatus, name: str | None
) -> None:
    read = read_zone(title, "各项工作稳步推进。", None, gazetteer)
    assert (read.status, read.name) == (status, name)


@pytest.mark.parametrize(
    ("title", "region", "level"),
    [
        ("湖南省开发区2022年运行情况", "湖南省", "省级"),
        ("2022年湖南省园区工作总结", "湖南省", "省级"),
        ("关于内蒙古自治区开发区用地的政策解读", "内蒙古自治区", "省级"),
        ("衡阳市各开发区：招商有了新进展", "衡阳市", "地级"),
        ("今年衡阳市各类园区建设回眸", "衡阳市", "地级"),
        ("2023年上半年衡阳市园区经济运行情况", "衡阳市", "地级"),
        ("衡阳各园区抢抓开局", "衡阳市", "地级"),
        ("长沙县园区2021年工作要点", "长沙县", "县级"),
        ("天津市各开发区改革观察", "天津市", "省级"),
    ],
)
def test_a_title_that_speaks_of_all_zones_of_a_region_is_the_regions(
    gazetteer: Gazetteer, title: str, region: str, level: str
) -> None:
    read = read_zone(title, "各开发区稳步推进各项工作，园区配套更加齐全，开发区招商有序开展。", None, gazetteer)
    assert (read.status, read.name, read.level, read.type) == (ZoneStatus.REGION, region, level, None)


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("衡阳市开发区2022年工作总结", None),  # may be called so
        ("长沙县工业园区2022年工作总结", None),
        ("天津市开发区2022年工作总结", None),
        ("衡阳市园区管委会2022年工作总结", None),
        ("湖南省开发区协会2022年工作总结", None),
        ("衡阳市园区2022年工作总结", "衡阳高新区管委会"),
        ("全省各开发区2022年工作总结", None),
        ("赴衡阳市各园区考察报告", None),
        ("xx市园区2022年工作总结", None),
    ],
)
def test_a_title_that_may_mean_one_zone_is_not_made_the_regions(
    gazetteer: Gazetteer, title: str, source: str | None
) -> None:
    read = read_zone(
        title, "高新区管委会狠抓落实，园区面貌一新，高新区企业增多，衡阳高新区招商有序。", source, gazetteer
    )
    assert read.status is not ZoneStatus.REGION


def test_of_counties_of_one_name_the_one_of_its_city_is_meant(gazetteer: Gazetteer) -> None:
    text = "——2022年1月8日在徐州市鼓楼区第九届人民代表大会第二次会议上\n各位代表：\n我代表区人民政府向大会报告工作。"
    read = read_zone(None, text, None, gazetteer)
    assert (read.name, read.province, read.city) == ("鼓楼区", "江苏", "徐州")
