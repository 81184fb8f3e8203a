"""What others show and mine does not, as values."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import Quote
from indexer.domain.query import YearRange
from indexer.domain.zone_profiles import Peer


@dataclass(frozen=True, slots=True)
class Gap:
    """A practice, and which of the compared zones show it. ``example``: the best told of them; ``mine``: the zone's own
    best one, None where it shows none. ``listed_only``: mine merely names what others have results of."""

    practice: str
    name: str
    theme: str
    holders: tuple[str, ...]
    of: int
    example: Quote | None
    mine: Quote | None = None
    listed_only: bool = False

    @property
    def have(self) -> int:
        return len(self.holders)


@dataclass(frozen=True, slots=True)
class Gaps:
    """``missing``: the others have it, mine doesn't; ``own`` the reverse; ``shared``: both. Each by how many have it.

    ``silence``: why nothing can be said to be missing (no report of mine, or only a part of one); None where the whole
    of a report was looked at.
    """

    column: Column
    others: tuple[Column, ...]
    theme: str | None
    years: YearRange | None
    missing: tuple[Gap, ...]
    own: tuple[Gap, ...]
    shared: tuple[Gap, ...]
    silence: Silence | None = None
    peers: tuple[Peer, ...] = ()  # where the others were chosen for the reader
