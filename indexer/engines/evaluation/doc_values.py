"""What filtering, counting and ordering need of the passages: one array a property, each passage's value at its number.

Passages are numbered by report and place in it, so those of a report stand side by side and a smaller number is an
earlier id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.domain.facets import FACETS, Basis
from indexer.domain.query import Filters
from indexer.domain.report import Status
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.postings import Floats, Numbers
from indexer.engines.evaluation.static_rank import worth_of
from indexer.text.substance import substance

Value = str | int | None


@dataclass(frozen=True)
class Column:
    """What a facet knows of each passage: ``values[codes[number]]``, several values where it has several themes."""

    codes: npt.NDArray[np.integer]
    values: tuple[tuple[Value, ...], ...]

    def counted(self, passages: Numbers, weights: npt.NDArray[np.intp] | None = None) -> npt.NDArray[np.int64]:
        """How many of ``passages`` have each of ``distinct``; each counts once, or by its weight."""
        per_code = np.bincount(self.codes.take(passages), weights, minlength=len(self.values))
        of_code, value = self._pairs
        return np.bincount(value, per_code.take(of_code), len(self.distinct)).astype(np.int64)

    @cached_property
    def distinct(self) -> tuple[Value, ...]:
        """The values there are: years newest first, others as they sort, "not said" last."""
        known = {value for values in self.values for value in values if value is not None}
        ordered = sorted(known, key=lambda value: (-value, "") if isinstance(value, int) else (0, value))
        return (*ordered, None) if any(None in values for values in self.values) else tuple(ordered)

    @cached_property
    def labels(self) -> tuple[str | None, ...]:
        return tuple(None if value is None else str(value) for value in self.distinct)

    @cached_property
    def _pairs(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Each code with each of its values, as a place in ``distinct``."""
        place = {value: number for number, value in enumerate(self.distinct)}
        pairs = [(code, place[value]) for code, values in enumerate(self.values) for value in values]
        both = np.array(pairs, np.intp).reshape(-1, 2).T
        return both[0], both[1]

    def passages_of(self, code: int) -> Numbers:
        order, bounds = self._by_code
        return order[bounds[code] : bounds[code + 1]]

    def frequency(self, codes: Iterable[int]) -> int:
        """How many passages have one of ``codes``."""
        _, bounds = self._by_code
        return sum(int(bounds[code + 1] - bounds[code]) for code in codes)

    @cached_property
    def _by_code(self) -> tuple[Numbers, npt.NDArray[np.intp]]:
        """The passages, those of a code side by side, and where each code's start. Made in 1 ms of 100,000 passages,
        when somebody first filters by it."""
        order = self.codes.argsort(kind="stable").astype(np.int32)
        counts = np.bincount(self.codes, minlength=len(self.values))
        return order, np.concatenate((np.zeros(1, np.intp), counts.cumsum()))

    @cached_property
    def codes_by_value(self) -> Mapping[Value, list[int]]:
        codes: dict[Value, list[int]] = {}
        for code, values in enumerate(self.values):
            for value in values:
                codes.setdefault(value, []).append(code)
        return codes


@dataclass(frozen=True)
class Columns:
    """``report``: number of the passage's report, ascending. ``day``: ordinal of its date, 0 where unknown.
    ``among_equals``: its place, newest first, then by id. ``length``: characters. ``facets``: by ``facet_column``."""

    report: Numbers
    day: Numbers
    among_equals: Numbers
    length: Numbers
    facets: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.report)

    @cached_property
    def of_reports(self) -> frozenset[str]:
        """The facets of which all passages of a report say the same: they can be counted report by report."""
        within = self.report[1:] == self.report[:-1]
        return frozenset(
            name for name, column in self.facets.items() if not (within & (column.codes[1:] != column.codes[:-1])).any()
        )

    @cached_property
    def few_by_filters(self) -> dict[Filters, Numbers | None]:
        """Filters that were asked → the passages that pass, None where they are many (facets.py)."""
        return {}

    @cached_property
    def worth(self) -> Floats | None:
        """What a passage's score is multiplied by for its origin (worth.py); None where that is the same for all."""
        return worth_of(self.facets)


def facet_column(facet: str, basis: Basis) -> str:
    """The column in which ``facet`` is counted: there are four of years."""
    return f"year_{basis.value}" if facet == "year" else facet


class ColumnsBuilder:
    """Takes the passages one by one, in the order of their numbers."""

    def __init__(self) -> None:
        self._reports: list[int] = []
        self._days: list[int] = []
        self._lengths: list[int] = []
        self._codes: dict[str, list[int]] = {}
        self._values: dict[str, dict[tuple[Value, ...], int]] = {}
        self._last_report: str | None = None

    def add(self, passage: IndexedPassage) -> None:
        new = passage.report != self._last_report
        self._last_report = passage.report
        self._reports.append(self._reports[-1] + new if self._reports else 0)
        self._days.append(passage.published_on.toordinal() if passage.published_on else 0)
        self._lengths.append(len(passage.text))
        for name, values in facets_of(passage).items():
            known = self._values.setdefault(name, {})
            self._codes.setdefault(name, []).append(known.setdefault(values, len(known)))

    def columns(self) -> Columns:
        day = np.array(self._days, np.int32)
        return Columns(
            report=np.array(self._reports, np.int32),
            day=day,
            among_equals=newest_first(day),
            length=np.array(self._lengths, np.int32),
            facets={
                name: Column(np.array(codes, np.min_scalar_type(len(self._values[name]))), tuple(self._values[name]))
                for name, codes in self._codes.items()
            },
        )


def newest_first(day: Numbers) -> Numbers:
    """The place of each passage where the newest comes first and, of one day, the one with the smaller number."""
    places = np.empty(len(day), np.int32)
    places[np.argsort(-day, kind="stable")] = np.arange(len(day), dtype=np.int32)
    return places


def columns_of(passages: Iterable[IndexedPassage]) -> Columns:
    builder = ColumnsBuilder()
    for passage in passages:
        builder.add(passage)
    return builder.columns()


def in_order(passages: Iterable[IndexedPassage]) -> list[IndexedPassage]:
    """Each id once, the last one given, in the order of their numbers."""
    return sorted({p.id: p for p in passages}.values(), key=lambda passage: (passage.report, passage.seq))


def _substance(passage: IndexedPassage) -> str | None:
    """None for background, which is held against a passage already."""
    return None if passage.status is Status.BACKGROUND else substance(passage.text, passage.practices)


def facets_of(passage: IndexedPassage) -> dict[str, tuple[Value, ...]]:
    published = passage.published_on.year if passage.published_on else None
    values: dict[str, tuple[Value, ...]] = {
        facet_column("year", Basis.PASSAGE): (passage.year,),
        facet_column("year", Basis.REPORT): (passage.report_year,),
        facet_column("year", Basis.PUBLISHED): (published,),
        facet_column("year", Basis.PLAN): (passage.plan_year,),
        "title": (passage.title,),
        "substance": (_substance(passage),),
        "main_theme": (passage.themes[0] if passage.themes else None,),
    }
    for facet in FACETS:
        if facet.name != "year":
            value = getattr(passage, facet.reads)
            values[facet.name] = (value or (None,)) if isinstance(value, tuple) else (value,)
    return values
