"""Amounts that are the same by unit: 5600万元 is 0.56亿元, 1500亩 is 1平方公里. Converted only to compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.domain.report import Figure

_SCALE = re.compile("^(?:万亿|千万|百万|十万|亿|万|千(?!米|瓦|克)|百|十)")
_SCALES = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "十万": 1e5, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, "十": 10.0}
# base unit → (family, how many of the family's smallest); 日 and 工作日 are not the same length
_BASES = {
    "元": ("cny", 1.0), "人民币": ("cny", 1.0), "美元": ("usd", 1.0), "欧元": ("eur", 1.0), "港元": ("hkd", 1.0),
    "%": ("percent", 1.0), "‰": ("percent", 0.1), "个百分点": ("points", 1.0), "百分点": ("points", 1.0),
    "吨": ("mass", 1000.0), "吨标准煤": ("coal", 1000.0), "吨标煤": ("coal", 1000.0), "公斤": ("mass", 1.0),
    "千克": ("mass", 1.0), "斤": ("mass", 0.5), "克": ("mass", 0.001),
    "平方公里": ("area", 1e6), "平方千米": ("area", 1e6), "km²": ("area", 1e6), "公顷": ("area", 1e4),
    "亩": ("area", 10_000 / 15), "平方米": ("area", 1.0), "平米": ("area", 1.0), "㎡": ("area", 1.0),
    "平方": ("area", 1.0),
    "公里": ("length", 1e3), "千米": ("length", 1e3), "米": ("length", 1.0),
    "千瓦": ("power", 1e3), "兆瓦": ("power", 1e6), "千瓦时": ("energy", 1e3), "度": ("energy", 1e3),
    "人": ("persons", 1.0), "名": ("persons", 1.0), "位": ("persons", 1.0), "人次": ("visits", 1.0),
    "天": ("days", 1.0), "日": ("days", 1.0), "个工作日": ("workdays", 1.0), "工作日": ("workdays", 1.0),
    "倍": ("times", 1.0), "": ("bare", 1.0),
}  # fmt: skip
_COUNTED = ("count", 1.0)  # 家, 户, 个, 项 …: the indicator says which go together
_HEDGED = 0.03  # 约1200 doesn't contradict 1178


@dataclass(frozen=True, slots=True)
class Unit:
    """``family``: what may be compared with each other; ``size``: how many of the smallest of the family it is."""

    family: str
    size: float


@lru_cache(maxsize=1 << 12)
def unit_of(printed: str) -> Unit:
    scale = _SCALE.match(printed)
    base = printed[scale.end() :] if scale else printed
    whole, _, per = base.partition("/")  # 万元/亩
    family, size = _BASES.get(whole, _COUNTED)
    return Unit(f"{family}/{per}" if per else family, size * (_SCALES[scale.group()] if scale else 1.0))


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures with values give the same amount as far as both are printed: 1234.5 and 1235 do.

    A hedged one (约, 近, 超) agrees with what lies within 3 per cent.
    """
    if one.value is None or other.value is None or (one.value == other.value and one.unit == other.unit):
        return one.value == other.value
    mine, theirs = unit_of(one.unit), unit_of(other.unit)
    if mine.family != theirs.family:
        return False
    apart = abs(one.value * mine.size - other.value * theirs.size)
    coarser = max(_step(one.value) * mine.size, _step(other.value) * theirs.size)
    if one.hedge or other.hedge:
        coarser = max(coarser, 2 * _HEDGED * abs(other.value * theirs.size))
    return apart <= coarser / 2 * (1 + 1e-9)


def _step(value: float) -> float:
    """The last digit that a printed value has: .1 of 1234.5. Zeros at its end may be rounding: none is assumed."""
    printed = repr(round(value, 6))
    decimals = printed.partition(".")[2].rstrip("0")
    return 10.0 ** -len(decimals)
