"""What sort of number a figure is: a stock, an increase, a change, a rank."""

from __future__ import annotations

import pytest

from indexer.domain.report import FigureKind
from tests.unit.figure_reading import figures_of, only


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
