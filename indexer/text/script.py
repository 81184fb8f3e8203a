"""Traditional to Simplified characters, through OpenCC."""

from __future__ import annotations

from functools import cache

import opencc

# Every CJK ideograph of the basic plane, Extension A and the compatibility block, and Extension B.
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x2A6E0))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def simplified_characters() -> dict[int, str]:
    """Code point → simplified character, for every ideograph that has another one. Single characters only."""
    codes = [code for block in _IDEOGRAPHS for code in block]
    # One to a line, so that no two of them are taken for a phrase.
    lines = _converter().convert("\n".join(map(chr, codes))).split("\n")
    return {code: line for code, line in zip(codes, lines, strict=True) if len(line) == 1 and line != chr(code)}


@cache
def only_traditional() -> frozenset[str]:
    """Characters that Traditional texts alone use: 準, not 著, which stands in 显著 too."""
    to_traditional = opencc.OpenCC("s2t")
    codes = sorted(simplified_characters())
    back = to_traditional.convert("\n".join(map(chr, codes))).split("\n")
    return frozenset(chr(code) for code, line in zip(codes, back, strict=True) if line == chr(code))


@cache
def only_simplified() -> frozenset[str]:
    """Characters that simplified texts alone use: 发, 经, not 后, which Traditional texts have too."""
    to_traditional = opencc.OpenCC("s2t")
    codes = sorted({ord(simplified) for simplified in simplified_characters().values()} - set(simplified_characters()))
    lines = to_traditional.convert("\n".join(map(chr, codes))).split("\n")
    return frozenset(chr(code) for code, line in zip(codes, lines, strict=True) if line != chr(code))


def to_simplified(text: str) -> str:
    """``text`` in simplified script, phrase by phrase where that keeps the length, else character by character."""
    after: str = _converter().convert(text)
    if len(after) == len(text):
        return after
    lines, simplified = text.split("\n"), after.split("\n")
    if len(lines) != len(simplified):
        return text.translate(simplified_characters())
    return "\n".join(
        new if len(new) == len(old) else old.translate(simplified_characters())
        for old, new in zip(lines, simplified, strict=True)
    )
