"""Comparisons, gaps, figures, matrices and zones as JSON: their types."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from indexer.formats.json.report_types import FigureJson
from indexer.formats.json.words import (
    ByWord,
    Day,
    FlagWord,
    GradeWord,
    KindWord,
    Pair,
    RoleWord,
    RowsWord,
    SilenceWord,
    StatusWord,
)

_Years = Annotated[list[int] | None, Meta(description="[first, last] that were asked for")]


class SourceJson(TypedDict):
    """A report that an answer rests on."""

    report: str
    title: str | None
    year: int | None
    plan_year: int | None
    period: str | None
    published_on: Day | None
    grade: GradeWord
    flags: list[FlagWord]
    url: str | None


class ColumnJson(TypedDict):
    """A zone with the reports that were looked at; ``silence`` is what an empty cell of it means."""

    zone: str
    id: str
    province: str | None
    type: str | None
    level: str | None
    city: str | None
    silence: SilenceWord
    reports: list[SourceJson]


class QuoteJson(TypedDict):
    """A sentence, letter for letter."""

    report: str
    seq: int
    span: Pair
    text: str
    status: StatusWord
    year: int | None
    practice: str | None
    masked: bool
    figures: list[FigureJson]


class ExampleJson(QuoteJson):
    zone: str


class CellJson(TypedDict):
    """What one zone tells; ``more`` counts what finds no room."""

    zone: str
    silence: SilenceWord | None
    more: int
    quotes: list[QuoteJson]


# ``in`` of ``of`` compared zones that have a readable report; words of Python can't be names in a class
_Counted = TypedDict("_Counted", {"in": int, "of": int})


class RowJson(_Counted):
    """A practice or a status."""

    practice: str | None
    name: str
    status: StatusWord | None
    difference: float
    cells: list[CellJson]


class _ValueHead(TypedDict):
    zone: str
    value: float | None
    year: int | None
    period: str | None
    role: RoleWord | None
    scope: str | None
    report: str | None
    seq: int | None
    silence: SilenceWord | None


class ValueJson(_ValueHead, total=False):
    """A value of a line; one of a zone that gives none has only the nulls and ``silence``."""

    unit: str
    hedge: str | None
    change: float | None
    rank: str | None
    mask: str | None
    text: str


class LineHead(TypedDict):
    """What is alike in a line."""

    indicator: str
    name: str
    unit: str
    kind: KindWord
    period: str | None
    scope: str | None


class LineJson(LineHead):
    """Like figures only: one indicator, kind, unit, period and scope."""

    cells: list[ValueJson]


class ComparisonJson(TypedDict):
    """Zones beside each other."""

    theme: str
    years: _Years
    by: ByWord
    zones: list[ColumnJson]
    rows: list[RowJson]
    indicators: list[LineJson]
    left_out: list[str]


class GapJson(_Counted):
    """A practice, and which zones show it."""

    practice: str
    name: str
    theme: str
    zones: list[str]
    example: ExampleJson | None
    mine: ExampleJson | None
    listed_only: bool


class PeerJson(TypedDict):
    """A zone that is like another."""

    zone: str
    type: str | None
    level: str | None
    province: str | None
    score: float
    reasons: list[str]
    industries: list[str]
    years: list[int]


class PeersJson(TypedDict):
    peers: list[PeerJson]


_With = TypedDict("_With", {"with": list[ColumnJson]})


class GapsJson(_With):
    """``silence``: why what is missing proves nothing; null where a whole report was read."""

    zone: str
    theme: str | None
    years: _Years
    silence: SilenceWord | None
    peers: list[PeerJson]
    missing: list[GapJson]
    own: list[GapJson]
    shared: list[GapJson]


class FigureRowJson(FigureJson):
    """A figure with where it stands."""

    text: str
    sentence: str
    status: StatusWord
    zone: str
    province: str | None
    type: str | None
    level: str | None
    report: str
    report_year: int | None
    grade: GradeWord
    seq: int


class PlaceJson(TypedDict):
    """A value among those of its peers."""

    position: int | None
    of: int
    low: float
    high: float


class FullCellJson(TypedDict):
    zone: str
    year: int | None
    results: list[ValueJson]
    targets: list[ValueJson]
    disagreeing: bool
    silence: SilenceWord | None
    place: PlaceJson | None


class FullLineJson(LineHead):
    cells: list[FullCellJson]


class FigureTableJson(TypedDict):
    """One indicator, zones by years."""

    indicator: str
    name: str
    theme: str | None
    names: list[str]
    note: str
    comparable: bool
    years: list[int | None]
    zones: list[ColumnJson]
    lines: list[FullLineJson]
    figures: list[FigureRowJson]
    unmapped: list[FigureRowJson]


class MatrixCellJson(TypedDict):
    year: int | None
    count: int
    done: int
    reports: int
    grade: GradeWord


class MatrixRowJson(TypedDict):
    key: str | None
    label: str
    zones: int
    total: int
    cells: list[MatrixCellJson]


class MatrixJson(TypedDict):
    """How often something is told, by place and year."""

    name: str
    theme: str | None
    practice: str | None
    indicator: str | None
    by: RowsWord
    years: list[int | None]
    rows: list[MatrixRowJson]


class ListedZoneJson(ColumnJson):
    """A zone of the build, with counts."""

    name: str | None
    aliases: list[str]
    years: list[int]
    practices: int
    figures: int


class ZonesJson(TypedDict):
    zones: list[ListedZoneJson]


class ToldPracticeJson(TypedDict):
    practice: str
    name: str
    theme: str
    count: int
    new: bool
    best: QuoteJson


class ZoneYearJson(TypedDict):
    """``before``: whether the year before is collected, so that ``new`` and ``gone`` mean something."""

    year: int | None
    reports: list[SourceJson]
    before: bool
    practices: list[ToldPracticeJson]
    gone: list[str]
    figures: list[FigureRowJson]


class ZoneProfileJson(ColumnJson):
    """What is known of one zone."""

    name: str | None
    aliases: list[str]
    industries: list[str]
    years: list[ZoneYearJson]
    lines: list[LineJson]
    peers: list[PeerJson]


_Not = TypedDict("_Not", {"not": str})


class PracticeJson(_Not):
    """A practice（做法） of the codebook."""

    id: str
    name: str
    theme: str
    definition: str
    example: str
    measures: int
    zones: int


class PracticesJson(TypedDict):
    practices: list[PracticeJson]


class ToldJson(TypedDict):
    """A practice, and where and when it is told."""

    practice: PracticeJson
    matrix: MatrixJson


class IndicatorJson(TypedDict):
    """An indicator（指标） of the codebook."""

    id: str
    name: str
    theme: str
    names: list[str]
    units: list[str]
    comparable: bool
    note: str
    figures: int
    zones: int


class IndicatorsJson(TypedDict):
    indicators: list[IndicatorJson]
