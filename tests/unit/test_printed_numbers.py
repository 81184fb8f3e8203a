"""What is counted and how it is printed, and what only looks like a number."""

from __future__ import annotations

import pytest

from indexer.pipeline.segment.figures import is_redated
from tests.unit.figure_reading import figures_of, only, values


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
        ("产值0“X亿元", "0“X"),
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
