"""The columns of a comparison: zones, each with the reports that were looked at."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.columns import Column, silence_of
from indexer.domain.query import YearRange
from indexer.domain.rows import Source


def column_of(key: str, sources: Sequence[Source], years: YearRange | None = None) -> Column:
    """``sources``: all reports of the column, whatever their year; those about ``years``, or planning them, stay."""
    kept = tuple(sorted((one for one in sources if _about(one, years)), key=_newest_first))
    return Column(
        key=key,
        label=sources[0].label if sources else key,
        province=_first(sources, "province"),
        zone_type=_first(sources, "zone_type"),
        level=_first(sources, "level"),
        city=_first(sources, "city"),
        sources=kept,
        apart=any(one.apart for one in sources),
        silence=silence_of(kept, years),
    )


def _about(source: Source, years: YearRange | None) -> bool:
    return years is None or source.year in years or source.plan_year in years


def _newest_first(source: Source) -> tuple[int, str, str]:
    return -(source.year or 0), source.grade.value, source.id


def _first(sources: Sequence[Source], name: str) -> str | None:
    return next((value for one in sources if (value := getattr(one, name))), None)
