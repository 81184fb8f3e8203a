"""A question, in our own words: no engine's syntax reaches an address, a saved link or the API."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from indexer.domain.report import Grade, Status


@dataclass(frozen=True, slots=True)
class Word:
    """Found where the text holds it letter for letter, or holds all its terms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Found only where the text holds it letter for letter (width, case and script folded)."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple[Node, ...]


Node = Word | Phrase | Not | All | Either


class Basis(Enum):
    """Which of a report's years a year filter looks at."""

    REPORT = "report"
    PUBLISHED = "published"
    PLAN = "plan"


class Sort(Enum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class YearRange:
    """Both ends included. Raises ValueError unless ``1949 <= first <= last <= 2100``."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1949 <= self.first <= self.last <= 2100:
            raise ValueError(f"not a range of years: {self.first}-{self.last}")

    def __contains__(self, year: int | None) -> bool:
        return year is not None and self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means: any. ``unknown_year`` asks for the passages whose year is not known."""

    zones: tuple[str, ...] = ()  # short names
    zone_types: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    years: YearRange | None = None
    unknown_year: bool = False
    basis: Basis = Basis.REPORT
    themes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """``node`` is None when only the filters speak. With ``by_report`` a page counts reports, each with its best
    passages; otherwise it counts passages. ``warnings`` are what reading the text had to say to the user."""

    text: str = ""
    node: Node | None = None
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    limit: int = 20
    by_report: bool = False
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def with_filters(self, **changes: object) -> Query:
        return replace(self, filters=replace(self.filters, **changes), page=1)  # type: ignore[arg-type]
