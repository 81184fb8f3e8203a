"""Zones side by side, as values: what a page, an export or a program is given.

Everything counted says what of: ``have`` of ``of`` columns that have a readable report. Nothing is said to be absent
where only a part was looked at (Silence).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from indexer.domain.query import YearRange
from indexer.domain.report import Figure, FigureKind, Grade, PeriodKind, Status
from indexer.domain.rows import FigureRow, Source
from indexer.domain.spans import Span
from indexer.domain.zones import Zone


class Silence(Enum):
    """Why a cell is empty, or holds no number."""

    NOT_COLLECTED = "未收录"  # no report of that zone and year is stored
    NOT_MENTIONED = "未提及"  # the whole readable report was looked at
    MASKED = "已脱敏"  # it speaks of it, but the numbers are blotted out
    TRUNCATED = "预览截断"  # the copy stops before its end
    DOUBTFUL = "存疑"  # only what may be read in two ways: it stands apart
    NOT_SEEN = "所引段落未见"  # only a part of it was looked at: a digest, fragments, the plan part of another year


class By(Enum):
    """What the rows of a comparison are."""

    PRACTICE = "practice"
    STATUS = "status"


class Order(Enum):
    """How the rows of a comparison stand: those most zones share first, or those in which the zones differ most."""

    SHARED = "shared"
    DIFFERENCE = "difference"


def silence_of(sources: Iterable[Source], years: YearRange | None) -> Silence:
    """What it means that ``sources`` say nothing of ``years`` (None: of any): of a year, only the report on it tells.

    Of a report on another year its plan part was looked at; a digest and fragments are parts of a report.
    """
    found = tuple(sources)
    whole = [one for one in found if years is None or one.year in years]
    if not whole:
        planned = years is not None and any(one.plan_year in years for one in found)
        return Silence.NOT_SEEN if planned else Silence.NOT_COLLECTED
    if any(not one.truncated and not one.partial for one in whole):
        return Silence.NOT_MENTIONED
    return Silence.TRUNCATED if all(one.truncated for one in whole) else Silence.NOT_SEEN


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
class Column:
    """One zone with the reports that were looked at; a report that hides its zone is a column of its own.

    ``key`` names it in an address: the zone's label, or the report's id. ``sources`` is empty where nothing of the
    asked years is collected.
    """

    key: str
    label: str
    province: str | None = None
    zone_type: str | None = None
    level: str | None = None
    city: str | None = None
    sources: tuple[Source, ...] = ()
    apart: bool = False
    silence: Silence = Silence.NOT_COLLECTED  # what an empty cell of it means

    @property
    def readable(self) -> bool:
        return self.silence is not Silence.NOT_COLLECTED

    @property
    def years(self) -> tuple[int | None, ...]:
        return tuple(dict.fromkeys(source.year for source in self.sources))

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source.period for source in self.sources if source.period))

    @property
    def grades(self) -> tuple[Grade, ...]:
        return tuple(sorted({source.grade for source in self.sources}, key=lambda grade: grade.value))

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flag for source in self.sources for flag in source.flags))


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


# --- figures ---


@dataclass(frozen=True, slots=True)
class Place:
    """A value among those of its peers: same type of zone, same year, same line. ``position`` counts from 1, None where
    more is neither better nor worse; ``low`` and ``high`` are in the line's unit."""

    position: int | None
    count: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FigureCell:
    """What one column gives for one year. ``results`` and ``targets``: the most trusted first, one for each value that
    differs; ``disagreeing``: two reports give different results."""

    results: tuple[FigureRow, ...] = ()
    targets: tuple[FigureRow, ...] = ()
    disagreeing: bool = False
    place: Place | None = None
    silence: Silence | None = None  # MASKED where there are only masks

    @property
    def all(self) -> tuple[FigureRow, ...]:
        return self.results + self.targets


@dataclass(frozen=True, slots=True)
class FigureLine:
    """Like things only: one indicator, kind, currency, sort of period, scope. ``cells`` by (column key, year), only
    those that hold something (FigureTable.silence says why another is empty).

    ``period`` is empty where the values are of a whole year or a state at its end, ``scope`` where they are of the zone
    or region itself. ``amounts`` gives each figure's value in ``unit``.
    """

    indicator: str
    name: str
    theme: str | None
    kind: FigureKind
    unit: str  # that most of its figures are printed in
    period: str
    period_kind: PeriodKind | None
    scope: str
    comparable: bool  # may stand beside another region's
    cells: Mapping[tuple[str, int | None], FigureCell]
    amounts: Mapping[tuple[str, int, int], float] = field(default_factory=dict)  # (report, seq, number) → value

    @property
    def count(self) -> int:
        return sum(len(cell.all) for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One indicator: ``lines``, the one with most figures first, over the same columns and years.

    ``rows``: every figure asked for, those in no line too (``apart``: parts, thresholds, multiples, what is
    doubtful). ``unmapped``: figures whose phrase holds one of the indicator's names and that belong to no row of the
    codebook.
    """

    indicator: str
    name: str
    theme: str | None
    names: tuple[str, ...]
    note: str
    comparable: bool
    columns: tuple[Column, ...]
    years: tuple[int | None, ...]
    lines: tuple[FigureLine, ...]
    rows: tuple[FigureRow, ...]
    apart: tuple[FigureRow, ...] = ()
    unmapped: tuple[FigureRow, ...] = ()
    doubted: frozenset[tuple[str, int | None]] = frozenset()  # (column key, year) of doubtful ones

    def silences(self, column: Column) -> Callable[[int | None], Silence]:
        """Why a cell of ``column`` that no line holds is empty, by its year; each year is worked out once."""
        about: dict[int, list[Source]] = defaultdict(list)  # a province has 40 reports, and each tells of two years
        for source in column.sources:
            for year in {source.year, source.plan_year}:
                if year is not None:
                    about[year].append(source)

        @cache
        def silence(year: int | None) -> Silence:
            if (column.key, year) in self.doubted:
                return Silence.DOUBTFUL
            if year is None:
                return silence_of(column.sources, None)
            return silence_of(about[year], YearRange(year, year)) if year in about else Silence.NOT_COLLECTED

        return silence


# --- gaps ---


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


# --- matrix ---


class MatrixRows(Enum):
    ZONE = "zone"
    PROVINCE = "province"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """``count``: passages, or figures of an indicator; ``done`` of them tell what was done. ``grade``: the best."""

    count: int
    done: int
    reports: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """``key`` names it in an address; None for what doesn't say (省份不明)."""

    key: str | None
    label: str
    total: int
    cells: Mapping[int | None, MatrixCell]
    zones: int = 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows × years; exactly one of ``theme``, ``practice`` and ``indicator`` (ids) is given, ``name`` says it."""

    name: str
    theme: str | None
    practice: str | None
    indicator: str | None
    by: MatrixRows
    years: tuple[int | None, ...]
    rows: tuple[MatrixRow, ...]


# --- zones ---


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


# --- what is asked ---


@dataclass(frozen=True, slots=True)
class Selection:
    """Which zones and years. ``zones``: labels, or ids of reports that hide their zone; nothing chosen means any."""

    zones: tuple[str, ...] = ()
    zone_types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    years: YearRange | None = None

    def keeps(self, source: Source) -> bool:
        """Whether a report is of a zone of these types, levels and provinces."""
        asked = ((self.zone_types, source.zone_type), (self.levels, source.level), (self.provinces, source.province))
        return all(not allowed or value in allowed for allowed, value in asked)
