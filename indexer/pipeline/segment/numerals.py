"""Chinese numerals as numbers: 十二 → 12, 两千三百 → 2300."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}


def number_of(numeral: str) -> int | None:
    """The value below ten thousand that ``numeral`` writes; None where it writes none (两翼 is not asked here)."""
    total = 0
    digit: int | None = None
    for character in numeral:
        if character in DIGITS:
            if digit:  # 二三 is an estimate or a list, no number
                return None
            digit = DIGITS[character]
        elif character in TENS:
            total += (1 if digit is None else digit) * TENS[character]
            digit = None
        else:
            return None
    return total + (digit or 0) if numeral else None
