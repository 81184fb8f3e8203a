"""Periods, scopes and hedges of figures as people read them: in Chinese as printed, in English by their parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from indexer.domain.report import MONTHS
from indexer.locale import CHINESE, language, listed, say, term

_NUMERALS = {one: n for n, one in enumerate("一二三四五六七八九", start=1)} | {"十": 10, "十一": 11}
_SHAPES = tuple(
    (re.compile(shape), key)
    for shape, key in (
        (r"(?P<year>\d{4})年", "year"),
        (r"到(?P<year>\d{4})年", "by_year"),
        (r"到?(?P<year>\d{4})年[末底]", "year_end"),
        (r"截[至止](?P<period>.+?)[末底]?", "up_to"),
        (r"前(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})个?月", "first_months"),
        (r"十(?P<plan>[一二三四五])五(?:时期|期间)?", "plan"),
        (r"十(?P<plan>[一二三四五])五末", "plan_end"),
        (r"(?:这|过去|近)(?P<n>[二三四五])年", "past_years"),
        (r"(?:今后|未来)(?P<n>[二三四五])年", "coming_years"),
        (r"(?P<month>\d{1,2})月份?[末底]?", "month"),
        (r"(?P<year>\d{4})年(?P<period>.+)", "of_year"),
    )
)


def period(printed: str) -> str:
    """上半年, 1-11月, 到2025年 as printed; in English first half, Jan–Nov, by 2025."""
    months = MONTHS.fullmatch(printed)
    if months is not None:
        return say("words.months_to", first=month_name(months[1]), last=month_name(months[2]))
    return printed if language() == CHINESE else _in_english(printed)


@lru_cache(maxsize=1 << 10)
def _in_english(printed: str) -> str:
    if (known := term(printed)) != printed:
        return known
    for shape, key in _SHAPES:
        if found := shape.fullmatch(printed):
            return say(f"period.{key}", **{name: _READ[name](value) for name, value in found.groupdict().items()})
    return printed


def _numeral(printed: str) -> int:
    return int(printed) if printed.isdigit() else _NUMERALS.get(printed, 0)


def month_name(number: str) -> str:
    return say(f"words.months.{int(number)}") if 1 <= int(number) <= 12 else number


_READ: dict[str, Callable[[str], object]] = {
    "year": str,
    "n": _numeral,
    "plan": lambda printed: 10 + _numeral(printed),
    "month": month_name,
    "period": period,
}


def several(printed: str) -> str:
    """全市、规模以上: each by its name."""
    if language() == CHINESE or not printed:
        return printed
    return listed(term(one) for one in printed.split("、"))
