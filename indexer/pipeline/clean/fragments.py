"""A text that a mill cut into equal pieces, each with a number in front, often in the middle of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from indexer.domain.edits import Edit

_MARKER = re.compile(r"(?:^|\n)[ \n]*(\d{1,3})、")
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*\s*$")
_FEWEST_PIECES = 3
_SHORTEST_PIECE = 80  # characters; items of a real list are shorter, or end with a stop
_UNEVEN = 0.25  # of the usual length; seed 001: 12 pieces of 302 characters each
_MID_SENTENCE = 0.6  # of the cuts; seed 001: 11 of 11


def join(text: str) -> Iterator[Edit]:
    """The numbers go and the pieces are joined with nothing, if 1..N run on without a gap, the pieces are of one
    length and most end in mid-sentence. A real list 1、2、3、 stays."""
    markers = _run(list(_MARKER.finditer(text)))
    if len(markers) < _FEWEST_PIECES:
        return
    bounds = zip(markers, [m.start() for m in markers[1:]], strict=False)
    pieces = [text[marker.end() : end] for marker, end in bounds]
    lengths = [len(piece) for piece in pieces]
    usual = median(lengths)
    cut = sum(not _SENTENCE_END.search(piece) for piece in pieces)
    even = all(abs(length - usual) <= max(4, _UNEVEN * usual) for length in lengths)
    if usual >= _SHORTEST_PIECE and even and cut >= _MID_SENTENCE * len(pieces):
        for index, marker in enumerate(markers):
            kept = "" if index or not marker.group().startswith("\n") else "\n"
            yield Edit(marker.start(), marker.group(), kept)


def _run(markers: list[re.Match[str]]) -> list[re.Match[str]]:
    """The markers from 1 on, as far as they count up by one."""
    if not markers or int(markers[0].group(1)) != 1:
        return []
    if [int(marker.group(1)) for marker in markers] != list(range(1, len(markers) + 1)):
        return []
    return markers
