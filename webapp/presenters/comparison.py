"""A comparison as a table: zones as columns, practices or statuses as rows, indicators below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.comparison import By, Cell, Column, Comparison, FigureCell, FigureLine, Row, Silence
from indexer.domain.rows import FigureRow
from indexer.formats.tables import KINDS
from webapp.presenters import words
from webapp.presenters.quotes import ShownQuote, shown
from webapp.presenters.words import Badge
from webapp.urls import link

NUMERALS = "零一两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Head:
    """``reports``: (title, address, when, badges) of what was looked at."""

    key: str
    label: str
    place: str
    when: str
    badges: tuple[Badge, ...]
    reports: tuple[tuple[str, str, str, tuple[Badge, ...]], ...]
    note: str
    href: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Box:
    quotes: tuple[ShownQuote, ...]
    hidden: tuple[ShownQuote, ...]  # behind 另有 n 处
    silence: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    name: str
    href: str
    count: str
    css: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One figure: ``text`` as printed, ``notes`` what must be known to read it."""

    text: str
    href: str
    notes: str
    css: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    name: str
    href: str
    basis: str
    cells: tuple[tuple[tuple[Number, ...], str], ...]  # numbers, and the silence where there are none


SHOWN = 3  # quotes of a cell; the rest stand behind 另有 n 处


def heads(found: Comparison, mine: str) -> list[Head]:
    return [_head(column, column.key == mine) for column in found.columns]


def _head(column: Column, mine: bool) -> Head:
    place = " · ".join(dict.fromkeys(part for part in (column.province, column.level, column.zone_type) if part))
    years = "、".join(str(year) if year else "年份不明" for year in column.years)
    when = f"{years} {'、'.join(column.periods)}".strip() if column.sources else "没有收录这一年的报告"
    badges = tuple(
        Badge(words.GRADES[grade.value], "plain" if grade.value in "AB" else "doubt") for grade in column.grades
    ) + tuple(Badge(words.FLAGS[flag], "doubt") for flag in column.flags if flag in words.TELLING_FLAGS)
    reports = tuple(
        (
            source.title or "（无题名）",
            f"/doc/{source.id}",
            str(source.year or "年份不明"),
            (Badge(words.GRADES[source.grade.value], "plain" if source.grade.value in "AB" else "doubt"),)
            + ((Badge("示例文摘", "doubt"),) if source.digest else ()),
        )
        for source in column.sources
    )
    note = "这里收的是文摘，没写到的不等于没做" if any(source.digest for source in column.sources) else ""
    href = "" if column.apart else link(f"/zones/{column.label}")
    return Head(column.key, column.label, place, when, badges, reports, note, href, mine)


def groups(found: Comparison) -> list[Group]:
    """Practices that most have, then those that few have, then what has no name; statuses in one group."""
    if found.by is By.STATUS:
        return [Group("", tuple(shown_row(row, found) for row in found.rows))]
    parts: dict[str, list[ShownRow]] = {"多家都有": [], "少数家有": [], "没有归入做法的": []}
    for row in found.rows:
        common = row.have > 1 and 2 * row.have >= row.of
        parts["没有归入做法的" if row.unnamed else "多家都有" if common else "少数家有"].append(shown_row(row, found))
    return [Group(title, tuple(rows)) for title, rows in parts.items() if rows]


def in_order(found: Comparison) -> list[Group]:
    """As they come: sorted by difference."""
    return [Group("差异大的在前", tuple(shown_row(row, found) for row in found.rows))] if found.rows else []


def shown_row(row: Row, found: Comparison) -> ShownRow:
    href = f"/practices/{row.practice}" if row.practice else ""
    css = {"举措": "measure", "成效": "result", "计划": "plan", "问题": "problem"}.get(row.name, "")
    return ShownRow(row.name, href, counted(row, found), css, tuple(_box(cell) for cell in row.cells))


def counted(row: Row, found: Comparison) -> str:
    """三家都有 · 4 家中 3 家 · 所比四家中仅见于东莞: of the columns that have a readable report, never an absolute."""
    if row.unnamed or row.status is not None or row.of < 2 or not row.have:
        return ""
    number = NUMERALS[row.of] if row.of < len(NUMERALS) else str(row.of)
    if row.have == row.of:
        return f"{number}家都有"
    if row.have == 1:
        holder = next((column.label for column in found.columns if column.key == row.holders[0]), row.holders[0])
        return f"所比{number}家中仅见于{holder}"
    return f"{row.of} 家中 {row.have} 家"


def _box(cell: Cell) -> Box:
    quotes = tuple(shown(quote) for quote in cell.quotes)
    silence = cell.silence
    return Box(
        quotes[:SHOWN], quotes[SHOWN:], silence.value if silence and not quotes else "", why(silence) if silence else ""
    )


def why(silence: Silence) -> str:
    return words.SILENCE_MEANINGS[silence]


def numbers(found: Comparison) -> list[NumberRow]:
    return [number_row(line, found.columns) for line in found.lines]


def number_row(line: FigureLine, columns: Sequence[Column]) -> NumberRow:
    """The newest year of each column, its target beside it."""
    basis = " · ".join(part for part in (KINDS[line.kind], line.unit, line.period or "全年", line.scope) if part)
    cells = []
    for column in columns:
        mine = {year: cell for (key, year), cell in line.cells.items() if key == column.key}
        newest = sorted(mine, key=lambda year: year or 0, reverse=True)[:2]
        told = tuple(number for year in newest for number in cell_numbers(mine[year], year))
        cells.append((told, "" if told else column.silence.value))
    return NumberRow(line.name, link("/figures", indicator=line.indicator), basis, tuple(cells))


def cell_numbers(cell: FigureCell, year: int | None) -> list[Number]:
    made = [_number(row, year, "disagreeing" if cell.disagreeing else "") for row in cell.results]
    return made + [_number(row, year, "target") for row in cell.targets]


def _number(row: FigureRow, year: int | None, css: str) -> Number:
    figure = row.figure
    notes = [str(year) if year else "年份不明"]
    notes += ["目标"] if css == "target" else ["两份不一"] if css == "disagreeing" else []
    if figure.change is not None and figure.kind.value not in ("growth", "points"):
        notes.append(f"{'增' if figure.change >= 0 else '降'} {words.number(abs(figure.change))}%")
    known = ("全年", f"{year}年")
    notes += [part for part in (figure.period, figure.scope, figure.hedge) if part and part not in known]
    notes += [figure.rank] if figure.rank else []
    notes += ["已脱敏"] if row.masked else []
    href = f"/doc/{row.source.id}#p{row.seq}"
    return Number(row.text, href, " · ".join(notes), "mask" if row.masked else css)
