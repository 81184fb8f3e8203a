"""Answers as JSON: types of a search, of suggestions, of similar measures."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from indexer.formats.json.comparing_types import QuoteJson
from indexer.formats.json.words import (
    Day,
    GradeWord,
    Moment,
    OfferedWord,
    Pair,
    ReasonWord,
    RelationWord,
    StatusWord,
)


class UnderstoodJson(TypedDict):
    """What the words of a plain question were taken to filter by."""

    parameter: str
    value: str


class IntentJson(TypedDict):
    """Where a plain question rather leads, with the parameters there."""

    name: str
    params: dict[str, list[str]]


class SynonymJson(TypedDict):
    """A word that was looked for beside the one that was asked."""

    word: str
    added: str
    near: bool


class OfferJson(TypedDict):
    """Another question that finds something."""

    text: str
    zone: str | None
    passages: int


class HitJson(TypedDict):
    """A passage that answers."""

    report: str
    seq: int
    title: str
    url: str | None
    zone: str | None
    zone_type: str | None
    level: str | None
    province: str | None
    year: Annotated[int | None, Meta(description="that the passage is about: the plan year in a plan part")]
    report_year: int | None
    plan_year: int | None
    published_on: Day | None
    period: str | None
    status: StatusWord
    themes: list[str]
    grade: GradeWord
    site: str | None
    score: float
    snippet: str
    marks: Annotated[list[Pair], Meta(description="spans of the snippet that hold what was asked")]
    why: list[str]
    mirrors: list[str]


class CountJson(TypedDict):
    """Passages by a value; null counts those that don't say."""

    value: str | None
    count: int


class SearchJson(TypedDict):
    """A page of passages."""

    understood: list[UnderstoodJson]
    intent: IntentJson | None
    total: int
    reports: int
    pages: int
    took_ms: float
    expanded: list[str]
    synonyms: list[SynonymJson]
    loosened: bool
    full: int | None
    warnings: list[str]
    partial: bool
    suggestions: list[OfferJson]
    hits: list[HitJson]
    facets: dict[str, list[CountJson]]


class _Suggested(TypedDict):
    text: str
    kind: OfferedWord
    name: str | None
    href: str


class SuggestionJson(_Suggested, total=False):
    """What a question may become; it has ``passages`` or ``reports``."""

    passages: int
    reports: int


class SuggestionsJson(TypedDict):
    suggestions: list[SuggestionJson]


class ReasonJson(TypedDict):
    kind: ReasonWord
    values: list[str]


class SimilarJson(TypedDict):
    """A measure that is like the one asked for."""

    report: str
    seq: int
    span: Pair
    zone: str | None
    year: int | None
    practice: str | None
    status: StatusWord
    text: str
    score: Annotated[float, Meta(ge=0, le=1)]
    relation: RelationWord
    reasons: list[ReasonJson]
    theme: str | None
    grade: GradeWord
    asked: Annotated[int, Meta(description="which of the measures asked for it is like, from 0")]


class SimilarMeasuresJson(TypedDict):
    measures: list[SimilarJson]


class KeptJson(QuoteJson):
    """A sentence of the tray, with the item that names it in an address."""

    item: str
    zone: str
    title: str | None
    grade: GradeWord


class TrayJson(TypedDict):
    """``lost``: items of the address that are no more in the build."""

    sentences: list[KeptJson]
    zones: list[str]
    lost: list[str]


class AddedJson(TypedDict):
    file: str | None
    url: str | None
    report: str | None
    outcome: str
    reason: str | None


class DifferingJson(TypedDict):
    context: str
    values: dict[str, str]


class ClusterJson(TypedDict):
    witness: str
    reports: list[str]
    differing: list[DifferingJson]


class YearCountJson(TypedDict):
    value: int | None
    count: int


class StatsJson(TypedDict):
    """What lies in the current build."""

    reports: int
    passages: int
    figures: int
    skipped: int
    zones: int
    years: list[YearCountJson]
    grades: list[CountJson]
    flags: list[CountJson]
    built_at: Moment | None
    changed_tables: list[str]
