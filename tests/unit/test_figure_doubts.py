"""When a reading is doubtful: it stands apart with the reason, and neither in a line nor in a range."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.domain.report import Doubt, Figure, FigureKind, FigureRole, PeriodKind, Status
from indexer.pipeline.segment.figures import FigureContext
from indexer.pipeline.segment.figures.plain_words import left_over
from indexer.pipeline.segment.figures.times import ChapterTimes
from tests.unit.figure_reading import figures_of

REVIEW = FigureContext(Status.RESULT, 2022, 2023)
PLAN = FigureContext(Status.PLAN, 2022, 2023)
BOTH = replace(REVIEW, headings=("一、过去五年和2022年工作回顾",))
FIVE = replace(REVIEW, headings=("一、过去五年工作回顾",))


def last(text: str, context: FigureContext = REVIEW) -> Figure:
    return figures_of(text, context)[-1]


# --- of some only? --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "柳溪湖片区生产总值60亿元",
        "对邻国进出口2亿美元",
        "完成石漠山造林3万亩",
        "桐坪矿业建成高新技术企业2家",
        "县（市、区）空气质量优良天数比例97%",
        "引进国内（区外）到位资金30亿元",
        "做优中心城区。改造老旧小区40个",
        "扶贫示范带完成厕所改造，码头仓储和冷链设施建设提速，12个项目建成投用",
    ],
)
def test_what_a_place_or_a_trade_is_named_before_may_be_of_some_only(text: str) -> None:
    assert {one.doubt for one in figures_of(text, REVIEW) if one.indicator} == {Doubt.SOME}


@pytest.mark.parametrize(
    "text",
    [
        "全市地区生产总值600亿元",
        "金融机构本外币存款余额900亿元",
        "新认定省级以上高新技术企业40家",
        "地表水国考断面水质优良比例100%",
        "三次产业结构调整为8:47:45",
        "全年新开工亿元以上项目40个、竣工20个",
        "36家高新技术企业",
        "新增学位900个",
    ],
)
def test_words_of_time_measure_and_doing_leave_it_the_region_s_own(text: str) -> None:
    assert {one.doubt for one in figures_of(text, REVIEW)} == {None}


@pytest.mark.parametrize(
    ("text", "indicator", "scopes"),
    [
        ("新建中小学校9所、公办幼儿园20所", "schools-built", ["中小学", "幼儿园"]),
        ("新建9所中小学校、20所公办幼儿园", "schools-built", ["中小学", "幼儿园"]),
        ("新增学前教育学位900个、中小学学位1800个", "school-places", ["幼儿园", "中小学"]),
    ],
)
def test_schools_and_places_told_by_sort_stand_in_lines_of_their_own(
    text: str, indicator: str, scopes: list[str]
) -> None:
    figures = [one for one in figures_of(text, REVIEW) if one.indicator == indicator]
    assert [(one.scope, one.doubt) for one in figures] == [(scope, None) for scope in scopes]


def test_places_counted_twice_without_a_sort_are_doubtful() -> None:
    figures = figures_of("新建校舍3栋、新增学位900个，改建校舍2栋、新增学位1800个", REVIEW)
    assert [one.doubt for one in figures if one.indicator == "school-places"] == [Doubt.SOME, Doubt.SOME]


def test_a_growth_is_doubtful_where_its_level_is() -> None:
    assert [one.doubt for one in figures_of("柳溪湖片区生产总值60亿元，增长8%", REVIEW)] == [Doubt.SOME, Doubt.SOME]


def test_what_an_object_indicator_tells_of_is_no_part() -> None:
    assert last("柳溪湖片区完成投资6亿元").doubt is None


def test_words_left_over_are_those_that_say_more() -> None:
    assert left_over("全年累计新建") == ""
    assert left_over("柳溪湖片区") != ""


# --- one year, or several? ------------------------------------------------------------------------------------------


def test_in_a_chapter_on_one_year_and_five_the_last_time_named_decides() -> None:
    several, one = replace(BOTH, several=True), replace(BOTH, several=False)
    text = "改造老旧小区40个"
    assert last(text, several).doubt is Doubt.YEARS
    assert last(text, one).doubt is None
    assert last(f"2022年，{text}", several).doubt is None


def test_a_sum_of_five_years_is_doubtful_where_one_year_was_named_last() -> None:
    text = "办复人大代表建议900件"
    figure = last(text, replace(FIVE, several=False))
    assert (figure.period_kind, figure.doubt) == (PeriodKind.MULTI, Doubt.YEARS)
    assert last(text, replace(FIVE, several=True)).doubt is None


def test_a_growth_with_its_level_is_of_the_last_year() -> None:
    several = replace(BOTH, several=True)
    assert last("城镇居民人均可支配收入增长9%", several).doubt is Doubt.YEARS
    assert last("城镇居民人均可支配收入4万元，增长9%", several).doubt is None


def test_aims_of_a_chapter_on_five_years_are_not_surely_the_next_one_s() -> None:
    tasks = replace(PLAN, headings=("二、今后五年目标和2023年工作安排",))
    assert last("森林覆盖率达到60%", replace(tasks, several=True)).doubt is Doubt.YEARS
    assert last("森林覆盖率达到60%", replace(tasks, several=False)).doubt is None
    begins = replace(PLAN, headings=("二、做好“十四五”开局工作",), several=True)
    assert last("森林覆盖率达到60%", begins).doubt is None


def test_what_shall_come_within_two_years_has_no_year_told() -> None:
    assert last("力争两年内培育高新技术企业20家", PLAN).doubt is Doubt.YEARS


def test_a_flow_aimed_at_for_a_later_year_may_be_a_sum() -> None:
    later = replace(PLAN, headings=("二、今后五年发展目标",))
    assert last("力争引进外资30亿美元", later).doubt is Doubt.YEARS
    assert last("实际利用外资达到30亿美元", later).doubt is None


def test_times_are_those_of_the_chapter_before_a_place() -> None:
    long = "老街翻新，沿江六村装上了分拣线，渡口旁的集市一年四季有人，山上的茶园连成了片"
    text = f"一、2022年和过去五年工作回顾\n五年来，码头通航，{long}。2022年，柑橘装船，{long}。\n二、打算\n渡口建成。"
    times = ChapterTimes.of(text)
    second = text.index("二、")
    assert times.before(text.index("五年来"), 0) is None  # the heading names both
    assert times.before(text.index("2022年，"), 0) is True
    assert times.before(second, 0) is False
    assert times.before(len(text), second) is None


@pytest.mark.parametrize("text", ["“十四五”时期的第一年码头通航", "“十三五”期间的收官之年码头通航"])
def test_a_year_named_by_its_plan_is_one(text: str) -> None:
    assert ChapterTimes.of(text).before(len(text), 0) is None


# --- reached, or aimed at? ------------------------------------------------------------------------------------------


def test_a_chapter_that_looks_back_and_ahead_leaves_it_open() -> None:
    heading = ("一、2022年工作回顾和2023年主要任务",)
    review, plan = replace(REVIEW, headings=heading), replace(PLAN, headings=heading)
    assert last("实现地区生产总值600亿元", review).doubt is Doubt.PLAN
    assert last("实现地区生产总值600亿元", plan).doubt is Doubt.PLAN
    assert last("地区生产总值比上年增长7%", review).doubt is None
    assert last("力争地区生产总值增长7%", plan).doubt is None


# --- and what was mended --------------------------------------------------------------------------------------------


def test_who_stands_behind_the_second_counter_is_counted_by_it() -> None:
    figures = figures_of("集聚高层次人才2万人，超过30位院士常驻", REVIEW)
    assert [one.indicator for one in figures] == ["high-level-talents", None]
    assert [one.indicator for one in figures_of("新增高新技术企业40家，总数达210家，居全省第二", REVIEW)][1] is not None


def test_a_growth_against_another_year_behind_one_of_a_year_is_of_several() -> None:
    figures = figures_of("一般公共预算收入70亿元，比上年增长5%，比2015年增长80%", REVIEW)
    assert [one.period_kind for one in figures] == [PeriodKind.YEAR, PeriodKind.YEAR, PeriodKind.MULTI]


def test_what_grew_in_five_years_is_no_year_s_growth() -> None:
    figure = last("建成高标准农田40万亩、五年增长60%")
    assert (figure.kind, figure.period_kind, figure.scope) == (FigureKind.GROWTH, PeriodKind.MULTI, None)


@pytest.mark.parametrize("text", ["新（改）建农村公路20公里", "新成立3家孵化器、2家众创空间"])
def test_brackets_and_nouns_of_a_list_hide_no_addition(text: str) -> None:
    assert last(text).kind is FigureKind.ADDED


def test_growth_that_is_dealt_out_to_what_was_added_is_its_own() -> None:
    figures = figures_of("新增市场主体5万户、个体工商户3万户，分别增长40%和30%", REVIEW)
    assert next(one.scope for one in figures if one.kind is FigureKind.GROWTH) == "新增"


def test_targets_stay_targets_where_they_are_doubtful() -> None:
    assert last("柳溪湖片区生产总值突破60亿元", PLAN).role is FigureRole.TARGET


def test_all_that_were_built_are_no_new_ones() -> None:
    assert last("累计建成5G基站4万个").kind is FigureKind.LEVEL
    assert last("累计新增高新技术企业30家").kind is FigureKind.ADDED


def test_a_sum_without_its_time_is_doubtful_under_a_heading_on_the_other() -> None:
    one = replace(REVIEW, headings=("一、2022年工作回顾",))
    assert last("招商引资累计到位资金35亿元", one).doubt is Doubt.YEARS
    assert last("五年累计到位资金35亿元", one).doubt is None


def test_what_was_done_in_the_five_years_before_is_only_compared_with() -> None:
    assert last("任务量是前五年之和，改造老旧小区29个").period_kind is not PeriodKind.MULTI


def test_the_period_that_a_sum_is_compared_with_does_not_name_it() -> None:
    figure = last("较“十二五”时期增长三成；累计接待游客2亿人次")
    assert (figure.period_kind, figure.period) == (PeriodKind.MULTI, None)


def test_products_of_some_counties_are_of_some() -> None:
    assert last("4个县地区生产总值超过30亿元").doubt is Doubt.SOME


def test_a_place_by_completion_is_no_place_of_what_was_completed() -> None:
    assert last("城镇新增就业完成率全省第一").indicator is None


def test_projects_signed_or_started_are_not_those_signed() -> None:
    text = "新签约、开工、投产项目90个，总投资70亿元"
    assert "signed-investment" not in [one.indicator for one in figures_of(text, REVIEW)]


def test_all_firms_are_not_those_that_came() -> None:
    assert [one.indicator for one in figures_of("新增企业6万家，累计达30万家", REVIEW)] == ["new-enterprises", None]


def test_what_is_counted_twice_is_counted_in_parts() -> None:
    figures = figures_of("新增省级创新平台3家，组建市级创新平台9家", REVIEW)
    assert [one.doubt for one in figures] == [Doubt.SOME, Doubt.SOME]


def test_whoever_reports_is_no_part_of_itself() -> None:
    city = replace(REVIEW, own=("临江市", "临江"))
    zone = replace(REVIEW, own=("云溪高新区", "开发区", "高新区", "园区"))
    assert last("临江市完成地区生产总值60亿元。").doubt is Doubt.SOME  # of whom nothing is known
    assert last("临江市完成地区生产总值60亿元。", city).doubt is None
    assert last("松涛湖片区完成地区生产总值60亿元。", city).doubt is Doubt.SOME
    for text in (
        "云溪高新区完成地区生产总值60亿元。",
        "园区地区生产总值达到60亿元。",
        "高新区发展提速。实现地区生产总值60亿元。",
    ):
        assert last(text, zone).doubt is None, text


def test_new_ones_and_all_of_them_are_no_parts_of_each_other() -> None:
    assert [one.doubt for one in figures_of("新认定高新技术企业30家，高新技术企业总数达到500家。", REVIEW)] == [
        None,
        None,
    ]
    some = [one.doubt for one in figures_of("建成省级众创空间3家、市级众创空间9家。", REVIEW)]
    assert some == [Doubt.SOME, Doubt.SOME]


# --- sums of several years (draw 13) ----------------------------------------------------------------------------------


def test_what_several_years_did_is_their_sum_until_another_year_is_named() -> None:
    assert last("五年提请审议条例草案12件，办理人大代表建议410件").period_kind is PeriodKind.MULTI
    assert last("五年投入支农资金24亿元，2022年粮食产量260万吨").period_kind is PeriodKind.YEAR
    assert last("五年获得奖励16项，去年专利授权量3万件").period_kind is PeriodKind.YEAR
    assert last("经济总量五年翻一番，出口总额40亿美元").period_kind is PeriodKind.YEAR
    assert last("财政收入30亿元，五年增长60%，出口总额40亿美元").period_kind is PeriodKind.YEAR


def test_an_amount_that_is_added_up_is_not_of_one_year_for_the_rate_behind_it() -> None:
    added_up, own = (
        figures_of(f"这五年，开放步伐加快。{words}50亿元，年均增长12%", REVIEW)[-2]
        for words in ("共引进企业90家、到位资金", "到位资金")
    )
    assert (added_up.value, added_up.period_kind) == (50, PeriodKind.MULTI)
    assert (own.value, own.period_kind) == (50, PeriodKind.YEAR)


@pytest.mark.parametrize("text", ["重点项目完成投资80亿元", "取消行政审批事项60项"])
def test_investment_and_items_given_up_are_added_up_in_a_chapter_on_five_years(text: str) -> None:
    assert last(text, FIVE).period_kind is PeriodKind.MULTI
    assert last(text).period_kind is PeriodKind.YEAR
    assert last(f"2022年，{text}", FIVE).period_kind is PeriodKind.YEAR


def test_investment_aimed_at_by_a_later_year_may_be_a_sum() -> None:
    aims = replace(PLAN, headings=("二、今后五年的目标",))
    assert last("实施交通项目20个，完成投资300亿元", aims).doubt is Doubt.YEARS
    assert last("实施交通项目20个，完成投资300亿元", PLAN).doubt is None


def test_a_fall_too_deep_for_one_year_is_doubtful_unless_one_year_was_named_last() -> None:
    text = "生产安全事故起数下降66%"
    assert last(text, replace(BOTH, several=True)).doubt is Doubt.YEARS
    assert last(text, replace(BOTH, several=False)).doubt is None


def test_rates_behind_two_rises_are_of_the_two_that_rose() -> None:
    text = "生产总值由900亿元增加到1200亿元，财政收入由60亿元增加到90亿元，年均分别增长7%和9%"
    rates = [(one.indicator, one.value) for one in figures_of(text, FIVE) if one.kind is FigureKind.GROWTH]
    assert rates == [("gdp", 7), ("fiscal-revenue", 9)]


def test_roads_that_were_upgraded_are_added() -> None:
    assert last("提档升级农村公路90公里").kind is FigureKind.ADDED
