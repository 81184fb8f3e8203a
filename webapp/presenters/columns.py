"""A comparison as a table: zones as columns, statuses as rows, figures lined up only where they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import Cell, Column, Comparison, Said, Silence, StoredReport
from indexer.domain.report import Figure, Status
from indexer.domain.results import UNNAMED
from indexer.domain.spans import Span
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
    place: str
    when: str
    badges: tuple[Badge, ...]
    reports: tuple[Source, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Quote:
    html: Markup
    shared: bool
    href: str
    place: str


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: what was said, and in words why nothing or not all was."""

    zone: str
    quotes: tuple[Quote, ...]
    silence: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
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
    comparable: bool
    why: str
    cells: tuple[tuple[Number, ...], ...]


def heads(comparison: Comparison, stored: Stored) -> list[Head]:
    return [_head(column, stored) for column in comparison.columns]


def _head(column: Column, stored: Stored) -> Head:
    mine = [ReportCard.of(stored(report)) for report in column.reports]
    place = " · ".join(part for part in (column.province, column.level) if part)
    when = "；".join(dict.fromkeys(map(words.year_number, mine)))
    badges = words.badges(mine[0]) if len(mine) == 1 else _common_badges(column, mine)
    reports = tuple(
        Source(one.title or "（无题名）", f"/doc/{one.id}", words.year_number(one), tuple(words.badges(one)))
        for one in mine
    )
    note = ""
    if len(mine) > 1 and column.zone.startswith(UNNAMED):
        note = f"{len(mine)} 份都没有写明名称，未必是同一个园区"
    return Head(column.zone, place, when, tuple(badges), reports, note)


def _common_badges(column: Column, mine: Sequence[ReportCard]) -> list[Badge]:
    """For a column of several reports: every doubt there is, without counts that belong to one of them.

    None for a column without a report: there is nothing whose quality could be told.
    """
    if not column.grades:
        return []
    told = [flag for flag in words.TELLING_FLAGS if flag in column.flags]
    grades = Badge(f"质量 {'、'.join(column.grades)}", "doubt" if {"C", "D"} & set(column.grades) else "plain")
    sample = next((words.sample_badges(one) for one in mine if one.sample), [])
    return [grades, *sample, *(Badge(words.FLAGS[flag], "doubt") for flag in told)]


def rows(comparison: Comparison, stored: Stored, only_different: bool) -> list[Row]:
    made = []
    for status in words.STATUS_ORDER:
        boxes = tuple(_box(column, status, stored, only_different) for column in comparison.columns)
        if status is Status.BACKGROUND and not any(box.quotes for box in boxes):
            continue  # nobody compares backgrounds, so an empty row says nothing
        made.append(Row(status.value, status.name.lower(), boxes))
    return made


def _box(column: Column, status: Status, stored: Stored, only_different: bool) -> Box:
    cell = column.cells.get(status, Cell())
    many = len(column.reports) > 1
    said = [one for one in cell.said if not (only_different and one.shared)]
    quotes = tuple(_quote(one, stored, many) for one in sorted(said, key=lambda one: one.shared))
    silence = cell.silence
    if silence is None and not cell.said:
        silence = Silence.NOT_MENTIONED
    text = words.SILENCES[silence] if silence else ""
    if not quotes and cell.said:
        text = "与别的园区相同"
    return Box(column.zone, quotes, text, words.SILENCE_MEANINGS.get(silence, "") if silence else "")


def _quote(said: Said, stored: Stored, many: bool) -> Quote:
    """``many``: the column rests on several reports, so that each quote says of when it is."""
    one = stored(said.report)
    passage = next((each for each in one.report.passages if each.seq == said.seq), None)
    html = Markup("{}").format(said.text)
    if passage is not None and passage.text == said.text:
        notes = PassageNotes.of(one.report, passage)
        html = marking.whole(said.text, passage_notes.strokes(notes, Span(0, len(said.text))))
    when = f" · {words.year_number(ReportCard.of(one))}" if many else ""
    return Quote(html, said.shared, f"/doc/{said.report}#p{said.seq}", f"原文 ¶{said.seq}{when}")


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure with what has to agree before it may stand beside another."""

    figure: Figure
    unit: str
    when: str
    scope: str
    number: Number


def numbers(comparison: Comparison, stored: Stored) -> list[NumberRow]:
    """One row for each indicator that at least two zones give."""
    by_indicator: dict[str, list[list[_Given]]] = {}
    for n, column in enumerate(comparison.columns):
        for cell in column.cells.values():
            for said in cell.said:
                for figure in said.figures:
                    if figure.indicator:
                        empty: list[list[_Given]] = [[] for _ in comparison.columns]
                        by_indicator.setdefault(figure.indicator, empty)[n].append(_given(figure, said, stored))
    rows = [_number_row(indicator, cells) for indicator, cells in by_indicator.items()]
    return [row for row in rows if sum(bool(cell) for cell in row.cells) > 1]


def _given(figure: Figure, said: Said, stored: Stored) -> _Given:
    one = stored(said.report)
    when = words.year_number(ReportCard.of(one))
    if figure.period and figure.period not in when:
        when = f"{when}，{figure.period}"
    scope = figure.scope or "范围未写明"
    text = _printed(figure, one)
    number = Number(text, figure.value is None, f"{scope} · {when}", f"/doc/{said.report}#p{said.seq}")
    return _Given(figure, figure.unit, when, scope, number)


def _printed(figure: Figure, one: StoredReport) -> str:
    """As the report prints it; only where the span is of no use is it put together again."""
    printed = figure.span.of(one.report.text).strip()
    if printed:
        return printed
    return f"{words.number(figure.value) if figure.value is not None else figure.mask or ''} {figure.unit}"


def _number_row(indicator: str, cells: list[list[_Given]]) -> NumberRow:
    given = [one for cell in cells for one in cell]
    differing = []
    if len({one.unit for one in given}) > 1:
        differing.append("单位")
    if len({one.when for one in given}) > 1 or any("年份不明" in one.when for one in given):
        differing.append("时期")
    if len({one.scope for one in given}) > 1:
        differing.append("范围")
    if any(one.figure.value is None for one in given):
        differing.append("脱敏")
    why = ""
    if differing:
        kinds = "、".join(kind for kind in differing if kind != "脱敏")
        why = "；".join(
            part for part in (f"{kinds}不同" if kinds else "", "有数字已脱敏" if "脱敏" in differing else "") if part
        )
        why = f"不可直接相比：{why}"
    return NumberRow(indicator, not differing, why, tuple(tuple(one.number for one in cell) for cell in cells))
