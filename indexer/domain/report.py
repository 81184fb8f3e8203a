"""A report as it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from indexer.domain.edits import Edited
from indexer.domain.page import Attachment, Mask, Restoration
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading


class Status(Enum):
    """What a passage or a measure is. A note (链长制：指…) defines a word and is never offered as a measure."""

    RESULT = "成效"
    MEASURE = "举措"
    PLAN = "计划"
    PROBLEM = "问题"
    BACKGROUND = "背景"
    NOTE = "注释"


class Genre(Enum):
    SUMMARY = "总结"
    BRIEFING = "汇报"
    PLAN = "计划"
    NEWS = "动态"
    POLICY = "政策"
    SPEECH = "讲话"
    OTHER = "其他"


class Grade(Enum):
    """How far a text can be trusted."""

    OFFICIAL = "A"  # on its publisher's own site
    COPY = "B"  # a whole copy elsewhere
    MASKED = "C"  # names or numbers blotted out, or cut short
    TAMPERED = "D"  # laundered or re-dated


FLAGS = (
    "masked",
    "laundered",
    "redated",
    "hijacked",
    "truncated",
    "fragmented",
    "hard_wrapped",
    "overprinted",
    "recognised",
    "traditional",
    "phonetics",
    "year_conflict",
    "zone_conflict",
    "undated",
)


WHOLE_YEAR = "全年"  # Years.period of a report on all of its year
MONTHS = re.compile(r"(\d{1,2})[-—–至](\d{1,2})月份?")  # Years.period of one on some months


class YearKind(Enum):
    """Where a year was found. The first four can carry a report year, in the order of trust that years.py gives."""

    TITLE = "title"
    BODY = "body"
    PLAN = "plan"
    PUBLISHED = "published"
    EVENT = "event"  # a dated event that pins the time of writing (建国70周年 → 2019)
    SPLICED = "spliced"  # 1-2023月份: no year at all
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """One entry of the ledger.

    ``span`` points into the cleaned text, at exactly ``text``; None where the year stands outside it. ``note`` is what
    a reader needs to believe it: the words around the year, or the event that the words are known to mean.
    """

    kind: YearKind
    year: int
    text: str
    span: Span | None
    trusted: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """``report`` and ``plan`` are None where the text doesn't say. ``conflict`` is a sentence in Chinese."""

    report: int | None = None
    plan: int | None = None
    period: str | None = None  # 全年, 上半年, 1-11月, 一季度 … as far as the text says
    conflict: str | None = None
    evidence: tuple[YearEvidence, ...] = ()

    @property
    def title_year(self) -> int | None:
        """The year of the title where it isn't the one that was believed."""
        doubted = (one.year for one in self.evidence if one.kind is YearKind.TITLE and not one.trusted)
        return next((year for year in doubted if year != self.report), None)

    @property
    def only_guessed(self) -> bool:
        mine = [one for one in self.evidence if one.year == self.report]
        return bool(mine) and all(one.kind is YearKind.GUESS for one in mine)


@dataclass(frozen=True, slots=True)
class Quality:
    grade: Grade
    flags: tuple[str, ...]  # words of FLAGS, in its order
    masks: dict[str, int] = field(default_factory=dict)  # kind → how often
    body_doubt: float | None = None  # share of the body that may be wrong, 0 to 1; None for files that are no web page

    @property
    def masks_total(self) -> int:
        return sum(self.masks.values())


class FigureKind(Enum):
    """What sort of number a figure is (corpus/tables/indicators.tsv); unlike kinds never stand in one row."""

    LEVEL = "level"  # the amount of a period, or a state
    ADDED = "added"  # 新增, 净增: what came to a stock
    GROWTH = "growth"  # change in per cent
    POINTS = "points"  # change in percentage points
    SHARE = "share"  # a percentage that is no change
    RANK = "rank"  # a position
    OTHER = "other"  # multiples, gaps to another place, moves of rank, completion of a plan, time limits


class FigureRole(Enum):
    RESULT = "result"
    TARGET = "target"
    PART = "part"  # of a part: 其中, a sub-place, one project
    OTHER = "other"  # a threshold, a standard, a definition


class Doubt(Enum):
    """Why a reading is doubtful. Such a value stands apart, in no line of a table."""

    SOME = "some"  # perhaps of some only: a place, a trade, a programme is named before it
    YEARS = "years"  # of one year or of several: the chapter is on both, the sentence doesn't say
    PLAN = "plan"  # reached or aimed at: the chapter looks back and ahead
    UNLIKE = "unlike"  # three times more or less than other years of the same region tell (known to a build alone)


class PeriodKind(Enum):
    """What kind of time a value is about."""

    YEAR = "year"
    PART = "part"  # months, quarters, half a year
    MULTI = "multi"  # a sum over years
    AVERAGE = "average"  # 年均
    END = "end"  # a state at a point of time


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. ``value`` is None where the digits are masked.

    ``indicator`` is an id of the codebook (corpus/tables/indicators.tsv) or None; ``phrase`` what the text calls it.
    """

    indicator: str | None
    value: float | None
    unit: str
    change: float | None  # year on year, in per cent unless the indicator itself is a rate
    rank: str | None  # 全市第一
    scope: str | None  # 全市, 市区, 规上 …: of what the value is true
    period: str | None  # as printed
    mask: str | None
    span: Span
    phrase: str | None = None
    kind: FigureKind = FigureKind.LEVEL
    role: FigureRole = FigureRole.RESULT
    year: int | None = None  # that the value is about
    period_kind: PeriodKind | None = None
    hedge: str | None = None  # 约, 超, 以上, 预计 …: as printed
    doubt: Doubt | None = None
    unlikely: bool = False  # beyond what one region can have by the codebook: shown with a mark, never dropped


@dataclass(frozen=True, slots=True)
class Measure:
    """One sentence or clause that tells how something is done（做法）: the unit of comparison.

    ``practice`` is an id of the codebook (corpus/tables/practices.tsv), None where it holds none. ``figures`` are
    indexes into the figures of its passage. ``span`` points into the report's text. ``shown``: a figure, an organ, an
    object or a step says how; False where the practice is only named, alone or in a list of others.
    """

    practice: str | None
    theme: str | None
    status: Status
    span: Span
    figures: tuple[int, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """``span`` runs from its heading to the next one of the same or a higher level; the text there starts with it."""

    level: int
    heading: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: a few sentences. ``section`` is an index into the report's sections.

    ``themes`` are those of its sentences, the strongest first, with ``strengths`` from 0 to 1 beside them, and in
    ``theme_spans`` of each the sentence that tells it, None where no single one does. ``year`` is the year it is about:
    the plan year in a plan part, else the report year; ``year_basis`` says which.
    """

    seq: int
    section: int | None
    status: Status
    themes: tuple[str, ...]
    span: Span
    text: str
    figures: tuple[Figure, ...] = ()
    strengths: tuple[float, ...] = ()
    year: int | None = None
    year_basis: str | None = None  # "plan", "report", or None where there is no year
    measures: tuple[Measure, ...] = ()
    theme_spans: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One page, read. ``text`` is the cleaned body without the title; every span points into it."""

    title: str | None
    published_on: date | None
    source: str | None
    genre: Genre
    years: Years
    zone: ZoneReading
    quality: Quality
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    attachments: tuple[Attachment, ...] = ()
    cited: tuple[Attachment, ...] = ()  # what a sample digest made for Duibiao rests on; empty for every other page
    masks: tuple[Mask, ...] = ()
    restorations: tuple[Restoration, ...] = ()
    history: tuple[Edited, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    family: str = ""
    url: str | None = None  # where the page was fetched, or where it says it comes from
    site_name: str | None = None
    parts: tuple[str, ...] = ()  # addresses, as the page spells them, of the next pages or the file its text came from

    def restored(self, span: Span) -> str | None:
        """The text of ``span`` with its laundered words put back; None where there are none."""
        inside = [one for one in self.restorations if span.contains(one.span)]
        if not inside:
            return None
        text = span.of(self.text)
        for one in sorted(inside, key=lambda r: r.span, reverse=True):
            at = one.span.shifted(-span.start) if span.start else one.span
            text = text[: at.start] + one.restored + text[at.end :]
        return text
