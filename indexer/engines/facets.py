"""Narrowing what was found by filters, and counting it by facets, over columns of codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from indexer.domain.query import UNKNOWN, Filters
from indexer.domain.results import FACETS, Count
from indexer.engines.columns import Column, Columns, Value, facet_column
from indexer.engines.occurrences import Numbers, Scores

Passes = npt.NDArray[np.bool_]  # for each passage found


def narrowed(found: Scores, filters: Filters, columns: Columns) -> tuple[Scores, dict[str, tuple[Count, ...]]]:
    """The passages that pass, and for each facet the counts of what passes the *other* filters."""
    passing = _passing(found.passages, filters, columns)
    every = _all_of(passing)
    kept = found if every is None else found.where(every)
    counts: dict[str, tuple[Count, ...]] = {}
    for facet in FACETS:
        others = _all_of({other: passes for other, passes in passing.items() if other != facet})
        counted = kept.passages if facet not in passing else _of(found.passages, others)
        counts[facet] = count_facet(facet, counted, _column(facet, filters, columns))
    return kept, counts


def passages_passing(found: Scores, filters: Filters, columns: Columns) -> Scores:
    """What passes, without counting anything."""
    for facet, wanted in _wanted(filters, columns).items():
        found = found.where(_passes(found.passages, wanted, _column(facet, filters, columns)))
    return found


def count_facet(facet: str, passages: Numbers, column: Column) -> tuple[Count, ...]:
    """Years newest first, everything else most frequent first; what isn't said comes last."""
    per_code = np.bincount(column.codes.take(passages), minlength=len(column.values))
    counts: Counter[Value] = Counter()
    for code in np.flatnonzero(per_code).tolist():
        for value in column.values[code]:
            counts[value] += int(per_code[code])
    if facet == "year":
        order = sorted(counts, key=lambda value: (value is None, -int(value or 0)))
    else:
        order = sorted(counts, key=lambda value: (value is None, -counts[value], str(value)))
    return tuple(Count(None if value is None else str(value), counts[value]) for value in order)


def _column(facet: str, filters: Filters, columns: Columns) -> Column:
    return columns.facets.get(facet_column(facet, filters.basis)) or _EMPTY


_EMPTY = Column(np.empty(0, np.uint8), ())


def _passing(passages: Numbers, filters: Filters, columns: Columns) -> dict[str, Passes]:
    """Facet → which of ``passages`` pass its filter, for the filters that are set."""
    return {
        facet: _passes(passages, wanted, _column(facet, filters, columns))
        for facet, wanted in _wanted(filters, columns).items()
    }


def _passes(passages: Numbers, wanted: Iterable[Value], column: Column) -> Passes:
    passing_codes = np.zeros(len(column.values), np.bool_)
    for value in wanted:
        passing_codes[column.codes_by_value.get(value, [])] = True
    return passing_codes.take(column.codes.take(passages))


def _wanted(filters: Filters, columns: Columns) -> dict[str, Iterable[Value]]:
    """Facet → the values that pass."""
    chosen: dict[str, Iterable[Value]] = {
        "zone": filters.zones,
        "zone_type": filters.zone_types,
        "province": filters.provinces,
        "theme": filters.themes,
        "status": [status.value for status in filters.statuses],
        "grade": [grade.value for grade in filters.grades],
        "level": [None if level == UNKNOWN else level for level in filters.levels],
        "site": [None if site == UNKNOWN else site for site in filters.sites],
    }
    wanted = {facet: values for facet, values in chosen.items() if values}
    if filters.years is not None or filters.unknown_year:
        years = filters.years
        known = _column("year", filters, columns).codes_by_value
        wanted["year"] = [
            year
            for year in known
            if (filters.unknown_year if year is None else years is not None and int(year) in years)
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
