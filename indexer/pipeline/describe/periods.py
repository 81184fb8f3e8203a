"""The stretch of the year a report covers, as far as its text says."""

from __future__ import annotations

import re
from collections import Counter

from indexer.domain.report import Genre

_DASH = r"\s?(?:[-—–~～至到]|--|——)\s?"
_MONTHS = re.compile(
    rf"(?<!\d)(?:1{_DASH}(?P<last>[2-9]|1[0-2])|一{_DASH}(?P<word>[二三四五六七八九十]|十[一二]))\s?月份?(?!\d{{1,2}}日)"
)
_MASKED_MONTHS = re.compile(r"(?<![xX×*])[xX×*]{1,2}\s?[至到\-—–~]\s?[xX×*]{1,2}\s?月")
_SHARE = re.compile(
    r"上半年|前三季度|三季度末|一至三季度|一季度|二季度|四季度|第一季度|第二季度|第三季度|第四季度|三季度"
)
_WHOLE = re.compile(r"全年|年度|年(?:度)?工作(?:总结|回顾|情况|汇报)|年(?:.{0,12})总结")
_SAME = {
    "一至三季度": "前三季度",
    "第一季度": "一季度",
    "第二季度": "二季度",
    "第三季度": "三季度",
    "第四季度": "四季度",
}
_WORDS = dict(zip("二三四五六七八九十", range(2, 11), strict=True)) | {"十一": 11, "十二": 12}
_ENDS = {"一季度": 3, "上半年": 6, "二季度": 6, "三季度": 9, "前三季度": 9, "三季度末": 9, "四季度": 12, "全年": 12}
_LEAD = 300  # characters: where a report says what it covers; further down a period belongs to its figure


def period_of(title: str | None, text: str, genre: Genre, reviews_a_year: bool) -> str | None:
    """全年, 上半年, 一季度, 前三季度, 1-11月 …; masked months as they are printed; None where nothing is said."""
    if genre in (Genre.PLAN, Genre.POLICY):
        return None
    in_title = _first(title or "")
    if in_title:
        return in_title
    lead = text[:_LEAD]
    masked = _MASKED_MONTHS.search(lead)
    if masked:
        return masked[0]
    counted = Counter(_all(text))
    early = _first(lead)
    if early and counted[early] >= 2:
        return early
    if counted and not reviews_a_year:
        name, times = counted.most_common(1)[0]
        if times >= 2:
            return name
    if reviews_a_year or (title and _WHOLE.search(title)):
        return "全年"
    return None


def period_in(title: str) -> str | None:
    """The period that ``title`` names: 上半年, 1-11月 …"""
    return _first(title)


def last_month(period: str) -> int:
    """The month in which a period of ``period_of`` ends; 0 where it is masked."""
    if period in _ENDS:
        return _ENDS[period]
    months = _MONTHS.fullmatch(period)
    return int(months["last"]) if months and months["last"] else 0


def _first(text: str) -> str | None:
    return next(iter(_all(text)), None)


def _all(text: str) -> list[str]:
    found = [(match.start(), _months(match)) for match in _MONTHS.finditer(text)]
    found += [(match.start(), _SAME.get(match[0], match[0])) for match in _SHARE.finditer(text)]
    return [name for _, name in sorted(found)]


def _months(match: re.Match[str]) -> str:
    last = int(match["last"]) if match["last"] else _WORDS[match["word"]]
    return "全年" if last == 12 else f"1-{last}月"
