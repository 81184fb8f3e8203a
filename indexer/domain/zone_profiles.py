"""A zone by itself: its years, practices and peers; and how much a build holds of the codebooks."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.columns import Column
from indexer.domain.comparison import Quote
from indexer.domain.figure_tables import FigureLine
from indexer.domain.rows import FigureRow, Source
from indexer.domain.zones import Zone


@dataclass(frozen=True, slots=True)
class Peer:
    """A zone like another one. ``score`` 0 to 1, ``reasons`` in the order of their weight (同类型, 同级别 …)."""

    key: str
    label: str
    zone_type: str | None
    level: str | None
    province: str | None
    score: float
    reasons: tuple[str, ...]
    years: tuple[int, ...] = ()
    industries: tuple[str, ...] = ()  # leading ones that both name


@dataclass(frozen=True, slots=True)
class ZonePractice:
    """A practice of a zone in one year. ``new``: no report of the year before, which is collected, tells it."""

    practice: str
    name: str
    theme: str
    count: int
    best: Quote
    new: bool


@dataclass(frozen=True, slots=True)
class ZoneYear:
    """What a zone's reports of one year hold. ``before``: whether the year before is collected, so that ``new`` means
    something; ``gone``: practices (ids) of the year before that this year's don't tell."""

    year: int | None
    sources: tuple[Source, ...]
    practices: tuple[ZonePractice, ...]
    figures: tuple[FigureRow, ...]
    before: bool
    gone: tuple[str, ...] = ()
    passages: int = 0


@dataclass(frozen=True, slots=True)
class ZoneProfile:
    """``zone``: its entry in the gazetteer, None for regions and unnamed ones. ``years`` the newest first."""

    column: Column
    zone: Zone | None
    years: tuple[ZoneYear, ...]
    lines: tuple[FigureLine, ...]
    peers: tuple[Peer, ...]
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneListing:
    """A zone in a list or a picker. ``practices`` and ``figures``: how many it tells, of the theme where one is asked;
    ``years`` the newest first."""

    column: Column
    zone: Zone | None
    reports: int
    years: tuple[int, ...]
    practices: int
    figures: int


@dataclass(frozen=True, slots=True)
class CodebookCount:
    """How much of a row of a codebook lies in the build: ``rows`` measures or figures, in ``zones`` columns."""

    id: str
    rows: int
    zones: int
