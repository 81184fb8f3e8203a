"""Chinese numerals of headings."""

from __future__ import annotations

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


def value_of(numeral: str) -> int | None:
    """``十二`` → 12, ``7`` → 7; None for what is no numeral of a heading (``一一``)."""
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGITS.get(numeral)
    if tens not in _DIGITS | {"": 1} or ones not in _DIGITS | {"": 0}:
        return None
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
