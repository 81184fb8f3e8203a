"""The calls of the API, one row each: which parameters they take, with an example that works, and the page of the same
answer. The description (webapp/openapi.py), the page /api, the .json twins, docs/api.md and the MCP tools read it.

Names and values are those of the tables that read them: domain/facets.py, search/parameters.py, compare/parameters.py.
What a parameter is for stands in the catalogue, under ``program.parameter``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from indexer.compare.parameters import LONGEST_TEXT, MOST_SIMILAR, ROLES
from indexer.domain.comparison import By, Order
from indexer.domain.facets import FACETS, Basis
from indexer.domain.matrix import MatrixRows
from indexer.domain.query import Match, Sort
from indexer.domain.report import Genre, Grade, Status
from indexer.locale import say
from indexer.search.parameters import (
    LAST_PAGE,
    LONGEST_QUESTION,
    LONGEST_UNWANTED,
    MOST_PER_PAGE,
    MOST_UNWANTED,
    PER_PAGE,
)

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """``schema`` of one value. ``many``: it may be repeated or hold several with commas. ``example``: "" where a call
    is best tried without. ``key``: of its sentence in the catalogue, where one name means two things."""

    name: str
    schema: Schema
    example: str = ""
    many: bool = False
    most: int | None = None  # values, where it is ``many``
    required: bool = False
    path: bool = False
    key: str = ""

    @property
    def said(self) -> str:
        return say(f"program.parameter.{self.key or self.name}")

    @property
    def shown_first(self) -> bool:
        """Where a call is tried: what it needs, and what is filled in."""
        return self.required or bool(self.example)

    @property
    def words(self) -> tuple[str, ...]:
        """The values there are, where they are few."""
        return tuple(self.schema.get("enum", ()))


@dataclass(frozen=True, slots=True)
class Call:
    """``endpoint``: of the view (webapp/views/api.py). ``page``: the rule of the page that shows the same; its twin has
    .json behind it. ``any_of``: at least one of these must be given. ``by_form``: may be asked by a form (POST) too."""

    endpoint: str
    parameters: tuple[Parameter, ...] = ()
    page: str | None = None
    any_of: tuple[str, ...] = ()
    by_form: bool = False

    @property
    def name(self) -> str:
        return self.endpoint.rpartition(".")[2]

    @property
    def said(self) -> str:
        return say(f"program.call.{self.name}")

    @property
    def query(self) -> tuple[Parameter, ...]:
        return tuple(one for one in self.parameters if not one.path)

    def is_asked(self, given: Iterable[str]) -> bool:
        """Whether parameters with these names are enough to be answered."""
        names = set(given)
        needed = {one.name for one in self.query if one.required}
        return needed <= names and (not self.any_of or bool(names & set(self.any_of)))


def _text(**more: object) -> Schema:
    return {"type": "string", **more}


def _words(of: Iterable[Enum] | Iterable[str], default: str | None = None) -> Schema:
    values = [one.value if isinstance(one, Enum) else one for one in of]
    return _text(enum=values) | ({"default": default} if default else {})


def _number(most: int, default: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


_YEAR = _text(pattern=r"^(\d{4}([-~]\d{4})?|不明)?$")
_OF_FACETS = {"status": _words(Status), "grade": _words(Grade), "genre": _words(Genre), "year": _YEAR}
_FILTERS = tuple(Parameter(facet.parameter, _OF_FACETS.get(facet.name, _text()), many=True) for facet in FACETS)
_BY_NAME = {one.name: one for one in _FILTERS}
_NARROWED = tuple(_BY_NAME[name] for name in ("type", "level", "province"))
_THEME = Parameter("theme", _text(minLength=1), "招商引资", required=True)
_ANY_THEME = replace(_THEME, schema=_text(), required=False)
_ZONES = replace(_BY_NAME["zone"], example="衡阳高新区,株洲高新区")
_ONE_ZONE = Parameter("zone", _text(minLength=1), "衡阳高新区", required=True, key="my_zone")
_OF_PATH = Parameter("zone", _text(minLength=1), "衡阳高新区", required=True, path=True, key="zone_path")
_YEARS = _BY_NAME["year"]
_Q = Parameter("q", _text(maxLength=LONGEST_QUESTION), "产业链招商")

CALLS = (
    Call(
        "api.search",
        (
            _Q,
            *_FILTERS,
            Parameter("basis", _words(Basis, Basis.PASSAGE.value)),
            Parameter("match", _words(Match, Match.SYNONYMS.value)),
            Parameter("without", _text(maxLength=LONGEST_UNWANTED), many=True, most=MOST_UNWANTED),
            Parameter("sort", _words(Sort, Sort.RELEVANCE.value)),
            Parameter("limit", _number(MOST_PER_PAGE, PER_PAGE)),
            Parameter("page", _number(LAST_PAGE, 1)),
            Parameter("plain", _text()),
        ),
        page="/search",
    ),
    Call("api.suggest", (replace(_Q, schema=_text(), example="招商"), *_FILTERS)),
    Call(
        "api.report",
        (Parameter("report", _text(minLength=1), required=True, path=True),),
        page="/doc/<report>",
    ),
    Call(
        "api.compare",
        (
            _THEME,
            _ZONES,
            _YEARS,
            *_NARROWED,
            Parameter("by", _words(By, By.PRACTICE.value)),
            Parameter("sort", _words(Order, Order.SHARED.value), key="order"),
            Parameter("only", _words(("different",))),
        ),
        page="/compare",
    ),
    Call(
        "api.gaps",
        (_ONE_ZONE, replace(_ZONES, name="with", key="with", example=""), _ANY_THEME, _YEARS),
        page="/gaps",
    ),
    Call(
        "api.figures",
        (
            Parameter("indicator", _text(minLength=1), "地区生产总值", required=True),
            replace(_ZONES, example=""),
            _YEARS,
            Parameter("role", _words(role for role in ROLES if role.isascii())),
            *_NARROWED,
        ),
        page="/figures",
    ),
    Call(
        "api.matrix",
        (
            _ANY_THEME,
            Parameter("practice", _text()),
            Parameter("indicator", _text()),
            Parameter("rows", _words(MatrixRows, MatrixRows.ZONE.value)),
            replace(_ZONES, example=""),
            _YEARS,
            *_NARROWED,
        ),
        page="/matrix",
        any_of=("theme", "practice", "indicator"),
    ),
    Call(
        "api.similar_measures",
        (
            Parameter("text", _text(maxLength=LONGEST_TEXT), "组建招商专班，开展驻点招商，引进一批产业链上下游企业。"),
            Parameter("passage", _text(pattern=r"^([^:：]+[:：]\d{1,6})?$")),
            replace(_ZONES, example=""),
            _YEARS,
            Parameter("limit", _number(MOST_SIMILAR, 10), key="measures"),
        ),
        page="/similar",
        any_of=("text", "passage"),
        by_form=True,
    ),
    Call("api.zones", (replace(_ANY_THEME, example=""), _YEARS, *_NARROWED), page="/zones"),
    Call("api.zone", (_OF_PATH,), page="/zones/<zone>"),
    Call("api.peers", (_OF_PATH,)),
    Call("api.practices", page="/practices"),
    Call(
        "api.practice",
        (Parameter("practice", _text(minLength=1), "产业链招商", required=True, path=True),),
        page="/practices/<path:practice>",
    ),
    Call("api.indicators", page="/indicators"),
    Call(
        "api.kept",
        (
            Parameter("item", _text(pattern=r"^([\w-]{1,80}:\d{1,6}(:\d{1,9}-\d{1,9})?)?$"), many=True),
            replace(_ZONES, example=""),
        ),
        page="/tray",
    ),
    Call("api.stats", page="/about"),
)
BY_ENDPOINT = {call.endpoint: call for call in CALLS}


def with_examples(examples: Mapping[str, str]) -> tuple[Call, ...]:
    """CALLS with examples of the library that is asked: by the key of a parameter, or its name where it has none."""
    return tuple(
        replace(
            call,
            parameters=tuple(
                replace(one, example=examples[one.key or one.name])
                if (one.example or one.path) and (one.key or one.name) in examples
                else one
                for one in call.parameters
            ),
        )
        for call in CALLS
    )
