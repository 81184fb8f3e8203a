"""From the parameters of an address, or the options of a command, to what comparing is asked. Raises BadQuery with what
would be right; zones and years are read as for a search (search/parameters.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeVar

from indexer.domain.comparison import By, MatrixRows, Order
from indexer.domain.report import FigureRole
from indexer.errors import BadQuery

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


def one(params: Params, name: str, what: str) -> str | None:
    found = values(params, name)
    if len(found) > 1:
        raise BadQuery(f"{what}只能选一个，这里有 {len(found)} 个：{'、'.join(value[:20] for value in found[:5])}。")
    return found[0] if found else None


def needed(params: Params, name: str, what: str) -> str:
    found = one(params, name, what)
    if found is None:
        raise BadQuery(f"请选一个{what}（{name}）。")
    return found


def by(params: Params) -> By:
    return _word(params, "by", By, _BY, "排列方式") or By.PRACTICE


def order(params: Params) -> Order:
    return _word(params, "sort", Order, _ORDER, "排序") or Order.SHARED


def only_differences(params: Params) -> bool:
    asked = one(params, "only", "显示")
    if asked is not None and asked not in _DIFFERENT:
        raise BadQuery(f"only 不能是“{asked[:30]}”，可用：different。")
    return asked is not None


def rows(params: Params) -> MatrixRows:
    return _word(params, "rows", MatrixRows, _ROWS, "行") or MatrixRows.ZONE


def role(params: Params) -> FigureRole | None:
    asked = one(params, "role", "性质")
    if asked is None:
        return None
    if asked not in ROLES:
        raise BadQuery(f"没有“{asked[:30]}”这种数字，可用：result（结果）、target（目标）。")
    return ROLES[asked]


def _word(params: Params, name: str, kinds: type[E], words: Mapping[str, E], what: str) -> E | None:
    asked = one(params, name, what)
    if asked is None:
        return None
    named = {str(kind.value): kind for kind in kinds} | dict(words)
    if asked not in named:
        raise BadQuery(f"没有“{asked[:30]}”这种{what}，可用：{'、'.join(named)}。")
    return named[asked]


LONGEST_TEXT = 5000  # characters of a pasted text
MOST_SIMILAR = 100
_PASSAGE = re.compile(r"(?P<report>[^:：]+)[:：](?P<seq>\d{1,6})")


def text_or_passage(params: Params) -> tuple[str | None, tuple[str, int] | None]:
    """(a pasted text, None) or (None, report and number of a passage); exactly one of them."""
    text = "\n".join(params.get("text", ())).strip()
    passage = "".join(params.get("passage", ())).strip()
    if bool(text) == bool(passage):
        raise BadQuery("请给一段文字（text），或一个段落（passage，写 报告编号:段号），二者选一。")
    if len(text) > LONGEST_TEXT:
        raise BadQuery(f"文字有 {len(text)} 字，至多 {LONGEST_TEXT} 字。请只留要找的部分，或分几次查找。")
    if text:
        return text, None
    found = _PASSAGE.fullmatch(passage)
    if found is None:
        raise BadQuery(f"passage 应写成 报告编号:段号，不是“{passage[:30]}”。")
    return None, (found["report"], int(found["seq"]))


def limit(params: Params, usual: int) -> int:
    asked = one(params, "limit", "条数")
    if asked is None:
        return usual
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= MOST_SIMILAR:
        raise BadQuery(f"limit 应是 1 到 {MOST_SIMILAR} 的数，不是“{asked[:20]}”。")
    return int(asked)
