"""From matching passages to a page of results: filters, facets, order, grouping, paging, snippets. Every engine's."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from indexer.domain.query import Basis, Filters, Query, Sort
from indexer.domain.results import FACETS, Count, Hit, IndexedPassage, ResultPage
from indexer.engines.rows import Row
from indexer.text.highlight import marks, snippet
from indexer.text.terms import Analyser

PASSAGES_PER_REPORT = 3  # shown under one report; the rest is a click away

Values = Callable[[Row], Sequence[str | int | None]]


def answer(
    query: Query,
    matches: Mapping[int, float],
    rows: Sequence[Row],
    load: Callable[[int], IndexedPassage],
    analyser: Analyser,
    started: float,
) -> ResultPage:
    """The page of ``query`` out of ``matches`` (passage number → score). ``started`` by time.perf_counter()."""
    values = _values(query.filters.basis)
    kept, facets = _filtered(matches, rows, query.filters, values)
    ordered = sorted(kept, key=_order(query.sort, matches, rows))
    groups: dict[str, list[int]] = {}
    for number in ordered:
        groups.setdefault(rows[number].report, []).append(number)
    first = (query.page - 1) * query.limit
    if query.by_report:
        entries = len(groups)
        chosen = list(groups.values())[first : first + query.limit]
        shown = [number for group in chosen for number in group[:PASSAGES_PER_REPORT]]
    else:
        entries = len(ordered)
        shown = ordered[first : first + query.limit]
    hits = tuple(_hit(load(number), matches[number], query, analyser) for number in shown)
    return ResultPage(
        total=len(ordered),
        reports=len(groups),
        pages=-(-entries // query.limit),
        hits=hits,
        facets=facets,
        took_ms=(time.perf_counter() - started) * 1000,
        warnings=query.warnings,
    )


def _hit(passage: IndexedPassage, score: float, query: Query, analyser: Analyser) -> Hit:
    marked = marks(passage.text, query.node, analyser, passage.restored)
    shown, places = snippet(passage.text, marked)
    return Hit(passage, round(score, 6), shown, places)


def _order(sort: Sort, matches: Mapping[int, float], rows: Sequence[Row]) -> Callable[[int], tuple[object, ...]]:
    """Best first or newest first; what is equal by date, then by id. Without a date comes after all dated ones."""

    def by_relevance(number: int) -> tuple[object, ...]:
        row = rows[number]
        return (-round(matches[number], 6), -row.day, row.report, row.seq)

    def by_date(number: int) -> tuple[object, ...]:
        row = rows[number]
        return (-row.day, -round(matches[number], 6), row.report, row.seq)

    return by_date if sort is Sort.DATE else by_relevance


def _values(basis: Basis) -> dict[str, Values]:
    """How each facet reads a row."""
    return {
        "zone": lambda row: (row.zone,),
        "zone_type": lambda row: (row.zone_type,),
        "province": lambda row: (row.province,),
        "year": lambda row: (row.year_by(basis),),
        "theme": lambda row: row.themes or (None,),
        "status": lambda row: (row.status,),
        "grade": lambda row: (row.grade,),
    }


def _tests(filters: Filters) -> dict[str, Callable[[str | int | None], bool]]:
    """Facet → whether a value passes, for the filters that are set."""
    chosen: dict[str, frozenset[str]] = {
        "zone": frozenset(filters.zones),
        "zone_type": frozenset(filters.zone_types),
        "province": frozenset(filters.provinces),
        "theme": frozenset(filters.themes),
        "status": frozenset(status.value for status in filters.statuses),
        "grade": frozenset(grade.value for grade in filters.grades),
    }
    tests: dict[str, Callable[[str | int | None], bool]] = {
        facet: wanted.__contains__ for facet, wanted in chosen.items() if wanted
    }
    if filters.years is not None or filters.unknown_year:
        years, unknown = filters.years, filters.unknown_year
        tests["year"] = lambda year: (
            unknown if year is None else years is not None and isinstance(year, int) and year in years
        )
    return tests


def _filtered(
    matches: Iterable[int], rows: Sequence[Row], filters: Filters, values: Mapping[str, Values]
) -> tuple[list[int], dict[str, tuple[Count, ...]]]:
    """The passages that pass, and for each facet the counts of what passes the *other* filters."""
    tests = _tests(filters)
    if not tests:
        kept = list(matches)
        here = [rows[number] for number in kept]
        return kept, {facet: _counted(facet, here, values[facet]) for facet in FACETS}
    kept = []
    failing_only: dict[str, list[Row]] = {facet: [] for facet in tests}
    for number in matches:
        row = rows[number]
        failed = [facet for facet, passes in tests.items() if not any(map(passes, values[facet](row)))]
        if not failed:
            kept.append(number)
        elif len(failed) == 1:
            failing_only[failed[0]].append(row)
    here = [rows[number] for number in kept]
    return kept, {facet: _counted(facet, here + failing_only.get(facet, []), values[facet]) for facet in FACETS}


def _counted(facet: str, rows: Iterable[Row], values: Values) -> tuple[Count, ...]:
    """Years newest first, everything else most frequent first; what isn't said comes last."""
    counts = Counter(value for row in rows for value in values(row))
    if facet == "year":
        order = sorted(counts, key=lambda value: (value is None, -int(value or 0)))
    else:
        order = sorted(counts, key=lambda value: (value is None, -counts[value], str(value)))
    return tuple(Count(None if value is None else str(value), counts[value]) for value in order)
