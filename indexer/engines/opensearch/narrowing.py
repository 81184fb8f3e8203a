"""Filters, facets and the worth of an origin, as queries and aggregations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.domain.query import Filters
from indexer.domain.results import Count
from indexer.engines.evaluation.doc_values import Column, Value, facet_column
from indexer.engines.evaluation.static_rank import ABOUT, LOWERED, factors
from indexer.engines.opensearch.connection import Json
from indexer.engines.opensearch.fields import column_value, wanted_value

MOST_VALUES = 10_000  # of one facet; a cluster gives 65,535 in one answer (search.max_buckets), over all facets


def filters_by_facet(filters: Filters) -> dict[str, Json]:
    """Facet → what passes its filter."""
    wanted = {name: _one_of(name, map(wanted_value, values)) for name, values in filters.chosen}
    if filters.years or filters.unknown_year:
        field = facet_column("year", filters.basis)
        some: list[Json] = [{"range": {field: {"gte": span.first, "lte": span.last}}} for span in filters.years]
        if filters.unknown_year:
            some.append(_without(field))
        wanted["year"] = _any(some)
    return wanted


def _one_of(field: str, values: Iterable[Value]) -> Json:
    asked = list(values)
    some: list[Json] = [_without(field)] if None in asked else []
    known = [value for value in asked if value is not None]
    return _any([*some, {"terms": {field: known}}] if known else some)


def _without(field: str) -> Json:
    return {"bool": {"must_not": [{"exists": {"field": field}}]}}


def _any(queries: Sequence[Json]) -> Json:
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries), "minimum_should_match": 1}}


def counting(facets: Sequence[str], filters: Filters) -> Json:
    """Aggregations by facet: each counts what passes the *other* filters."""
    passing = filters_by_facet(filters)
    return {facet: _one_count(facet, passing, filters) for facet in facets}


def _one_count(facet: str, passing: Mapping[str, Json], filters: Filters) -> Json:
    field = facet_column(facet, filters.basis)
    others = [passes for name, passes in passing.items() if name != facet]
    return {
        "filter": {"bool": {"filter": others}} if others else {"match_all": {}},
        "aggs": {
            "values": {"terms": {"field": field, "size": MOST_VALUES, "shard_size": MOST_VALUES}},
            "unknown": {"missing": {"field": field}},
        },
    }


def counted(facets: Sequence[str], answered: Mapping[str, Any]) -> tuple[dict[str, tuple[Count, ...]], bool]:
    """Counts by facet in their order (evaluation/facets.py), and whether any had more values than are counted."""
    cut = any(answered[facet]["values"]["sum_other_doc_count"] for facet in facets)
    return {facet: _in_order(facet, answered[facet]) for facet in facets}, cut


def _in_order(facet: str, answered: Mapping[str, Any]) -> tuple[Count, ...]:
    known: list[tuple[Value, int]] = [
        (column_value(bucket["key"]), bucket["doc_count"]) for bucket in answered["values"]["buckets"]
    ]
    if facet == "year":
        known.sort(key=lambda pair: -int(pair[0] or 0))
    else:
        known.sort(key=lambda pair: (-pair[1], str(pair[0])))
    unknown = answered["unknown"]["doc_count"]
    return (*(Count(str(value), count) for value, count in known), *((Count(None, unknown),) if unknown else ()))


def lifted(
    query: Json, grades: Column, years: Column, year_field: str, subjects: Sequence[tuple[str, str]] = ()
) -> Json:
    """``query`` with each passage's score multiplied by the worth of its origin and of being about ``subjects``
    (static_rank.py)."""
    functions = [
        {"filter": _one_of(field, [None if value is None else value]), "weight": float(factor)}
        for (field, column), by_value in zip(
            (("grade", grades), (year_field, years)), factors(grades, years) or (), strict=False
        )
        for (value,), factor in zip(column.values, by_value, strict=True)
        if factor != 1
    ]
    functions += [
        {"filter": _one_of(field, [value if isinstance(value, str) else None]), "weight": factor}
        for field, lowered in LOWERED.items()
        for value, factor in lowered.items()
    ]
    functions += [
        {"filter": _one_of(field, [value for name, value in subjects if name == field]), "weight": ABOUT[field]}
        for field in dict.fromkeys(name for name, _ in subjects)
    ]
    if not functions:
        return query
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }
