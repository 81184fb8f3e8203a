"""Zones side by side on one theme: practices (or statuses) as rows, the sentences that tell them in the cells.

What a cell says is quoted, never summed up, the most telling first; what finds no room is counted. Where it is empty it
says which kind of silence that is. What is shown is chosen by entries, and only what was chosen is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from indexer.compare.choosing import Candidate, Choice, Draft, Entries, drafts_by_practice, drafts_by_status
from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import By, Cell, Comparison, Order, Quote, Row
from indexer.domain.figure_tables import FigureLine
from indexer.domain.query import YearRange
from indexer.domain.rows import MeasureEntry, MeasureRow, PassageRow


class Rows(Protocol):
    """The words of entries, by their ``row``."""

    def measures_at(self, rows: Collection[int]) -> Mapping[int, MeasureRow]: ...

    def passages_at(self, rows: Collection[int]) -> Mapping[int, PassageRow]: ...


def compare(
    theme: str,
    columns: Sequence[Column],
    entries: Entries,
    rows: Rows,
    *,
    lines: Sequence[FigureLine] = (),
    years: YearRange | None = None,
    by: By = By.PRACTICE,
    order: Order = Order.SHARED,
    only_differences: bool = False,
    per_cell: int = 3,
    left_out: Sequence[str] = (),
) -> Comparison:
    """The comparison of ``columns``; ``per_cell``: quotes of a cell at most. ``lines``: figures of the theme."""
    if by is By.PRACTICE:
        read = _read(theme, columns, drafts_by_practice(theme, columns, entries, per_cell), rows)
        made = _shared_first(read, tuple(entries.practices))
    else:
        made = _read(theme, columns, drafts_by_status(columns, entries, per_cell), rows)
    if order is Order.DIFFERENCE:
        made.sort(key=lambda row: (row.unnamed, -row.difference))
    if only_differences:
        made = [row for row in made if row.difference > 0 or row.unnamed]
    return Comparison(
        theme=theme,
        years=years,
        by=by,
        columns=tuple(columns),
        rows=tuple(made),
        lines=tuple(line for line in lines if line.comparable and _held_by_several(line)),
        left_out=tuple(left_out),
    )


def _held_by_several(line: FigureLine) -> bool:
    return len({key for key, _ in line.cells}) > 1


def _shared_first(rows: Sequence[Row], practices: Sequence[str]) -> list[Row]:
    """Those that most columns share first, then as they are told and as the codebook has them; at the end what is told
    without a named practice."""
    place = {practice: n for n, practice in enumerate(practices)}
    return sorted(
        rows, key=lambda row: (row.unnamed, -row.have, -_strength(row), place.get(row.practice or "", len(place)))
    )


def _read(theme: str, columns: Sequence[Column], drafts: Sequence[Draft], rows: Rows) -> list[Row]:
    shown = [one.entry for draft in drafts for choice in draft.choices for one in choice.shown]
    measures = rows.measures_at([one.row for one in shown if isinstance(one, MeasureEntry)])
    passages = rows.passages_at([one.row for one in shown if not isinstance(one, MeasureEntry)])

    def quote(one: Candidate) -> Quote:
        entry = one.entry
        return quote_of(measures[entry.row]) if isinstance(entry, MeasureEntry) else _on(theme, passages[entry.row])

    def cell(column: Column, choice: Choice) -> Cell:
        if not choice.shown and not choice.more:
            return Cell(silence=column.silence)
        quotes = tuple(map(quote, choice.shown))
        masked = bool(quotes) and all(one.masked for one in quotes)
        return Cell(quotes, choice.more, Silence.MASKED if masked else None)

    return [_row(columns, draft, tuple(map(cell, columns, draft.choices))) for draft in drafts]


def _row(columns: Sequence[Column], draft: Draft, cells: tuple[Cell, ...]) -> Row:
    readable = [cell for column, cell in zip(columns, cells, strict=True) if column.readable]
    return Row(
        practice=draft.practice,
        name=draft.name,
        theme=draft.theme,
        cells=cells,
        holders=tuple(column.key for column, cell in zip(columns, cells, strict=True) if cell.quotes or cell.more),
        of=len(readable),
        difference=_difference(readable),
        status=draft.status,
    )


def _strength(row: Row) -> float:
    """How well a row is told: the share of its cells with something done and figures."""
    shown = [cell for cell in row.cells if cell.quotes]
    return sum(cell.done + bool(cell.quotes[0].figures) for cell in shown) / (2 * len(shown)) if shown else 0.0


def quote_of(row: MeasureRow) -> Quote:
    return Quote(
        source=row.source,
        seq=row.seq,
        span=row.span,
        text=row.text,
        status=row.status,
        practice=row.practice,
        theme=row.theme,
        year=row.year,
        year_basis=row.year_basis,
        figures=row.figures,
        number=row.number,
    )


def _on(theme: str, row: PassageRow) -> Quote:
    span = row.on(theme)
    return Quote(
        source=row.source,
        seq=row.seq,
        span=span,
        text=row.words(span),
        status=row.status,
        practice=None,
        theme=theme,
        year=row.year,
        year_basis=row.year_basis,
        figures=tuple(one for one in row.figures if span.contains(one.span)),
    )


def _difference(cells: Sequence[Cell]) -> float:
    """From 0, where all show it as done or all as planned, to 1, where half do and half don't.

    That some have done what others only plan counts half as much.
    """
    if not cells:
        return 0.0
    having = [cell for cell in cells if cell.quotes or cell.more]
    present = _split(len(having), len(cells))
    shown = [cell for cell in having if cell.quotes]
    done = _split(sum(cell.done for cell in shown), len(shown))
    return round(max(present, done / 2), 3)


def _split(some: int, all_of_them: int) -> float:
    share = some / all_of_them if all_of_them else 0.0
    return 4 * share * (1 - share)
