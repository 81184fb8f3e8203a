"""Figures: what is counted, and what only looks like a number."""

from __future__ import annotations

import pytest

from indexer.domain.report import Figure
from indexer.pipeline.segment.figures import figures_of, is_redated


def only(text: str) -> Figure:
    figures = figures_of(text)
    assert len(figures) == 1, figures
    return figures[0]


def values(text: str, redated: bool = False) -> list[tuple[float | None, str]]:
    return [(figure.value, figure.unit) for figure in figures_of(text, redated)]


@pytest.mark.parametrize(
    ("text", "indicator", "value", "unit"),
    [
        ("实际利用外资1.2亿美元", "实际利用外资", 1.2, "亿美元"),
        ("亩均生产总值达到180万元", "亩均生产总值", 180, "万元"),
        ("全区人均GDP突破12万元", "人均GDP", 12, "万元"),
        ("日均营业收入3万元", "日均营业收入", 3, "万元"),
        ("规上工业增加值达到36亿元", "规上工业增加值", 36, "亿元"),
        ("新签约项目27个", "新签约项目", 27, "个"),
        ("引进12家物流企业", "引进物流企业", 12, "家"),
        ("共拆除旧厂房3.5万平方米", "拆除旧厂房", 3.5, "万平方米"),
        ("城镇登记失业率为3.1%", "城镇登记失业率", 3.1, "%"),
        ("技术合同成交额1,234.5万元", "技术合同成交额", 1234.5, "万元"),
        ("项目投产率达 83.3 %", "投产率", 83.3, "%"),
        ("三季度集中签约11个", "集中签约", 11, "个"),
        ("其中到账2亿元", "到账", 2, "亿元"),
        ("到位3亿元", "到位", 3, "亿元"),
        ("产值约5亿元", "产值", 5, "亿元"),
        ("绿电占比提高到40%", "绿电占比", 40, "%"),
        ("研发人员占比达到4%", "研发人员占比", 4, "%"),
        ("工业占全市比重达到4%", "占全市比重", 4, "%"),
        ("新增就业三百二十人", "新增就业", 320, "人"),
        ("完成固定资产投资xx.x亿元", "固定资产投资", None, "亿元"),
    ],
)
def test_a_quantity_has_its_indicator_value_and_unit(text: str, indicator: str, value: float | None, unit: str) -> None:
    figure = only(text)
    assert (figure.indicator, figure.value, figure.unit) == (indicator, value, unit)


def test_a_number_that_grew_to_another_counts_the_same_thing() -> None:
    assert [(one.indicator, one.value) for one in figures_of("高新技术企业由36家增到103家")] == [
        ("高新技术企业", 36),
        ("高新技术企业", 103),
    ]
    assert [one.indicator for one in figures_of("企业数从55家增加到94家")] == ["企业数", "企业数"]


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("产值xx.x亿元", "xx.x"),
        ("新增企业x家", "x"),
        ("税收**万元", "**"),
        ("总投资1x.x亿元", "1x.x"),
        ("占地__亩", "__"),
    ],
)
def test_a_blotted_number_keeps_its_mask_and_has_no_value(text: str, mask: str) -> None:
    figure = only(text)
    assert figure.value is None
    assert figure.mask == mask


def test_bold_stars_around_a_number_are_no_mask() -> None:
    assert values("产值**3.5亿元**") == [(3.5, "亿元")]


@pytest.mark.parametrize(
    "text",
    [
        "2021年，第三批试点启动",
        "十四五期间一心两翼格局成形",
        "第28条规定了退出办法",
        "一、二期工程相继开工",
        "3号路通车，5G基站全覆盖",
        "xx人民医院与xx项目部",
        "10亿元以上项目优先供地",
        "2022-08-05 09:30发布",
        "第7页 共7页",
        "前11个月形势向好",
        "7×24小时值守",
        "跻身前30名",
    ],
)
def test_years_ordinals_names_and_thresholds_are_no_figures(text: str) -> None:
    assert figures_of(text) == ()


def test_growth_is_written_to_its_value_and_is_a_figure_of_its_own() -> None:
    value, rate = figures_of("完成工业产值115亿元，同比增长4.4%。")
    assert (value.indicator, value.value, value.change) == ("工业产值", 115, 4.4)
    assert (rate.indicator, rate.value, rate.unit, rate.change) == ("工业产值增速", 4.4, "%", 4.4)


def test_a_fall_is_negative() -> None:
    value, rate = figures_of("出口额8亿元，下降12.5%")
    assert value.change == rate.value == -12.5


def test_a_rate_alone_names_what_grew() -> None:
    figure = only("固定资产投资比增9.1%")
    assert (figure.indicator, figure.value, figure.change) == ("固定资产投资增速", 9.1, 9.1)


def test_a_level_reached_is_no_growth() -> None:
    figure = only("全程网办率提高到93%")
    assert (figure.value, figure.change) == (93, None)


def test_blotted_growth_is_no_change() -> None:
    value, rate = figures_of("税收xx亿元，同比增长x.x%")
    assert value.change is None
    assert rate.change is None
    assert rate.mask == "x.x"


def test_the_change_of_the_next_clause_stays_there() -> None:
    value, rate = figures_of("固定资产投资70亿元，外贸进出口增长8.5%")
    assert value.change is None
    assert rate.indicator == "外贸进出口增速"


def test_a_rank_right_after_a_figure_belongs_to_it() -> None:
    figure = only("工业用电量增长6.9%，居全市第一")
    assert figure.rank == "全市第一"


def test_a_rank_with_its_own_subject_is_a_figure_of_its_own() -> None:
    figures = figures_of("税收12亿元。全省开发区综合考评列第7位")
    assert [(f.value, f.unit) for f in figures] == [(12, "亿元"), (7, "位")]
    assert figures[0].rank is None
    assert figures[1].rank is not None


def test_the_first_of_its_kind_is_no_rank() -> None:
    assert figures_of("获批全省第一个离岸基地") == ()


def test_qualifiers_and_reach_go_into_the_scope() -> None:
    assert only("总投资超70亿元").scope == "超"
    assert only("开行班列5900余列").scope == "余"
    assert only("力争引进项目30个").scope == "目标"
    assert only("全区累计发放补贴2万元").scope == "累计、全区"


def test_an_aim_left_behind_in_the_sentence_is_no_aim_of_what_was_reached() -> None:
    planned, done = figures_of("全年计划开工项目30个，截至10月，已开工21个。")
    assert planned.scope == "目标"
    assert done.scope is None


def test_the_period_is_the_last_one_named_in_the_paragraph() -> None:
    figures = figures_of("1-11月，产值50亿元。税收2亿元。\n出口3亿元。")
    assert [figure.period for figure in figures] == ["1-11月", "1-11月", None]


def test_a_range_gives_both_ends() -> None:
    low, high = figures_of("单个项目投资30-50亿元")
    assert (low.value, high.value) == (30, 50)
    assert (low.scope, high.scope) == ("下限", "上限")
    assert low.span == high.span


def test_each_half_of_a_list_has_its_own_noun() -> None:
    assert [figure.indicator for figure in figures_of("对20家重点企业和15个重点项目挂牌服务")] == [
        "重点企业",
        "重点项目",
    ]


def test_a_share_says_of_what() -> None:
    assert only("占全市工业产值的42%").indicator == "占全市工业产值比重"


def test_in_a_redated_text_a_number_that_reads_as_a_year_is_none() -> None:
    text = "1-2023月份完成产值8亿元，用地缺口2022亩，涉及企业35家"
    assert is_redated(text)
    assert values(text, redated=True) == [(8, "亿元"), (35, "家")]
    assert not is_redated("2023年6月底完成产值8亿元")
    assert values("用地缺口2022亩") == [(2022, "亩")]


def test_the_span_holds_number_and_unit() -> None:
    text = "总投资约1014亿元"
    assert only(text).span.of(text) == "1014亿元"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("高等级公路660公里", "高等级公路"),
        ("服务业占生产总值的比重达到34%", "占生产总值比重"),
        ("冷链、仓储等物流项目12个", "物流项目"),
        ("经济总量2008年迈上300亿元台阶", "经济总量"),
        ("通过流动窗口为企业办结各类大小诉求230件", "办结各类大小诉求"),
    ],
)
def test_the_indicator_is_the_noun_and_nothing_around_it(text: str, indicator: str) -> None:
    assert only(text).indicator == indicator


def test_points_of_a_rate_are_its_change() -> None:
    rate, points = figures_of("入驻率83%，提高6个百分点")
    assert rate.change == 6
    assert (points.indicator, points.unit) == ("入驻率变化", "个百分点")


def test_the_radius_of_a_circle_is_part_of_its_name() -> None:
    assert figures_of("打造15分钟便民生活圈") == ()


@pytest.mark.parametrize("text", ["GDP722亿元", "GDPxxx.x亿元"])
def test_a_number_may_follow_gdp_without_a_blank(text: str) -> None:
    assert only(text).indicator == "GDP"


def test_a_long_run_of_blots_is_read_in_no_time() -> None:
    assert figures_of("x" * 20_000) == ()
