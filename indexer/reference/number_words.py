"""Numbers that words hold, said otherwise: 前8个月, 1-8月 and 前八个月; 全省第二 and 全省第2."""

from __future__ import annotations

import re

from indexer.text.numerals import number_of

_DIGITS = "零一二三四五六七八九"
_NUMBER = "[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]"
_MONTHS = re.compile(rf"(?:前(?P<named>{_NUMBER})个?月|1[-—–~至到](?P<counted>[0-9]{{1,2}})月份?)")
_PLACE = re.compile(rf"(?P<before>.*)第(?P<place>{_NUMBER})(?P<after>[位名]?)")


def said_otherwise(word: str) -> tuple[str, ...]:
    """Other ways to write the months from January on, or the place, that ``word`` is; none for any other word."""
    if months := _MONTHS.fullmatch(word):
        count = _value(months["named"] or months["counted"])
        if 2 <= count <= 12:
            name = _name(count)
            return (
                f"1-{count}月",
                f"1—{count}月",
                f"1至{count}月",
                f"前{count}个月",
                f"前{name}个月",
                f"前{count}月",
                f"前{name}月",
            )
    if place := _PLACE.fullmatch(word):
        number = _value(place["place"])
        first = (f"{place['before']}首位",) if number == 1 else ()
        return (*(f"{place['before']}第{one}" for one in (_name(number), str(number))), *first)
    return ()


def _value(number: str) -> int:
    """Of a ``_NUMBER``."""
    return int(number) if number.isascii() else number_of(number) or 0


def _name(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
