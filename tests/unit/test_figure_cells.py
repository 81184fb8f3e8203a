"""What a figure needs to stand rightly in a cell: whose it is, of which year, whether it is new or all there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, FigureKind, FigureRole, Genre, PeriodKind, Status, Years
from indexer.pipeline.segment import segment
from indexer.pipeline.segment.figures import FigureContext, FigureReader
from indexer.pipeline.segment.figures.parts import is_on_projects
from indexer.reference.indicators import Indicators
from indexer.tables import Tables

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
READER = FigureReader(Indicators.read(TABLES))
REVIEW = FigureContext(Status.RESULT, 2022, 2023)
PLAN = FigureContext(Status.PLAN, 2022, 2023)


def last(text: str, context: FigureContext = REVIEW) -> Figure:
    return READER.figures_of(text, context)[-1]


# --- of some, or of all ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "水利项目新开工12个",
        "中央补助的养老项目建成9个、新开工14个",
        "与三家央企集团签约项目6个",
        "成功举办柑橘产业博览会，签约项目31个",
    ],
)
def test_projects_of_one_trade_or_one_event_are_a_part(text: str) -> None:
    assert last(text).role is FigureRole.PART


@pytest.mark.parametrize("text", ["新开工项目12个", "全年新签约项目31个", "开工建设省市重点项目40个"])
def test_projects_without_more_are_all_of_them(text: str) -> None:
    assert last(text).role is FigureRole.RESULT


def test_projects_that_a_passage_on_something_else_counts_are_a_part() -> None:
    beside = FigureContext(Status.RESULT, 2022, 2023, on_projects=False)
    assert last("新开工项目12个", beside).role is FigureRole.PART
    assert last("规上工业增加值40亿元", beside).role is FigureRole.RESULT
    assert is_on_projects(("招商引资", "民生"), (0.7, 0.9))
    assert not is_on_projects(("民生", "项目建设"), (0.9, 0.8))
    assert is_on_projects(("主导产业", "项目建设"), (0.9, 0.8))


@pytest.mark.parametrize("text", ["滨江湿地公园完成造林700亩", "部分县区生产总值超过200亿元"])
def test_a_park_s_own_trees_and_some_counties_are_a_part(text: str) -> None:
    assert {one.role for one in READER.figures_of(text, REVIEW)} == {FigureRole.PART}


def test_as_many_names_as_numbers_in_one_list_go_together() -> None:
    figures = READER.figures_of("实际利用外资、出口总额年均增长13%和26%", REVIEW)
    assert [(one.indicator, one.value) for one in figures] == [("actual-fdi", 13), ("exports", 26)]


def test_a_number_before_two_names_is_of_both() -> None:
    assert last("办理900件人大代表建议、政协提案").indicator is None
    assert last("900件人大代表建议、批评、意见和政协提案全部办结").indicator is None
    assert last("引进20家高新技术企业").indicator == "hitech-enterprises"


def test_what_an_inner_park_does_is_told_of_the_park() -> None:
    assert last("临港化工产业园完成投资7亿元").scope == "产业园"
    assert last("推动临港化工产业园等8个项目开工，全年完成投资7亿元").scope is None


def test_a_part_with_an_indicator_of_its_own_is_all_of_that() -> None:
    assert last("进出口总额90亿元，其中出口60亿元").scope is None
    assert last("出口60亿元，其中对东盟出口20亿元").scope == "其中"
    assert last("新签约项目80个，其中签约项目30个").scope == "其中"


def test_projects_that_share_a_growth_are_not_what_grew() -> None:
    figures = READER.figures_of("重大产业项目、技术改造投资均增长12%", REVIEW)
    assert [one.indicator for one in figures] == [None, "technical-upgrading-investment"]


# --- new, or all there are ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("新改建县道30公里、农村公路50公里", FigureKind.ADDED),
        ("引进创新团队2个、高层次人才40名", FigureKind.ADDED),
        ("拥有院士工作站2个、高层次人才40名", FigureKind.LEVEL),
        ("力争3家企业上市", FigureKind.ADDED),
        ("现有3家上市公司", FigureKind.LEVEL),
        ("减税拉低财政收入增幅4个百分点", FigureKind.OTHER),
        ("生产总值增长7%，比一季度回升1.2个百分点", FigureKind.OTHER),
    ],
)
def test_a_list_goes_on_adding_and_going_public_adds(text: str, kind: FigureKind) -> None:
    assert last(text).kind is kind


def test_what_a_total_stands_behind_was_added() -> None:
    figures = READER.figures_of("上市公司2家、总数达12家", REVIEW)
    assert [one.kind for one in figures] == [FigureKind.ADDED, FigureKind.LEVEL]


@pytest.mark.parametrize(
    ("text", "scope"),
    [("新增市场主体2万户、增长30%", "新增"), ("新登记市场主体增长11%", "新增"), ("市场主体达到29万户、增长8%", None)],
)
def test_growth_of_what_was_added_is_not_growth_of_all(text: str, scope: str | None) -> None:
    assert last(text).scope == scope


def test_all_talents_are_not_those_brought_in() -> None:
    assert [one.indicator for one in READER.figures_of("引进各类人才3万人，总量达到80万人", REVIEW)][1] is None


def test_firms_about_to_be_listed_are_not_listed() -> None:
    assert [one.indicator for one in READER.figures_of("上市公司8家，准上市公司2家", REVIEW)] == [
        "listed-companies",
        None,
    ]


# --- when -----------------------------------------------------------------------------------------------------------


def test_a_sentence_that_announces_aims_tells_them() -> None:
    unknown = FigureContext(None, 2022, 2023)
    figure = last("明年全市发展的主要预期目标是：生产总值增长6%", unknown)
    assert (figure.role, figure.year) == (FigureRole.TARGET, 2023)


def test_a_line_that_announces_aims_makes_the_lines_below_it_aims() -> None:
    body = "五年来码头通航，柑橘装船，沿江六村装上了分拣线，老街翻新，渡口建成。\n"
    text = f"{body}今后五年的奋斗目标是：\n——实力更强。生产总值年均增长8%。\n——城乡更美。城镇化率达到60%。\n{body}"
    cleaned = Cleaned(None, text, (), (), (), (), frozenset())
    passages = segment(cleaned, Genre.OTHER, Years(2022, 2023), Tables(TABLES).segmenting)[1]
    figures = [one for passage in passages for one in passage.figures]
    assert [(one.indicator, one.role, one.year) for one in figures] == [
        ("gdp", FigureRole.TARGET, 2027),
        ("urbanisation-rate", FigureRole.TARGET, 2027),
    ]


def test_aims_of_a_government_that_takes_office_are_of_the_end_of_its_term() -> None:
    context = FigureContext(Status.PLAN, 2021, 2022, headings=("二、第九届政府任务目标",))
    assert last("居民人均可支配收入突破5万元", context).year == 2026


def test_a_mark_that_a_city_was_the_first_to_pass_is_of_no_year() -> None:
    assert last("成为全省首个生产总值突破1万亿元的城市").role is FigureRole.OTHER


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("生产总值年均增长7%", 2025),
        ("生产总值年均增长7%，城镇化率达到60%", 2025),
        ("生产总值增长7%", 2021),
        ("“十四五”时期我市发展的主要目标是：研发经费投入占生产总值的比重达到3%", 2025),
    ],
)
def test_what_shall_grow_on_average_is_aimed_at_for_the_end_of_the_plan_that_begins(text: str, year: int) -> None:
    assert last(text, FigureContext(Status.PLAN, 2020, 2021)).year == year


def test_several_years_of_another_clause_are_not_those_of_a_number() -> None:
    assert last("毕业生连续三年超过1万人，城镇新增就业3万人").period_kind is PeriodKind.YEAR


def test_both_values_that_later_ones_came_from_are_of_their_year() -> None:
    figures = READER.figures_of("财政总收入和生产总值分别由2000年的61亿元和240亿元，增加到90亿元和400亿元", REVIEW)
    assert [one.year for one in figures] == [2000, 2000, 2022, 2022]


def test_a_place_that_was_left_is_no_place() -> None:
    figures = READER.figures_of("群众安全感由全省第9位上升到第4位", REVIEW)
    assert "全省第9位" not in [one.rank for one in figures]


def test_a_level_with_its_average_rise_is_of_the_last_year() -> None:
    several = FigureContext(Status.RESULT, 2022, 2023, headings=("一、过去五年工作回顾",))
    assert READER.figures_of("财政收入完成70亿元，年均增长9%", several)[0].period_kind is PeriodKind.YEAR
    assert READER.figures_of("财政收入累计完成70亿元，年均增长9%", several)[0].period_kind is PeriodKind.MULTI


def test_what_one_trade_brings_is_not_the_revenue_of_all() -> None:
    assert last("两大产业提供的财政收入达26亿元").indicator is None


@pytest.mark.parametrize(
    ("text", "headings", "kind"),
    [
        ("城乡居民收入分别增长40%、52%", ("一、过去五年工作回顾",), PeriodKind.MULTI),
        ("城乡居民收入分别增长4%、5.2%", ("一、过去五年工作回顾",), PeriodKind.YEAR),
        ("城乡居民收入分别增长40%、52%", (), PeriodKind.YEAR),
        ("城乡居民收入分别比“十二五”末增长40%、52%", (), PeriodKind.MULTI),
        ("生产总值增长8%，两年平均增长5%", (), PeriodKind.AVERAGE),
    ],
)
def test_growth_is_of_one_year_or_of_several(text: str, headings: tuple[str, ...], kind: PeriodKind) -> None:
    assert last(text, FigureContext(Status.RESULT, 2022, 2023, headings=headings)).period_kind is kind


def test_motions_are_no_suggestions() -> None:
    figures = READER.figures_of("办理人大代表议案3件、建议120件", REVIEW)
    assert ("npc-suggestions", 3) not in [(one.indicator, one.value) for one in figures]
    assert last("办理人大代表议案建议123件").indicator == "npc-suggestions"


def test_rooms_in_schools_are_no_schools() -> None:
    assert last("建设40所中小学校创客实验室").indicator is None
    assert last("新建中小学校4所").indicator == "schools-built"


def test_talents_of_two_sorts_together_are_of_neither() -> None:
    assert last("引进高层次、高技能人才900人").indicator is None
    assert last("新增高技能人才900人").indicator == "skilled-talents"


def test_of_two_names_and_two_numbers_the_only_known_name_takes_its_own() -> None:
    figures = READER.figures_of("空气质量综合指数和PM2.5平均浓度下降12%、14%", REVIEW)
    assert [(one.indicator, one.value) for one in figures] == [(None, -12), ("pm25", -14)]


def test_what_was_added_to_an_amount_of_money_is_no_level() -> None:
    figures = READER.figures_of("生产总值、一般公共预算收入分别净增90亿元和6亿元", REVIEW)
    assert {one.kind for one in figures} == {FigureKind.OTHER}


def test_what_was_cut_off_a_planned_area_is_not_what_is_left() -> None:
    assert last("核减开发区规划面积90平方公里").kind is FigureKind.OTHER


def test_a_value_that_rose_is_of_its_own_year() -> None:
    first, second = READER.figures_of("城镇化率由58%提至61%", REVIEW)
    assert (first.year, second.year) == (None, 2022)
