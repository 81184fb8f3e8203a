"""Traditional script becomes simplified, for search; the original stays for display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.domain.edits import Edit
from indexer.text.script import only_simplified, only_traditional, to_simplified

_FEWEST = 2  # characters; one alone is a name


def is_traditional(page: str) -> bool:
    """Whether ``page`` (title and text) is written in Traditional script, not merely with a name in it."""
    seen = len(_only_traditional().findall(page))
    return seen >= _FEWEST and seen > len(_only_simplified().findall(page))


@cache
def _only_traditional() -> re.Pattern[str]:
    return _any_of(only_traditional())


@cache
def _only_simplified() -> re.Pattern[str]:
    return _any_of(only_simplified())


def _any_of(characters: frozenset[str]) -> re.Pattern[str]:
    # Of the basic plane only: one character beyond it makes the class forty times slower.
    return re.compile(f"[{''.join(sorted(character for character in characters if character < chr(0x10000)))}]")


def simplify(text: str) -> Iterator[Edit]:
    """Characters that change; neighbours that change together are one edit."""
    after = to_simplified(text)
    start = None
    for here, (old, new) in enumerate(zip(text, after, strict=True)):
        if old != new and start is None:
            start = here
        elif old == new and start is not None:
            yield Edit(start, text[start:here], after[start:here])
            start = None
    if start is not None:
        yield Edit(start, text[start:], after[start:])
