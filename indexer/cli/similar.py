"""similar: measures of other zones that are like one."""

from __future__ import annotations

from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.help import command, option
from indexer.domain.similar import Reason, ReasonKind, SimilarMeasure
from indexer.formats.json.similar import similar_json
from indexer.formats.report_words import REASONS, named, parts
from indexer.library import Library
from indexer.locale import listed, say

_QUOTE = 160  # columns of a quote on a terminal; all of it stands in --json


@command()
@option("--text")
@option("--passage")
@option("--zone", multiple=True)
@option("--year", multiple=True)
@option("--limit", type=int)
@json_flag
@with_library
def similar(
    library: Library,
    as_json: bool,
    text: str | None,
    passage: str | None,
    zone: tuple[str, ...],
    year: tuple[str, ...],
    limit: int | None,
) -> None:
    """Measures of other zones like a text's or a passage's, the best of each zone first."""
    given: dict[str, Any] = {"text": text, "passage": passage, "limit": str(limit) if limit is not None else None}
    params = {name: [value] for name, value in given.items() if value is not None}
    found = library.similar(params | {"zone": list(zone), "year": list(year)})
    if as_json:
        for one in found:
            put_json(similar_json(one))
        return
    if not found:
        click.echo(say("command.similar.nothing"))
    for one in found:
        _show(one, library)


def _show(one: SimilarMeasure, library: Library) -> None:
    year = one.row.year or say("year.unknown")
    terminal.heading(f"{named(one.relation.value)} {one.score:.2f}  {one.row.source.label} · {year}")
    click.echo(f"  {terminal.cut(one.row.text, _QUOTE)}")
    click.echo(f"  {parts(_words(reason, library) for reason in one.reasons)}")


def _words(reason: Reason, library: Library) -> str:
    values = reason.values
    if reason.kind is ReasonKind.PRACTICE:
        values = tuple(library.practice_name(value) for value in values)
    if reason.kind is ReasonKind.FIGURES:
        values = tuple(library.indicator_name(value) for value in values)
    return say("format.pair", name=REASONS[reason.kind], value=listed(map(named, values)))


COMMANDS = (similar,)
