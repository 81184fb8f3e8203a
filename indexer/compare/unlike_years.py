"""Values that no year around them is like: 2,000亿元 as the GDP of a province that had 30,000 in the years about is a
city's, 1.66万亿元 as one year's investment is the sum of five.

Read by itself such a sentence says nothing wrong; only the other reports of the same region show it. Over 1,472 work
reports 121 values of these indicators stood out; of 60 drawn and read 54 stood there wrongly (parts, sums of years,
what was added), the others are right but of a year in which the series broke off or grew as fast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from indexer.compare.amounts import unit_of
from indexer.compare.indicators import period_of, scope_of
from indexer.domain.report import FigureKind, FigureRole
from indexer.domain.rows import FigureRow

# Indicators of the codebook that change by little from year to year: over those reports at most 6 % of a region's
# values were three times more or less than the years around. Numbers of projects, places and works are not among them.
STEADY = frozenset(
    (
        "gdp",
        "gdp-per-capita",
        "general-budget-revenue",
        "fiscal-revenue",
        "fiscal-revenue-total",
        "fixed-asset-investment",
        "retail-sales",
        "trade-total",
        "exports",
        "industrial-value-added",
        "all-industry-value-added",
        "industrial-output",
        "services-value-added",
        "services-share",
        "grain-output",
        "tourism-revenue",
        "deposits",
        "rural-income",
        "urban-income",
        "registered-unemployment",
        "urbanisation-rate",
        "forest-coverage",
        "green-coverage",
        "good-air-ratio",
        "good-air-days",
        "water-quality-ratio",
        "pm25",
        "sewage-treatment-rate",
        "rd-intensity",
        "invention-patents-per-10k",
        "tech-contracts",
        "listed-companies",
        "safety-satisfaction",
    )
)
_TIMES = 3.0  # more, or less, than the middle of the years around
_NEAR = 4  # years
_ENOUGH = 3  # values near


def unlike(figures: Iterable[FigureRow]) -> Iterator[FigureRow]:
    """Those of ``figures`` (results of STEADY indicators, of any number of places) that no year around is like."""
    groups: dict[object, list[FigureRow]] = defaultdict(list)
    for row in figures:
        if _stands_for_the_year(row):
            family = unit_of(row.figure.unit).family
            groups[row.source.column, row.figure.indicator, row.figure.kind, family].append(row)
    for rows in groups.values():
        yield from _out_of_line(rows)


def _stands_for_the_year(row: FigureRow) -> bool:
    """A whole year's result of the region itself."""
    figure = row.figure
    return bool(
        figure.value
        and figure.value > 0
        and figure.doubt is None
        and figure.role is FigureRole.RESULT
        and figure.kind in (FigureKind.LEVEL, FigureKind.SHARE)
        and row.year is not None
        and period_of(row) == ("", None)
        and not scope_of(figure.scope, row.source, "")
    )


def _out_of_line(rows: Sequence[FigureRow]) -> Iterator[FigureRow]:
    """The furthest goes first: beside two parts that were taken for the whole the whole would look too large."""
    left = [(row.year or 0, (row.figure.value or 0) * unit_of(row.figure.unit).size, row) for row in rows]
    while True:
        away = [(_away(number, left), number) for number in range(len(left))]
        furthest, number = max(away, default=(0.0, 0))
        if furthest < _TIMES:
            return
        yield left.pop(number)[2]


def _away(number: int, left: Sequence[tuple[int, float, FigureRow]]) -> float:
    """How many times more or less a value is than the middle of the others near; 0 where there are too few."""
    year, value, _ = left[number]
    near = [other for n, (when, other, _) in enumerate(left) if n != number and abs(when - year) <= _NEAR]
    if len(near) < _ENOUGH:
        return 0.0
    middle = median(near)
    return max(value / middle, middle / value)
