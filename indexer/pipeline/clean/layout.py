"""The last rule: paragraphs parted by single newlines, no blank ones, no double spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

# Anchored on the newline or on a space that no space precedes: " *\n" would try every space of a long run anew.
_BREAK = re.compile(r"\n[ \n]*|(?<! ) +(?:\n[ \n]*)?")


def tidy(text: str) -> Iterator[Edit]:
    end = len(text)
    for gap in _BREAK.finditer(text):
        at_edge = gap.start() == 0 or gap.end() == end
        inserted = "" if at_edge else "\n" if "\n" in gap.group() else " "
        yield Edit(gap.start(), gap.group(), inserted)
