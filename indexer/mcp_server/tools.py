"""The tools: what an assistant may ask of Duibiao. Parameters are those of the commands, in the plural where they take
several. Every answer has ``not_known``: what its reader must not conclude from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any, Literal, ParamSpec, TypeAlias

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from indexer import __version__
from indexer.domain.comparison import Row
from indexer.domain.gaps import Gap
from indexer.domain.report import Report
from indexer.errors import DuibiaoError
from indexer.formats.json import peer_json, zone_listing_json
from indexer.library import Library
from indexer.locale import defined, say
from indexer.locale.remarks import retold
from indexer.mcp_server.evidence import (
    Json,
    figure_json,
    hit_json,
    left_over,
    measure_json,
    quote_json,
    silent,
    source_json,
    unknown_of,
)

MOST_TEXT = 6_000  # characters of a report in one answer
MOST_FIGURES = 60
MOST_ZONES = 100
MOST_GAPS = 30  # practices of each part
_QUOTES = 3  # of a cell

P = ParamSpec("P")


def _said(key: str) -> Any:
    return Field(description=say(f"program.parameter.{key}"))


Zones: TypeAlias = Annotated[list[str] | None, _said("zone")]
Years: TypeAlias = Annotated[str | None, _said("year")]
Theme: TypeAlias = Annotated[str, _said("theme")]
ThemeOrNone: TypeAlias = Annotated[str | None, _said("theme")]
Types: TypeAlias = Annotated[list[str] | None, _said("type")]
Provinces: TypeAlias = Annotated[list[str] | None, _said("province")]


class Tools:
    """Over one library. Methods are the tools; their types are what assistants are told."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(
        self,
        question: Annotated[str, _said("q")],
        zones: Zones = None,
        years: Years = None,
        provinces: Provinces = None,
        types: Types = None,
        theme: ThemeOrNone = None,
        practice: Annotated[str | None, _said("practice")] = None,
        statuses: Annotated[list[str] | None, _said("status")] = None,
        grades: Annotated[list[str] | None, _said("grade")] = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        page: Annotated[int, Field(ge=1)] = 1,
    ) -> Json:
        library = self._library
        asked: dict[str, object] = {
            "q": question,
            "zone": zones,
            "year": years,
            "province": provinces,
            "type": types,
            "theme": theme,
        }
        more = {"practice": practice, "status": statuses, "grade": grades, "limit": limit, "page": page}
        query = library.question(_params(asked | more))
        found = library.search(query)
        sources = {one.passage.report: library.source(library.report(one.passage.report)) for one in found.hits}
        before = (page - 1) * limit
        return {
            "total": found.total,
            "reports": found.reports,
            "understood": [{"parameter": one.parameter, "value": one.value} for one in query.understood],
            "warnings": list(found.warnings),
            "passages": [hit_json(one, sources[one.passage.report]) for one in found.hits],
            "did_you_mean": [one.text for one in library.meant(query, found)],
            "not_known": [
                *unknown_of(sources.values(), sum(one.passage.year is None for one in found.hits)),
                *left_over(before + len(found.hits), found.total),
            ],
        }

    def report(
        self,
        report: Annotated[str, _said("report")],
        start: Annotated[int, Field(ge=0, description=say("program.parameter.start"))] = 0,
    ) -> Json:
        stored = self._library.report(report)
        read, source = stored.report, self._library.source(stored)
        end = min(len(read.text), start + MOST_TEXT)
        return {
            "source": source_json(source),
            "genre": read.genre.value,
            "years": {
                "report": read.years.report,
                "plan": read.years.plan,
                "period": read.years.period,
                "evidence": [
                    {"kind": one.kind.value, "year": one.year, "text": one.text} for one in read.years.evidence
                ],
            },
            "sections": [
                {"level": one.level, "heading": one.heading, "start": one.span.start} for one in read.sections
            ],
            "text": read.text[start:end],
            "start": start,
            "end": end,
            "length": len(read.text),
            "same_text": [one for one in stored.mirrors if one != stored.id],
            "not_known": [*_of_report(read), *unknown_of([source]), *left_over(end, len(read.text))],
        }

    def similar(
        self,
        text: Annotated[str | None, _said("text")] = None,
        passage: Annotated[str | None, _said("passage")] = None,
        zones: Zones = None,
        years: Years = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Json:
        asked = {"text": text, "passage": passage, "zone": zones, "year": years, "limit": limit}
        found = self._library.similar(_params(asked))
        return {
            "measures": [
                {
                    **measure_json(one.row),
                    "score": round(one.score, 3),
                    "relation": one.relation.value,
                    "reasons": [{"kind": why.kind.value, "values": list(why.values)} for why in one.reasons],
                }
                for one in found
            ],
            "not_known": unknown_of([one.row.source for one in found], sum(one.row.year is None for one in found)),
        }

    def compare(self, theme: Theme, zones: Zones = None, years: Years = None, types: Types = None) -> Json:
        found = self._library.compare(_params({"theme": theme, "zone": zones, "year": years, "type": types}), _QUOTES)
        quotes = [quote for row in found.rows for cell in row.cells for quote in cell.quotes]
        return {
            "theme": found.theme,
            "zones": [
                {"zone": one.label, "reports": [source_json(each) for each in one.sources]} for one in found.columns
            ],
            "rows": [self._row(row, [one.label for one in found.columns]) for row in found.rows],
            "left_out": list(found.left_out),
            "not_known": [*silent(found.columns), *unknown_of(found.sources, sum(one.year is None for one in quotes))],
        }

    def _row(self, row: Row, labels: Sequence[str]) -> Json:
        return {
            "practice": row.practice,
            "name": row.name,
            "in": row.have,
            "of": row.of,
            "cells": [
                {
                    "zone": label,
                    "silence": cell.silence.value if cell.silence else None,
                    "more": cell.more,
                    "quotes": [quote_json(quote) for quote in cell.quotes],
                }
                for label, cell in zip(labels, row.cells, strict=True)
            ],
        }

    def gaps(
        self,
        zone: Annotated[str, _said("my_zone")],
        others: Annotated[list[str] | None, _said("with")] = None,
        theme: ThemeOrNone = None,
        years: Years = None,
    ) -> Json:
        found = self._library.gaps(_params({"zone": zone, "with": others, "theme": theme, "year": years}))
        labels = {one.key: one.label for one in found.others}
        shown = [*found.missing[:MOST_GAPS], *found.own[:MOST_GAPS]]
        quotes = [quote for one in shown for quote in (one.example, one.mine) if quote]
        mine, silence = found.column.label, found.silence
        return {
            "zone": found.column.label,
            "with": list(labels.values()),
            "missing": [_gap(one, labels) for one in found.missing[:MOST_GAPS]],
            "own": [_gap(one, labels) for one in found.own[:MOST_GAPS]],
            "shared": [one.name for one in found.shared],
            "not_known": [
                *([say("program.unknown.gap", zone=mine, silence=silence.value)] if silence else ()),
                *silent(found.others),
                *unknown_of([one.source for one in quotes], sum(one.year is None for one in quotes)),
                *left_over(len(shown), len(found.missing) + len(found.own)),
            ],
        }

    def figures(
        self,
        indicator: Annotated[str, _said("indicator")],
        zones: Zones = None,
        years: Years = None,
        role: Annotated[Literal["result", "target"] | None, _said("role")] = None,
        provinces: Provinces = None,
    ) -> Json:
        asked = {"indicator": indicator, "zone": zones, "year": years, "role": role, "province": provinces}
        found = self._library.figures(_params(asked))
        shown = found.rows[:MOST_FIGURES]
        apart = [] if found.comparable else [say("program.unknown.incomparable")]
        return {
            "indicator": found.indicator,
            "name": found.name,
            "comparable": found.comparable,
            "note": found.note,
            "figures": [figure_json(row) for row in shown],
            "not_known": [
                *apart,
                *silent(found.columns),
                *unknown_of([row.source for row in shown], sum(row.year is None for row in shown)),
                *left_over(len(shown), len(found.rows)),
            ],
        }

    def zones(
        self,
        name: Annotated[str | None, Field(description=say("program.parameter.zone_path"))] = None,
        theme: ThemeOrNone = None,
        provinces: Provinces = None,
        types: Types = None,
        years: Years = None,
    ) -> Json:
        if name:
            return self._zone(name)
        asked = _params({"theme": theme, "province": provinces, "type": types, "year": years})
        found = self._library.zone_listings(asked)
        shown = found[:MOST_ZONES]
        return {
            "zones": [zone_listing_json(one) for one in shown],
            "not_known": [*silent(one.column for one in shown), *left_over(len(shown), len(found))],
        }

    def _zone(self, name: str) -> Json:
        found = self._library.zone(name)
        best = [one.best for year in found.years for one in year.practices]
        return {
            "zone": found.column.label,
            "name": found.zone.name if found.zone else None,
            "reports": [source_json(one) for one in found.column.sources],
            "years": [
                {
                    "year": year.year,
                    "practices": [
                        {"practice": one.practice, "name": one.name, "count": one.count, "best": quote_json(one.best)}
                        for one in year.practices
                    ],
                }
                for year in found.years
            ],
            "peers": [peer_json(one) for one in found.peers],
            "not_known": [
                *silent([found.column]),
                *unknown_of(found.column.sources, sum(one.year is None for one in best)),
            ],
        }

    def practices(self, theme: ThemeOrNone = None, practice: Annotated[str | None, _said("practice")] = None) -> Json:
        library = self._library
        if theme and theme not in library.themes():
            raise ToolError(say("program.unknown.theme", theme=theme[:30], themes=", ".join(library.themes())))
        kept = [
            (one, count)
            for one, count in library.practices()
            if theme in (None, one.theme) and practice in (None, one.id, one.name)
        ]
        return {
            "practices": [
                {
                    "id": one.id,
                    "name": one.name,
                    "theme": one.theme,
                    "definition": defined(one.id, "definition", one.definition),
                    "not": defined(one.id, "not", one.not_),
                    "measures": count.rows,
                    "zones": count.zones,
                }
                for one, count in kept
            ],
            "not_known": [say("program.unknown.codebook")],
        }


def server(library: Library) -> MCPServer[Any]:
    """With all tools; it only reads."""
    made: MCPServer[Any] = MCPServer(
        "duibiao", title=say("program.name"), instructions=say("program.tool.instructions"), version=__version__
    )
    tools = Tools(library)
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    names = ("search", "report", "similar", "compare", "gaps", "figures", "zones", "practices")
    for name in names:
        tool: Callable[..., Json] = getattr(tools, name)
        made.add_tool(_telling(tool), name, description=say(f"program.tool.{name}"), annotations=reads)
    return made


def _telling(tool: Callable[P, Json]) -> Callable[P, Json]:
    """An error of ours reaches the assistant as the sentence that it is, with what to do instead."""

    @wraps(tool)
    def asked(*args: P.args, **named: P.kwargs) -> Json:
        try:
            return tool(*args, **named)
        except DuibiaoError as error:
            raise ToolError(str(error)) from error

    return asked


def _params(asked: Mapping[str, object]) -> dict[str, list[str]]:
    """As the parameters of an address."""
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in asked.items()
        if value is not None and value != []
    }


def _gap(gap: Gap, labels: Mapping[str, str]) -> Json:
    return {
        "practice": gap.practice,
        "name": gap.name,
        "theme": gap.theme,
        "zones": [labels[key] for key in gap.holders if key in labels],
        "in": gap.have,
        "of": gap.of,
        "example": quote_json(gap.example) if gap.example else None,
        "mine": quote_json(gap.mine) if gap.mine else None,
    }


def _of_report(report: Report) -> list[str]:
    years, zone = report.years, report.zone
    told = [retold(one) for one in (years.conflict, zone.conflict) if one]
    if years.report is None:
        told.append(say("program.unknown.undated", n=1))
    return told
