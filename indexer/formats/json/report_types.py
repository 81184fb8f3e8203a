"""A report as JSON: its types. report.py and history.py make them, the description of the API names them."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from indexer.formats.json.words import (
    Day,
    DoubtWord,
    FlagWord,
    GenreWord,
    GradeWord,
    KindWord,
    Moment,
    Pair,
    PeriodWord,
    RoleWord,
    StatusWord,
    YearBasis,
    YearWord,
    ZoneWord,
)


class FigureJson(TypedDict):
    """A number with what it counts."""

    indicator: Annotated[str | None, Meta(description="id of the codebook, null where it holds none")]
    phrase: Annotated[str | None, Meta(description="what the text calls it")]
    value: Annotated[float | None, Meta(description="null where the digits are blotted out")]
    unit: str
    kind: KindWord
    role: RoleWord
    year: Annotated[int | None, Meta(description="that the value is about; null: not known")]
    period_kind: PeriodWord | None
    hedge: str | None
    doubt: DoubtWord | None
    unlikely: bool
    change: Annotated[float | None, Meta(description="year on year, in per cent")]
    rank: str | None
    scope: str | None
    period: str | None
    mask: str | None
    span: Pair


class PrintedFigure(FigureJson):
    """A figure of a passage, as printed there."""

    text: str


class MeasureJson(TypedDict):
    """A sentence or clause that tells how something is done（做法）."""

    practice: str | None
    theme: str | None
    status: StatusWord
    span: Pair
    text: str
    figures: Annotated[list[int], Meta(description="indexes into the passage's figures")]
    shown: bool


class PassageJson(TypedDict):
    """A few sentences: the unit of search."""

    seq: int
    section: int | None
    status: StatusWord
    themes: list[str]
    span: Pair
    text: str
    strengths: list[float]
    theme_spans: Annotated[list[Pair | None], Meta(description="of each theme the sentence that tells it")]
    year: int | None
    year_basis: YearBasis | None
    figures: list[PrintedFigure]
    measures: list[MeasureJson]


class EvidenceJson(TypedDict):
    """One piece of evidence for a year."""

    kind: YearWord
    year: int
    text: str
    span: Pair | None
    trusted: bool
    note: str | None


class YearsJson(TypedDict):
    """Years of a report, with what they rest on. Null: the text doesn't say."""

    report: int | None
    plan: int | None
    period: str | None
    conflict: str | None
    evidence: list[EvidenceJson]


class ZoneJson(TypedDict):
    """What the page says about where it speaks of; a name only where the text names it."""

    status: ZoneWord
    name: str | None
    short: str | None
    type: str | None
    level: str | None
    province: str | None
    city: str | None
    conflict: str | None
    hints: list[str]
    basis: str | None


class QualityJson(TypedDict):
    grade: GradeWord | None
    flags: list[FlagWord]
    masks: dict[str, int]
    body_doubt: Annotated[float | None, Meta(description="share of the body that may be wrong, 0 to 1")]


class SectionJson(TypedDict):
    level: int
    heading: str
    span: Pair


class LinkJson(TypedDict):
    name: str
    url: str


class MaskJson(TypedDict):
    kind: str
    span: Pair


class RestorationJson(TypedDict):
    """A laundered word, and what stood there before."""

    span: Pair
    restored: str


class _Step(TypedDict):
    rule: str
    edits: Annotated[list[list[int | str]], Meta(description="[at, removed, inserted]")]


class StepJson(_Step, total=False):
    """One rule of cleaning, with its edits."""

    text: str


class ReportJson(TypedDict):
    """A report as it was read."""

    url: str | None
    title: str | None
    published_on: Day | None
    source: str | None
    genre: GenreWord | None
    years: YearsJson
    zone: ZoneJson
    quality: QualityJson
    text: str | None
    sections: list[SectionJson]
    passages: list[PassageJson]
    attachments: list[LinkJson]
    cited: list[LinkJson]
    mask_spans: list[MaskJson]
    restorations: list[RestorationJson]
    history: list[StepJson]
    provenance: dict[str, str]
    family: str | None
    site_name: str | None
    parts: list[str]


class ReadingJson(ReportJson):
    """A page as it was read, or why it was skipped."""

    file: str | None
    skipped: str | None


class VersionJson(TypedDict):
    sha256: str
    added_at: Moment


class StoredReportJson(ReadingJson):
    """A report of the library, with its versions and the copies of it."""

    report: str
    sha256: str
    mirrors: list[str]
    witness: str
    versions: list[VersionJson]


class ChangeJson(TypedDict):
    """What a new version of a page says otherwise."""

    older: str
    newer: str
    added_at: Moment
    removed: list[str]
    added: list[str]
    unreadable: str | None


class HistoryJson(TypedDict):
    vanished: str | None
    changes: list[ChangeJson]
