"""A text that a mill cut into equal pieces, each with a number in front, often in the middle of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from indexer.domain.edits import Edit

_MARKER = re.compile(r"^ *(\d{1,3})、", re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*\s*$")
_FEWEST_PIECES = 3
_SHORTEST_PIECE = 80  # characters; items of a real list are shorter, or end with a stop
_UNEVEN = 0.25  # of the usual length; seed 001: 12 pieces of 302 characters each
_MID_SENTENCE = 0.6  # of the cuts; seed 001: 11 of 11


def join(text: str) -> Iterator[Edit]:
    """The numbers go and the pieces are joined with nothing, if 1..N run on without a gap, the pieces are of one
    length and most end in mid-sentence. A real list 1、2、3、 stays."""
    markers = list(_MARKER.finditer(text))
    if len(markers) < _FEWEST_PIECES or any(int(m.group(1)) != number for number, m in enumerate(markers, 1)):
        return
    starts = [_end_before(text, marker.start()) for marker in markers]
    pieces = [text[marker.end() : end] for marker, end in zip(markers, starts[1:], strict=False)]
    lengths = [len(piece) for piece in pieces]
    usual = median(lengths)
    cut = sum(not _SENTENCE_END.search(piece) for piece in pieces)
    even = all(abs(length - usual) <= max(4, _UNEVEN * usual) for length in lengths)
    if usual >= _SHORTEST_PIECE and even and cut >= _MID_SENTENCE * len(pieces):
        for start, marker in zip(starts, markers, strict=True):
            kept = "\n" if marker is markers[0] and start else ""
            yield Edit(start, text[start : marker.end()], kept)


def _end_before(text: str, at: int) -> int:
    """Where the text before ``at`` ends, its blanks left out."""
    while at and text[at - 1] in " \n":
        at -= 1
    return at
