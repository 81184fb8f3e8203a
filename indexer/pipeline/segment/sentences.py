"""Where a sentence ends."""

from __future__ import annotations

import re

from indexer.domain.spans import Span

END = re.compile(r"[。！？!?]+[”’」』）)]*|\n+")
WEAK_END = re.compile(r"[；;]+[”’」』）)]*")
COMMA = re.compile(r"[，,、]+")
LONGEST = 500  # characters; a longer sentence is cut, first at 、；then at commas, then anywhere


def sentences_of(text: str, span: Span) -> list[Span]:
    """``span`` cut into sentences, nothing left out. None is longer than 500 characters."""
    cut = _cut(text, span, END)
    for finer in (WEAK_END, COMMA):
        cut = [part for whole in cut for part in ([whole] if _fits(whole) else _packed(_cut(text, whole, finer)))]
    return [part for whole in cut for part in ([whole] if _fits(whole) else _chopped(whole))]


def _fits(span: Span) -> bool:
    return span.end - span.start <= LONGEST


def _cut(text: str, span: Span, ends: re.Pattern[str]) -> list[Span]:
    parts = []
    start = span.start
    for end in ends.finditer(text, span.start, span.end):
        parts.append(Span(start, end.end()))
        start = end.end()
    if start < span.end:
        parts.append(Span(start, span.end))
    return parts


def _packed(parts: list[Span]) -> list[Span]:
    """Neighbours put together again as long as they stay under 300 characters."""
    packed: list[Span] = []
    for part in parts:
        if packed and part.end - packed[-1].start <= 300:
            packed[-1] = Span(packed[-1].start, part.end)
        else:
            packed.append(part)
    return packed


def _chopped(span: Span) -> list[Span]:
    return [Span(at, min(at + LONGEST, span.end)) for at in range(span.start, span.end, LONGEST)]
