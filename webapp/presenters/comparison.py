"""A comparison as a table: zones as columns, practices or statuses as rows, indicators below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import By, Comparison, Row
from indexer.domain.figure_tables import FigureCell, FigureLine
from indexer.domain.report import WHOLE_YEAR, FigureKind, Grade, Status
from indexer.domain.rows import FigureRow, Source
from indexer.formats import report_words
from indexer.locale import listed, say, term
from webapp.presenters import words
from webapp.presenters.periods import period, several
from webapp.presenters.quotes import ShownQuote, shown
from webapp.presenters.words import Badge
from webapp.urls import link

_NUMERALS = 10  # counts up to this are written as words: 三家


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
    """``hidden``: behind 另有 n 处; ``further`` more are one click away, at ``href``."""

    quotes: tuple[ShownQuote, ...]
    hidden: tuple[ShownQuote, ...]
    further: int
    href: str
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


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A report that is quoted. ``key``: of its zone's page; ``url``: where it was published, "" where nobody knows."""

    zone: str
    key: str
    title: str
    href: str
    year: str
    badges: tuple[Badge, ...]
    url: str


SHOWN = 3  # quotes of a cell; the rest stand behind 另有 n 处


def heads(found: Comparison, mine: str) -> list[Head]:
    return [_head(column, column.key == mine) for column in found.columns]


def _head(column: Column, mine: bool) -> Head:
    periods = listed(period(one) for one in column.periods if one != WHOLE_YEAR)
    when = f"{words.years(column.years)} {periods}".strip() if column.sources else say("board.no_report")
    badges = tuple(_grade(grade) for grade in column.grades) + tuple(
        Badge(say(f"words.flag.{flag}"), "doubt") for flag in column.flags if flag in words.TELLING_FLAGS
    )
    note = say("board.digest") if any(source.digest for source in column.sources) else ""
    href = link(f"/zones/{column.key}")
    reports = tuple(_report(source) for source in column.sources)
    return Head(column.key, column.label, where(column), when, badges, reports, note, href, mine)


def where(column: Column) -> str:
    """湖南 · 国家级 · 高新区, as far as known."""
    parts = (column.province, column.level, column.zone_type)
    return " · ".join(dict.fromkeys(term(part) for part in parts if part))


def _report(source: Source) -> tuple[str, str, str, tuple[Badge, ...]]:
    digest = (Badge(say("words.sample"), "doubt"),) if source.digest else ()
    year = str(source.year or say("words.year_unknown"))
    return (
        report_words.title(source.title, source.zone, source.year),
        f"/doc/{source.id}",
        year,
        (_grade(source.grade), *digest),
    )


def _grade(grade: Grade) -> Badge:
    return Badge(words.GRADES[grade.value], "plain" if grade.value in "AB" else "doubt")


def groups(found: Comparison) -> list[Group]:
    """Practices that most have, then those that few have, then what has no name; statuses in one group."""
    if found.by is By.STATUS:
        return [Group("", tuple(shown_row(row, found) for row in found.rows))]
    parts: dict[str, list[ShownRow]] = {"shared": [], "few": [], "unnamed": []}
    for row in found.rows:
        common = row.have > 1 and 2 * row.have >= row.of
        parts["unnamed" if row.unnamed else "shared" if common else "few"].append(shown_row(row, found))
    alone = len(found.columns) < 2  # of one zone nothing is shared, and few or many have nothing
    titles = {name: "" if alone and name == "few" else say(f"board.group.{name}") for name in parts}
    return [Group(titles[name], tuple(rows)) for name, rows in parts.items() if rows]


def in_order(found: Comparison) -> list[Group]:
    """As they come: sorted by difference."""
    rows = tuple(shown_row(row, found) for row in found.rows)
    return [Group(say("board.group.difference"), rows)] if rows else []


_CSS = {Status.MEASURE: "measure", Status.RESULT: "result", Status.PLAN: "plan", Status.PROBLEM: "problem"}


def shown_row(row: Row, found: Comparison) -> ShownRow:
    href = f"/practices/{row.practice}" if row.practice else ""
    css = _CSS.get(row.status, "") if row.status else ""
    return ShownRow(row.name, href, counted(row, found), css, tuple(_boxes(row, found)))


def counted(row: Row, found: Comparison) -> str:
    """三家都有 · 4 家中 3 家 · 所比四家中仅见于东莞: of the columns that have a readable report, never an absolute."""
    if row.unnamed or row.status is not None or row.of < 2 or not row.have:
        return ""
    if row.have == row.of:
        return say("board.all_have", count=numeral(row.of))
    if row.have == 1:
        holder = next((column.label for column in found.columns if column.key == row.holders[0]), row.holders[0])
        return say("board.one_has", count=numeral(row.of), zone=holder)
    return say("board.some_have", have=row.have, of=row.of)


def numeral(count: int) -> str:
    """三 of 3, as it stands before 家; digits from 11 on."""
    return say(f"number.{count}") if count <= _NUMERALS else str(count)


def _boxes(row: Row, found: Comparison) -> Iterator[Box]:
    for cell, column in zip(row.cells, found.columns, strict=True):
        quotes = tuple(shown(quote) for quote in cell.quotes)
        silence = cell.silence if not quotes else None
        yield Box(
            quotes[:SHOWN],
            quotes[SHOWN:],
            cell.more,
            _further(row, column, found) if cell.more else "",
            term(silence.value) if silence else "",
            why(silence) if silence else "",
        )


def _further(row: Row, column: Column, found: Comparison) -> str:
    """Where all that a cell counts is read: passages of the zone, or the one report that hides its zone."""
    if column.apart:
        return f"/doc/{column.sources[0].id}"
    if row.practice:
        return link("/search", practice=row.practice, zone=column.label, year=found.years)
    status = row.status.value if row.status else None
    return link("/search", theme=found.theme, status=status, zone=column.label, year=found.years)


def why(silence: Silence) -> str:
    return words.SILENCE_MEANINGS[silence]


def sources(found: Comparison) -> list[SourceLine]:
    """What the cells rest on, in the order in which it is first quoted."""
    return [SourceLine(source.label, source.column, *_report(source), source.url or "") for source in found.sources]


def silences(groups: Sequence[Group], numbers: Sequence[NumberRow], columns: Sequence[Column]) -> dict[str, str]:
    """Each silence that stands in a cell of ``groups`` or ``numbers``, with what it means: a legend that needs no
    pointer."""
    boxes = (box for group in groups for row in group.rows for box in row.boxes)
    found = {box.silence: box.why for box in boxes if box.silence}
    silent = {silence for row in numbers for _, silence in row.cells}
    return found | {term(c.silence.value): why(c.silence) for c in columns if term(c.silence.value) in silent}


def numbers(found: Comparison) -> list[NumberRow]:
    return [number_row(line, found.columns) for line in found.lines]


def number_row(line: FigureLine, columns: Sequence[Column]) -> NumberRow:
    """The newest year of each column, its target beside it."""
    basis = basis_of(line)
    cells = []
    for column in columns:
        mine = {year: cell for (key, year), cell in line.cells.items() if key == column.key}
        newest = sorted(mine, key=lambda year: year or 0, reverse=True)[:2]
        told = tuple(number for year in newest for number in cell_numbers(mine[year], year))
        cells.append((told, "" if told else term(column.silence.value)))
    return NumberRow(line.name, link("/figures", indicator=line.indicator), basis, tuple(cells))


def kind_of(line: FigureLine) -> str:
    return say(f"figure.kind.{line.kind.value}")


def period_of(line: FigureLine) -> str:
    return period(line.period) if line.period else say("figure.whole_year")


def basis_of(line: FigureLine) -> str:
    """What is alike of the figures of a line: 数额 · 亿元 · 全年."""
    parts = (term(line.unit), period_of(line), several(line.scope))
    return " · ".join(part for part in (kind_of(line), *parts) if part)


def cell_numbers(cell: FigureCell, year: int | None, *, beside: bool = True) -> list[Number]:
    """``beside``: whether the year must stand beside each, because no column says it."""
    made = [_number(row, year, "disagreeing" if cell.disagreeing else "", beside) for row in cell.results]
    return made + [_number(row, year, "target", beside) for row in cell.targets]


def _number(row: FigureRow, year: int | None, css: str, beside: bool) -> Number:
    figure = row.figure
    notes = [str(year) if year else say("words.year_unknown")] if beside else []
    notes += [say("figure.target")] if css == "target" else [say("figure.disagree")] if css == "disagreeing" else []
    if figure.change is not None and figure.kind not in (FigureKind.GROWTH, FigureKind.POINTS):
        turn = "figure.up" if figure.change >= 0 else "figure.down"
        notes.append(say(turn, by=words.number(abs(figure.change))))
    beside_year = row.period_beside(year)
    notes += [period(beside_year)] if beside_year else []
    notes += [several(part) for part in (figure.scope, figure.hedge) if part]
    notes += [figure.rank] if figure.rank else []
    notes += [term(Silence.MASKED.value)] if row.masked else []
    href = f"/doc/{row.source.id}#p{row.seq}"
    return Number(row.text, href, " · ".join(notes), "mask" if row.masked else css)
