"""Families of units, as the codebook of indicators names them."""

from __future__ import annotations

import re
from functools import lru_cache

_SCALE = re.compile("^(?:万亿|千万|百万|十万|亿|万|千(?!米|瓦|克)|百|十)")
_FAMILIES = {
    "mass": ("吨", "标准煤", "公斤", "斤", "千克", "克"),
    "area": ("平方公里", "平方千米", "平方米", "平方", "㎡", "m2", "km²", "km2", "平米", "公顷", "亩"),
    "length": ("公里", "千米", "km", "米"),
    "energy": ("千瓦时", "千瓦", "兆瓦", "瓦", "GWh", "MWh", "kWh", "GW", "MW", "kW", "度"),
    "persons": ("人次", "人", "名", "位"),
    "conc": ("微克/立方米", "毫克/立方米"),
    "days": ("个工作日", "工作日", "天", "日"),
}
RATES = ("%", "‰", "个百分点", "百分点")


@lru_cache(maxsize=4096)  # some hundred units are printed; a passage asks for each many times
def family_of(unit: str) -> str:
    """``money_cny``, ``percent``, ``points``, ``multiple``, … or ``count`` for counters, ``bare`` for 万 alone."""
    base = base_of(unit)
    if "/" in unit and unit.endswith("立方米"):
        return "conc"
    if "标准煤" in unit:
        return "mass"
    if "/" in base:
        base = base.split("/")[0]
    if base == "美元":
        return "money_usd"
    if base == "元":
        return "money_cny"
    if base in ("%", "‰"):
        return "percent"
    if base in ("个百分点", "百分点"):
        return "points"
    if base in ("倍", "番"):
        return "multiple"
    if base == "":
        return "bare"
    for family, bases in _FAMILIES.items():
        if base in bases:
            return family
    return "count"


@lru_cache(maxsize=4096)
def base_of(unit: str) -> str:
    return _SCALE.sub("", unit)


@lru_cache(maxsize=16384)
def fits(unit: str, allowed: tuple[str, ...]) -> bool:
    """Whether ``unit`` is one of a row's units."""
    family, base = family_of(unit), base_of(unit)
    for one in allowed:
        if one.startswith(("count:", "rank:")):
            if base in one.partition(":")[2].split("/"):
                return True
        elif (
            one == family
            or (one == "jobs" and base == "个")
            or (one == "money_cny" and family == "bare" and "亿" in unit)
        ):
            return True
    return False
