"""Marks that stand upon the letter before: 200 of them paint over half a page. No script we meet has over three."""

from __future__ import annotations

import re

_UPON = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
PILED = re.compile(f"(?<=[{_UPON}]{{3}})[{_UPON}]+")


def without_piles(text: str) -> str:
    """``text`` with at most three marks upon a letter."""
    return PILED.sub("", text)
