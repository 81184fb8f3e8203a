"""Traditional script becomes simplified, for search; the original stays for display."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indexer.domain.edits import Edit
from indexer.text.script import only_simplified, only_traditional, to_simplified


def is_traditional(page: str) -> bool:
    """Whether ``page`` (title and text) is written in Traditional script, not merely with a name in it."""
    characters = Counter(page)
    traditional = only_traditional()
    seen = sum(count for character, count in characters.items() if character in traditional)
    if seen < 2:
        return False
    simplified = only_simplified()
    return seen > sum(count for character, count in characters.items() if character in simplified)


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
