"""From the parameters of an address, or the options of a command, to what comparing is asked. Raises BadQuery with what
would be right; zones and years are read as for a search (search/parameters.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeVar

from indexer.domain.comparison import By, Order
from indexer.domain.matrix import MatrixRows
from indexer.domain.report import FigureRole
from indexer.errors import BadQuery
from indexer.locale import LazyText

Params = Mapping[str, Sequence[str]]
E = TypeVar("E", bound=Enum)

_DIFFERENT = ("different", "差异")
ROLES = {
    "result": FigureRole.RESULT,
    "target": FigureRole.TARGET,
    "结果": FigureRole.RESULT,
    "目标": FigureRole.TARGET,
}
_BY = {"做法": By.PRACTICE, "性质": By.STATUS, "状态": By.STATUS}
_ORDER = {"共有": Order.SHARED, "差异": Order.DIFFERENCE}
_ROWS = {"园区": MatrixRows.ZONE, "省份": MatrixRows.PROVINCE, "类型": MatrixRows.TYPE}


def values(params: Params, name: str) -> list[str]:
    """What stands under ``name``, commas taken apart, blank ones left out."""
    found = (part.strip() for value in params.get(name, ()) for part in value.replace("，", ",").split(","))
    return list(dict.fromkeys(part for part in found if part))


def one(params: Params, name: str) -> str | None:
    found = values(params, name)
    if len(found) > 1:
        raise BadQuery(
            "query.single",
            parameter=name,
            what=LazyText(f"name.{name}"),
            n=len(found),
            values=[value[:20] for value in found[:5]],
        )
    return found[0] if found else None


def needed(params: Params, name: str) -> str:
    found = one(params, name)
    if found is None:
        raise BadQuery("query.choose", what=LazyText(f"name.{name}"), parameter=name)
    return found


def by(params: Params) -> By:
    return _word(params, "by", By, _BY) or By.PRACTICE


def order(params: Params) -> Order:
    return _word(params, "sort", Order, _ORDER) or Order.SHARED


def only_differences(params: Params) -> bool:
    asked = one(params, "only")
    if asked is not None and asked not in _DIFFERENT:
        raise BadQuery("query.only", parameter="only", value=asked[:30])
    return asked is not None


def rows(params: Params) -> MatrixRows:
    return _word(params, "rows", MatrixRows, _ROWS) or MatrixRows.ZONE


def role(params: Params) -> FigureRole | None:
    asked = one(params, "role")
    if asked is None:
        return None
    if asked not in ROLES:
        raise BadQuery("query.role", parameter="role", value=asked[:30])
    return ROLES[asked]


def _word(params: Params, name: str, kinds: type[E], words: Mapping[str, E]) -> E | None:
    asked = one(params, name)
    if asked is None:
        return None
    named = {str(kind.value): kind for kind in kinds} | dict(words)
    if asked not in named:
        raise BadQuery(
            "query.not_a_choice", parameter=name, value=asked[:30], what=LazyText(f"name.{name}"), allowed=list(named)
        )
    return named[asked]


LONGEST_TEXT = 5000  # characters of a pasted text
MOST_SIMILAR = 100
_PASSAGE = re.compile(r"(?P<report>[^:：]+)[:：](?P<seq>\d{1,6})")


def text_or_passage(params: Params) -> tuple[str | None, tuple[str, int] | None]:
    """(a pasted text, None) or (None, report and number of a passage); exactly one of them."""
    given = "\n".join(params.get("text", ()))
    text = given.strip()
    passage = "".join(params.get("passage", ())).strip()
    if bool(text) == bool(passage):
        raise BadQuery("query.text_or_passage")
    if len(given) > LONGEST_TEXT:  # as it came, white space and all: so it is described to programs
        raise BadQuery("query.text_too_long", parameter="text", length=len(given), most=LONGEST_TEXT)
    if text:
        return text, None
    found = _PASSAGE.fullmatch(passage)
    if found is None:
        raise BadQuery("query.passage_form", parameter="passage", value=passage[:30])
    return None, (found["report"], int(found["seq"]))


def limit(params: Params, usual: int) -> int:
    asked = one(params, "limit")
    if asked is None:
        return usual
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= MOST_SIMILAR:
        raise BadQuery("query.limit", parameter="limit", most=MOST_SIMILAR, value=asked[:20])
    return int(asked)
