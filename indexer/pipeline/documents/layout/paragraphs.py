"""Printed lines joined to paragraphs, by the measure of their column."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from indexer.domain.page import Block, BlockKind
from indexer.pipeline.documents.layout.rows import Row
from indexer.text.radicals import plain

NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部分条](?!件))"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,2}是|\d{1,2}[.．、](?!\d)|[①-⑳]|[（(]\d{1,2}[）)]"
)  # opens one after a stop
_SENTENCE_END = ("。", "！", "？", "；", "：", ":", "”", "）")
_INDENT = 1.2  # characters
_SHORT_OF = 2.0  # characters that a line may end before the measure and still be full: a number didn't fit
_SHORT_IN_MID_SENTENCE = 3.5  # the same where every paragraph is indented and the sentence goes on
_MARGIN = 2.6  # characters on both sides of what stands in the middle; a paragraph is set in by two
_LONG_LINE = 0.6  # of the measure: where paragraphs are set in, no heading is so long and stands flush left
_REST_OF_NUMBER = re.compile(r"[\d.,]*\d")
_FEWEST = 6  # lines of a column that make a measure of their own
_OTHER_PRINT = 0.15  # a heading of another size isn't the text below it
_WIDE_APART = 1.5  # times the usual way from line to line: a paragraph ends


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a column whose text runs from ``start`` to ``end``."""

    sheet: int
    left: float
    right: float
    top: float
    size: float
    text: str
    is_row: bool
    start: float = 0.0
    end: float = 0.0
    pitch: float = 0.0  # the usual way from line to line
    opens_frame: bool = False
    indents: bool = False  # the column sets its paragraphs in

    @classmethod
    def of(cls, row: Row, sheet: int) -> Line:
        return cls(sheet, row.left, row.right, row.top, row.size, row.text, len(row.cells) > 1)

    @property
    def is_centred(self) -> bool:
        before, after = self.left - self.start, self.end - self.right
        sides = before > _MARGIN * self.size and after > _MARGIN * self.size
        return sides and abs(before - after) < 2 * self.size and "，" not in self.text


def measured(frames: Sequence[list[Line]]) -> list[Line]:
    """All lines in order, each with the measure of its frame. A frame of few lines has that of those that begin
    where it begins: the last page of a report."""
    measures = [_measure(frame) for frame in frames]
    found: list[Line] = []
    for frame, own in zip(frames, measures, strict=True):
        start, end, pitch = own
        if len(frame) < _FEWEST:
            size = frame[0].size
            like = [
                one
                for other, one in zip(frames, measures, strict=True)
                if len(other) >= _FEWEST and abs(one[0] - start) < 2.6 * size and one[1] >= end - size
            ]
            start, end, pitch = min(like, key=lambda one: one[1]) if like else own
        indents = sum(1.2 * line.size < line.left - start < 2.8 * line.size for line in frame) >= 2
        found += [
            replace(line, start=start, end=end, pitch=pitch, opens_frame=at == 0, indents=indents)
            for at, line in enumerate(frame)
        ]
    return found


def _measure(frame: Sequence[Line]) -> tuple[float, float, float]:
    """Where the text of a frame begins and ends, and the way from line to line.

    It ends where most full lines end, not the widest of all: a signature set to the right, a wide table or foot stand
    out beyond it.
    """
    text = [line for line in frame if not line.is_row] or list(frame)
    lefts = sorted(line.left for line in text)
    start = median(lefts[: max(1, len(lefts) // 2)])
    size = median(line.size for line in text)
    full = [line.right for line in text if line.left <= start + 2.6 * size and len(line.text) >= 8]
    ends = full or [line.right for line in text]
    counts = {end: sum(abs(other - end) <= 0.75 * size for other in ends) for end in ends}
    most = max(counts.values())
    end = max(one for one, count in counts.items() if count >= max(min(2, most), 0.4 * most))
    steps = [two.top - one.top for one, two in itertools.pairwise(text) if two.top > one.top]
    return start, end, median(steps) if steps else 0.0


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """A line opens a paragraph where it is indented, follows a short one, or starts with a number of its own."""
    blocks: list[Block] = []
    parts: list[str] = []
    for place, line in enumerate(lines):
        if parts and _opens(lines[place - 1], line):
            blocks.append(_block(parts, lines[place - 1].is_row))
            parts = []
        parts.append(line.text)
    return (*blocks, _block(parts, lines[-1].is_row)) if parts else ()


def _opens(before: Line, line: Line) -> bool:
    if line.is_row or before.is_row or NUMBERED.match(plain(line.text)):
        return True
    if before.text.endswith(_SENTENCE_END) and _ITEM.match(line.text):
        return True
    if line.left > line.start + _INDENT * line.size:
        return True
    if before.right < before.end - _short_of(before, line) * before.size:
        return True
    if abs(line.size - before.size) > _OTHER_PRINT * max(line.size, before.size):
        return True
    return not line.opens_frame and line.pitch > 0 and line.top - before.top > _WIDE_APART * line.pitch


def _short_of(before: Line, line: Line) -> float:
    """How many characters before the measure a line may end that goes on in the next, unindented one."""
    if before.text.endswith(_SENTENCE_END):
        return _SHORT_OF
    if before.text[-1:].isdecimal() and _REST_OF_NUMBER.match(line.text):
        return math.inf
    if not line.indents:
        return _SHORT_OF
    long = before.right - before.start >= _LONG_LINE * (before.end - before.start)
    return math.inf if long else _SHORT_IN_MID_SENTENCE


def _block(parts: list[str], is_row: bool) -> Block:
    text = parts[0].strip()
    for part in parts[1:]:
        part = part.strip()
        needs_space = text[-1:].isascii() and text[-1:].isalnum() and part[:1].isascii() and part[:1].isalpha()
        text += (" " if needs_space else "") + part
    return Block(BlockKind.ROW if is_row else BlockKind.PARAGRAPH, text)
