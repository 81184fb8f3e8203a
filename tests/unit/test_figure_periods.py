"""Of one year or of several: what the paragraph opens on, what a change is told against, and whose a rank is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.domain.page import Cleaned
from indexer.domain.report import Doubt, Figure, FigureKind, Genre, PeriodKind, Status, Years
from indexer.pipeline.segment import segment
from indexer.pipeline.segment.figures import FigureContext
from indexer.pipeline.segment.figures.times import Opening, opening_of
from indexer.tables import Tables
from tests.unit.figure_reading import figures_of

BOTH = FigureContext(Status.RESULT, 2022, 2023, headings=("一、2022年和过去五年工作回顾",))
REVIEW = FigureContext(Status.RESULT, 2022, 2023, headings=("一、2022年工作回顾",))
PLAN = FigureContext(Status.PLAN, 2022, 2023, headings=("二、2023年工作安排",))
TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"


def last(text: str, context: FigureContext = REVIEW) -> Figure:
    return figures_of(text, context)[-1]


@pytest.mark.parametrize(
    ("paragraph", "opening"),
    [
        ("过去五年，我们坚持实干。", Opening.SEVERAL),
        ("——这五年，临江面貌一新。", Opening.SEVERAL),
        ("“十三五”时期，全市上下同心。", Opening.SEVERAL),
        ("“十五”期间，全市上下同心。", Opening.SEVERAL),
        ("刚刚过去的2022年，全市上下同心。", Opening.PAST),
        ("2022年，我们坚持实干。", Opening.ONE),
        ("我们坚持实干，五年来首次增长。", None),
        ("过去五年的老问题仍在。", None),
    ],
)
def test_a_paragraph_opens_on_one_year_or_on_several(paragraph: str, opening: Opening | None) -> None:
    assert opening_of(paragraph) is opening


def test_what_is_counted_in_a_paragraph_on_five_years_is_their_sum() -> None:
    text = "五年来，我们重视民生。改造老旧小区90个，城镇新增就业12万人。"
    assert {one.period_kind for one in figures_of(text, BOTH)} == {PeriodKind.MULTI}
    assert last("一般公共预算收入90亿元。", replace(BOTH, opening=Opening.SEVERAL)).period_kind is PeriodKind.YEAR
    assert last("五年来，我们重视民生。2022年，改造老旧小区90个。", BOTH).period_kind is PeriodKind.YEAR


def test_points_in_a_paragraph_on_five_years_are_of_all_of_them() -> None:
    amid = replace(BOTH, opening=Opening.SEVERAL)
    assert last("优良天数比例提高12个百分点。", amid).period_kind is PeriodKind.MULTI
    assert last("优良天数比例比上年提高2个百分点。", amid).period_kind is PeriodKind.YEAR


def test_what_a_paragraph_on_one_year_counts_is_of_that_year_whatever_the_heading() -> None:
    figure = last(
        "刚刚过去的2022年，我们重视民生。改造老旧小区90个。", replace(BOTH, headings=("一、过去五年工作回顾",))
    )
    assert (figure.period_kind, figure.year, figure.doubt) == (PeriodKind.YEAR, 2022, None)


def test_a_passage_amid_a_paragraph_knows_what_that_opens_on() -> None:
    sentence = "坚持以人民为中心的发展思想，千方百计办好各项民生实事，群众获得感持续增强。"
    text = f"一、2022年和过去五年工作回顾\n五年来，我们重视民生。{sentence * 12}改造老旧小区90个。\n"
    cleaned = Cleaned(None, text, (), (), (), (), frozenset())
    _, passages = segment(cleaned, Genre.OTHER, Years(2022, 2023), Tables(TABLES).segmenting)
    figures = [one for passage in passages for one in passage.figures if one.value == 90]
    assert len(passages) > 1
    assert [one.period_kind for one in figures] == [PeriodKind.MULTI]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“十四五”规划项目落地，改造老旧小区90个", PeriodKind.YEAR),
        ("“十五”期间改造危旧房90万平方米", PeriodKind.MULTI),
        ("比“九五”时期多，改造老旧小区90个", PeriodKind.YEAR),
        ("每年城镇新增就业3万人", PeriodKind.AVERAGE),
        ("城镇登记失业率每年控制在4%以内", PeriodKind.END),
        ("前两年平均增长6%", PeriodKind.YEAR),
    ],
)
def test_words_for_several_years_count_only_where_they_tell_a_time(text: str, kind: PeriodKind) -> None:
    assert last(text).period_kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("生产总值比2017年增长40%；一般公共预算收入90亿元，增长70%", PeriodKind.MULTI),
        ("生产总值比2017年增长40%；一般公共预算收入90亿元，同比增长7%", PeriodKind.YEAR),
        ("生产总值比2017年增长40%。一般公共预算收入90亿元，增长7%", PeriodKind.YEAR),
        ("生产总值比2021年增长8%；一般公共预算收入90亿元，增长7%", PeriodKind.YEAR),
    ],
)
def test_the_year_compared_with_holds_for_the_next_growth_of_the_sentence(text: str, kind: PeriodKind) -> None:
    assert last(text).period_kind is kind


def test_the_third_of_three_shares_is_of_the_year_that_they_came_from() -> None:
    figures = figures_of("三次产业结构由2017年的12.5∶47.1∶40.4调整为9.5∶45.2∶45.3", REVIEW)
    shares = [(one.value, one.year) for one in figures if one.indicator == "services-share"]
    assert shares == [(40.4, 2017), (45.3, 2022)]


def test_a_rank_of_some_months_is_of_those() -> None:
    assert last("前三季度，生产总值增速居全省第2位").period_kind is PeriodKind.PART
    assert last("全年生产总值增速居全省第2位").period_kind is PeriodKind.YEAR


def test_two_ranks_go_to_two_figures() -> None:
    figures = figures_of("城乡居民人均可支配收入分别增长4.8%和6.5%，分别居全省第4位和第6位", REVIEW)
    ranks = [(one.indicator, one.value) for one in figures if one.kind is FigureKind.RANK]
    assert ranks == [("urban-income", 4), ("rural-income", 6)]
    assert [one.rank for one in figures if one.kind is FigureKind.GROWTH] == ["全省第4位", "第6位"]


def test_a_rank_of_amount_and_growth_is_not_dealt_to_two_rows() -> None:
    figures = figures_of("生产总值、一般公共预算收入增长8%、9%，规模和增速分别居全省第4位、第6位", REVIEW)
    assert ("gdp", 4) not in [(one.indicator, one.value) for one in figures if one.kind is FigureKind.RANK]


def test_a_government_that_begins_tells_one_year() -> None:
    first = replace(REVIEW, headings=("一、本届政府开局之年的工作回顾",))
    whole = replace(REVIEW, headings=("一、本届政府工作回顾",))
    assert last("城镇新增就业12万人", first).period_kind is PeriodKind.YEAR
    assert last("城镇新增就业12万人", whole).period_kind is PeriodKind.MULTI


# --- doubts -----------------------------------------------------------------------------------------------------------


def test_parks_that_open_a_sentence_leave_a_doubt_to_its_end() -> None:
    figures = figures_of("9个园区新增规上工业企业30家，完成固定资产投资80亿元。", REVIEW)
    assert {one.doubt for one in figures if one.indicator} == {Doubt.SOME}
    assert last("建设9个园区。新增规上工业企业30家。").doubt is None


def test_aims_for_some_years_leave_open_which() -> None:
    assert last("经过三年努力，高新技术企业达到90家", PLAN).doubt is Doubt.YEARS
    under = replace(PLAN, headings=("二、“十四五”收官之年的目标",))
    assert last("新增高新技术企业90家", under).doubt is None


def test_key_projects_of_province_or_city_are_all_of_them() -> None:
    text = "我们开展服务企业活动，强化要素保障，完善推进机制，压实各方责任，紧盯节点，加快进度，省市重点项目开工90个"
    assert figures_of(text, REVIEW)[-1].doubt is None
