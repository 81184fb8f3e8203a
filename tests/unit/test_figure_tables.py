"""Figures beside each other: only like ones share a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.compare.amounts import agree, unit_of
from indexer.compare.columns import column_of
from indexer.compare.indicators import table
from indexer.domain.catalogue import StoredReport
from indexer.domain.columns import Silence
from indexer.domain.figure_tables import FigureLine, FigureTable
from indexer.domain.report import Doubt, FigureKind, FigureRole, Grade, PeriodKind
from indexer.reference.indicators import Indicator
from tests.unit.rows import Printed, a_report, all_rows, figure, measure


def indicator(rank_sense: str = "high", comparable: str = "region", name: str = "税收收入") -> Indicator:
    return Indicator(
        "tax",
        name,
        "主导产业",
        ("税收收入", "税收#元"),
        (),
        ("money_cny",),
        "growth",
        (),
        "year",
        rank_sense,
        comparable,
        "",
    )


def tax(value: float, printed: str | None = None, unit: str = "亿元", **more: Any) -> Printed:
    more = {"year": 2022} | more
    return figure(printed or f"{value:g}{unit}", "tax", value, unit=unit, **more)


def a_zone(id: str, *figures: Printed, zone: str | None = "甲高新区", **more: Any) -> StoredReport:
    told = [measure(f"税收{one.text}，逐季盯办。", None, one) for one in figures]
    return a_report(id, *told, zone=zone, **more)


def made(*reports: StoredReport, of: Indicator | None = None, shown: list[str] | None = None) -> FigureTable:
    rows = all_rows(reports)
    keys = list(dict.fromkeys(one.source.column for one in rows))
    columns = [column_of(key, [one.source for one in rows if one.source.column == key]) for key in keys]
    return table(of or indicator(), columns, [row for one in rows for row in one.figures], shown=shown)


def values(line: FigureLine) -> list[float]:
    return sorted(line.amounts.values())


def lines(found: FigureTable) -> list[tuple[FigureKind, str, str, list[float]]]:
    return [(line.kind, line.period, line.scope, values(line)) for line in found.lines]


def test_level_addition_growth_share_and_rank_are_lines_of_their_own() -> None:
    kinds = (
        FigureKind.LEVEL,
        FigureKind.ADDED,
        FigureKind.SHARE,
        FigureKind.GROWTH,
        FigureKind.POINTS,
        FigureKind.RANK,
    )
    found = made(a_zone("a", *(tax(n, kind=kind) for n, kind in enumerate(kinds, 1))))
    assert [line.kind for line in found.lines] == list(kinds)


def test_what_is_no_value_of_the_region_is_counted_apart() -> None:
    part, other = tax(1, role=FigureRole.PART), tax(2, kind=FigureKind.OTHER)
    found = made(a_zone("a", part, other, tax(3)))
    assert [values(line) for line in found.lines] == [[3]]
    assert len(found.apart) == 2
    assert len(found.rows) == 3, "all of them are told"


def test_what_is_doubtful_stands_apart_and_ranges_with_nobody() -> None:
    found = made(a_zone("a", tax(7, doubt=Doubt.SOME)), a_zone("b", tax(3), zone="乙高新区"))
    assert [values(line) for line in found.lines] == [[3]]
    assert [one.figure.doubt for one in found.apart] == [Doubt.SOME]
    silences = [found.silences(column)(2022) for column in found.columns]
    assert silences == [Silence.DOUBTFUL, Silence.NOT_MENTIONED]
    cell = found.lines[0].cells[found.columns[1].key, 2022]
    assert cell.place is not None
    assert (cell.place.count, cell.place.high) == (1, 3)


def test_periods_are_not_mixed_and_the_same_months_are_one_period() -> None:
    part = PeriodKind.PART
    found = made(
        a_zone("a", tax(9, period="2022年", period_kind=PeriodKind.YEAR)),
        a_zone("b", tax(4, period="上半年", period_kind=part), zone="乙高新区"),
        a_zone("c", tax(5, period="2022年1-6月", period_kind=part), zone="丙高新区"),
        a_zone("d", tax(30, period="五年来", period_kind=PeriodKind.MULTI), zone="丁高新区"),
        a_zone("e", tax(6, period_kind=PeriodKind.AVERAGE), zone="戊高新区"),
    )
    assert sorted((period, amounts) for _, period, _, amounts in lines(found)) == [
        ("", [9]),
        ("1-6月", [4, 5]),
        ("五年来", [30]),
        ("年均", [6]),
    ]


def test_scopes_are_not_mixed_and_the_zone_itself_is_none() -> None:
    found = made(
        a_zone("a", tax(9, scope="全区")),
        a_zone("b", tax(8), zone="乙高新区"),
        a_zone("c", tax(80, scope="全市"), zone="丙高新区"),
        a_zone("d", tax(3, scope="规模以上"), zone="丁高新区"),
    )
    assert sorted((scope, amounts) for _, _, scope, amounts in lines(found)) == [
        ("", [8, 9]),
        ("全市", [80]),
        ("规上", [3]),
    ]


def test_currencies_are_not_mixed_and_units_of_one_are() -> None:
    found = made(a_zone("a", tax(0.56), tax(2, unit="亿美元")), a_zone("b", tax(5600, unit="万元"), zone="乙高新区"))
    assert sorted(values(line) for line in found.lines) == [[0.56, 0.56], [2.0]]


def test_targets_stand_beside_results_as_targets() -> None:
    found = made(a_zone("a", tax(9), tax(10, role=FigureRole.TARGET)))
    (line,) = found.lines
    cell = line.cells["甲高新区", 2022]
    assert [row.text for row in cell.results] == ["9亿元"]
    assert [row.text for row in cell.targets] == ["10亿元"]


def test_two_reports_that_disagree_are_both_shown_the_more_trusted_first() -> None:
    copy, official = a_zone("a", tax(15.9)), a_zone("b", tax(15.2), grade=Grade.OFFICIAL)
    cell = made(copy, official).lines[0].cells["甲高新区", 2022]
    assert cell.disagreeing
    assert [row.source.id for row in cell.results] == ["b", "a"]
    same = made(copy, a_zone("c", tax(15.9))).lines[0].cells["甲高新区", 2022]
    assert not same.disagreeing
    assert len(same.results) == 1


def test_one_report_with_two_values_disagrees_with_nobody() -> None:
    cell = made(a_zone("a", tax(15.9), tax(3.2))).lines[0].cells["甲高新区", 2022]
    assert len(cell.results) == 2
    assert not cell.disagreeing


def test_a_mask_is_shown_and_counts_for_nothing() -> None:
    masked = figure("xx.x亿元", "tax", None, unit="亿元", mask="xx.x", year=2022)
    found = made(a_zone("a", masked), a_zone("b", tax(9), zone="乙高新区"))
    cells = found.lines[0].cells
    assert cells["甲高新区", 2022].silence is Silence.MASKED
    assert cells["甲高新区", 2022].place is None
    place = cells["乙高新区", 2022].place
    assert place is not None
    assert place.count == 1


def test_places_count_zones_of_one_type_in_one_year() -> None:
    found = made(
        a_zone("a", tax(9)),
        a_zone("b", tax(12), zone="乙高新区"),
        a_zone("c", tax(99), zone="丙经开区", zone_type="经开区"),
        a_zone("d", tax(50, year=2021), zone="丁高新区"),
        a_zone("e", tax(70), zone=None),
    )
    place = found.lines[0].cells["甲高新区", 2022].place
    assert place is not None
    assert (place.position, place.count, place.low, place.high) == (2, 2, 9, 12)
    assert found.lines[0].cells["e", 2022].place is None, "nobody knows whose it is"


@pytest.mark.parametrize(("sense", "position"), [("high", 2), ("low", 1), ("none", None)])
def test_more_is_not_always_better(sense: str, position: int | None) -> None:
    found = made(a_zone("a", tax(9)), a_zone("b", tax(12), zone="乙高新区"), of=indicator(sense))
    place = found.lines[0].cells["甲高新区", 2022].place
    assert place is not None
    assert place.position == position


def test_what_counts_one_project_never_stands_beside_another_regions() -> None:
    found = made(a_zone("a", tax(9)), a_zone("b", tax(12), zone="乙高新区"), of=indicator(comparable="object"))
    assert [len({key for key, _ in line.cells}) for line in found.lines] == [1, 1]
    assert not found.comparable
    assert all(cell.place is None for line in found.lines for cell in line.cells.values())


def test_peers_that_are_not_shown_still_count() -> None:
    found = made(a_zone("a", tax(9)), a_zone("b", tax(12), zone="乙高新区"), shown=["甲高新区"])
    assert [column.key for column in found.columns] == ["甲高新区"]
    (line,) = found.lines
    assert list(line.cells) == [("甲高新区", 2022)]
    place = line.cells["甲高新区", 2022].place
    assert place is not None
    assert place.count == 2
    assert len(found.rows) == 1


def test_an_empty_cell_says_why_for_its_year() -> None:
    found = made(a_zone("a", tax(9), year=2022), a_zone("b", tax(7, year=2021), zone="乙高新区", year=2021))
    mine = next(column for column in found.columns if column.key == "乙高新区")
    silence = found.silences(mine)
    assert silence(2021) is Silence.NOT_MENTIONED
    assert silence(2022) is Silence.NOT_SEEN, "its report of 2021 only plans 2022"
    assert silence(2023) is Silence.NOT_COLLECTED


def test_a_half_year_report_tells_of_half_a_year_where_its_figures_do_not_say() -> None:
    (half,) = all_rows([a_zone("a", tax(4))])
    row = replace(half.figures[0], source=replace(half.source, period="上半年"))
    found = table(indicator(), [column_of("甲高新区", [row.source])], [row])
    assert found.lines[0].period == "1-6月"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1234.5亿元", 1234.5, "亿元", None), ("1235亿元", 1235, "亿元", None), True),
        (("1234.5亿元", 1234.5, "亿元", None), ("1236亿元", 1236, "亿元", None), False),
        (("5600万元", 5600, "万元", None), ("0.56亿元", 0.56, "亿元", None), True),
        (("约1200亩", 1200, "亩", "约"), ("1178亩", 1178, "亩", None), True),
        (("1200亩", 1200, "亩", None), ("1178亩", 1178, "亩", None), False),
        (("3亿元", 3, "亿元", None), ("3亿美元", 3, "亿美元", None), False),
    ],
)
def test_amounts_agree_as_far_as_both_are_printed(
    one: tuple[str, float, str, str | None], other: tuple[str, float, str, str | None], same: bool
) -> None:
    first, second = (
        figure(text, "tax", value, unit=unit, hedge=hedge).figure for text, value, unit, hedge in (one, other)
    )
    assert agree(first, second) is agree(second, first) is same


@pytest.mark.parametrize(
    ("unit", "family", "size"),
    [
        ("万亩", "area", 1e4 * 10_000 / 15),
        ("千米", "length", 1e3),
        ("亿美元", "usd", 1e8),
        ("家", "count", 1),
        ("万人次", "visits", 1e4),
    ],
)
def test_units_are_known_by_family_and_size(unit: str, family: str, size: float) -> None:
    assert unit_of(unit).family == family
    assert unit_of(unit).size == pytest.approx(size)


def test_a_value_from_before_that_no_year_is_told_of_stands_in_no_line() -> None:
    found = made(a_zone("a", tax(48, year=None), tax(53)))
    assert [values(line) for line in found.lines] == [[53]]
    assert [row.figure.value for row in found.apart] == [48]
    assert found.years == (2022,)


@pytest.mark.parametrize("period", ["全年", "今年", "去年", "2022年", "2022年全年"])
def test_a_period_that_is_the_year_itself_is_not_said_beside_it(period: str) -> None:
    (row,) = all_rows([a_zone("a", tax(3, period=period))])[0].figures
    assert row.period_beside(2022) is None


@pytest.mark.parametrize("period", ["1-6月", "今年以来", "2021年", "五年累计"])
def test_a_period_that_says_more_than_the_year_is_said(period: str) -> None:
    (row,) = all_rows([a_zone("a", tax(3, period=period))])[0].figures
    assert row.period_beside(2022) == period
