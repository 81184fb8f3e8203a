"""One indicator by zone and year: like things in a line, everything else that a reader must know in the cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from indexer.domain.columns import Column, Silence, silence_of
from indexer.domain.query import YearRange
from indexer.domain.report import FigureKind, PeriodKind
from indexer.domain.rows import FigureRow, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A value among those of its peers: same type of zone, same year, same line. ``position`` counts from 1, None where
    more is neither better nor worse; ``low`` and ``high`` are in the line's unit."""

    position: int | None
    count: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FigureCell:
    """What one column gives for one year. ``results`` and ``targets``: the most trusted first, one for each value that
    differs; ``disagreeing``: two reports give different results."""

    results: tuple[FigureRow, ...] = ()
    targets: tuple[FigureRow, ...] = ()
    disagreeing: bool = False
    place: Place | None = None
    silence: Silence | None = None  # MASKED where there are only masks

    @property
    def all(self) -> tuple[FigureRow, ...]:
        return self.results + self.targets


@dataclass(frozen=True, slots=True)
class FigureLine:
    """Like things only: one indicator, kind, currency, sort of period, scope. ``cells`` by (column key, year), only
    those that hold something (FigureTable.silence says why another is empty).

    ``period`` is empty where the values are of a whole year or a state at its end, ``scope`` where they are of the zone
    or region itself. ``amounts`` gives each figure's value in ``unit``.
    """

    indicator: str
    name: str
    theme: str | None
    kind: FigureKind
    unit: str  # that most of its figures are printed in
    period: str
    period_kind: PeriodKind | None
    scope: str
    comparable: bool  # may stand beside another region's
    cells: Mapping[tuple[str, int | None], FigureCell]
    amounts: Mapping[tuple[str, int, int], float] = field(default_factory=dict)  # (report, seq, number) → value

    @property
    def count(self) -> int:
        return sum(len(cell.all) for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One indicator: ``lines``, the one with most figures first, over the same columns and years.

    ``rows``: every figure asked for, those in no line too (``apart``: parts, thresholds, multiples, what is
    doubtful). ``unmapped``: figures whose phrase holds one of the indicator's names and that belong to no row of the
    codebook.
    """

    indicator: str
    name: str
    theme: str | None
    names: tuple[str, ...]
    note: str
    comparable: bool
    columns: tuple[Column, ...]
    years: tuple[int | None, ...]
    lines: tuple[FigureLine, ...]
    rows: tuple[FigureRow, ...]
    apart: tuple[FigureRow, ...] = ()
    unmapped: tuple[FigureRow, ...] = ()
    doubted: frozenset[tuple[str, int | None]] = frozenset()  # (column key, year) of doubtful ones

    def silences(self, column: Column) -> Callable[[int | None], Silence]:
        """Why a cell of ``column`` that no line holds is empty, by its year; each year is worked out once."""
        about: dict[int, list[Source]] = defaultdict(list)  # a province has 40 reports, and each tells of two years
        for source in column.sources:
            for year in {source.year, source.plan_year}:
                if year is not None:
                    about[year].append(source)

        @cache
        def silence(year: int | None) -> Silence:
            if (column.key, year) in self.doubted:
                return Silence.DOUBTFUL
            if year is None:
                return silence_of(column.sources, None)
            return silence_of(about[year], YearRange(year, year)) if year in about else Silence.NOT_COLLECTED

        return silence
