"""Zones side by side, as values: what a page, an export or a program is given.

Everything counted says what of: ``have`` of ``of`` columns that have a readable report. Nothing is said to be absent
where only a part was looked at (Silence).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from indexer.domain.columns import Column, Silence
from indexer.domain.figure_tables import FigureLine
from indexer.domain.query import YearRange
from indexer.domain.report import Figure, Status
from indexer.domain.rows import Source
from indexer.domain.spans import Span


class By(Enum):
    """What the rows of a comparison are."""

    PRACTICE = "practice"
    STATUS = "status"


class Order(Enum):
    """How the rows of a comparison stand: those most zones share first, or those in which the zones differ most."""

    SHARED = "shared"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of a cell. ``number``: which measure of its passage, None where a passage is quoted."""

    source: Source
    seq: int
    span: Span
    text: str
    status: Status
    practice: str | None
    theme: str | None
    year: int | None
    year_basis: str | None
    figures: tuple[Figure, ...] = ()
    number: int | None = None

    @property
    def planned(self) -> bool:
        return self.status is Status.PLAN

    @property
    def masked(self) -> bool:
        """Whether all its numbers are blotted out."""
        return bool(self.figures) and all(one.value is None and one.mask for one in self.figures)


@dataclass(frozen=True, slots=True)
class Cell:
    """``quotes`` the most telling first; ``more`` how many measures of the same row and zone are not shown. Without
    quotes there may be some: told where something else is spoken of.
    """

    quotes: tuple[Quote, ...] = ()
    more: int = 0
    silence: Silence | None = None

    @property
    def done(self) -> bool:
        """Whether something is shown that was done, not only planned."""
        return any(not quote.planned for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Row:
    """A practice, a status, or (both None) what is told on the theme without a named practice.

    ``have`` of ``of`` columns with a readable report show it; ``holders`` are the keys of those that do. ``difference``
    from 0 (all say the same) to 1.
    """

    practice: str | None
    name: str
    theme: str | None
    cells: tuple[Cell, ...]
    holders: tuple[str, ...]
    of: int
    difference: float = 0.0
    status: Status | None = None

    @property
    def have(self) -> int:
        return len(self.holders)

    @property
    def unnamed(self) -> bool:
        return self.practice is None and self.status is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows`` in the order asked; each has a cell for each of ``columns``. ``lines`` are indicators of the theme that
    at least two columns give alike. ``left_out``: columns that were asked for and found no room, by label."""

    theme: str
    years: YearRange | None
    by: By
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lines: tuple[FigureLine, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every report that a cell quotes, once, in the order of first mention."""
        quoted = (quote.source for row in self.rows for cell in row.cells for quote in cell.quotes)
        figures = (one.source for line in self.lines for cell in line.cells.values() for one in cell.all)
        return tuple({source.id: source for source in (*quoted, *figures)}.values())
