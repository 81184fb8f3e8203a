"""What no year around it is like stands apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.compare.report_rows import rows_of
from indexer.compare.unlike_years import STEADY, unlike
from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Doubt, PeriodKind
from indexer.domain.rows import FigureRow
from indexer.settings import load
from indexer.stores.catalogue import Catalogue
from indexer.tables import Tables
from tests.unit.rows import Printed, a_report, figure, measure

YEARS = {2017: 900.0, 2018: 1000.0, 2019: 1100.0, 2020: 1150.0, 2021: 1250.0}


def gdp(value: float, unit: str = "亿元", **more: Any) -> Printed:
    return figure(f"{value:g}{unit}", "gdp", value, unit, **more)


def told(year: int, *figures: Printed, zone: str = "东湖示例高新区") -> StoredReport:
    text = "，".join(f"第{n}项为{one.text}" for n, one in enumerate(figures)) + "。"
    return a_report(f"{zone}-{year}", measure(text, None, *figures), zone=zone, year=year)


def alone(*reports: StoredReport) -> list[str]:
    figures = (row for report in reports for row in rows_of(report).figures)
    return [row.text for row in unlike(figures)]


def steady() -> list[StoredReport]:
    return [told(year, gdp(value)) for year, value in YEARS.items()]


def test_a_part_and_a_sum_of_years_stand_alone_among_the_years_around() -> None:
    reports = [*steady(), told(2022, gdp(210.0), gdp(1330.0), gdp(5730.0))]
    assert sorted(alone(*reports)) == ["210亿元", "5730亿元"]


def test_amounts_are_compared_whatever_unit_they_are_printed_in() -> None:
    assert alone(*steady(), told(2022, gdp(0.133, "万亿元"))) == []
    assert alone(*steady(), told(2022, gdp(130_000.0, "万元"))) == ["130000万元"]


def test_the_furthest_goes_first_so_that_two_parts_do_not_outvote_the_whole() -> None:
    reports = [told(2020, gdp(90.0), gdp(1150.0)), told(2021, gdp(100.0), gdp(1250.0)), told(2022, gdp(1330.0))]
    assert alone(*reports) == ["90亿元", "100亿元"]


@pytest.mark.parametrize(
    "odd",
    [
        gdp(210.0, scope="市区"),
        gdp(210.0, period_kind=PeriodKind.PART, period="1-2月"),
        gdp(5730.0, period_kind=PeriodKind.MULTI),
        gdp(210.0, doubt=Doubt.SOME),
        gdp(210.0, "亿美元"),
    ],
)
def test_what_stands_in_another_line_or_apart_already_is_not_looked_at(odd: Printed) -> None:
    assert alone(*steady(), told(2022, odd)) == []


def test_of_few_years_or_of_another_place_nothing_is_said() -> None:
    assert alone(told(2020, gdp(1150.0)), told(2021, gdp(1250.0)), told(2022, gdp(210.0))) == []
    assert alone(*steady(), told(2022, gdp(210.0), zone="西山示例经开区")) == []
    assert alone(*steady(), told(2031, gdp(6000.0))) == []


def test_steady_indicators_are_of_the_codebook() -> None:
    assert STEADY - {one.id for one in Tables(load(Path("config.toml")).corpus_folder).indicators} == set()


@pytest.fixture
def doubted(tmp_path: Path) -> Iterator[list[FigureRow]]:
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all([*steady(), told(2022, gdp(210.0), gdp(1330.0))], rows_of)
        fresh.doubt(list(unlike(fresh.rows.figures(indicators=STEADY))), Doubt.UNLIKE)
        fresh.finish((), datetime(2024, 1, 1, tzinfo=UTC))
    with closing(Catalogue.finished(file)) as finished:
        yield [row for row in finished.rows.figures() if row.figure.doubt]


def test_a_build_keeps_why_a_figure_is_doubtful(doubted: list[FigureRow]) -> None:
    assert [(row.text, row.figure.doubt) for row in doubted] == [("210亿元", Doubt.UNLIKE)]
