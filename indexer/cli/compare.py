"""compare, gaps, figures, matrix: zones are held beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import Command, format_option, json_flag, put_file, put_json, with_library
from indexer.cli.help import command, option
from indexer.domain.columns import Column
from indexer.domain.comparison import Cell
from indexer.domain.figure_tables import FigureCell, FigureLine, FigureTable
from indexer.domain.gaps import Gap
from indexer.domain.matrix import MatrixCell
from indexer.domain.query import YearRange
from indexer.domain.rows import FigureRow
from indexer.formats import report_words, tables
from indexer.formats.comparison_words import (
    counted,
    done_or_planned,
    figure_note,
    line_name,
    place_of,
    place_words,
)
from indexer.formats.files import WRITERS
from indexer.formats.json import comparison_json, figure_lines_json, gaps_json, matrix_json
from indexer.formats.report_words import aside, named, parts, words, year_word
from indexer.library import Library
from indexer.locale import listed, say, term

_QUOTE = 160  # columns of a quote on a terminal; all of it stands in --json
_ROWS = 40  # of a matrix
_LABEL = 40  # columns of a row's name

_ZONE = option("--zone", multiple=True)
_YEAR = option("--year", multiple=True)


def _narrowed(function: Command) -> Command:
    for name in ("--province", "--level", "--type"):
        function = option(name, multiple=True)(function)
    return function


def _params(options: dict[str, Any]) -> dict[str, Sequence[str]]:
    """Options as the parameters of an address."""
    given = {name: value for name, value in options.items() if value}
    return {name: list(value) if isinstance(value, tuple) else [value] for name, value in given.items()}


@command()
@option("--theme", required=True)
@_ZONE
@_YEAR
@_narrowed
@option("--by")
@option("--sort")
@option("--only")
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def compare(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """One theme, two to six zones side by side: a practice a row, quotes in its cells."""
    comparison = library.compare(_params(options))
    if as_json or form == "json":
        put_json(comparison_json(comparison))
        return
    if form in WRITERS:
        put_file(tables.comparison(comparison, "", "", date.today()), form)
        return
    terminal.heading("  ".join((named(comparison.theme), *([_span(comparison.years)] if comparison.years else []))))
    if not comparison.columns:
        click.echo(say("command.compare.no_zones"))
        return
    columns = comparison.columns
    rows = [
        ("\n".join((named(row.name), counted(row, columns))).strip(), [_cell(cell) for cell in row.cells])
        for row in comparison.rows
    ]
    rows += [(line_name(line), [_line_cell(line, column) for column in columns]) for line in comparison.lines]
    terminal.side_by_side(
        [_head(column) for column in columns], [(name.replace("\n", " "), cells) for name, cells in rows]
    )
    if comparison.left_out:
        click.echo(say("command.compare.left_out", zones=listed(comparison.left_out)))


def _span(years: YearRange) -> str:
    last = f"-{years.last}" if years.last != years.first else ""
    return say("format.year", year=f"{years.first}{last}")


def _head(column: Column) -> str:
    years = listed(year_word(year) for year in column.years)
    lines = [
        column.label,
        words(column.province, column.level, column.zone_type),
        " ".join((years, *map(term, column.periods))),
        listed(
            (
                say("command.compare.sources", n=len(column.sources)),
                *(grade.value for grade in column.grades),
                *(report_words.FLAGS[flag] for flag in column.flags),
            )
        ),
    ]
    return "\n".join(line for line in lines if line.strip())


def _cell(cell: Cell) -> str:
    lines = [
        f"· [{done_or_planned(quote)}] {terminal.cut(quote.text, _QUOTE)}{aside(place_of(quote))}"
        for quote in cell.quotes
    ]
    if cell.more:
        lines.append(say("format.more", n=cell.more))
    if cell.silence:
        lines.append(say("format.empty", why=term(cell.silence.value)))
    return "\n".join(lines)


def _line_cell(line: FigureLine, column: Column) -> str:
    held = sorted(((year or 0, cell) for (key, year), cell in line.cells.items() if key == column.key), reverse=True)
    lines = [say("format.of_year", year=year or say("year.unknown"), values=_figure_cell(cell)) for year, cell in held]
    return "\n".join(lines) or say("format.empty", why=term(column.silence.value))


def _figure_cell(cell: FigureCell) -> str:
    disagreeing = aside(say("format.disagreeing")) if cell.disagreeing else ""
    return parts(_value(row) for row in cell.all) + disagreeing


def _value(row: FigureRow) -> str:
    return f"{row.text}{aside(figure_note(row))}"


@command()
@option("--zone", required=True)
@option("--with", "with_", multiple=True)
@option("--theme")
@_YEAR
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def gaps(library: Library, form: str, as_json: bool, with_: tuple[str, ...], **options: Any) -> None:
    """What the others tell and mine doesn't, the reverse, and what all tell."""
    found = library.gaps(_params({**options, "with": with_}))
    if as_json or form == "json":
        put_json(gaps_json(found))
        return
    if form in WRITERS:
        put_file(tables.gaps(found, "", "", date.today()), form)
        return
    others = listed(column.label for column in found.others)
    terminal.heading(say("command.gaps.compared", zone=found.column.label, others=others))
    if found.silence:
        click.echo(say("command.gaps.silence", why=term(found.silence.value)))
    _show_gaps(say("command.gaps.missing"), found.missing)
    _show_gaps(say("command.gaps.own"), found.own)
    if found.shared:
        terminal.heading(f"\n{say('command.gaps.shared')} {len(found.shared)}")
        click.echo(listed(named(gap.name) for gap in found.shared))


def _show_gaps(title: str, gaps: Sequence[Gap]) -> None:
    terminal.heading(f"\n{title} {len(gaps)}")
    for gap in gaps:
        counted_words = say("command.gaps.some" if gap.have else "command.gaps.none", of=gap.of, have=gap.have)
        click.echo(f"  {named(gap.name)}{aside(term(gap.theme or ''))}  {counted_words}")
        if quote := gap.example or gap.mine:
            text = terminal.cut(quote.text, _QUOTE)
            click.echo(f"      [{done_or_planned(quote)}] {text}  {quote.source.label} · {place_of(quote)}")


@command()
@option("--indicator", required=True)
@_ZONE
@_YEAR
@option("--role")
@_narrowed
@format_option("csv", "xlsx")
@json_flag
@with_library
def figures(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """One indicator of zones and years; only what is alike in kind stands in one line."""
    table = library.figures(_params(options))
    if as_json or form == "json":
        for figure in figure_lines_json(table):
            put_json(figure)
        return
    if form in WRITERS:
        put_file(tables.figure_table(table, "", "", date.today()), form)
        return
    terminal.heading(named(table.name))
    if not table.rows:
        click.echo(say("command.figures.nothing"))
    if not table.comparable:
        click.echo(say("command.figures.not_comparable"))
    for line in table.lines:
        _show_line(line, table)
    if table.apart:
        click.echo("\n" + say("command.figures.apart", n=len(table.apart)))
    if table.unmapped:
        click.echo(say("command.figures.unmapped", n=len(table.unmapped)))
        for row in table.unmapped[:_ROWS]:
            year = row.year or say("year.unknown")
            click.echo(f"  {row.source.label} {year}  {terminal.cut(row.sentence, _QUOTE)}")


def _show_line(line: FigureLine, table: FigureTable) -> None:
    terminal.heading(f"\n{line_name(line)}")
    keys = {key for key, _ in line.cells}
    for column in table.columns:
        if column.key not in keys:
            continue
        for year in table.years:
            if cell := line.cells.get((column.key, year)):
                place = f"  {place_words(cell.place, line.unit)}" if cell.place and cell.place.count > 1 else ""
                click.echo(f"  {column.label}  {year or say('year.unknown')}  {_figure_cell(cell)}{place}")


@command()
@option("--theme")
@option("--practice")
@option("--indicator")
@option("--rows")
@_ZONE
@_YEAR
@_narrowed
@format_option("csv", "xlsx")
@json_flag
@with_library
def matrix(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """Zones, provinces or types by years: how many places, and the best grade of text among them."""
    found = library.matrix(_params(options))
    if as_json or form == "json":
        put_json(matrix_json(found))
        return
    if form in WRITERS:
        put_file(tables.matrix(found, "", date.today()), form)
        return
    terminal.heading(named(found.name))
    heads = ["", *(str(year) if year else say("year.none") for year in found.years)]
    rows = [
        (terminal.cut(term(row.label), _LABEL), *(_count(row.cells.get(year)) for year in found.years))
        for row in found.rows[:_ROWS]
    ]
    terminal.grid(heads, rows)
    if len(found.rows) > _ROWS:
        click.echo(say("command.matrix.more", n=len(found.rows)))


def _count(cell: MatrixCell | None) -> str:
    return f"{cell.count} {cell.grade.value}" if cell else "·"


COMMANDS = (compare, gaps, figures, matrix)
