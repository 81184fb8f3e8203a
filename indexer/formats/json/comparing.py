"""Comparisons, gaps, figures, matrices and zones as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import Cell, Comparison, Quote, Row
from indexer.domain.figure_tables import FigureCell, FigureLine, FigureTable
from indexer.domain.gaps import Gap, Gaps
from indexer.domain.matrix import Matrix
from indexer.domain.query import YearRange
from indexer.domain.rows import FigureRow, Source
from indexer.domain.zone_profiles import CodebookCount, Peer, ZoneListing, ZoneProfile, ZoneYear
from indexer.formats.json.comparing_types import (
    CellJson,
    ColumnJson,
    ComparisonJson,
    ExampleJson,
    FigureRowJson,
    FigureTableJson,
    FullCellJson,
    FullLineJson,
    GapJson,
    GapsJson,
    IndicatorJson,
    LineHead,
    LineJson,
    ListedZoneJson,
    MatrixJson,
    PeerJson,
    PracticeJson,
    QuoteJson,
    RowJson,
    SourceJson,
    ValueJson,
    ZoneProfileJson,
    ZoneYearJson,
)
from indexer.formats.json.report import figure_json, iso, pair


def comparison_json(comparison: Comparison) -> ComparisonJson:
    """``duibiao compare --json``. ``indicators``: of each zone its newest results and the targets from then on, or one
    cell that says why there is none."""
    return {
        "theme": comparison.theme,
        "years": _years_json(comparison.years),
        "by": comparison.by.value,
        "zones": [_column_json(column) for column in comparison.columns],
        "rows": [_row_json(row, comparison.columns) for row in comparison.rows],
        "indicators": [_line_json(line, comparison.columns) for line in comparison.lines],
        "left_out": list(comparison.left_out),
    }


def gaps_json(gaps: Gaps) -> GapsJson:
    """``duibiao gaps --json``. ``silence``: why what is missing proves nothing, null where a whole report was read."""
    return {
        "zone": gaps.column.label,
        "theme": gaps.theme,
        "years": _years_json(gaps.years),
        "silence": _silence(gaps.silence),
        "with": [_column_json(column) for column in gaps.others],
        "peers": [peer_json(peer) for peer in gaps.peers],
        "missing": [_gap_json(gap, gaps) for gap in gaps.missing],
        "own": [_gap_json(gap, gaps) for gap in gaps.own],
        "shared": [_gap_json(gap, gaps) for gap in gaps.shared],
    }


def figure_row_json(row: FigureRow) -> FigureRowJson:
    """A line of ``duibiao figures --json``."""
    return {
        **figure_json(row.figure),
        "year": row.year,
        "text": row.text,
        "sentence": row.sentence,
        "status": row.status.value,
        "zone": row.source.label,
        "province": row.source.province,
        "type": row.source.zone_type,
        "level": row.source.level,
        "report": row.source.id,
        "report_year": row.source.year,
        "grade": row.source.grade.value,
        "seq": row.seq,
    }


def figure_lines_json(table: FigureTable) -> Iterator[FigureRowJson]:
    """Every figure that is shown, in the order of the text of each report."""
    return map(figure_row_json, table.rows)


def figure_table_json(table: FigureTable) -> FigureTableJson:
    """The API's answer: the figures, and the lines in which like ones stand beside each other."""
    return {
        "indicator": table.indicator,
        "name": table.name,
        "theme": table.theme,
        "names": list(table.names),
        "note": table.note,
        "comparable": table.comparable,
        "years": list(table.years),
        "zones": [_column_json(column) for column in table.columns],
        "lines": [_full_line_json(line, table) for line in table.lines],
        "figures": list(figure_lines_json(table)),
        "unmapped": [figure_row_json(row) for row in table.unmapped],
    }


def matrix_json(matrix: Matrix) -> MatrixJson:
    """``duibiao matrix --json``."""
    return {
        "name": matrix.name,
        "theme": matrix.theme,
        "practice": matrix.practice,
        "indicator": matrix.indicator,
        "by": matrix.by.value,
        "years": list(matrix.years),
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "zones": row.zones,
                "total": row.total,
                "cells": [
                    {
                        "year": year,
                        "count": one.count,
                        "done": one.done,
                        "reports": one.reports,
                        "grade": one.grade.value,
                    }
                    for year, one in sorted(row.cells.items(), key=lambda cell: (cell[0] is None, cell[0] or 0))
                ],
            }
            for row in matrix.rows
        ],
    }


def peer_json(peer: Peer) -> PeerJson:
    return {
        "zone": peer.label,
        "type": peer.zone_type,
        "level": peer.level,
        "province": peer.province,
        "score": peer.score,
        "reasons": list(peer.reasons),
        "industries": list(peer.industries),
        "years": list(peer.years),
    }


def zone_listing_json(listing: ZoneListing) -> ListedZoneJson:
    return {
        **_column_json(listing.column),
        "name": listing.zone.name if listing.zone else None,
        "aliases": list(listing.zone.aliases) if listing.zone else [],
        "years": list(listing.years),
        "practices": listing.practices,
        "figures": listing.figures,
    }


def zone_profile_json(profile: ZoneProfile) -> ZoneProfileJson:
    zone = profile.zone
    return {
        **_column_json(profile.column),
        "name": zone.name if zone else None,
        "aliases": list(zone.aliases) if zone else [],
        "industries": list(profile.industries),
        "years": [_zone_year_json(year) for year in profile.years],
        "lines": [_line_json(line, (profile.column,)) for line in profile.lines],
        "peers": [peer_json(peer) for peer in profile.peers],
    }


class _Practice(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def not_(self) -> str: ...
    @property
    def example(self) -> str: ...


class _Indicator(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def units(self) -> tuple[str, ...]: ...
    @property
    def comparable(self) -> str: ...
    @property
    def note(self) -> str: ...


def practice_json(practice: _Practice, count: CodebookCount) -> PracticeJson:
    return {
        "id": practice.id,
        "name": practice.name,
        "theme": practice.theme,
        "definition": practice.definition,
        "not": practice.not_,
        "example": practice.example,
        "measures": count.rows,
        "zones": count.zones,
    }


def indicator_json(indicator: _Indicator, count: CodebookCount) -> IndicatorJson:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "theme": indicator.theme,
        "names": list(indicator.names),
        "units": list(indicator.units),
        "comparable": indicator.comparable != "object",
        "note": indicator.note,
        "figures": count.rows,
        "zones": count.zones,
    }


# --- parts ---


def _column_json(column: Column) -> ColumnJson:
    return {
        "zone": column.label,
        "id": column.key,
        "province": column.province,
        "type": column.zone_type,
        "level": column.level,
        "city": column.city,
        "silence": column.silence.value,
        "reports": [_source_json(source) for source in column.sources],
    }


def _source_json(source: Source) -> SourceJson:
    return {
        "report": source.id,
        "title": source.title,
        "year": source.year,
        "plan_year": source.plan_year,
        "period": source.period,
        "published_on": iso(source.published_on),
        "grade": source.grade.value,
        "flags": list(source.flags),
        "url": source.url,
    }


def _row_json(row: Row, columns: Sequence[Column]) -> RowJson:
    return {
        "practice": row.practice,
        "name": row.name,
        "status": row.status.value if row.status else None,
        "in": row.have,
        "of": row.of,
        "difference": row.difference,
        "cells": [_cell_json(cell, column) for cell, column in zip(row.cells, columns, strict=True)],
    }


def _cell_json(cell: Cell, column: Column) -> CellJson:
    return {
        "zone": column.label,
        "silence": _silence(cell.silence),
        "more": cell.more,
        "quotes": [quote_json(quote) for quote in cell.quotes],
    }


def quote_json(quote: Quote) -> QuoteJson:
    return {
        "report": quote.source.id,
        "seq": quote.seq,
        "span": pair(quote.span),
        "text": quote.text,
        "status": quote.status.value,
        "year": quote.year,
        "practice": quote.practice,
        "masked": quote.masked,
        "figures": [figure_json(figure) for figure in quote.figures],
    }


def _gap_json(gap: Gap, gaps: Gaps) -> GapJson:
    labels = {column.key: column.label for column in gaps.others}
    return {
        "practice": gap.practice,
        "name": gap.name,
        "theme": gap.theme,
        "zones": [labels[key] for key in gap.holders],
        "in": gap.have,
        "of": gap.of,
        "example": _example_json(gap.example),
        "mine": _example_json(gap.mine),
        "listed_only": gap.listed_only,
    }


def _example_json(quote: Quote | None) -> ExampleJson | None:
    return {**quote_json(quote), "zone": quote.source.label} if quote else None


def _line_head(line: FigureLine) -> LineHead:
    return {
        "indicator": line.indicator,
        "name": line.name,
        "unit": line.unit,
        "kind": line.kind.value,
        "period": line.period or None,
        "scope": line.scope or None,
    }


def _line_json(line: FigureLine, columns: Sequence[Column]) -> LineJson:
    return {**_line_head(line), "cells": [cell for column in columns for cell in _newest_cells(line, column)]}


def _newest_cells(line: FigureLine, column: Column) -> list[ValueJson]:
    """The newest year with a result, and targets from then on; without either a cell that says why."""
    held = {year: cell for (key, year), cell in line.cells.items() if key == column.key}
    done = [year for year, cell in held.items() if cell.results]
    newest = max(done, key=lambda year: year or 0) if done else None
    kept = [
        row
        for year, cell in sorted(held.items(), key=lambda one: one[0] or 0)
        for row in (*(cell.results if year == newest and done else ()), *cell.targets)
        if not done or (year or 0) >= (newest or 0)
    ]
    if kept:
        return [_value_json(row, column) for row in kept]
    return [
        {
            "zone": column.label,
            "value": None,
            "year": None,
            "period": None,
            "role": None,
            "scope": None,
            "report": None,
            "seq": None,
            "silence": column.silence.value,
        }
    ]


def _value_json(row: FigureRow, column: Column) -> ValueJson:
    figure = row.figure
    return {
        "zone": column.label,
        "value": figure.value,
        "unit": figure.unit,
        "year": row.year,
        "period": figure.period,
        "role": figure.role.value,
        "scope": figure.scope,
        "hedge": figure.hedge,
        "change": figure.change,
        "rank": figure.rank,
        "mask": figure.mask,
        "text": row.text,
        "report": row.source.id,
        "seq": row.seq,
        "silence": Silence.MASKED.value if row.masked else None,
    }


def _full_line_json(line: FigureLine, table: FigureTable) -> FullLineJson:
    labels = {column.key: column for column in table.columns}
    cells = sorted(line.cells.items(), key=lambda one: (list(labels).index(one[0][0]), one[0][1] or 0))
    return {**_line_head(line), "cells": [_full_cell_json(labels[key], year, cell) for (key, year), cell in cells]}


def _full_cell_json(column: Column, year: int | None, cell: FigureCell) -> FullCellJson:
    place = cell.place
    return {
        "zone": column.label,
        "year": year,
        "results": [_value_json(row, column) for row in cell.results],
        "targets": [_value_json(row, column) for row in cell.targets],
        "disagreeing": cell.disagreeing,
        "silence": _silence(cell.silence),
        "place": {"position": place.position, "of": place.count, "low": place.low, "high": place.high}
        if place
        else None,
    }


def _zone_year_json(year: ZoneYear) -> ZoneYearJson:
    return {
        "year": year.year,
        "reports": [_source_json(source) for source in year.sources],
        "before": year.before,
        "practices": [
            {
                "practice": one.practice,
                "name": one.name,
                "theme": one.theme,
                "count": one.count,
                "new": one.new,
                "best": quote_json(one.best),
            }
            for one in year.practices
        ],
        "gone": list(year.gone),
        "figures": [figure_row_json(row) for row in year.figures],
    }


def _years_json(years: YearRange | None) -> list[int] | None:
    return [years.first, years.last] if years else None


def _silence(silence: Silence | None) -> str | None:
    return silence.value if silence else None
