"""Figures: what is counted, and what only looks like a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.report import Figure, FigureKind, FigureRole, PeriodKind, Status
from indexer.pipeline.segment.figures import FigureContext, FigureReader, Head, is_redated
from indexer.reference.indicators import Indicators

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
READER = FigureReader(Indicators.read(TABLES))
REVIEW = FigureContext(Status.RESULT, 2022, 2023)
PLAN = FigureContext(Status.PLAN, 2022, 2023)


def figures_of(text: str, context: FigureContext = REVIEW) -> tuple[Figure, ...]:
    return READER.figures_of(text, context)


def only(text: str, context: FigureContext = REVIEW) -> Figure:
    figures = figures_of(text, context)
    assert len(figures) == 1, figures
    return figures[0]


def values(text: str, redated: bool = False) -> list[tuple[float | None, str]]:
    return [(figure.value, figure.unit) for figure in figures_of(text, FigureContext(redated=redated))]


def mapped(text: str, context: FigureContext = REVIEW) -> list[tuple[str | None, float | None]]:
    return [(figure.indicator, figure.value) for figure in figures_of(text, context)]


# --- printed numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrase", "value", "unit"),
    [
        ("实际利用外资1.2亿美元", "实际利用外资", 1.2, "亿美元"),
        ("亩均生产总值达到180万元", "亩均生产总值", 180, "万元"),
        ("全区人均GDP突破12万元", "人均GDP", 12, "万元"),
        ("规上工业增加值达到36亿元", "规上工业增加值", 36, "亿元"),
        ("新签约项目27个", "新签约项目", 27, "个"),
        ("引进12家物流企业", "引进物流企业", 12, "家"),
        ("共拆除旧厂房3.5万平方米", "拆除旧厂房", 3.5, "万平方米"),
        ("城镇登记失业率为3.1%", "城镇登记失业率", 3.1, "%"),
        ("技术合同成交额1,234.5万元", "技术合同成交额", 1234.5, "万元"),
        ("项目投产率达 83.3 %", "投产率", 83.3, "%"),
        ("其中到账2亿元", "到账", 2, "亿元"),
        ("绿电占比提高到40%", "绿电占比", 40, "%"),
        ("工业占全市比重达到4%", "占全市比重", 4, "%"),
        ("新增就业三百二十人", "新增就业", 320, "人"),
        ("完成固定资产投资xx.x亿元", "固定资产投资", None, "亿元"),
        ("年发电1.2GWh", "年发电", 1.2, "GWh"),
        ("水面36.2km²", "水面", 36.2, "km²"),
    ],
)
def test_a_quantity_has_its_name_value_and_unit(text: str, phrase: str, value: float | None, unit: str) -> None:
    figure = only(text)
    assert (figure.phrase, figure.value, figure.unit) == (phrase, value, unit)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("产值2，308.5亿元", (2308.5, "亿元")),
        ("培训15，620人", (15620, "人")),
        ("税收4. 2亿元", (4.2, "亿元")),
        ("满意率97. 5%", (97.5, "%")),
        ("产值１２．６亿元", (12.6, "亿元")),
        ("税收二十亿元", (20, "亿元")),
        ("惠及三万五千人", (35000, "人")),
        ("占百分之十八", (18, "%")),
        ("占百分之十八点五", (18.5, "%")),
        ("近四成客商续约", (40, "%")),
        ("提高六个百分点", (6, "个百分点")),
        ("产值翻两番", (2, "番")),
        ("产值增长2.5倍", (2.5, "倍")),
    ],
)
def test_numbers_are_read_as_people_print_them(text: str, printed: tuple[float, str]) -> None:
    assert values(text) == [printed]


def test_a_list_of_numbers_is_no_number() -> None:
    assert values("甲乙两园企业分别为120、135家") == [(120, "家"), (135, "家")]


@pytest.mark.parametrize("text", ["产值12，34家", "数十个项目", "百亿元企业", "千亿级产业集群", "千亿元产业"])
def test_no_figure_is_better_than_the_tail_of_a_number_or_an_amount_in_a_name(text: str) -> None:
    assert values(text) == []


def test_an_amount_that_is_passed_is_a_value() -> None:
    figure, rate = figures_of("地区生产总值首次迈过千亿元大关，增长6%")
    assert (figure.indicator, figure.value, figure.unit, figure.hedge) == ("gdp", 1000, "亿元", "迈过")
    assert (rate.indicator, rate.value) == ("gdp", 6)


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


def test_nothing_carries_on_from_a_mask() -> None:
    value, rate = figures_of("工业投资xx亿元，增长9%")
    assert (value.indicator, value.value, value.change) == ("industrial-investment", None, None)
    assert rate.indicator is None


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
        "打造15分钟便民生活圈",
        "48小时过境免签落地",
        "兑现“9条”新政",
        "连续3个季度向好",
    ],
)
def test_years_ordinals_names_and_thresholds_are_no_figures(text: str) -> None:
    assert figures_of(text) == ()


def test_a_long_run_of_blots_is_read_in_no_time() -> None:
    assert figures_of("x" * 20_000) == ()


def test_a_range_gives_both_ends() -> None:
    low, high = figures_of("单个项目投资30-50亿元")
    assert (low.value, high.value) == (30, 50)
    assert (low.scope, high.scope) == ("下限", "上限")
    assert low.span == high.span


def test_in_a_redated_text_a_number_that_reads_as_a_year_is_none() -> None:
    text = "1-2023月份完成产值8亿元，用地缺口2022亩，涉及企业35家"
    assert is_redated(text)
    assert values(text, redated=True) == [(8, "亿元"), (35, "家")]
    assert not is_redated("2023年6月底完成产值8亿元")
    assert values("用地缺口2022亩") == [(2022, "亩")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [("总投资约1014亿元", "1014亿元"), ("利润“3. 6” 亿元", "3. 6” 亿元"), ("产值2，308.5 亿元", "2，308.5 亿元")],
)
def test_the_span_holds_number_and_unit_as_they_stand(text: str, printed: str) -> None:
    assert only(text).span.of(text) == printed


# --- which indicator -------------------------------------------------------------------------------------------------


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


# --- kinds, changes, ranks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("地区生产总值820亿元", FigureKind.LEVEL),
        ("地区生产总值增长6.1%", FigureKind.GROWTH),
        ("新增高新技术企业30家", FigureKind.ADDED),
        ("高新技术企业达到210家", FigureKind.LEVEL),
        ("城镇新增就业2万人", FigureKind.LEVEL),
        ("城镇化率提高0.8个百分点", FigureKind.POINTS),
        ("城镇化率61%", FigureKind.SHARE),
        ("城镇化率低于全省3个百分点", FigureKind.OTHER),
        ("固定资产投资完成年度目标的115%", FigureKind.OTHER),
        ("优良天数比上年增加12天", FigureKind.OTHER),
        ("固定资产投资增速不低于9%", FigureKind.GROWTH),
        ("工业总产值翻一番", FigureKind.OTHER),
    ],
)
def test_each_figure_says_what_sort_of_number_it_is(text: str, kind: FigureKind) -> None:
    assert only(text).kind is kind


def test_what_is_listed_behind_new_ones_is_new_as_well() -> None:
    kinds = [one.kind for one in figures_of("新增高新技术企业30家、瞪羚企业6家，其中独角兽企业1家")]
    assert kinds == [FigureKind.ADDED, FigureKind.ADDED, FigureKind.LEVEL]


def test_growth_is_written_to_its_value_and_is_a_figure_of_its_own() -> None:
    value, rate = figures_of("完成工业产值115亿元，同比增长4.4%。")
    assert (value.indicator, value.value, value.change) == ("all-industry-output", 115, 4.4)
    assert (rate.indicator, rate.value, rate.unit, rate.change) == ("all-industry-output", 4.4, "%", 4.4)


def test_a_fall_is_negative() -> None:
    value, rate = figures_of("出口额8亿元，下降12.5%")
    assert value.change == rate.value == -12.5


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
    assert rate.indicator == "trade-total"


def test_a_rank_is_a_figure_and_is_written_to_what_it_follows() -> None:
    value, rate, rank = figures_of("工业投资9亿元，增长6.9%，居全市第一")
    assert value.rank == rate.rank == rank.rank == "全市第一"
    assert (rank.indicator, rank.kind, rank.value) == ("industrial-investment", FigureKind.RANK, 1)


def test_a_rank_right_behind_a_name_is_the_rank_of_it() -> None:
    rank = only("地区生产总值增速居全省第2位")
    assert (rank.indicator, rank.value, rank.hedge) == ("gdp", 2, None)
    assert only("地区生产总值进入全省前3").hedge == "前"


def test_a_rank_with_its_own_subject_is_of_that() -> None:
    figures = figures_of("税收12亿元。全省开发区综合考评列第7位")
    assert [(f.value, f.unit) for f in figures] == [(12, "亿元"), (7, "位")]
    assert figures[0].rank is None


def test_the_first_of_its_kind_is_no_rank() -> None:
    assert figures_of("获批全省第一个离岸基地") == ()


def test_a_value_that_no_region_can_have_is_flagged_and_kept() -> None:
    assert only("粮食产量60万吨").unlikely is False
    assert only("粮食产量60亿吨").unlikely is True
    assert only("地区生产总值增长640%").unlikely is True


# --- role, year, period, scope ---------------------------------------------------------------------------------------


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
