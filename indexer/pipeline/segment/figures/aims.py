"""Aims that a line announces and the lines below it tell one by one.

今后五年的奋斗目标是：⏎——综合实力更强。生产总值年均增长8%…⏎——城乡面貌更新。…
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.spans import Span

# Found by its end and read back from there: from each character on to the end of its line were the square of a line.
LEAD = re.compile(
    r"(?:主要|预期|发展|奋斗|总体|调控|具体)目标(?:主要)?(?:是|为|如下)?[：:。]?[ \t]*\n+"
    r"(?=[ \t]*(?:——|--|—|－))"
)
ITEM = re.compile(r"[ \t]*(?:——|--|—|－)[^\n]*(?:\n+|$)")
STOPS = re.compile(r"[。！？；\n]")
LONGEST_LEAD = 200  # characters before its last words
REACHED = re.compile("完成|实现了|达到了|超额|年初|兑现")


@dataclass(frozen=True, slots=True)
class Aims:
    """``lead``: what announces them; ``span``: of the lines that tell them."""

    lead: str
    span: Span


def aims_of(text: str) -> tuple[Aims, ...]:
    """Of a whole report, in their order."""
    found = []
    for words in LEAD.finditer(text):
        end = words.end()
        while item := ITEM.match(text, end):
            end = item.end()
        lead = STOPS.split(text[max(0, words.start() - LONGEST_LEAD) : words.start()])[-1] + words.group()
        if end > words.end() and not REACHED.search(lead):
            found.append(Aims(lead.strip(), Span(words.end(), end)))
    return tuple(found)


def aims_in(aims: Sequence[Aims], span: Span) -> Sequence[Aims]:
    """Those that a passage tells of, by bisection: a page may announce aims ten thousand times."""
    first = bisect_right(aims, span.start, key=lambda one: one.span.end)
    return aims[first : bisect_left(aims, span.end, key=lambda one: one.span.start)]
