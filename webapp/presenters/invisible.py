"""What nobody sees in a text, or what would change the page around it, spelled out by its number in Unicode."""

from __future__ import annotations

import unicodedata
from itertools import groupby

_UPON_OTHERS = ("Mn", "Me")  # marks that stand upon the character before: 200 of them paint over the page


def spelled(text: str, kept: str = "") -> str:
    """``text`` with invisible characters, odd spaces, marks of direction and marks upon others as 〈U+202E〉, but for
    those that are ``kept``."""
    return "".join(_spelled(character, len(list(run)), kept) for character, run in groupby(text))


def _spelled(character: str, times: int, kept: str) -> str:
    seen = character.isprintable() and unicodedata.category(character) not in _UPON_OTHERS
    if seen or character in kept:
        return character * times
    return f"〈U+{ord(character):04X}〉" + (f"×{times}" if times > 1 else "")
