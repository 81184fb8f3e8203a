"""他有我无: what the peers of a zone show and its own reports don't, the reverse, and what both have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.compare.choosing import SHOWN
from indexer.compare.comparison import quote_of
from indexer.domain.columns import Column, Silence
from indexer.domain.gaps import Gap, Gaps
from indexer.domain.query import YearRange
from indexer.domain.rows import MeasureRow, PracticeUse
from indexer.domain.zone_profiles import Peer
from indexer.reference.practices import Practice

RowsAt = Callable[[Collection[int]], Mapping[int, MeasureRow]]


def gaps(
    mine: Column,
    others: Sequence[Column],
    uses: Sequence[PracticeUse],
    rows_at: RowsAt,
    practices: Mapping[str, Practice],
    *,
    theme: str | None = None,
    years: YearRange | None = None,
    peers: Sequence[Peer] = (),
) -> Gaps:
    """``uses``: of all these columns, one for each practice and column. Of ``others`` only those with a readable report
    count."""
    readable = tuple(column for column in others if column.readable)
    by_practice: dict[str, dict[str, PracticeUse]] = defaultdict(dict)
    for use in uses:
        by_practice[use.practice][use.place] = use
    rows = rows_at(_wanted(mine, by_practice.values()))
    found = [_gap(mine, readable, practice, of, rows, practices) for practice, of in by_practice.items()]
    places = {practice: n for n, practice in enumerate(practices)}
    order = sorted(found, key=lambda gap: (-gap.have, -_worth(by_practice[gap.practice]), places.get(gap.practice, 0)))
    return Gaps(
        column=mine,
        others=tuple(others),
        theme=theme,
        years=years,
        missing=tuple(gap for gap in order if gap.mine is None and gap.have),
        own=tuple(sorted((gap for gap in order if gap.mine and not gap.have), key=lambda gap: gap.mine is None)),
        shared=tuple(gap for gap in order if gap.mine and gap.have),
        silence=None if mine.silence is Silence.NOT_MENTIONED else mine.silence,
        peers=tuple(peers),
    )


def _wanted(mine: Column, groups: Collection[Mapping[str, PracticeUse]]) -> set[int]:
    """The rows to read: the best of the others, and mine."""
    wanted = set()
    for of in groups:
        others = [use for place, use in of.items() if place != mine.key]
        wanted |= {max(others, key=_telling).best} if others else set()
        wanted |= {of[mine.key].best} if mine.key in of else set()
    return wanted


def _gap(
    mine: Column,
    others: Sequence[Column],
    practice: str,
    of: Mapping[str, PracticeUse],
    rows: Mapping[int, MeasureRow],
    practices: Mapping[str, Practice],
) -> Gap:
    theirs = [of[column.key] for column in others if column.key in of and column.key != mine.key]
    best = max((use for place, use in of.items() if place != mine.key), key=_telling, default=None)
    own = of.get(mine.key)
    known = practices.get(practice)
    return Gap(
        practice=practice,
        name=known.name if known else practice,
        theme=known.theme if known else next(iter(of.values())).theme,
        holders=tuple(use.place for use in theirs),
        of=len(others),
        example=quote_of(rows[best.best]) if best else None,
        mine=quote_of(rows[own.best]) if own else None,
        listed_only=bool(own and best and own.telling < SHOWN <= best.telling),
    )


def _telling(use: PracticeUse) -> tuple[bool, float, str]:
    return use.done > 0, use.telling, use.place


def _worth(of: Mapping[str, PracticeUse]) -> float:
    return max(use.telling + (use.done > 0) for use in of.values())
