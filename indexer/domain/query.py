"""A question, in our own words: no engine's syntax reaches an address, a saved link or the API."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Self

from indexer.domain.facets import NAMES, Basis
from indexer.locale import listed, say


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


@dataclass(frozen=True, slots=True)
class Understood:
    """What a plain question was taken to ask: ``value`` of the facet with this ``parameter``; ``noun`` names it."""

    parameter: str
    value: str

    @property
    def noun(self) -> str:
        return say(f"name.{self.parameter}")


@dataclass(frozen=True, slots=True)
class Intent:
    """Where a question rather leads than to passages: ``name`` (compare, define) with parameters for that place."""

    name: str
    params: tuple[tuple[str, str], ...]


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

    def __str__(self) -> str:
        """As a parameter has it: 2021, 2019-2023."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def spans(years: Collection[int]) -> tuple[YearRange, ...]:
    """Any years as few ranges, the earliest first: 2019, 2021, 2022 as 2019 and 2021-2022. Raises ValueError as
    YearRange does."""
    starts = sorted(year for year in years if year - 1 not in years)
    ends = sorted(year for year in years if year + 1 not in years)
    return tuple(map(YearRange, starts, ends))


@dataclass(frozen=True, slots=True)
class Filters:
    """``chosen``: the values asked of each facet but the year, in the order of facets.FACETS; UNKNOWN among them asks
    for the passages that don't say. Nothing chosen means: any. ``years``: any of these, the earliest first;
    ``unknown_year``: those whose year is not known."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    years: tuple[YearRange, ...] = ()
    unknown_year: bool = False
    basis: Basis = Basis.PASSAGE

    @classmethod
    def of(
        cls,
        years: Sequence[YearRange] = (),
        unknown_year: bool = False,
        basis: Basis = Basis.PASSAGE,
        **chosen: Sequence[str],
    ) -> Self:
        """``chosen``: name of a facet → values; one that is empty asks nothing. Raises ValueError for no facet's
        name."""
        if odd := chosen.keys() - set(NAMES):
            raise ValueError(f"no such facet: {', '.join(sorted(odd))}")
        ordered = tuple((name, tuple(chosen[name])) for name in NAMES if chosen.get(name))
        return cls(ordered, tuple(years), unknown_year, basis)

    def with_(self, **chosen: Sequence[str]) -> Self:
        """These, but of the facets named here other values. Raises ValueError as ``of``."""
        return self.of(self.years, self.unknown_year, self.basis, **(dict(self.chosen) | chosen))

    def values(self, facet: str) -> tuple[str, ...]:
        """What is asked of ``facet``, by its name."""
        return next((values for name, values in self.chosen if name == facet), ())

    @property
    def years_in_words(self) -> str:
        """For a sentence: 2019、2021–2022."""
        return listed(str(span).replace("-", "–") for span in self.years)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Of a question that part of its words answers: what is counted and shown. ``share``: of the score of the best
    passage that one must earn; of the best behind the first ``behind`` ones, where these answer in full. As many as a
    page holds, and LEAST_NEAREST, are kept in any case. OpenSearch counts where the scores are not, and keeps all, as
    an order that was learned does."""

    share: float
    behind: int = 0


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
    nearest: Nearest | None = None  # None keeps whatever holds any part of it
    facets: tuple[str, ...] = NAMES  # to count
    warnings: tuple[str, ...] = field(default=(), compare=False)
    # facet, value: what the words, or a theme alone, are about; such passages come first
    subjects: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    asked: str = field(default="", compare=False)  # as typed, where it was understood as something else
    understood: tuple[Understood, ...] = field(default=(), compare=False)
    intent: Intent | None = field(default=None, compare=False)

    @property
    def scored(self) -> bool:
        """Whether one passage answers better than another: by its words or, asked for a theme alone, by how much it is
        on that theme."""
        return self.node is not None or bool(self.subjects)

    @property
    def partly(self) -> bool:
        """Whether part of the words is enough: 80 to 720 of 1,198 sample passages hold any part of a sentence. To ask
        for more of it would lose answers: at twice the share recall@100 falls from .72 to .70 (docs/relevance.md). So
        what comes nearest is counted (``nearest``), and shown as what it is."""
        return _partly(self.node)


def _partly(node: Node | None) -> bool:
    match node:
        case Loose():
            return True
        case All(nodes) | Either(nodes):
            return any(map(_partly, nodes))
        case _:
            return False
