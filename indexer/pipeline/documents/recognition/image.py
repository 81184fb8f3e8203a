"""Pictures of pages made fit to be read: colours, seals, size, direction."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from indexer.errors import Skip
from indexer.pipeline.documents.safety import Limits

Picture = npt.NDArray[np.uint8]  # rows × columns × 3, blue first as OpenCV has it

SMALLEST = 120  # pixels of a side; less is a sign, no page
_MOST_PIXELS = 120_000_000  # a report as one long picture: 1,080 × 60,000 is 65 million
_LONGEST_SIDE = 2_000  # pixels; more costs time and reads no better
_NARROWEST = 1_200  # pixels; a page of 868 is made larger, its characters have 20
_LONG = 2.2  # times its width: a picture of several pages
_SHEET = 1.5  # times its width: such a piece of it is read at once
_SEAL = (0.05, 0.45)  # of the sheet's width; the official one has 42 mm of 210
_ROUND = (0.6, 1.7)  # width by height of a seal; the red head is wider
_SMALLEST_TURN = 0.25  # degrees
_LARGEST_TURN = 30.0
_NEAR, _FAR = 2.0, 8.0  # degrees looked at on both sides of what the boxes say, and where they say nothing


def pictures_of(data: bytes, limits: Limits) -> Iterator[Picture]:
    """The sheets in a PNG, JPEG, TIFF, BMP or WebP file. Raises Skip: damaged, too_large, too_many_pages, no_text."""
    try:
        with Image.open(io.BytesIO(data)) as file:
            frames = getattr(file, "n_frames", 1)
            if frames > limits.pages:
                raise Skip("too_many_pages", "picture", pages=frames, most=limits.pages)
            for frame in range(frames):
                file.seek(frame)
                if file.width * file.height > _MOST_PIXELS:
                    raise Skip("too_large", "picture", width=file.width, height=file.height)
                if min(file.size) < SMALLEST:
                    raise Skip("no_text", "small")
                upright = ImageOps.exif_transpose(file)
                ground = Image.new("RGB", upright.size, "white")
                shown = upright.convert("RGBA")
                ground.paste(shown, mask=shown.getchannel("A"))
                yield from _sheets(np.ascontiguousarray(np.asarray(ground, np.uint8)[:, :, ::-1]))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Skip("damaged", "picture") from broken


def _sheets(picture: Picture) -> Iterator[Picture]:
    """A long picture cut where nothing is printed, into pieces that are read one by one."""
    height, width = picture.shape[:2]
    if height <= _LONG * width:
        yield picture
        return
    step = int(_SHEET * width)
    ink = picture.min(axis=2).min(axis=1)
    start = 0
    while start < height:
        end = min(start + step, height)
        if end < height:
            window = ink[start + step // 2 : end]
            quiet = np.flatnonzero(window > 160)
            if quiet.size:
                end = start + step // 2 + _middle_of_last_gap(quiet)
        yield picture[start:end]
        start = end


def _middle_of_last_gap(quiet: npt.NDArray[np.int64]) -> int:
    """In the last run of at least eight neighbouring rows, or the last row of all."""
    breaks = np.flatnonzero(np.diff(quiet) > 1)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [quiet.size - 1]))
    for first, last in zip(starts[::-1], ends[::-1], strict=True):
        if last - first >= 8:
            return int((quiet[first] + quiet[last]) // 2)
    return int(quiet[-1])


def sized(picture: Picture) -> Picture:
    """Large enough to be read, no larger than helps."""
    height, width = picture.shape[:2]
    scale = 1.0
    if min(height, width) < _NARROWEST:
        scale = _NARROWEST / min(height, width)
    scale = min(scale, _LONGEST_SIDE / max(height, width), 3.0)
    if abs(scale - 1) < 0.02:
        return picture
    method = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)


def reduced(picture: Picture, longest: int) -> tuple[float, Picture]:
    """``picture`` with no side longer than that, and its scale."""
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return 1.0, picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return scale, np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def without_seals(picture: Picture) -> Picture:
    """Red ink in round patches made white; what is printed in black beneath stays. A red head is wide, and stays."""
    blue, green, red = (picture[:, :, at].astype(np.int16) for at in range(3))
    others = np.maximum(blue, green)
    ink = ((red - others > 40) & (red > 90)).astype(np.uint8)
    if not ink.any():
        return picture
    width = picture.shape[1]
    reach = max(3, width // 60) | 1
    joined = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = picture.copy()
    for at in range(1, int(count)):
        left, top, across, down, _ = (int(part) for part in stats[at])
        fits = _SEAL[0] * width < across < _SEAL[1] * width and _ROUND[0] < across / max(down, 1) < _ROUND[1]
        if fits:
            part = found[top : top + down, left : left + across]
            seen = red[top : top + down, left : left + across]
            tinted = seen - others[top : top + down, left : left + across] > 18
            part[tinted] = np.repeat(np.clip(seen[tinted] * 1.25 + 20, 0, 255)[:, None], 3, axis=1).astype(np.uint8)
    return found


def skew_of(picture: Picture, boxes: Sequence[npt.NDArray[np.float32]]) -> float:
    """Degrees that the lines rise or fall by, clockwise: roughly from the long sides of their boxes, then as the turn
    that lays most ink into rows. 0 where they are level."""
    rough = _turn_of_boxes(boxes)
    reach, step = (_NEAR, 0.2) if rough is not None else (_FAR, 0.4)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(mask, np.uint8)
    turns = np.arange((rough or 0.0) - reach, (rough or 0.0) + reach + step / 2, step)
    best = float(max(turns, key=lambda turn: _rowness(ink, float(turn))))
    best = float(max(np.arange(best - step, best + step, step / 4), key=lambda turn: _rowness(ink, float(turn))))
    return best if _SMALLEST_TURN < abs(best) < _LARGEST_TURN else 0.0


def _turn_of_boxes(boxes: Sequence[npt.NDArray[np.float32]]) -> float | None:
    """The median over the length of the boxes; None where they are too few and short to tell."""
    angles, weights = [], []
    for box in boxes:
        along, across = box[1] - box[0], box[3] - box[0]
        length, height = float(np.hypot(*along)), float(np.hypot(*across))
        if length > 3 * height:
            angles.append(math.degrees(math.atan2(float(along[1]), float(along[0]))))
            weights.append(length)
    if len(angles) < 3:
        return None
    order = np.argsort(angles)
    reached = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(angles)[order][int(np.searchsorted(reached, reached[-1] / 2))])


def _rowness(ink: npt.NDArray[np.uint8], degrees: float) -> float:
    """How sharply ink and white change from row to row, once turned back by ``degrees``."""
    height, width = ink.shape
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)
    level = np.asarray(cv2.warpAffine(ink, matrix, (width, height)), np.uint8)
    return float(np.square(np.diff(level.sum(axis=1, dtype=np.float64))).sum())


def turned(picture: Picture, degrees: float) -> Picture:
    """Turned back by ``degrees``, on a ground that holds all of it."""
    height, width = picture.shape[:2]
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (int(height * sine + width * cosine), int(height * cosine + width * sine))
    matrix[0, 2] += size[0] / 2 - width / 2
    matrix[1, 2] += size[1] / 2 - height / 2
    return np.asarray(
        cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)), np.uint8
    )


def quarter_turned(picture: Picture, times: int) -> Picture:
    """Turned by right angles, anticlockwise."""
    return np.ascontiguousarray(np.rot90(picture, times))


def crop(picture: Picture, box: npt.NDArray[np.float32]) -> Picture:
    """A line cut out along its box; one that stands on end is laid down, to be read from its top."""
    width = max(int(max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[2] - box[3]))), 1)
    height = max(int(max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2]))), 1)
    corners = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(box, np.float32), corners)
    found = cv2.warpPerspective(
        picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return np.asarray(found, np.uint8)
