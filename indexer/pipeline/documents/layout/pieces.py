"""Characters on a sheet: brought upright, doubles and what is printed across the text left out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median


@dataclass(frozen=True, slots=True)
class Piece:
    """A character, or several that were set as one. Distances in the document's own unit, ``top`` growing downwards,
    ``size`` its height, ``angle`` in radians clockwise, ``shade`` from 0 (black) to 1 (white)."""

    left: float
    right: float
    top: float
    size: float
    text: str
    angle: float = 0.0
    shade: float = 0.0

    @property
    def middle(self) -> float:
        return self.top + self.size / 2

    @property
    def printed(self) -> bool:
        return not self.text.isspace() and bool(self.text)


_UPRIGHT = 0.06  # radians; a sheet that was scanned and recognised may hang by three degrees
_TURNED_TEXT = 24  # characters turned by a right angle that are a table of their own, not a mark in the margin
_FAR_LARGER = 1.5  # times the body: a title of 22 pt over 16 pt is 1.37
_SHARE_ACROSS = 0.25  # of its characters lie upon others: a watermark; a title lies upon none
_TOUCHES = 0.2  # of the height: another print that reaches into lines of text mixes with them
_LIGHTER = 0.15
_PALE = (0.55, 0.94)  # grey, but not white: that is hidden, or stands on a dark ground
_SHUFFLED = 0.02  # share of characters that lie upon another: the order of the text can't be trusted


@dataclass(frozen=True, slots=True)
class Sheet:
    """What can be read of a page, or of the part of it that is turned. ``overprinted``: characters lie upon others."""

    pieces: tuple[Piece, ...]
    overprinted: bool = False


def sheets_of(pieces: Sequence[Piece]) -> list[Sheet]:
    """The upright text of one page; then, if the page has it, text at a right angle to it (a table on its side)."""
    found = []
    for group in _by_direction(pieces):
        kept = _without_overlays(_without_doubles(_with_true_sizes(group)))
        crossing = sum(1 for _ in _lying_upon(kept, kept))
        printed = sum(piece.printed for piece in kept)
        found.append(Sheet(tuple(kept), crossing >= 8 and crossing > _SHUFFLED * printed))
    return found


def _by_direction(pieces: Sequence[Piece]) -> list[list[Piece]]:
    groups: dict[int | None, list[Piece]] = defaultdict(list)
    for piece in pieces:
        quarter = round(piece.angle / (math.pi / 2))
        straight = abs(piece.angle - quarter * math.pi / 2) < _UPRIGHT
        groups[quarter % 4 if straight else None].append(piece)
    sizes = {quarter: sum(piece.printed for piece in group) for quarter, group in groups.items()}
    if not sizes:
        return []
    main = max(sizes, key=lambda quarter: sizes[quarter])
    if main is None:  # all of it hangs: read as what it is nearest to
        skewed = Counter(round(piece.angle / (math.pi / 2)) % 4 for piece in groups[None])
        return [_turned(groups[None], skewed.most_common(1)[0][0])]
    order = [main] + [quarter for quarter in sorted(key for key in groups if key is not None) if quarter != main]
    return [_turned(groups[one], one) for one in order if one == main or sizes[one] >= _TURNED_TEXT]


def _turned(pieces: Iterable[Piece], quarter: int) -> list[Piece]:
    """Turned back by ``quarter`` right angles, so that the text runs to the right."""
    if quarter == 0:
        return list(pieces)
    across, down = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter]
    found = []
    for piece in pieces:
        corners = [(piece.left, piece.top), (piece.right, piece.top + piece.size)]
        xs = sorted(x * across + y * down for x, y in corners)
        ys = sorted(-x * down + y * across for x, y in corners)
        found.append(replace(piece, left=xs[0], right=xs[1], top=ys[0], size=ys[1] - ys[0], angle=0.0))
    return found


def _with_true_sizes(pieces: Sequence[Piece]) -> list[Piece]:
    """Print as high as its Chinese characters are wide: for one size of print, the heights that fonts claim differ by
    half."""
    widths: dict[float, list[float]] = defaultdict(list)
    for piece in pieces:
        if len(piece.text) == 1 and "\u3400" <= piece.text <= "\u9fff":
            widths[round(piece.size, 1)].append(piece.right - piece.left)
    sizes = {height: median(found) for height, found in widths.items()}
    return [
        replace(piece, top=piece.middle - size / 2, size=size)
        if (size := sizes.get(round(piece.size, 1), 0.0)) and 0.5 < size / max(piece.size, 0.1) < 2
        else piece
        for piece in pieces
    ]


def _without_doubles(pieces: Sequence[Piece]) -> list[Piece]:
    """A character that is drawn again a hair beside itself, to look bold or to throw a shadow, counts once."""
    seen: dict[tuple[str, int, int], list[Piece]] = defaultdict(list)
    kept = []
    for piece in pieces:
        cell = max(piece.size, 0.1)
        at = (round(piece.left / cell), round(piece.middle / cell))
        near = ((x, y) for x in (at[0] - 1, at[0], at[0] + 1) for y in (at[1] - 1, at[1], at[1] + 1))
        width = max(piece.right - piece.left, 0.1)
        if piece.printed and any(
            abs(other.left - piece.left) < 0.3 * width and abs(other.middle - piece.middle) < 0.3 * piece.size
            for x, y in near
            for other in seen.get((piece.text, x, y), ())
        ):
            continue
        kept.append(piece)
        if piece.printed:
            seen[piece.text, *at].append(piece)
    return kept


def _without_overlays(pieces: list[Piece]) -> list[Piece]:
    """Watermarks, by their print: what is far larger than the body, or paler, and lies upon the text."""
    printed = [piece for piece in pieces if piece.printed]
    if not printed:
        return pieces
    body = median(piece.size for piece in printed)
    prints: dict[tuple[float, float], list[Piece]] = defaultdict(list)
    for piece in printed:
        prints[_print(piece)].append(piece)
    if len(prints) == 1:
        return pieces
    gone: set[tuple[float, float]] = set()
    for key, group in prints.items():
        size, shade = key
        beneath = [
            other
            for other in printed
            if (size > _FAR_LARGER * body and other.size < 0.75 * size) or other.shade < shade - _LIGHTER
        ]
        pale = size > 1.3 * body and _PALE[0] < shade < _PALE[1]
        if beneath and (pale or sum(1 for _ in _lying_upon(group, beneath, _TOUCHES)) > _SHARE_ACROSS * len(group)):
            gone.add(key)
    return [piece for piece in pieces if not piece.printed or _print(piece) not in gone]


def _print(piece: Piece) -> tuple[float, float]:
    return round(piece.size, 0 if piece.size >= 4 else 1), round(piece.shade, 1)


def _lying_upon(pieces: Sequence[Piece], beneath: Sequence[Piece], share: float = 0.5) -> Iterator[Piece]:
    """Those of ``pieces`` that share a third of their width and ``share`` of their height with another character."""
    cell = max(median(piece.size for piece in beneath), 0.1) if beneath else 1.0
    places: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in beneath:
        if piece.printed:
            for x in range(int(piece.left // cell), int(piece.right // cell) + 1)[:50]:
                places[x, int(piece.middle // cell)].append(piece)
    for piece in pieces:
        if piece.printed and any(
            other is not piece and _shares(piece, other, share)
            for x in range(int(piece.left // cell), int(piece.right // cell) + 1)[:50]
            for y in range(int(piece.top // cell) - 1, int((piece.top + piece.size) // cell) + 2)[:50]
            for other in places.get((x, y), ())[:20]
        ):
            yield piece


def _shares(one: Piece, other: Piece, share: float) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.top + one.size, other.top + other.size) - max(one.top, other.top)
    narrower = min(one.right - one.left, other.right - other.left)
    return across > 0.35 * narrower and down > share * min(one.size, other.size)
