"""Passages, the unit of search: a few sentences of one paragraph, about 80 to 300 characters.

A heading on a line of its own opens the first passage below it, so that it is found with what it stands over; table
rows go together; paragraphs under 60 characters join their neighbour in the same section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from indexer.domain.report import Section
from indexer.domain.spans import Span
from indexer.pipeline.segment.sections import ROW_BAR
from indexer.pipeline.segment.sentences import sentences_of

LONGEST = 300  # characters
AIM = 220
TINY = 60
CAPTION = re.compile("[▲△▼]|图[:：]")  # as news pages mark what stands under a picture: it is no part of what is told
LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that will be a passage.

    ``bare`` while it holds nothing but headings, ``empty`` while none of them is a sentence of its own
    (（一）用地不足。), ``caption`` where it is what stands under a picture.
    """

    span: Span
    section: int | None
    row: bool = False
    bare: bool = False
    caption: bool = False
    empty: bool = False

    @property
    def size(self) -> int:
        return self.span.end - self.span.start


def pieces_of(text: str, paragraphs: Sequence[Span], sections: Sequence[Section]) -> list[Piece]:
    """Every character of the paragraphs in exactly one piece, in the order of the text."""
    pieces: list[Piece] = []
    top = min((section.level for section in sections), default=0)
    chapters = {section.span.start for section in sections if section.level == top}
    for piece in _chunks(text, paragraphs, sections):
        if pieces and _belongs_to(pieces[-1], piece, chapters):
            empty = piece.empty and pieces[-1].empty
            pieces[-1] = replace(piece, span=Span(pieces[-1].span.start, piece.span.end), empty=empty)
        else:
            pieces.append(piece)
    return pieces


def _belongs_to(before: Piece, piece: Piece, chapters: Collection[int]) -> bool:
    """``chapters``: where sections of the first level begin; nothing that tells something joins over such a place."""
    if before.bare:
        return before.size + piece.size <= 500 and (before.empty or piece.span.start not in chapters)
    if before.section != piece.section or before.row != piece.row or piece.bare or before.caption or piece.caption:
        return False
    small = before.row or before.size < TINY or piece.size < TINY
    return small and piece.span.end - before.span.start <= LONGEST


def _chunks(text: str, paragraphs: Sequence[Span], sections: Sequence[Section]) -> list[Piece]:
    starts = [section.span.start for section in sections]
    chunks: list[Piece] = []
    for paragraph in paragraphs:
        cuts = starts[bisect_right(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        for start, end in zip([paragraph.start, *cuts], [*cuts, paragraph.end], strict=True):
            chunks += _pieces_of_chunk(text, Span(start, end), _innermost(sections, starts, start), sections)
    return chunks


def _innermost(sections: Sequence[Section], starts: Sequence[int], at: int) -> int | None:
    """The section begun last of those that hold ``at``."""
    index = bisect_right(starts, at) - 1
    while index >= 0 and not sections[index].span.start <= at < sections[index].span.end:
        index -= 1
    return index if index >= 0 else None


def _pieces_of_chunk(text: str, chunk: Span, index: int | None, sections: Sequence[Section]) -> list[Piece]:
    span = _trimmed(text, chunk)
    if span is None:
        return []
    if index is not None and sections[index].span.start == span.start:
        after = text[span.start + len(sections[index].heading) : span.end]
        if not after.strip(" 　。：:"):
            return _heading_alone(span, index, sections, text)
    if CAPTION.match(text, span.start) and span.end - span.start <= LONGEST_CAPTION:
        return [Piece(span, index, caption=True)]
    if ROW_BAR in span.of(text):
        return [Piece(part, index, row=True) for part in _grouped(text, span)]
    return [Piece(part, index) for part in _grouped(text, span)]


def _heading_alone(span: Span, index: int, sections: Sequence[Section], text: str) -> list[Piece]:
    """A heading over what follows; an item that is a sentence, with nothing below it, tells something itself."""
    is_sentence = span.of(text).endswith(("。", "！", "；"))
    leads_nowhere = sections[index].span.end - span.end <= 2
    if is_sentence and leads_nowhere:
        return [Piece(span, index)]
    return [Piece(span, index, bare=True, empty=not is_sentence)]


def _grouped(text: str, span: Span) -> list[Span]:
    """Sentences of ``span`` put together into stretches of about the same size."""
    if span.end - span.start <= LONGEST:
        return [span]
    sentences = sentences_of(text, span)
    size = span.end - span.start
    aim = size / max(1, round(size / AIM))
    groups: list[Span] = []
    for sentence in sentences:
        if groups and _goes_with(groups[-1], sentence, aim):
            groups[-1] = Span(groups[-1].start, sentence.end)
        else:
            groups.append(sentence)
    if (
        len(groups) > 1
        and groups[-1].end - groups[-1].start < TINY
        and groups[-1].end - groups[-2].start <= LONGEST + 100
    ):
        groups[-2:] = [Span(groups[-2].start, groups[-1].end)]
    return [trimmed for group in groups if (trimmed := _trimmed(text, group))]


def _goes_with(group: Span, sentence: Span, aim: float) -> bool:
    together = sentence.end - group.start
    alone = group.end - group.start
    return together <= LONGEST and (abs(together - aim) <= abs(alone - aim) or alone < TINY)


def _trimmed(text: str, span: Span) -> Span | None:
    words = span.of(text)
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(span.start + left, span.start + right) if left < right else None
