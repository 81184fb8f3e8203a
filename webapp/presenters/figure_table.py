"""One indicator by zone and year: the table, the plots over it, and what stands apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_

from markupsafe import Markup

from indexer.domain.columns import Column, Silence
from indexer.domain.figure_tables import FigureLine, FigureTable
from indexer.domain.report import FigureRole
from indexer.domain.rows import FigureRow
from indexer.formats.report_words import DOUBTS
from indexer.locale import say, term
from webapp.language import cn, reported
from webapp.presenters.comparison import Number, cell_numbers, kind_of, period_of, where, why
from webapp.presenters.marking import escaped
from webapp.presenters.periods import several as several_words
from webapp.presenters.plots import Plot, plots
from webapp.presenters.words import number
from webapp.urls import link

_PLOTS = 12  # beyond these the table alone speaks
_LINES = 8  # that a page shows whatever they hold
# Of a line, unless all are asked for: 165 zones with 32 years made a page of 1.2 MB that had to be scrolled both ways.
_ROWS, _YEARS = 30, 10


@dataclass(frozen=True, slots=True)
class TableCell:
    """``years``: that it stands for; an empty cell for all that follow each other in the same silence."""

    numbers: tuple[Number, ...]
    silence: str
    why: str
    years: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    key: str
    label: str
    where: str
    href: str
    mine: bool
    cells: tuple[TableCell, ...]
    place: str  # among its peers in the newest year

    @property
    def tds(self) -> Markup:
        """Built by hand: eight tables of thirty zones have 3,000 cells, which took Jinja a third of the page."""
        chinese = cn()
        return Markup("".join([_td(cell, chinese) for cell in self.cells]))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of like things. ``basis``: what is alike of them."""

    title: str
    basis: str
    years: tuple[int | None, ...]
    placed: int | None  # the year that ``place`` of the rows is of
    rows: tuple[TableRow, ...]
    plots: tuple[Plot, ...]
    comparable: bool
    hidden_rows: int  # zones, and years, that have a row and a column where all are asked for
    hidden_years: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A figure that stands in no line. ``key``: of its zone's page; ``cite``: the address of its passage's citation."""

    zone: str
    key: str
    year: str
    phrase: str
    text: str
    sentence: str
    href: str
    cite: str
    target: bool
    doubt: str


def parted(found: FigureTable, asked: Sequence[str]) -> tuple[tuple[FigureLine, ...], tuple[FigureRow, ...]]:
    """The lines that are shown as tables, and the figures of the others: a line of one zone alone sets nothing beside
    anything, and GDP over 1,472 work reports had 45 such among its 64. Few lines all stay, and so do those of zones
    asked for."""
    if not found.comparable:
        return (), ()
    if asked or len(found.lines) <= _LINES:
        return found.lines, ()
    many = [len({key for key, _ in line.cells}) > 1 for line in found.lines]
    kept = tuple(compress(found.lines, many))
    return kept, tuple(row for line in compress(found.lines, map(not_, many)) for row in rows_of(line))


def rows_of(line: FigureLine) -> Iterator[FigureRow]:
    return (row for cell in line.cells.values() for row in cell.all)


def lines(
    found: FigureTable, some: Sequence[FigureLine], mine: str, asked: Sequence[str], *, every: bool = False
) -> list[ShownLine]:
    """``some`` of the table's lines. ``asked``: the zones named in the question, which are shown though they give
    nothing. ``every``: all zones and years, however many."""
    silences = _Silences(found)
    return [_line(line, found, silences, mine, asked, every=every) for line in some]


def of_one_matter(found: FigureTable) -> list[Loose]:
    """Figures of an indicator that is about one matter each (the investment of some project): sixty tables of one row
    would say less than the sentences, zone by zone."""
    if found.comparable:
        return []
    places = {column.key: n for n, column in enumerate(found.columns)}
    apart = {(row.source.id, row.seq, row.number) for row in found.apart}
    rows = [row for row in found.rows if (row.source.id, row.seq, row.number) not in apart]
    rows.sort(key=lambda row: (places.get(row.source.column, len(places)), row.year or 0, row.source.id, row.seq))
    return loose(tuple(rows))


class _Silences:
    """Why cells are empty. Nine of ten of a table of all zones are, in a few ways: each is worked out once."""

    def __init__(self, found: FigureTable) -> None:
        self._found = found
        self._known: dict[str, Callable[[int | None], Silence]] = {}

    def of(self, column: Column) -> Callable[[int | None], Silence]:
        """By year."""
        if column.key not in self._known:
            self._known[column.key] = self._found.silences(column)
        return self._known[column.key]


def _line(
    line: FigureLine, found: FigureTable, silences: _Silences, mine: str, asked: Sequence[str], *, every: bool
) -> ShownLine:
    held = {year for _, year in line.cells}
    all_years = tuple(year for year in found.years if year in held)
    years = all_years if every else _latest(line, all_years)
    told = Counter(key for key, year in line.cells if year in years)
    columns = [column for column in found.columns if told[column.key] or asked]
    if not asked:  # who tells most leads, and mine is never among those left out
        columns.sort(key=lambda column: (column.key != mine, -told[column.key]))
    columns = columns if every else columns[:_ROWS]
    placed = max((year for (_, year), cell in line.cells.items() if year and cell.place), default=None)
    rows = tuple(_row(line, column, years, placed, silences, column.key == mine) for column in columns)
    placed = placed if any(row.place for row in rows) else None  # a column of 不计 alone says nothing
    known = [year for year in years if year is not None]
    several = Counter(key for key, year in line.cells if year in known)  # one dot alone draws nothing
    shown = [(column.key, column.label) for column in columns if several[column.key] > 1][:_PLOTS]
    drawn = plots(line, shown, known, mine) if len(known) > 1 else []
    basis = " · ".join(
        part for part in (term(line.unit), period_of(line), several_words(line.scope) or say("figure.itself")) if part
    )
    hidden = len({key for key, _ in line.cells} - {column.key for column in columns}), len(all_years) - len(years)
    return ShownLine(kind_of(line), basis, years, placed, rows, tuple(drawn), line.comparable, *hidden)


def _latest(line: FigureLine, years: Sequence[int | None]) -> tuple[int | None, ...]:
    """The last _YEARS with results, and what is planned after them."""
    results = sorted({year for (_, year), cell in line.cells.items() if year is not None and cell.results})
    known = results or [year for year in years if year is not None]
    if len(known) <= _YEARS:
        return tuple(years)
    return tuple(year for year in years if year is None or year >= known[-_YEARS])


def _row(
    line: FigureLine,
    column: Column,
    years: tuple[int | None, ...],
    placed: int | None,
    silences: _Silences,
    mine: bool,
) -> TableRow:
    cells = _cells(line, column, years, silences)
    place = line.cells[column.key, placed].place if (column.key, placed) in line.cells else None
    told_place = ""
    if place is not None and place.position is not None and place.count > 1:  # first of one says nothing
        told_place = say(
            "figure.place", at=place.position, count=place.count, low=number(place.low), high=number(place.high)
        )
    href = link(f"/zones/{column.key}")
    return TableRow(column.key, column.label, where(column), href, mine, cells, told_place)


def _cells(
    line: FigureLine, column: Column, years: tuple[int | None, ...], silences: _Silences
) -> tuple[TableCell, ...]:
    cells: list[TableCell] = []
    known = silences.of(column)
    before: Silence | None = None
    run = 0
    for year in years:
        cell = line.cells.get((column.key, year))
        told = tuple(cell_numbers(cell, year, beside=False)) if cell else ()
        silence = None if told else (cell.silence if cell else None) or known(year)
        if silence is not before:
            cells += _silent(before, run)
            before, run = silence, 0
        if told:
            cells.append(TableCell(told, "", ""))
        run += 1
    cells += _silent(before, run)
    return tuple(cells)


def _silent(silence: Silence | None, years: int) -> Sequence[TableCell]:
    return (TableCell((), term(silence.value), why(silence), years),) if silence else ()


def _td(cell: TableCell, chinese: str) -> str:
    if cell.silence:
        across = f' colspan="{cell.years}"' if cell.years > 1 else ""
        return f'<td{across}><span class="silence">{escaped(cell.silence)}</span></td>'
    return f"<td>{''.join([_paragraph(one, chinese) for one in cell.numbers])}</td>"


def _paragraph(one: Number, chinese: str) -> str:
    css = "target" if one.css == "target" else "soft"
    words = reported if chinese else escaped  # on a Chinese page nothing need be marked
    notes = f' <span class="{css}">{words(one.notes)}</span>' if one.notes else ""
    link = f'<a href="{escaped(one.href)}" class="{one.css}"{chinese}>{escaped(one.text)}</a>'
    return f'<p class="number">{link}{notes}</p>'


def silences(shown: Sequence[ShownLine]) -> dict[str, str]:
    """Each silence of the tables with what it means."""
    cells = (cell for line in shown for row in line.rows for cell in row.cells)
    return {cell.silence: cell.why for cell in cells if cell.silence}


def loose(rows: Sequence[FigureRow]) -> list[Loose]:
    return [
        Loose(
            row.source.label,
            row.source.column,
            str(row.year or say("words.year_unknown")),
            row.figure.phrase or "",
            row.text,
            row.sentence,
            f"/doc/{row.source.id}#p{row.seq}",
            link(f"/doc/{row.source.id}/cite", p=row.seq),
            row.figure.role is FigureRole.TARGET,
            DOUBTS[row.figure.doubt] if row.figure.doubt else "",
        )
        for row in rows
    ]
