"""One zone by year: what its reports hold, and what is new in them against the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.compare.comparison import quote_of
from indexer.compare.gaps import RowsAt
from indexer.domain.columns import Column, Silence, silence_of
from indexer.domain.figure_tables import FigureLine
from indexer.domain.query import YearRange
from indexer.domain.rows import FigureRow, MeasureRow, PracticeUse
from indexer.domain.zone_profiles import Peer, ZonePractice, ZoneProfile, ZoneYear
from indexer.domain.zones import Zone
from indexer.reference.practices import Practice


def profile(
    column: Column,
    zone: Zone | None,
    uses: Sequence[PracticeUse],
    figures: Sequence[FigureRow],
    rows_at: RowsAt,
    practices: Mapping[str, Practice],
    *,
    lines: Sequence[FigureLine] = (),
    peers: Sequence[Peer] = (),
    industries: Sequence[str] = (),
) -> ZoneProfile:
    """``uses``: counted by year. Plans and targets stand in the year that they are for."""
    of_year: dict[int | None, list[PracticeUse]] = defaultdict(list)
    for use in uses:
        of_year[use.year].append(use)
    numbers: dict[int | None, list[FigureRow]] = defaultdict(list)
    for row in figures:
        numbers[row.year].append(row)
    rows = rows_at({use.best for use in uses})
    years = sorted({*of_year, *column.years}, key=lambda year: (year is None, -(year or 0)))
    order = {practice: n for n, practice in enumerate(practices)}
    made = []
    for year in years:
        before = _looked_at(column, year)
        known = {use.practice for use in of_year.get(year - 1, ())} if year is not None else set()
        here = {use.practice for use in of_year[year]}
        made.append(
            ZoneYear(
                year=year,
                sources=tuple(source for source in column.sources if source.year == year),
                practices=tuple(
                    _practice(use, rows[use.best], practices, new=before and use.practice not in known)
                    for use in sorted(of_year[year], key=lambda use: order.get(use.practice, len(order)))
                ),
                figures=tuple(numbers[year]),
                before=before,
                gone=tuple(sorted(known - here)) if before and _looked_at(column, year, back=0) else (),
            )
        )
    return ZoneProfile(column, zone, tuple(made), tuple(lines), tuple(peers), tuple(industries))


def _looked_at(column: Column, year: int | None, back: int = 1) -> bool:
    """Whether a whole report on the year before (``back``) was read, so that something can be new against it."""
    if year is None:
        return False
    return silence_of(column.sources, YearRange(year - back, year - back)) is Silence.NOT_MENTIONED


def _practice(use: PracticeUse, row: MeasureRow, practices: Mapping[str, Practice], *, new: bool) -> ZonePractice:
    known = practices.get(use.practice)
    return ZonePractice(
        practice=use.practice,
        name=known.name if known else use.practice,
        theme=known.theme if known else use.theme,
        count=use.count,
        best=quote_of(row),
        new=new,
    )
