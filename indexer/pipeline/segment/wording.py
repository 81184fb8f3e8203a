"""Word tables, written as running text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words(table: str) -> tuple[str, ...]:
    """The words of a table, parted by blanks and line ends."""
    return tuple(table.split())


def any_of(table: Iterable[str]) -> str:
    """A pattern for any of these, the longest that fits first. The words are patterns themselves."""
    return "(?:" + "|".join(sorted(table, key=lambda word: -len(re.sub(r"\(\?.*?\)", "", word)))) + ")"
