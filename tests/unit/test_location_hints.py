"""What points to a place in a text whose names are blotted out, and what only seems to."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.zones import ZoneStatus
from indexer.pipeline.describe.zones import read_zone
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import Regions
from indexer.reference.slogans import Slogans

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def _lines(name: str) -> list[str]:
    return (CORPUS / "tables" / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.parse(
        _lines("zones.tsv"), Regions.parse(_lines("regions.tsv")), Slogans.parse(_lines("slogans.tsv"))
    )


def _hints(sentence: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Of a masked report that says ``sentence``."""
    read = read_zone("高新区工作汇报", f"xx高新区稳中有进，xx高新区稳中提质。{sentence}", None, gazetteer)
    assert (read.status, read.name, read.province) == (ZoneStatus.ANONYMISED, None, None)
    return read.hints


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("落实“三重一创”政策，兑现奖补x万元。", "三重一创"),
        ("全年完成十项暖民心行动的各项任务。", "十项暖民心行动"),
        ("扛牢“三高四新”使命。", "三高四新"),
        ("抢抓皖北承接产业转移集聚区的机遇。", "皖北承接产业转移集聚区"),
        ("主动融入环太湖科创走廊。", "环太湖科创走廊"),
        ("深度参与合肥都市圈分工。", "合肥都市圈"),
        ("服务赣南承接产业转移示范区。", "赣南承接产业转移示范区"),
        ("国科大xx研究院挂牌。", "国科大xx研究院"),
        ("支持浙江大学xx技术研究院扩建。", "浙江大学xx技术研究院"),
        ("西安交大(xx)创新院投用。", "西安交大(xx)创新院"),
        ("某银行在榕设立总部。", "在榕设立"),
        ("与交易所就在界设立交割库达成一致。", "在界设立"),
        ("荣获xx市第十八届文明单位称号。", "市第十八届文明单位"),
        ("黔东南的客商来访。", "黔东南"),
        ("加快打通荆东大道。", "荆东大道"),
    ],
)
def test_words_that_point_to_a_place_are_hints_as_they_stand(gazetteer: Gazetteer, sentence: str, hint: str) -> None:
    assert hint in _hints(sentence, gazetteer)


@pytest.mark.parametrize(
    "sentence",
    [
        "推行揭榜挂帅、亩均论英雄和标准地。",
        "“最多跑一次”改革走深走实。",
        "打造千亿产业集聚区，创建循环经济示范区。",
        "融入长江经济带，服务丝绸之路经济带。",
        "完善环保走廊、闭环产业带。",
        "与xx师范大学xx实验学校合作，引进师范大学xx附属学校。",
        "引进职业技术学院xx校区一所。",
        "全市第五届人民代表大会在京召开。",
        "在此设立窗口，在园举办招聘会。",
        "获评第六届全国文明单位。",
        "江苏南部和四川中部来客不少。",
        "培育一批经济强镇、旅游名镇和中心镇，建好省级特色小镇。",
        "推动产业集聚区提质，落实高水平大学建设，改造主要街道。",
    ],
)
def test_what_is_said_everywhere_is_no_hint(gazetteer: Gazetteer, sentence: str) -> None:
    assert _hints(sentence, gazetteer) == ()


def test_a_name_inside_of_a_longer_one_gives_way_unless_it_stands_alone_too(gazetteer: Gazetteer) -> None:
    assert _hints("建设环大罗山科创走廊。", gazetteer) == ("环大罗山科创走廊",)
    assert set(_hints("建设环大罗山科创走廊，绿化大罗山。", gazetteer)) == {"环大罗山科创走廊", "大罗山"}


def test_whose_catchphrase_it_is_stands_in_the_basis_and_is_never_filled_in(gazetteer: Gazetteer) -> None:
    read = read_zone("高新区工作总结", "xx高新区用好“三重一创”。xx高新区开展四送一服。", None, gazetteer)
    assert (read.name, read.province, read.city) == (None, None, None)
    assert read.basis == "名称已脱敏；“三重一创”“四送一服”多见于安徽的报告，仅供参考"


def test_a_zone_whose_place_is_known_needs_no_hints(gazetteer: Gazetteer) -> None:
    read = read_zone("衡阳高新区2022年工作总结", "落实三高四新，与南华大学合作，衡州大道通车。", None, gazetteer)
    assert (read.short, read.hints) == ("衡阳高新区", ())


def test_news_that_names_its_places_has_no_hints(gazetteer: Gazetteer) -> None:
    read = read_zone("有轨电车为何停运", "珠海市停运。云南省某开发区的线路也停了，上海市缩短班次。", None, gazetteer)
    assert (read.status, read.hints) == (ZoneStatus.NONE, ())


def test_hints_are_a_dozen_at_most_however_much_a_text_gives_away(gazetteer: Gazetteer) -> None:
    given_away = "、".join(f"{name}市第一大学" for name in "合肥 芜湖 蚌埠 淮南 安庆 黄山 滁州 阜阳 宿州 六安".split())  # noqa: SIM905
    many = f"{given_away}。三重一创。四送一服。税融通。四督四保。皖北、皖南、皖西、闽东、浙南、苏北来客。"
    assert len(_hints(many, gazetteer)) == 12


def test_a_slogan_without_its_counts_is_refused_with_its_line() -> None:
    header = "phrase\tprovince\tcity\there\telsewhere\tyears\tnote"
    with pytest.raises(ValueError, match="第 2 行"):
        Slogans.parse([header, "三好两优\t\t\t5\t0\t\t"])
    with pytest.raises(ValueError, match="第 2 行"):
        Slogans.parse([header, "三好两优\t示例\t\tmany\t0\t\t"])
