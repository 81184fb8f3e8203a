"""A comparison as a table: zones as columns, statuses as rows, figures lined up only where they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import StoredReport
from indexer.domain.comparison import Cell, Column, Comparison, FigureLine, Quote, Row
from indexer.domain.rows import FigureRow
from indexer.formats.comparison_words import figure_note, line_name
from webapp.presenters import marking, passage_notes, words
from webapp.presenters.words import Badge

Stored = Callable[[str], StoredReport]


@dataclass(frozen=True, slots=True)
class Source:
    """A report that a column rests on."""

    title: str
    href: str
    when: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Head:
    zone: str
    key: str
    place: str
    when: str
    badges: tuple[Badge, ...]
    reports: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Said:
    html: Markup
    href: str
    place: str


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: what is quoted, how much more there is, and in words why nothing or not all is."""

    zone: str
    quotes: tuple[Said, ...]
    more: int
    silence: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    status: str
    css: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as printed. ``masked``: its digits are blotted out, the x stay."""

    text: str
    masked: bool
    scope: str
    href: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    indicator: str
    cells: tuple[tuple[Number, ...], ...]


def heads(comparison: Comparison, stored: Stored) -> list[Head]:
    return [_head(column, stored) for column in comparison.columns]


def _head(column: Column, stored: Stored) -> Head:
    mine = [ReportCard.of(stored(source.id)) for source in column.sources]
    place = " · ".join(part for part in (column.province, column.level) if part)
    when = "；".join(dict.fromkeys(map(words.year_number, mine)))
    badges = words.badges(mine[0]) if len(mine) == 1 else _common_badges(column, mine)
    reports = tuple(
        Source(one.title or "（无题名）", f"/doc/{one.id}", words.year_number(one), tuple(words.badges(one)))
        for one in mine
    )
    return Head(column.label, column.key, place, when, tuple(badges), reports)


def _common_badges(column: Column, mine: Sequence[ReportCard]) -> list[Badge]:
    """For a column of several reports: every doubt there is, without counts that belong to one of them.

    None for a column without a report: there is nothing whose quality could be told.
    """
    grades = [grade.value for grade in column.grades]
    if not grades:
        return []
    told = [flag for flag in words.TELLING_FLAGS if flag in column.flags]
    badge = Badge(f"质量 {'、'.join(grades)}", "doubt" if {"C", "D"} & set(grades) else "plain")
    sample = next((words.sample_badges(one) for one in mine if one.sample), [])
    return [badge, *sample, *(Badge(words.FLAGS[flag], "doubt") for flag in told)]


def rows(comparison: Comparison, stored: Stored) -> list[Line]:
    return [_line(row, comparison, stored) for row in comparison.rows]


def _line(row: Row, comparison: Comparison, stored: Stored) -> Line:
    boxes = tuple(_box(column, cell, stored) for column, cell in zip(comparison.columns, row.cells, strict=True))
    return Line(row.name, row.status.name.lower() if row.status else "measure", boxes)


def _box(column: Column, cell: Cell, stored: Stored) -> Box:
    many = len(column.sources) > 1
    quotes = tuple(_quote(one, stored, many) for one in cell.quotes)
    silence = words.SILENCES[cell.silence] if cell.silence else ""
    why = words.SILENCE_MEANINGS[cell.silence] if cell.silence else ""
    return Box(column.label, quotes, cell.more, silence, why)


def _quote(quote: Quote, stored: Stored, many: bool) -> Said:
    """``many``: the column rests on several reports, so that each quote says of when it is."""
    one = stored(quote.source.id)
    passage = next(each for each in one.report.passages if each.seq == quote.seq)
    notes = PassageNotes.of(one.report, passage)
    html = marking.whole(quote.text, passage_notes.strokes(notes, quote.span.shifted(-passage.span.start)))
    when = f" · {words.year_number(ReportCard.of(one))}" if many else ""
    return Said(html, f"/doc/{quote.source.id}#p{quote.seq}", f"原文 ¶{quote.seq}{when}")


def numbers(comparison: Comparison) -> list[NumberRow]:
    """One row for each line that at least two zones share."""
    return [
        NumberRow(line_name(line), tuple(_numbers(line, column) for column in comparison.columns))
        for line in comparison.lines
    ]


def _numbers(line: FigureLine, column: Column) -> tuple[Number, ...]:
    held = sorted(((year or 0, cell) for (key, year), cell in line.cells.items() if key == column.key), reverse=True)
    return tuple(_number(row) for _, cell in held for row in cell.all)


def _number(row: FigureRow) -> Number:
    told = " · ".join(part for part in (str(row.year or "年份不明"), figure_note(row)) if part)
    return Number(row.text, row.masked, told, f"/doc/{row.source.id}#p{row.seq}")
