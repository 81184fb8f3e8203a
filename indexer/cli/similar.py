"""similar: measures of other zones that are like one."""

from __future__ import annotations

from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.domain.similar import Reason, ReasonKind, SimilarMeasure
from indexer.formats.json.similar import similar_json
from indexer.library import Library

_QUOTE = 160  # columns of a quote on a terminal; all of it stands in --json
_REASON = {
    ReasonKind.PRACTICE: "同一做法",
    ReasonKind.OBJECT: "对象",
    ReasonKind.TERMS: "共有词语",
    ReasonKind.FIGURES: "同类指标",
    ReasonKind.THEME: "同一主题",
}


@click.command()
@click.option("--text", help="一段文字，至多 5000 字；先拆成其中的各条做法")
@click.option("--passage", help="段落：报告编号:段号")
@click.option("--zone", multiple=True, help="只在这些园区里找，可写多个")
@click.option("--year", multiple=True, help="年份：2022 或 2020-2022")
@click.option("--limit", type=int, help="至多几条")
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
    """找同类做法：别的园区与此相同、相近的做法，每个园区先列一条。"""
    given: dict[str, Any] = {"text": text, "passage": passage, "limit": str(limit) if limit is not None else None}
    params = {name: [value] for name, value in given.items() if value is not None}
    found = library.similar(params | {"zone": list(zone), "year": list(year)})
    if as_json:
        for one in found:
            put_json(similar_json(one))
        return
    if not found:
        click.echo("没有找到同类做法。")
    for one in found:
        _show(one, library)


def _show(one: SimilarMeasure, library: Library) -> None:
    year = str(one.row.year) if one.row.year else "年份不明"
    click.echo(click.style(f"{one.relation.value} {one.score:.2f}  {one.row.source.label} · {year}", bold=True))
    click.echo(f"  {terminal.cut(one.row.text, _QUOTE)}")
    click.echo(f"  {'；'.join(_words(reason, library) for reason in one.reasons)}")


def _words(reason: Reason, library: Library) -> str:
    values = reason.values
    if reason.kind is ReasonKind.PRACTICE:
        values = tuple(library.practice_name(value) for value in values)
    if reason.kind is ReasonKind.FIGURES:
        values = tuple(library.indicator_name(value) for value in values)
    return f"{_REASON[reason.kind]}：{'、'.join(values)}"


COMMANDS = (similar,)
