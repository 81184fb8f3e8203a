"""Rules that look at single characters: width, line ends, invisible ones, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Punctuation keeps its width: only a point between digits is part of a number.
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]+|(?<=[0-9０-９])．(?=[0-9０-９])")

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]+"
)
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def narrow(text: str) -> Iterator[Edit]:
    """Full-width letters, digits and ％ become half-width: ８５％ → 85%."""
    for run in _WIDE.finditer(text):
        yield Edit(run.start(), run.group(), run.group().translate(_NARROW))


def even_out(text: str) -> Iterator[Edit]:
    """One kind of line end, one kind of space, nothing invisible."""
    for rule, inserted in ((_LINE_END, "\n"), (_INVISIBLE, ""), (_SPACE, " ")):
        for run in rule.finditer(text):
            yield Edit(run.start(), run.group(), inserted if inserted != " " else " " * len(run.group()))
