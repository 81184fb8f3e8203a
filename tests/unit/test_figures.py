"""Figures: which indicator a number is of, and what is called by which name in sentences and tables."""

from __future__ import annotations

import pytest

from indexer.domain.report import FigureKind, Status
from indexer.pipeline.segment.figures import FigureContext, Head
from tests.unit.figure_reading import figures_of, mapped, only


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("地区生产总值820亿元", "gdp"),
        ("海洋生产总值95亿元", "marine-gdp"),
        ("高新技术产品占全市生产总值的31%", None),
        ("“四上”企业达到210家", "four-above-enterprises"),
        ("新签下19个项目", "signed-projects"),
        ("17家企业成功上市", "listed-companies"),
        ("新增6家国家级高新技术企业", "hitech-enterprises"),
        ("走访80家高新技术企业", None),
        ("36家高新技术企业的贷款到位", None),
        ("工业投资带动就业3万人", None),
        ("食品产业实现工业总产值80亿元", None),
        ("8亿元以上项目23个", None),
        ("空气质量优良天数比例91%", "good-air-ratio"),
        ("空气质量优良天数330天", "good-air-days"),
        ("市场主体倍增成效显著，总数达26万户", "market-entities"),
        ("城乡居民收入增长8%", None),
        ("居民消费价格涨幅控制在3%以内", "cpi"),
        ("人均GDP仅为全国的62%", "gdp-per-capita"),
    ],
)
def test_the_longest_name_wins_and_the_unit_decides(text: str, indicator: str | None) -> None:
    assert only(text).indicator == indicator


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地区生产总值、工业投资分别增长6%和9.5%", [("gdp", 6), ("industrial-investment", 9.5)]),
        ("城乡居民收入分别增长5%、7%", [("urban-income", 5), ("rural-income", 7)]),
        (
            "完成投资80亿元、税收收入9亿元，分别增长8%、3%",
            [("completed-investment", 80), ("tax-revenue", 9), ("completed-investment", 8), ("tax-revenue", 3)],
        ),
        ("存、贷款余额分别达2100亿元和1750亿元", [("deposits", 2100), ("loans", 1750)]),
        ("高新技术企业、瞪羚企业分别为12和15家", [("hitech-enterprises", 12), ("gazelles", 15)]),
        ("地区生产总值、工业投资分别增长6%、7%和9%", [(None, 6), (None, 7), (None, 9)]),
        ("公路、水利分别完成投资30亿元、5亿元", [(None, 30), (None, 5)]),
        ("进出口总额、出口额均增长20%", [("trade-total", 20), ("exports", 20)]),
    ],
)
def test_numbers_are_dealt_out_in_order_or_not_at_all(text: str, expected: list[tuple[str | None, float]]) -> None:
    assert mapped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工业投资310亿元，增长12%", [("industrial-investment", 310), ("industrial-investment", 12)]),
        ("用电成本310万元，增长12%", [(None, 310), (None, 12)]),
        ("进出口总额增长18%，达到96亿元", [("trade-total", 18), ("trade-total", 96)]),
        ("地区生产总值增长8%以上、力争10%", [("gdp", 8), ("gdp", 10)]),
        ("新增高新技术企业30家、总数达210家", [("hitech-enterprises", 30), ("hitech-enterprises", 210)]),
        ("城镇化率由48%提高到53%", [("urbanisation-rate", 48), ("urbanisation-rate", 53)]),
        ("签约36个项目、总投资120亿元", [("signed-projects", 36), ("signed-investment", 120)]),
        ("集中开工12个、60亿元", [("started-projects", 12), ("project-total-investment", 60)]),
        ("进出口总额80亿美元，其中出口52亿美元", [("trade-total", 80), ("exports", 52)]),
    ],
)
def test_what_has_no_name_carries_on_from_the_number_before(
    text: str, expected: list[tuple[str | None, float]]
) -> None:
    assert mapped(text) == expected


def test_the_third_part_of_the_three_industries_is_the_share_of_services() -> None:
    assert [one.indicator for one in figures_of("三次产业结构调整为8:47:45")] == [None, None, "services-share"]


# --- names of what has no row ----------------------------------------------------------------------------------------


def test_each_half_of_a_list_has_its_own_noun() -> None:
    assert [figure.phrase for figure in figures_of("对20家骨干企业和15个骨干项目挂牌服务")] == ["骨干企业", "骨干项目"]


def test_a_share_says_of_what() -> None:
    assert only("占全市工业产值的42%").phrase == "占全市工业产值比重"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("高等级公路660公里", "高等级公路"),
        ("服务业占生产总值的比重达到34%", "占生产总值比重"),
        ("冷链、仓储等物流项目12个", "物流项目"),
        ("通过流动窗口为企业办结各类大小诉求230件", "办结各类大小诉求"),
    ],
)
def test_the_name_is_the_noun_and_nothing_around_it(text: str, phrase: str) -> None:
    assert only(text).phrase == phrase


@pytest.mark.parametrize("text", ["GDP722亿元", "GDPxxx.x亿元"])
def test_a_number_may_follow_gdp_without_a_blank(text: str) -> None:
    assert only(text).indicator == "gdp"


# --- tables ----------------------------------------------------------------------------------------------------------


def test_in_a_table_the_label_names_and_head_or_label_give_the_unit() -> None:
    text = "指标 | 完成额（亿元） | 增速（%）\n工业投资 | 62.5 | -4.1\n新签约项目（个） | 23 | 8.2"
    figures = figures_of(text)
    assert [(f.indicator, f.value, f.unit, f.kind) for f in figures] == [
        ("industrial-investment", 62.5, "亿元", FigureKind.LEVEL),
        ("industrial-investment", -4.1, "%", FigureKind.GROWTH),
        ("signed-projects", 23, "个", FigureKind.LEVEL),
        ("signed-projects", 8.2, "%", FigureKind.GROWTH),
    ]
    assert [f.span.of(text) for f in figures] == ["62.5", "-4.1", "23", "8.2"]


def test_a_cell_may_print_its_unit() -> None:
    text = "指标 | 完成 | 同比\n工业投资 | 62.5亿元 | 下降4.1%"
    level, rate = figures_of(text)
    assert (level.indicator, level.span.of(text)) == ("industrial-investment", "62.5亿元")
    assert (rate.value, rate.change) == (-4.1, -4.1)


def test_the_head_may_stand_in_the_passage_before() -> None:
    head = Head(("指标", "2021年", "2022年"), "亿元")
    figures = figures_of("工业投资 | 50 | 62.5", FigureContext(Status.RESULT, 2022, head=head))
    assert [(f.value, f.unit, f.year) for f in figures] == [(50, "亿元", 2021), (62.5, "亿元", 2022)]


def test_a_cell_of_sentences_is_read_as_sentences() -> None:
    assert mapped("招商 | 新签约项目23个，协议投资90亿元") == [("signed-projects", 23), ("signed-investment", 90)]
