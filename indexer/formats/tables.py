"""What is taken home: tables of text and numbers with their sources, the same for CSV, XLSX and DOCX.

A table is exactly what a page shows: same filters, same order, nothing summed up. Every quote and number points at a
numbered source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import Comparison, Quote
from indexer.domain.figure_tables import FigureCell, FigureLine, FigureTable
from indexer.domain.gaps import Gap, Gaps
from indexer.domain.matrix import Matrix
from indexer.domain.results import ResultPage
from indexer.domain.rows import FigureRow, Source
from indexer.formats.report_words import DOUBTS, GRADES, ROLES, aside, clauses, named, parts
from indexer.formats.report_words import KINDS as KINDS
from indexer.locale import defined, listed, say, term

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are as long as ``heads``. ``title`` names the sheet or stands over the table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``tables`` with the numbered ``sources`` that they cite, and what must be known to read them (``notes``)."""

    title: str
    tables: tuple[Table, ...]
    sources: Table
    notes: tuple[str, ...] = ()
    address: str = ""
    retrieved_on: date | None = None

    @property
    def closing_lines(self) -> tuple[str, ...]:
        """The notes, then where and when the document was taken."""
        where = [say("format.export.taken_from", address=self.address)] if self.address else []
        when = [say("format.export.taken_on", day=self.retrieved_on.isoformat())] if self.retrieved_on else []
        return (*self.notes, *where, *when)


_SOURCE_HEADS = ("number", "zone", "report", "report_year", "year_basis", "published_on", "grade", "url", "address")


def _term(chinese: str | None) -> str | None:
    return term(chinese) if chinese else None


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(say(f"format.export.head.{name}") for name in names)


class Sources:
    """Reports get their numbers in the order in which they are first cited."""

    def __init__(self, base: str) -> None:
        """``base``: our own address, before /doc/…"""
        self._base = base.rstrip("/")
        self._found: dict[str, tuple[int, Source]] = {}

    def cite(self, source: Source, seq: int | None = None) -> str:
        """[3] or [3] ¶7."""
        number, _ = self._found.setdefault(source.id, (len(self._found) + 1, source))
        return f"[{number}]" + (f" ¶{seq + 1}" if seq is not None else "")

    def table(self) -> Table:
        rows = tuple(
            (
                f"[{number}]",
                source.label,
                (source.title or say("format.export.no_title"))
                + (aside(say("format.export.digest")) if source.digest else ""),
                f"{source.year}{source.period or ''}" if source.year else say("year.none"),
                say("format.export.guessed") if source.guessed else say("format.export.stated") if source.year else "",
                source.published_on.isoformat() if source.published_on else "",
                GRADES[source.grade],
                source.url or "",
                f"{self._base}/doc/{source.id}",
            )
            for number, source in self._found.values()
        )
        return Table(say("format.export.sources"), _heads(*_SOURCE_HEADS), rows)


def comparison(found: Comparison, base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    years = found.years
    span = say("format.export.years", first=years.first, last=years.last) if years else say("format.export.all_years")
    heads = (*_heads("practice", "counted"), *(column.label for column in found.columns))
    rows = [
        (
            named(row.name),
            f"{row.have}/{row.of}",
            *(_cell(cell.quotes, cell.more, cell.silence, sources) for cell in row.cells),
        )
        for row in found.rows
    ]
    tables = [Table(say("format.export.comparison", theme=named(found.theme)), heads, tuple(rows))]
    if found.lines:
        tables.append(_lines(found.lines, found.columns, sources))
    return _document(
        say("format.export.comparison_title", theme=named(found.theme), span=span), tables, sources, address, today
    )


def _cell(quotes: Sequence[Quote], more: int, silence: Silence | None, sources: Sources) -> str:
    if not quotes:
        return term((silence or Silence.NOT_MENTIONED).value)
    planned = aside(say("format.planned"))
    lines = [
        f"{planned if quote.planned else ''}{quote.text} {sources.cite(quote.source, quote.seq)}" for quote in quotes
    ]
    return "\n".join([*lines, say("format.more", n=more)] if more else lines)


def _lines(lines: Iterable[FigureLine], columns: Sequence[Column], sources: Sources) -> Table:
    heads = (*_heads("indicator", "basis"), *(column.label for column in columns))
    return Table(say("format.export.indicators"), heads, tuple(_line(line, columns, sources) for line in lines))


def _line(line: FigureLine, columns: Sequence[Column], sources: Sources) -> tuple[Value, ...]:
    period = line.period or say("format.export.whole_year")
    basis = clauses(term(part) for part in (KINDS[line.kind], line.unit, period, line.scope) if part)
    cells = []
    for column in columns:
        mine = {year: cell for (key, year), cell in line.cells.items() if key == column.key}
        newest = sorted(mine, key=lambda year: year or 0, reverse=True)
        lines = [
            say("format.of_year", year=year or say("year.unknown"), values=figures(mine[year], sources))
            for year in newest
        ]
        cells.append("\n".join(lines) or term(column.silence.value))
    return (named(line.name), basis, *cells)


def figures(cell: FigureCell, sources: Sources) -> str:
    values = [_figure(row, sources) for row in cell.results]
    values += [say("format.export.target", figure=_figure(row, sources)) for row in cell.targets]
    if not values:
        return term(cell.silence.value) if cell.silence else ""
    text = parts(values)
    return say("format.export.disagreeing", values=text) if cell.disagreeing else text


def _figure(row: FigureRow, sources: Sources) -> str:
    figure = row.figure
    more = clauses(term(part) for part in (figure.hedge, figure.scope) if part)
    masked = aside(term(Silence.MASKED.value)) if row.masked else ""
    return f"{row.text}{masked}{aside(more)} {sources.cite(row.source, row.seq)}"


_FIGURE_HEADS = (
    "zone", "province", "zone_type", "level", "indicator", "role", "kind", "year", "period", "value", "unit", "text",
    "scope", "hedge", "doubt", "rank", "mask", "sentence", "grade", "source",
)  # fmt: skip


def figure_table(found: FigureTable, base: str, address: str, today: date) -> Document:
    """A line a figure, so that a spreadsheet can sort and filter; masks have no value."""
    sources = Sources(base)
    rows = tuple(figure_row(row, named(found.name), sources) for row in found.rows)
    notes = (say("format.export.figures_note"), *([defined(found.indicator, "note", found.note)] if found.note else []))
    title = named(found.name)
    table = Table(title, _heads(*_FIGURE_HEADS), rows)
    return _document(title, [table], sources, address, today, notes)


def figure_row(row: FigureRow, indicator: str, sources: Sources) -> tuple[Value, ...]:
    figure, source = row.figure, row.source
    return (
        source.label, _term(source.province), _term(source.zone_type), _term(source.level), indicator,
        ROLES[figure.role], KINDS[figure.kind], row.year, _term(figure.period), figure.value, _term(figure.unit),
        row.text, figure.scope, figure.hedge, DOUBTS[figure.doubt] if figure.doubt else None, figure.rank, figure.mask,
        row.sentence, GRADES[source.grade],
        sources.cite(source, row.seq),
    )  # fmt: skip


def gaps(found: Gaps, base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    heads = _heads("theme", "practice", "counted", "holders", "example", "mine")
    parts = (("missing", found.missing), ("own", found.own), ("shared", found.shared))
    tables = [
        Table(say(f"format.export.gaps.{part}"), heads, tuple(_gap(gap, found, sources) for gap in listed_gaps))
        for part, listed_gaps in parts
        if listed_gaps
    ]
    title = say("format.export.gaps.title", zone=found.column.label)
    return _document(title, tables, sources, address, today, (say("format.export.gaps.note"),))


def _gap(gap: Gap, found: Gaps, sources: Sources) -> tuple[Value, ...]:
    labels = {column.key: column.label for column in (*found.others, found.column)}
    example = f"{gap.example.text} {sources.cite(gap.example.source, gap.example.seq)}" if gap.example else ""
    mine = (
        f"{gap.mine.text} {sources.cite(gap.mine.source, gap.mine.seq)}"
        if gap.mine
        else say("format.export.gaps.not_seen")
    )
    return (
        _term(gap.theme), named(gap.name), f"{gap.have}/{gap.of}",
        listed(labels.get(key, key) for key in gap.holders), example, mine,
    )  # fmt: skip


def matrix(found: Matrix, address: str, today: date) -> Document:
    years = (say("year.unknown") if year is None else str(year) for year in found.years)
    heads = ("", *years, *_heads("total"))
    rows = tuple(
        (term(row.label), *(cell.count if (cell := row.cells.get(year)) else None for year in found.years), row.total)
        for row in found.rows
    )
    title = named(found.name)
    return _document(title, [Table(title, heads, rows)], Sources(""), address, today)


_QUOTE_HEADS = ("zone", "status", "theme", "year", "sentence", "grade", "source")


def quotes(found: Sequence[Quote], base: str, address: str, today: date) -> Document:
    sources = Sources(base)
    rows = tuple(
        (
            quote.source.label, term(quote.status.value), _term(quote.theme), quote.year, quote.text,
            GRADES[quote.source.grade], sources.cite(quote.source, quote.seq),
        )
        for quote in found
    )  # fmt: skip
    title = say("format.export.quotes")
    return _document(title, [Table(title, _heads(*_QUOTE_HEADS), rows)], sources, address, today)


_HIT_HEADS = (
    "zone", "province", "report", "report_year", "status", "theme", "passage", "grade", "published_on", "url",
    "address",
)  # fmt: skip


def hits(found: ResultPage, base: str, address: str, today: date) -> Document:
    rows = []
    for hit in found.hits:
        passage = hit.passage
        rows.append(
            (
                passage.zone_label, _term(passage.province), passage.title, passage.year, term(passage.status.value),
                listed(map(term, passage.themes)), passage.text, GRADES[passage.grade],
                passage.published_on.isoformat() if passage.published_on else None, passage.url,
                f"{base.rstrip('/')}/doc/{passage.report}#p{passage.seq}",
            )
        )  # fmt: skip
    note = say("format.export.hits_note", n=found.total, reports=found.reports, rows=len(rows))
    title = say("format.export.hits")
    table = Table(title, _heads(*_HIT_HEADS), tuple(rows))
    return _document(title, [table], Sources(base), address, today, (note,))


def _document(
    title: str,
    tables: Sequence[Table],
    sources: Sources,
    address: str,
    today: date,
    notes: Sequence[str] = (),
) -> Document:
    return Document(title, tuple(tables), sources.table(), (*notes, say("format.export.note")), address, today)
