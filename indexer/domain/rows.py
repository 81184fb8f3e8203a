"""What is compared, as rows: passages, measures and figures, each with the report that it stands in.

A row is all that a table, an export or a citation shows of it: nobody reads a whole report to compare. The rows of a
report share one Source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from indexer.domain.report import Figure, Grade, Status
from indexer.domain.results import UNNAMED
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus

NO_ZONE = "未写明园区"


def zone_label(zone: ZoneReading) -> str | None:
    """What a zone is counted and filtered by: short name, region's name, 未具名高新区 where only the type is known."""
    return zone.short or zone.name or (f"{UNNAMED}{zone.type}" if zone.type else None)


# Periods that are the year of the figure, which stands beside it: a quarter of all figures had 今年.
_THE_YEAR = frozenset(("", "全年", "今年", "年内", "一年来", "去年", "上年", "上年度"))
_APART = (ZoneStatus.ANONYMISED, ZoneStatus.TYPE_ONLY, ZoneStatus.NONE)


@dataclass(frozen=True, slots=True)
class Source:
    """A report as what is compared rests on it; always the canonical copy of its cluster.

    ``zone`` is the label that zones are counted and filtered by, None where the text doesn't say. ``digest``: a sample
    page made from facts of the report that it cites, so that silence in it proves nothing.
    """

    id: str
    title: str | None
    zone: str | None
    zone_status: ZoneStatus
    zone_type: str | None
    level: str | None
    province: str | None
    city: str | None
    year: int | None  # the year reported on
    plan_year: int | None
    period: str | None
    guessed: bool  # the year is only a guess (Years.only_guessed)
    published_on: date | None
    grade: Grade
    flags: tuple[str, ...]
    url: str | None
    digest: bool = False
    industries: tuple[str, ...] = ()  # that it speaks of most, as corpus/tables/industries.tsv names them
    # What columns are told apart by, and how an address names one: the zone's label, or the report's id. Worked out
    # once: lines of figures ask for it 17,000 times for 1,900 figures.
    column: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", self.id if self.apart or self.zone is None else self.zone)

    @property
    def region(self) -> bool:
        """Whether a government reports on its region, not a zone on itself."""
        return self.zone_status is ZoneStatus.REGION

    @property
    def apart(self) -> bool:
        """Whether it is a column of its own: two reports that hide or leave out their zone's name may well be of two
        zones."""
        return self.zone_status in _APART

    @property
    def label(self) -> str:
        """As the head of its column says it: 长沙经开区, or 未具名高新区 · 2021 · 全年工作总结."""
        if not self.apart and self.zone is not None:
            return self.zone
        named = self.zone or (f"{UNNAMED}{self.zone_type}" if self.zone_type else NO_ZONE)
        return " · ".join(part for part in (named, str(self.year) if self.year else "年份不明", self.title) if part)

    @property
    def truncated(self) -> bool:
        return "truncated" in self.flags

    @property
    def partial(self) -> bool:
        """Whether it holds only part of what was reported, so that nothing follows from what it doesn't say."""
        return self.digest or "fragmented" in self.flags


@dataclass(frozen=True, slots=True)
class PassageRow:
    """``span`` points into the report's text. ``themes`` the strongest first; of each its strength, the span of
    the sentence that tells it (None where no single one does), and how telling that is (as a MeasureRow's ``telling``),
    or the whole."""

    source: Source
    seq: int
    status: Status
    themes: tuple[str, ...]
    strengths: tuple[float, ...]
    theme_spans: tuple[Span | None, ...]
    telling: tuple[float, ...]
    span: Span
    text: str
    year: int | None  # that the passage is about; ``year_basis``: plan, report or None
    year_basis: str | None
    figures: tuple[Figure, ...] = ()

    def on(self, theme: str) -> Span:
        """What it says of one of its themes: a sentence, or all of it."""
        return self.theme_spans[self.themes.index(theme)] or self.span

    def words(self, span: Span) -> str:
        """What stands in a part of it."""
        return span.shifted(-self.span.start).of(self.text)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One sentence or clause that tells how something is done. ``number``: which of its passage's measures it is.

    ``telling``: 0 to 1, how much it tells of how something is done (compare/telling.py).
    """

    source: Source
    seq: int
    number: int
    practice: str | None
    theme: str | None
    status: Status
    span: Span
    text: str
    year: int | None
    year_basis: str | None
    telling: float = 0.0
    figures: tuple[Figure, ...] = ()
    figure_numbers: tuple[int, ...] = ()  # of ``figures``, among those of the passage


class MeasureEntry(NamedTuple):
    """A measure without its words: what decides whether a comparison shows it, and where. A comparison looks at some
    thousands and shows a hundred. ``row``: its number among all measures, by which its words are read; ``saying``: of
    the measure of the same place that holds all it says, its own where no other does."""

    row: int
    source: Source
    seq: int
    number: int
    practice: str | None
    status: Status
    year: int | None
    telling: float
    saying: int


class PassageEntry(NamedTuple):
    """A passage on a theme, as MeasureEntry. ``rank``: 0 where the theme is its strongest. ``alone``: whether one
    sentence tells it; ``telling`` and ``saying`` are of that one, else of the whole."""

    row: int
    source: Source
    seq: int
    status: Status
    year: int | None
    telling: float
    saying: int
    rank: int
    strength: float
    alone: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with where it stands. ``text`` as printed (12.35亿元), ``sentence`` around it; ``year`` is the one that
    the value is about, its passage's where the figure itself doesn't say."""

    source: Source
    seq: int
    number: int
    figure: Figure
    text: str
    sentence: str
    status: Status
    year: int | None
    near: tuple[str, ...] = ()  # of a figure without an indicator: those whose names its phrase holds

    @property
    def masked(self) -> bool:
        return self.figure.value is None and self.figure.mask is not None

    def period_beside(self, year: int | None) -> str | None:
        """1-6月, 五年累计: what period must be known beside ``year``; None where it says no more than that."""
        period = self.figure.period
        return None if period in _THE_YEAR or period in (f"{year}年", f"{year}年全年") else period


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All rows of one report, in the order of its text."""

    source: Source
    passages: tuple[PassageRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeUse:
    """What one column (``place``) tells of one practice, counted. ``best`` is the row to read for it
    ``done``: how many of ``count`` tell what was done; ``telling``: of the best."""

    place: str
    practice: str
    theme: str
    count: int
    done: int
    telling: float
    best: int
    year: int | None = None  # where counted by year


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How often one report tells something in one year."""

    source: Source
    year: int | None
    count: int
    done: int
