"""One sheet from its picture to rows: upright, straight, lines read, doubtful numbers masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from indexer.pipeline.documents.layout.pieces import Piece
from indexer.pipeline.documents.layout.rows import rows_of
from indexer.pipeline.documents.recognition import Line, Recognised
from indexer.pipeline.documents.recognition.engine import find_lines, read_lines, share_upside_down
from indexer.pipeline.documents.recognition.image import (
    Picture,
    crop,
    quarter_turned,
    reduced,
    sized,
    skew_of,
    turned,
    without_seals,
)

_DOUBT = 0.6  # confidence of a digit below which its number is masked
_DOUBT_OF_POINTS = 0.35  # the same of a point or comma: right ones come with .5, half of them given to their twin (．)
_NOTHING = 0.5  # mean confidence below which a line is no text: a rule, a photograph
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.．,，]*")
_HEAD_CHECKED = 15  # lines looked at for standing on their head
_ROUGH, _FINE = 960, 1_440  # pixels of the longer side: to see how a sheet lies, and to find its lines
_TALL = 1.5  # height by width of a line that stands on end

Box = npt.NDArray[np.float32]


def read_sheet(picture: Picture, deadline: float, unit: float = 1.0) -> Recognised:
    """Distances in the rows are in pixels of ``picture`` times ``unit``. Raises Skip: too_slow."""
    large = sized(picture)
    unit *= picture.shape[1] / large.shape[1]
    picture, boxes = _upright(without_seals(large))
    read = read_lines([crop(picture, box) for box in boxes], deadline)
    pieces: list[Piece] = []
    lines: list[Line] = []
    masked = 0
    for box, (text, confidences) in zip(boxes, read, strict=True):
        if not text.strip() or sum(confidences) / len(confidences) < _NOTHING:
            continue
        shown, doubtful = with_masks(text, confidences)
        masked += doubtful
        lines.append(Line(shown, sum(confidences) / len(confidences)))
        pieces.append(_piece(box * unit, shown))
    return Recognised(rows_of(_evened(pieces)), lines, masked)


def _upright(picture: Picture) -> tuple[Picture, list[Box]]:
    """Turned so that the lines run level and the right way up, and where they are."""
    scale, small = reduced(picture, _ROUGH)
    boxes = find_lines(small)
    if sum(map(_stands, boxes)) > 0.6 * len(boxes):
        picture, small = quarter_turned(picture, 1), quarter_turned(small, 1)
        boxes = find_lines(small)
    degrees = skew_of(small, boxes)
    if degrees:
        picture = turned(picture, degrees)
        scale, small = reduced(picture, _ROUGH)
        boxes = find_lines(small)
    if _is_upside_down(small, boxes):
        picture = quarter_turned(picture, 2)
    scale, fine = reduced(picture, _FINE)
    found = [(box / scale).astype(np.float32) for box in find_lines(fine)]
    return picture, [box for box in found if not _stands(box)]


def _is_upside_down(picture: Picture, boxes: Sequence[Box]) -> bool:
    longest = sorted(boxes, key=lambda box: float(np.linalg.norm(box[1] - box[0])), reverse=True)[:_HEAD_CHECKED]
    return bool(longest) and share_upside_down([crop(picture, box) for box in longest]) > 0.5


def _stands(box: Box) -> bool:
    return bool(np.linalg.norm(box[3] - box[0]) > _TALL * np.linalg.norm(box[1] - box[0]))


def with_masks(text: str, confidences: Sequence[float]) -> tuple[str, int]:
    """``text`` with every digit of a number made an x where one of its signs is doubtful, and how many numbers."""
    masked = 0
    for number in _NUMBER.finditer(text):
        signs = range(number.start(), number.end())
        if any(confidences[at] < (_DOUBT if text[at].isdecimal() else _DOUBT_OF_POINTS) for at in signs):
            masked += 1
            hidden = "".join("x" if sign.isdecimal() else sign for sign in number.group())
            text = text[: number.start()] + hidden + text[number.end() :]
    return text, masked


def _piece(box: Box, text: str) -> Piece:
    """The box of a line found is a third higher than its print."""
    left, right = float(min(box[0][0], box[3][0])), float(max(box[1][0], box[2][0]))
    top, bottom = float(min(box[0][1], box[1][1])), float(max(box[2][1], box[3][1]))
    breadth = sum(0.5 if sign.isascii() else 1.0 for sign in text)
    size = 0.75 * (bottom - top)
    if breadth >= 6:
        size = min(max((right - left) / breadth, 0.6 * size), 1.6 * size)
    return Piece(left, right, (top + bottom) / 2 - size / 2, size, text)


def _evened(pieces: list[Piece]) -> list[Piece]:
    """Sizes that differ by a few dots are one size."""
    if not pieces:
        return pieces
    body = median(piece.size for piece in pieces for _ in piece.text)
    return [
        Piece(piece.left, piece.right, piece.middle - body / 2, body, piece.text)
        if abs(piece.size - body) < 0.14 * body
        else piece
        for piece in pieces
    ]
