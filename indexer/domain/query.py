"""A question, in our own words: no engine's syntax reaches an address, a saved link or the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from indexer.domain.report import Grade, Status

FACETS = ("zone", "zone_type", "level", "province", "year", "theme", "status", "grade", "site")


@dataclass(frozen=True, slots=True)
class Word:
    """Found where the text holds it letter for letter, or holds all its terms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Found only where the text holds it letter for letter (width, case and script folded).

    ``glued``: no space or sign parts it from the words around it, as where a quote in a sentence is for emphasis.
    """

    text: str
    glued: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple[Node, ...]


class Scope(Enum):
    """Where something is looked for, if not as usual (the passage, and for one of several words its context)."""

    TITLE = "标题"  # the report's title, letter for letter
    REPORT = "全文"  # any passage of the same report
    PASSAGE = "同段"  # the passage's own text, no title standing in


@dataclass(frozen=True, slots=True)
class Within:
    scope: Scope
    node: Node


@dataclass(frozen=True, slots=True)
class Alike:
    """A word, or another way to say it: ``others`` are (text, weight), found letter for letter. The best of them
    counts, each by its weight (0 … 1)."""

    word: Word
    others: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """A question as a sentence: found by part of its words too, the more and the rarer the better.

    ``others`` as in Alike, beside the words of ``text``. ``least``: the share of the question that a passage must hold,
    what stands nowhere at all included; None: as little as makes sense.
    """

    text: str
    others: tuple[tuple[str, float], ...] = ()
    least: float | None = None


Node = Word | Phrase | Not | All | Either | Within | Alike | Loose


class Match(Enum):
    """How exactly the words of a question are taken."""

    EXACT = "exact"  # 精确: every word letter for letter
    WORDS = "words"  # 普通: letter for letter, or by its terms
    SYNONYMS = "synonyms"  # 含近义: and by the other ways to say it
    LOOSE = "loose"  # 宽松: part of the words is enough


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word that was added to a question: ``added`` beside the ``word`` that was asked."""

    word: str
    added: str
    near: bool  # near in meaning, not the same


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


UNKNOWN = "不明"  # asks for what a report doesn't tell: its year, its zone's level, its site


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means: any. ``unknown_year`` asks for the passages whose year is not known; UNKNOWN among ``levels`` or
    ``sites`` for those without one."""

    zones: tuple[str, ...] = ()  # short names
    zone_types: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    years: YearRange | None = None
    unknown_year: bool = False
    basis: Basis = Basis.REPORT
    themes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    grades: tuple[Grade, ...] = ()
    levels: tuple[str, ...] = ()  # of the zone or region: 国家级, 省级, 地级, 县级
    sites: tuple[str, ...] = ()  # hosts, as results.site_of gives them


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
    match: Match = Match.SYNONYMS  # as asked; ``node`` is ready for it
    without: tuple[str, ...] = ()  # synonyms not to add
    synonyms: tuple[Synonym, ...] = ()
    loosened: bool = False  # taken loosely though not asked to be: it reads as a sentence
    facets: tuple[str, ...] = FACETS  # to count
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def partly(self) -> bool:
        """Whether part of the words is enough. Then what is found is counted with all that holds any of them: of 1,198
        sample passages 80 to 720 for a sentence. To count only what holds more of it would lose answers: at twice the
        share recall@100 falls from .72 to .70 (docs/relevance.md). So the number is shown as what it is."""
        return any(isinstance(one, Loose) for one in (self.node.nodes if isinstance(self.node, All) else (self.node,)))
