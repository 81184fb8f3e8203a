"""Where a passage turns from one thing to another: first what was reached, then how it was done.

A comparison sets results beside results and measures beside measures. Held in one passage, either the numbers or the
way to them would be said to be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.domain.report import Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.passages import Piece

SHORTEST = 40  # characters on either side; shorter ones say too little to stand alone in a list of hits


def at_turns(
    text: str, pieces: Sequence[Piece], sentences: Sequence[LabelledSentence], piece_of: NDArray[np.int64]
) -> list[tuple[Piece, range]]:
    """Each piece with the places of its sentences, or its two parts where what follows is of another status."""
    parts = []
    starts = np.searchsorted(piece_of, np.arange(len(pieces) + 1))
    for place, piece in enumerate(pieces):
        first, end = int(starts[place]), int(starts[place + 1])
        turn = None if piece.row or piece.bare else _turn(sentences[first:end])
        if turn is None:
            parts.append((piece, range(first, end)))
            continue
        at = sentences[first + turn].span.start
        left = Span(piece.span.start, piece.span.start + len(text[piece.span.start : at].rstrip()))
        right = Span(piece.span.end - len(text[at : piece.span.end].lstrip()), piece.span.end)
        parts.append((replace(piece, span=left), range(first, first + turn)))
        parts.append((replace(piece, span=right), range(first + turn, end)))
    return parts


def _turn(sentences: Sequence[LabelledSentence]) -> int | None:
    """The sentence that begins the second part: all on either side are of one status, and not of the same."""
    for turn in range(1, len(sentences)):
        before, after = _only(sentences[:turn]), _only(sentences[turn:])
        long = min(_length(sentences[:turn]), _length(sentences[turn:])) >= SHORTEST
        if before and after and before is not after and long:
            return turn
    return None


def _only(sentences: Sequence[LabelledSentence]) -> Status | None:
    """The one status of ``sentences`` (what is mere background doesn't count), None where there are several or none."""
    found = {sentence.status for sentence in sentences} - {Status.BACKGROUND}
    return found.pop() if len(found) == 1 else None


def _length(sentences: Sequence[LabelledSentence]) -> int:
    return sentences[-1].span.end - sentences[0].span.start
