"""Which year, period and area a figure is of, and whether it is an aim or was reached."""

from __future__ import annotations

import pytest

from indexer.domain.report import FigureKind, FigureRole, PeriodKind, Status
from indexer.pipeline.segment.figures import FigureContext
from tests.unit.figure_reading import PLAN, REVIEW, figures_of, only, values


def test_among_the_tasks_of_next_year_all_is_target() -> None:
    assert (only("地区生产总值增长6%", PLAN).role, only("地区生产总值增长6%", PLAN).year) == (FigureRole.TARGET, 2023)
    assert (only("地区生产总值增长6%").role, only("地区生产总值增长6%").year) == (FigureRole.RESULT, 2022)


def test_without_a_status_the_sentence_says_what_is_hoped_for() -> None:
    planned, done = figures_of("全年计划开工项目30个，截至10月，已开工21个。", FigureContext())
    assert (planned.role, done.role) == (FigureRole.TARGET, FigureRole.RESULT)


def test_what_was_made_sure_of_is_no_aim() -> None:
    assert only("确保了重点工程顺利推进，固定资产投资突破90亿元").role is FigureRole.RESULT


def test_a_part_without_a_row_is_a_part() -> None:
    whole, part = figures_of("新开工项目90个，其中工业类38个")
    assert (whole.indicator, whole.role) == ("started-projects", FigureRole.RESULT)
    assert (part.indicator, part.role) == (None, FigureRole.PART)


@pytest.mark.parametrize(
    ("text", "context", "year"),
    [
        ("2020年，地区生产总值500亿元", REVIEW, 2020),
        ("工业投资比2019年增长40%", REVIEW, 2022),
        ("到2025年，地区生产总值突破900亿元", PLAN, 2025),
        ("今后五年，高新技术企业达到500家", PLAN, 2027),
        ("“十四五”末，森林覆盖率达到41%", PLAN, 2025),
        ("接待游客人次较“十三五”末增长80%", REVIEW, 2022),
    ],
)
def test_the_year_is_the_one_that_the_value_is_about(text: str, context: FigureContext, year: int) -> None:
    assert only(text, context).year == year


def test_the_first_of_two_values_is_of_an_earlier_year() -> None:
    assert [one.year for one in figures_of("城镇化率由48%提高到53%")] == [None, 2022]
    assert [one.year for one in figures_of("城镇化率由2015年的48%提高到53%")] == [2015, 2022]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("地区生产总值820亿元", PeriodKind.YEAR),
        ("1-10月，地区生产总值增长6%", PeriodKind.PART),
        ("上半年，工业投资增长6%", PeriodKind.PART),
        ("五年累计引进项目90个", PeriodKind.MULTI),
        ("五年来，地区生产总值年均增长7%", PeriodKind.AVERAGE),
        ("五年来，地区生产总值达到820亿元", PeriodKind.YEAR),
        ("各项存款余额1200亿元", PeriodKind.END),
        ("高新技术企业总数达210家", PeriodKind.END),
        ("PM2.5年均浓度30微克/立方米", PeriodKind.YEAR),
    ],
)
def test_the_kind_of_time_is_told(text: str, kind: PeriodKind) -> None:
    assert only(text).period_kind is kind


def test_the_period_is_the_last_one_named_in_the_paragraph() -> None:
    figures = figures_of("1-11月，产值50亿元。税收2亿元。\n出口3亿元。")
    assert [figure.period for figure in figures] == ["1-11月", "1-11月", None]
    assert [figure.period_kind for figure in figures] == [PeriodKind.PART, PeriodKind.PART, PeriodKind.YEAR]


def test_hedge_and_scope_are_two_fields() -> None:
    figure = only("全市固定资产投资预计超70亿元")
    assert (figure.hedge, figure.scope, figure.value) == ("预计、超", "全市", 70)
    assert only("开行班列5900余列").hedge == "余"


def test_a_place_to_compare_with_is_no_scope() -> None:
    value, rank = figures_of("全市工业投资9亿元，居全省第2位")
    assert (value.scope, rank.indicator) == ("全市", "industrial-investment")
    assert only("工业投资增速高于全国2个百分点").scope is None


def test_an_area_holds_in_its_clause_and_where_a_sentence_begins_with_it() -> None:
    def scopes(text: str) -> list[str | None]:
        return [figure.scope for figure in figures_of(text)]

    assert scopes("园区面貌一新。新增高新技术企业9家。") == [None]
    assert scopes("发展势头全省领先。进出口总额30亿元。") == [None]
    assert scopes("扩建开发区道路，新增高新技术企业9家。") == [None]
    assert scopes("新增6个特色园区、改造老旧小区8个。") == [None, None]
    assert scopes("城东新区加快起势，新增高新技术企业9家，完成工业投资3亿元、增长5%。") == ["新区"] * 3
    assert scopes("改革提速，城东新区工业投资3亿元，增长5%，税收收入2亿元。") == ["新区", "新区", None]
    assert scopes("全市稳中有进。进出口总额30亿元。") == ["全市"]


def test_what_a_value_came_from_is_no_aim_and_its_second_list_has_the_same_names() -> None:
    was, aim = figures_of("城镇化率由48%提高到53%", PLAN)
    assert (was.role, was.year, aim.role, aim.year) == (FigureRole.RESULT, None, FigureRole.TARGET, 2023)
    pair = "城镇居民人均可支配收入和农村居民人均可支配收入分别由2018年的3.1万元和1.2万元提高到4.5万元和2.2万元，"
    figures = figures_of(pair + "年均增长7%和8%。")
    assert [one.indicator for one in figures] == ["urban-income", "rural-income"] * 3
    assert [one.year for one in figures] == [2018, 2018, 2022, 2022, 2022, 2022]


@pytest.mark.parametrize(
    ("text", "headings", "kind"),
    [
        ("五年来，服务更加贴心。城镇新增就业9万人。", (), PeriodKind.MULTI),
        ("城镇新增就业9万人。", ("（二）改善民生", "一、过去五年的工作"), PeriodKind.MULTI),
        ("全年城镇新增就业2万人。", ("一、过去五年的工作",), PeriodKind.YEAR),
        ("城镇新增就业2万人。", ("一、2022年和过去五年工作回顾",), PeriodKind.YEAR),
        ("城镇新增就业2万人。", ("（一）2022年工作", "一、过去五年工作回顾"), PeriodKind.YEAR),
        ("单位GDP能耗累计下降12%。", (), PeriodKind.MULTI),
        ("贷款余额比2017年增长30%。", (), PeriodKind.MULTI),
        ("贷款余额比2021年增长9%。", (), PeriodKind.END),
    ],
)
def test_headings_and_openings_say_whether_a_value_is_of_several_years(
    text: str, headings: tuple[str, ...], kind: PeriodKind
) -> None:
    assert only(text, FigureContext(Status.RESULT, 2022, 2023, headings=headings)).period_kind is kind


def test_an_aim_is_of_the_last_year_of_what_its_chapter_is_about() -> None:
    def year(*headings: str) -> int | None:
        return only("高新技术企业达到500家", FigureContext(Status.PLAN, 2022, 2023, headings=headings)).year

    assert year("（一）科技", "二、“十四五”发展目标") == 2025
    assert year("（一）科技", "二、今后五年工作重点") == 2027
    assert year("（一）科技", "三、2023年工作安排", "今后五年") == 2023


def test_a_printed_period_that_is_not_the_value_s_is_left_out() -> None:
    assert only("“十四五”开局良好，规模以上工业增加值增长6%").period is None
    assert [one.period for one in figures_of("2017年以来变化很大。进出口总额30亿元，比2017年翻一番")][:1] == [None]


def test_an_index_of_prices_is_told_as_its_rise() -> None:
    assert only("居民消费价格指数为102.4%").value == 2.4


def test_who_is_meant_is_no_value() -> None:
    assert figures_of("人均可支配收入低于9000元的家庭减少300户")[0].role is FigureRole.OTHER


@pytest.mark.parametrize(
    "text", ["为46.5万困难群众发放补助", "还有3.2万农村学校师生没有用上", "这是260余万本市人民的心愿"]
)
def test_people_need_no_counter(text: str) -> None:
    assert only(text).unit == "万"


@pytest.mark.parametrize("text", ["260万人民币", "有4万户群众迁居", "修渠6万米群众受益"])
def test_what_has_a_unit_or_is_money_is_no_number_of_people(text: str) -> None:
    assert "万" not in [figure.unit for figure in figures_of(text)]


@pytest.mark.parametrize("text", ["落实稳外贸26条，企业信心增强", "出台稳投资9条、促消费12条等政策"])
def test_what_a_policy_is_called_by_is_no_value(text: str) -> None:
    assert figures_of(text) == ()


def test_those_above_an_amount_are_counted_the_amount_is_no_value() -> None:
    assert values("产值过亿元企业70家，其中超20亿元的有6家") == [(70, "家"), (6, "家")]
    assert values("实施总投资超90亿元的6个项目") == [(90, "亿元"), (6, "个")]


def test_measures_and_lines_are_counted() -> None:
    assert values("出台支持园区发展26条措施，新开通航线12条") == [(26, "条"), (12, "条")]


def test_where_a_policy_is_explained_its_parts_are_no_values() -> None:
    text = "园区新政：指市里印发的若干意见，包括用地、融资等17项措施，覆盖9个园区。"
    assert [one.value for one in figures_of(text, FigureContext(Status.NOTE, 2022, 2023))] == [9]
    assert [one.value for one in figures_of(text)] == [17, 9]


def test_the_second_largest_is_a_place_only_for_what_becomes_it() -> None:
    assert figures_of("发挥全省第二大口岸的作用") == ()
    assert only("口岸成为全省第二大港口").value == 2


@pytest.mark.parametrize(
    "text", ["审批事项由300项减至90项", "200项行政审批事项提速", "取消行政事业性收费30项", "认定普惠性幼儿园40所"]
)
def test_items_that_nobody_gave_up_and_schools_that_nobody_built_are_of_no_row(text: str) -> None:
    assert {figure.indicator for figure in figures_of(text)} == {None}


def test_what_goes_on_adding_goes_over_a_name_without_a_row() -> None:
    figures = figures_of("新增高新技术企业8家、领航企业6个、专精特新“小巨人”企业5家。")
    assert [one.kind for one in figures] == [FigureKind.ADDED] * 3


def test_both_of_a_list_of_increases_are_increases() -> None:
    assert [one.kind for one in figures_of("存款余额、贷款余额分别增加7亿元和8亿元")] == [FigureKind.OTHER] * 2
