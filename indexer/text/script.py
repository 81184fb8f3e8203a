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
