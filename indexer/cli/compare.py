"""compare, gaps, figures, matrix: zones are held beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import Command, format_option, json_flag, put_file, put_json, with_library
from indexer.domain.comparison import Cell, Column, FigureCell, FigureLine, FigureTable, Gap, Gaps, MatrixCell
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
from indexer.library import Library

_QUOTE = 160  # columns of a quote on a terminal; all of it stands in --json
_ROWS = 40  # of a matrix
_COLUMN, _LABEL = 8, 40  # columns of a year, of a row's name

_ZONE = click.option(
    "--zone", multiple=True, help="园区：简称、全称、别名或报告编号，可写多个；未具名的写 未具名高新区"
)
_YEAR = click.option("--year", multiple=True, help="年份：2022 或 2020-2022")
_NARROWED = (
    click.option("--type", multiple=True, help="园区类型：高新区、经开区……"),
    click.option("--level", multiple=True, help="级别：国家级、省级……"),
    click.option("--province", multiple=True, help="省份"),
)


def _narrowed(command: Command) -> Command:
    for option in reversed(_NARROWED):
        command = option(command)
    return command


def _params(options: dict[str, Any]) -> dict[str, Sequence[str]]:
    """Options as the parameters of an address."""
    given = {name: value for name, value in options.items() if value}
    return {name: list(value) if isinstance(value, tuple) else [value] for name, value in given.items()}


@click.command()
@click.option("--theme", required=True, help="主题：招商引资、营商环境……，或它的 id")
@_ZONE
@_YEAR
@_narrowed
@click.option("--by", help="行：practice 做法（默认）、status 性质")
@click.option("--sort", help="行的顺序：shared 共有的在前（默认）、difference 差异大的在前")
@click.option("--only", help="different：只看差异")
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def compare(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """一个主题，二至六个园区并列：每行一种做法，格中是原句；空着的格子写明为什么空。"""
    comparison = library.compare(_params(options))
    if as_json or form == "json":
        put_json(comparison_json(comparison))
        return
    if form in WRITERS:
        put_file(tables.comparison(comparison, "", "", date.today()), form)
        return
    years = comparison.years
    when = "" if years is None else f"  {years.first}{f'-{years.last}' if years.last != years.first else ''}年"
    click.echo(click.style(f"{comparison.theme}{when}", bold=True))
    if not comparison.columns:
        click.echo("还没有任何写明园区的报告。")
        return
    columns = comparison.columns
    rows = [
        ("\n".join((row.name, counted(row, columns))).strip(), [_cell(cell) for cell in row.cells])
        for row in comparison.rows
    ]
    rows += [(line_name(line), [_line_cell(line, column) for column in columns]) for line in comparison.lines]
    terminal.table([_head(column) for column in columns], [(name.replace("\n", " "), cells) for name, cells in rows])
    if comparison.left_out:
        click.echo(f"一次最多并列六个，未列入：{'、'.join(comparison.left_out)}")


def _head(column: Column) -> str:
    years = "、".join(f"{year}年" if year else "年份不明" for year in column.years)
    lines = [
        column.label,
        " ".join(part for part in (column.province, column.level, column.zone_type) if part),
        " ".join((years, *column.periods)),
        "、".join(
            (
                f"{len(column.sources)} 份",
                *(grade.value for grade in column.grades),
                *(report_words.FLAGS[flag] for flag in column.flags),
            )
        ),
    ]
    return "\n".join(line for line in lines if line.strip())


def _cell(cell: Cell) -> str:
    lines = [
        f"· [{done_or_planned(quote)}] {terminal.cut(quote.text, _QUOTE)}（{place_of(quote)}）" for quote in cell.quotes
    ]
    if cell.more:
        lines.append(f"另有 {cell.more} 处")
    if cell.silence:
        lines.append(f"〔{cell.silence.value}〕")
    return "\n".join(lines)


def _line_cell(line: FigureLine, column: Column) -> str:
    held = sorted(((year or 0, cell) for (key, year), cell in line.cells.items() if key == column.key), reverse=True)
    lines = [f"{year or '年份不明'}：{_figure_cell(cell)}" for year, cell in held]
    return "\n".join(lines) or f"〔{column.silence.value}〕"


def _figure_cell(cell: FigureCell) -> str:
    return "；".join(_value(row) for row in cell.all) + ("（两份不一）" if cell.disagreeing else "")


def _value(row: FigureRow) -> str:
    note = figure_note(row)
    return f"{row.text}{f'（{note}）' if note else ''}"


@click.command()
@click.option("--zone", required=True, help="我区：简称、全称或别名")
@click.option("--with", "with_", multiple=True, help="与谁比，可写多个；不写则取同类园区")
@click.option("--theme", help="主题，不写则全部")
@_YEAR
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def gaps(library: Library, form: str, as_json: bool, with_: tuple[str, ...], **options: Any) -> None:
    """他有我无：同类园区写到而我区材料未见的做法；以及我有他无、都有的。"""
    found = library.gaps(_params({**options, "with": with_}))
    if as_json or form == "json":
        put_json(gaps_json(found))
        return
    if form in WRITERS:
        put_file(tables.gaps(found, "", "", date.today()), form)
        return
    click.echo(click.style(f"{found.column.label}  与 {'、'.join(one.label for one in found.others)}", bold=True))
    if found.silence:
        click.echo(f"我区材料：{found.silence.value}，“未见”不等于没有做。")
    _show_gaps("他有我无", found.missing, found)
    _show_gaps("我有他无", found.own, found)
    if found.shared:
        click.echo(click.style(f"\n都有 {len(found.shared)}", bold=True))
        click.echo("、".join(gap.name for gap in found.shared))


def _show_gaps(title: str, listed: Sequence[Gap], found: Gaps) -> None:
    click.echo(click.style(f"\n{title} {len(listed)}", bold=True))
    for gap in listed:
        quote = gap.example or gap.mine
        click.echo(f"  {gap.name}（{gap.theme}）  {f'{gap.of} 家中 {gap.have} 家' if gap.have else f'{gap.of} 家未见'}")
        if quote:
            told = terminal.cut(quote.text, _QUOTE)
            click.echo(f"      [{done_or_planned(quote)}] {told}  {quote.source.label} · {place_of(quote)}")


@click.command()
@click.option("--indicator", required=True, help="指标：地区生产总值、签约项目数……，或它的 id")
@_ZONE
@_YEAR
@click.option("--role", help="result 结果、target 目标；不写则都要")
@_narrowed
@format_option("csv", "xlsx")
@json_flag
@with_library
def figures(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """一个指标，各园区各年的数字；口径相同的才在一行。"""
    table = library.figures(_params(options))
    if as_json or form == "json":
        for figure in figure_lines_json(table):
            put_json(figure)
        return
    if form in WRITERS:
        put_file(tables.figure_table(table, "", "", date.today()), form)
        return
    click.echo(click.style(table.name, bold=True))
    if not table.rows:
        click.echo("所选报告里没有这个指标的数字。")
    if not table.comparable:
        click.echo("这个指标只说某个项目、园区或基金自己的事，各地之间不可比。")
    for line in table.lines:
        _show_line(line, table)
    if table.apart:
        click.echo(f"\n另有部分、门槛等 {len(table.apart)} 处，见 --json。")
    if table.unmapped:
        click.echo(f"未能归入指标的 {len(table.unmapped)} 处：")
        for row in table.unmapped[:_ROWS]:
            click.echo(f"  {row.source.label} {row.year or '年份不明'}  {terminal.cut(row.sentence, _QUOTE)}")


def _show_line(line: FigureLine, table: FigureTable) -> None:
    click.echo(click.style(f"\n{line_name(line)}", bold=True))
    keys = {key for key, _ in line.cells}
    for column in table.columns:
        if column.key not in keys:
            continue
        for year in table.years:
            if cell := line.cells.get((column.key, year)):
                place = f"  {place_words(cell.place, line.unit)}" if cell.place and cell.place.count > 1 else ""
                click.echo(f"  {column.label}  {year or '年份不明'}  {_figure_cell(cell)}{place}")


@click.command()
@click.option("--theme", help="主题")
@click.option("--practice", help="做法：驻点与外出招商……，或它的 id")
@click.option("--indicator", help="指标")
@click.option("--rows", help="行：zone 园区（默认）、province 省份、type 类型")
@_ZONE
@_YEAR
@_narrowed
@format_option("csv", "xlsx")
@json_flag
@with_library
def matrix(library: Library, form: str, as_json: bool, **options: Any) -> None:
    """园区、省份或类型 × 年份：各有多少处，最好的文本是几级。"""
    found = library.matrix(_params(options))
    if as_json or form == "json":
        put_json(matrix_json(found))
        return
    if form in WRITERS:
        put_file(tables.matrix(found, "", date.today()), form)
        return
    click.echo(click.style(found.name, bold=True))
    heads = [str(year) if year else "不明" for year in found.years]
    edge = max([terminal.width(terminal.cut(row.label, _LABEL)) for row in found.rows[:_ROWS]] + [4]) + 2
    click.echo(" " * edge + "".join(terminal.padded(head, _COLUMN) for head in heads))
    for row in found.rows[:_ROWS]:
        cells = [terminal.padded(_count(row.cells.get(year)), _COLUMN) for year in found.years]
        click.echo(terminal.padded(terminal.cut(row.label, _LABEL), edge) + "".join(cells))
    if len(found.rows) > _ROWS:
        click.echo(f"……共 {len(found.rows)} 行，全部见 --json。")


def _count(cell: MatrixCell | None) -> str:
    return f"{cell.count} {cell.grade.value}" if cell else "·"


COMMANDS = (compare, gaps, figures, matrix)
