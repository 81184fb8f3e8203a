"""Chinese numerals as numbers: 十二 → 12, 两千三百 → 2300, 一万两千 → 12000."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}


def number_of(numeral: str) -> int | None:
    """The value that ``numeral`` writes; None where it writes none (二三 is an estimate or a list)."""
    total = below = 0
    digit: int | None = None
    for character in numeral:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        elif character in TENS:
            below += (1 if digit is None else digit) * TENS[character]
            digit = None
        elif character in SCALES:
            part = below + (digit or 0)
            if not part:
                return None
            total = (
                (total + part) * SCALES[character] if total and character == "亿" else total + part * SCALES[character]
            )
            below, digit = 0, None
        else:
            return None
    return total + below + (digit or 0) if numeral else None
