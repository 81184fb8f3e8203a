"""Plain questions, row by row: what becomes a filter, what is left to look for, and where a question rather leads."""

from __future__ import annotations

import pytest

from indexer.domain.query import Intent
from indexer.search.understanding import Understanding
from indexer.settings import Settings
from indexer.tables import Tables

TABLES = Tables(Settings().corpus_folder)
PLAIN = Understanding(TABLES.gazetteer, TABLES.provinces, lambda: 2024)


@pytest.mark.parametrize(
    ("text", "rest", "understood"),
    [
        ("衡阳高新区 招商 2022", "招商", {"zone": ["衡阳高新区"], "year": ["2022"]}),
        ("衡阳高新区2022年招商", "招商", {"zone": ["衡阳高新区"], "year": ["2022"]}),
        ("天津开发区 招商", "招商", {"zone": ["天津经开区"]}),
        ("TEDA 外资", "外资", {"zone": ["天津经开区"]}),
        ("苏州2021年招商", "苏州 招商", {"year": ["2021"]}),
        ("湖南省 专项债 2019-2023", "专项债", {"province": ["湖南"], "year": ["2019-2023"]}),
        ("国家级经开区 外资 2021", "外资", {"level": ["国家级"], "type": ["经开区"], "year": ["2021"]}),
        ("十四五 人才公寓", "人才公寓", {"year": ["2021-2025"]}),
        ("近三年专项债各园区多少", "专项债", {"year": ["2022-2024"]}),
        ("要素保障 存在的问题", "要素保障", {"status": ["问题"]}),
        ("要素保障方面的短板是什么", "要素保障", {"status": ["问题"]}),
        ("补短板的资金", "补短板的资金", {}),  # a measure, no lack
        ("移出国家级经开区名单的原因", "移出国家级经开区名单的原因", {}),
        ("国家级经开区考核第一", "国家级经开区考核第一", {}),
        ("亩均论英雄怎么做", "亩均论英雄", {}),
        ("仓库建成了没有", "仓库建成", {}),
        ("工业用电量下降的城市", "工业用电量下降", {}),
        ("专项债情况怎么样", "专项债", {}),
        ("怎么用好专项债", "怎么用好专项债", {}),
        # of a longer question every part counts
        ("亩均论英雄 哪些园区有排名和奖惩", "亩均论英雄 哪些园区有排名和奖惩", {}),
    ],
)
def test_names_and_years_become_filters(text: str, rest: str, understood: dict[str, list[str]]) -> None:
    reading = PLAIN.read(text)
    told: dict[str, list[str]] = {}
    for one in reading.understood:
        told.setdefault(one.parameter, []).append(one.value)
    assert (reading.rest, told) == (rest, understood)


@pytest.mark.parametrize(
    "text",
    [
        "招商引资",
        "投资2022亿元",  # a number, no year
        "用地2021亩",
        "1-2023家企业",
        '"衡阳高新区 2022"',  # a quote means what it says
        "衡阳高新区 -2022",
        "标题:衡阳高新区",
        "青海南部的牧区",  # no 海南
        "衡阳高新技术企业",  # of the city, not of the zone
        "90年代的老厂房",
        "吉林市 试点",  # a city, not the province
    ],
)
def test_what_is_not_sure_stays_as_it_was_typed(text: str) -> None:
    reading = PLAIN.read(text)
    assert (reading.rest, reading.understood, reading.intent) == (text, (), None)


def test_a_filter_that_is_set_is_not_read_out_of_the_words_again() -> None:
    reading = PLAIN.read("衡阳高新区 招商 2022", taken={"year": ["2021"]})
    assert [one.parameter for one in reading.understood] == ["zone"]
    assert reading.rest == "招商 2022"


@pytest.mark.parametrize(
    ("text", "taken", "rest"),
    [
        ("光谷 招商", {"zone": ["武汉东湖高新区"]}, "招商"),
        ("衡阳高新区 招商 2022", {"zone": ["衡阳高新区"], "year": ["2022"]}, "招商"),
        ("苏州 招商", {"zone": ["苏州市"]}, "招商"),
        ("苏州工业园区 招商", {"zone": ["光谷"]}, "苏州工业园区 招商"),
        ("光谷", {"zone": ["光谷"]}, "光谷"),
    ],
)
def test_what_the_words_say_once_more_under_a_filter_is_no_condition(
    text: str, taken: dict[str, list[str]], rest: str
) -> None:
    reading = PLAIN.read(text, taken=taken)
    assert (reading.rest, reading.understood) == (rest, ())


def test_two_zones_and_a_word_of_comparing_lead_to_the_comparison() -> None:
    reading = PLAIN.read("对比衡阳高新区和福州高新区2021年的招商做法")
    zones = (("zone", "衡阳高新区"), ("zone", "福州高新区"))
    assert reading.intent == Intent("compare", (*zones, ("year", "2021")))
    assert reading.rest == "招商"


def test_cities_are_compared_too() -> None:
    assert PLAIN.read("苏州和宁波的营商环境对比").intent == Intent("compare", (("zone", "苏州"), ("zone", "宁波")))


@pytest.mark.parametrize("text", ["链长制是什么", "链长制指的是什么？", "链长制什么意思"])
def test_asking_what_a_word_means_leads_to_its_definition(text: str) -> None:
    assert PLAIN.read(text).intent == Intent("define", (("q", "链长制"), ("status", "注释")))


def test_words_that_only_ask_are_looked_for_where_nothing_else_is_left() -> None:
    assert PLAIN.read("怎么做").rest == "怎么做"


WITH_A_BUILD = Understanding(
    TABLES.gazetteer,
    TABLES.provinces,
    lambda: 2024,
    lambda: ("苏州", "宁波", "南京", "临港新片区", "兰州新区", "潍坊高新区", "两江新区"),
    TABLES.indicators.folded_names,
    TABLES.romanised,
)


@pytest.mark.parametrize(
    ("text", "rest", "zones"),
    [
        ("临港 人才公寓", "人才公寓", ["临港新片区"]),
        ("临港怎么留住年轻人", "怎么留住年轻人", ["临港新片区"]),
        ("两江四岸 整治", "两江四岸 整治", []),
        ("兰州 人才公寓", "兰州 人才公寓", []),  # the city, not its new area
        ("weifang gaoxinqu 人才公寓", "人才公寓", ["潍坊高新区"]),
        ("Weifang High-tech Industrial Development Zone FDI", "FDI", ["潍坊高新区"]),
        ("Suzhou FDI", "苏州 FDI", []),
        ("5G AI 园区", "5G AI 园区", []),
    ],
)
def test_zones_by_what_they_are_called_and_in_latin_letters(text: str, rest: str, zones: list[str]) -> None:
    reading = WITH_A_BUILD.read(text)
    assert (reading.rest, reading.values("zone")) == (rest, zones)


def test_a_place_with_nothing_beside_it_but_a_filter_is_a_filter_itself() -> None:
    reading = WITH_A_BUILD.read("宁波存在的主要问题是什么")
    assert (reading.rest, reading.values("zone"), reading.values("status")) == ("", ["宁波"], ["问题"])


def test_asking_what_is_lacking_is_no_question_for_a_definition() -> None:
    reading = WITH_A_BUILD.read("用地方面的瓶颈是什么")
    assert (reading.intent, reading.values("status")) == (None, ["问题"])


def test_cities_to_compare_are_filters_where_there_are_reports_of_them() -> None:
    reading = WITH_A_BUILD.read("对比 苏州 宁波 拉萨 招商 2021")
    assert [(one.parameter, one.value) for one in reading.understood] == [
        ("zone", "苏州"),
        ("zone", "宁波"),
        ("year", "2021"),
    ]
    assert reading.rest == "拉萨 招商"
    assert reading.intent == Intent("compare", (*(("zone", one) for one in ("苏州", "宁波", "拉萨")), ("year", "2021")))


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("苏州 宁波 GDP增速", "地区生产总值"),
        ("苏州2021年GDP是多少", "地区生产总值"),
        ("衡阳高新区 专项债", "地方政府专项债券"),
    ],
)
def test_an_indicator_of_a_place_leads_to_figures_and_the_words_stay(text: str, indicator: str) -> None:
    reading = WITH_A_BUILD.read(text)
    assert reading.intent is not None
    assert (reading.intent.name, reading.intent.params[0]) == ("figures", ("indicator", indicator))


@pytest.mark.parametrize("text", ["专项债", "苏州 营商环境", "宁波 GDP增长靠什么"])
def test_without_a_place_or_an_indicator_nothing_leads_to_figures(text: str) -> None:
    assert WITH_A_BUILD.read(text).intent is None
