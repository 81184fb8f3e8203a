"""Narrowing what was found by filters, and counting it by facets, over columns of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.domain.facets import UNKNOWN
from indexer.domain.query import Filters
from indexer.domain.results import Count
from indexer.engines.evaluation.doc_values import Column, Columns, Value, facet_column
from indexer.engines.evaluation.ordering import report_starts, sizes
from indexer.engines.evaluation.postings import Numbers, Scores

Passes = npt.NDArray[np.bool_]  # for each passage found
_MANY = 8  # passages for each report of the index: with fewer, finding where reports start takes longer than it saves
_FEW = 2  # times: to look half of what was found up in the list of a filter is faster than to look at all of it
_FEW_CODES = 8  # values of a filter, of which the passages are put together
_MOST_LISTED = 20_000  # passages that pass a filter; kept they take 80 kB
_FILTERS_KEPT = 256


def narrowed(
    found: Scores, filters: Filters, columns: Columns, facets: Sequence[str]
) -> tuple[Scores, dict[str, tuple[Count, ...]]]:
    """The passages that pass, and for each of ``facets`` the counts of what passes the *other* filters."""
    if not facets:
        return _passing_every(found, filters, columns), {}
    wanted = _wanted(filters, columns)
    passing = {
        facet: _passes(found.passages, values, _column(facet, filters, columns)) for facet, values in wanted.items()
    }
    every = _all_of(passing)
    kept = found if every is None else found.where(every)
    of_kept = _Counting(kept.passages, columns)
    counts: dict[str, tuple[Count, ...]] = {}
    for facet in facets:
        counting = of_kept
        if facet in passing:
            others = _all_of({other: passes for other, passes in passing.items() if other != facet})
            counting = _Counting(_of(found.passages, others), columns)
        counts[facet] = _counts(facet, counting, filters, columns)
    return kept, counts


class _Counting:
    """Passages that are counted. Those of a report stand side by side and mostly say the same, so where there are many
    of each report they are counted report by report: nine facets in half the time."""

    def __init__(self, passages: Numbers, columns: Columns) -> None:
        self.passages = passages
        self._columns = columns
        self._many = len(passages) > _MANY * (int(columns.report[-1]) + 1 if len(columns) else 0)

    def per_value(self, name: str, column: Column) -> npt.NDArray[np.int64]:
        if self._many and name in self._columns.of_reports:
            return column.counted(*self._by_report)
        return column.counted(self.passages)

    @cached_property
    def _by_report(self) -> tuple[Numbers, npt.NDArray[np.intp]]:
        """The first passage of each report, and how many there are of it."""
        starts = report_starts(self.passages, self._columns)
        return self.passages.take(starts), sizes(starts, len(self.passages))


def _passing_every(found: Scores, filters: Filters, columns: Columns) -> Scores:
    """What passes all filters: nothing is counted, so filters may say which passages are looked at."""
    if filters == _NO_FILTERS or not len(found):
        return found
    few = _few_passing(filters, columns)
    if few is not None and len(few) * _FEW < len(found):
        return found.only(few)
    for facet, values in _wanted(filters, columns).items():
        found = found.where(_passes(found.passages, values, _column(facet, filters, columns)))
    return found


def _few_passing(filters: Filters, columns: Columns) -> Numbers | None:
    """The passages of the index that pass, where one of the filters names few; kept, for the same few zones are asked
    again and again."""
    kept = columns.few_by_filters
    if filters not in kept:
        if len(kept) > _FILTERS_KEPT:
            kept.clear()
        kept[filters] = _looked_up(filters, columns)
    return kept.get(filters)


def _looked_up(filters: Filters, columns: Columns) -> Numbers | None:
    wanted = {
        facet: (column := _column(facet, filters, columns), _codes(column, values), values)
        for facet, values in _wanted(filters, columns).items()
    }
    sizes = {facet: column.frequency(codes) for facet, (column, codes, _) in wanted.items() if len(codes) <= _FEW_CODES}
    fewest = min(sizes, key=sizes.__getitem__, default=None)
    if fewest is None or sizes[fewest] > _MOST_LISTED:
        return None
    column, codes, _ = wanted.pop(fewest)
    passages = np.sort(np.concatenate([column.passages_of(code) for code in codes] or [columns.report[:0]]))
    for column, _, values in wanted.values():
        passages = passages.compress(_passes(passages, values, column))
    return passages


def _codes(column: Column, values: Iterable[Value]) -> list[int]:
    return list(dict.fromkeys(code for value in values for code in column.codes_by_value.get(value, ())))


def _counts(facet: str, counting: _Counting, filters: Filters, columns: Columns) -> tuple[Count, ...]:
    """Years newest first, everything else most frequent first; what isn't said comes last."""
    column = _column(facet, filters, columns)
    per_value = counting.per_value(facet_column(facet, filters.basis), column)
    order = np.flatnonzero(per_value)  # newest, or first in the alphabet, first; what isn't said last
    if facet != "year":
        frequent_first = -per_value.take(order)
        if len(order) and column.distinct[order[-1]] is None:
            frequent_first[-1] = 1
        order = order.take(frequent_first.argsort(kind="stable"))
    return tuple(map(Count, map(column.labels.__getitem__, order.tolist()), per_value.take(order).tolist()))


def _column(facet: str, filters: Filters, columns: Columns) -> Column:
    return columns.facets.get(facet_column(facet, filters.basis)) or _EMPTY


_NO_FILTERS = Filters()
_EMPTY = Column(np.empty(0, np.uint8), ())


def _passes(passages: Numbers, wanted: Iterable[Value], column: Column) -> Passes:
    passing_codes = np.zeros(len(column.values), np.bool_)
    for value in wanted:
        passing_codes[column.codes_by_value.get(value, [])] = True
    return passing_codes.take(column.codes.take(passages))


def _wanted(filters: Filters, columns: Columns) -> dict[str, Iterable[Value]]:
    """Facet → the values that pass."""
    if filters == _NO_FILTERS:
        return {}
    wanted: dict[str, Iterable[Value]] = {
        name: [None if value == UNKNOWN else value for value in values] for name, values in filters.chosen
    }
    if filters.years or filters.unknown_year:
        known = _column("year", filters, columns).codes_by_value
        wanted["year"] = [
            year
            for year in known
            if (filters.unknown_year if year is None else any(int(year) in span for span in filters.years))
        ]
    return wanted


def _all_of(passing: Mapping[str, Passes]) -> Passes | None:
    """Which pass every one; None where there is nothing to pass."""
    every: Passes | None = None
    for passes in passing.values():
        every = passes if every is None else every & passes
    return every


def _of(passages: Numbers, passes: Passes | None) -> Numbers:
    return passages if passes is None else passages.compress(passes)
