"""Characters at one height as a row, and what stands apart in it as runs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.pipeline.documents.layout.pieces import Piece

_GAP_OF_RUNS = 0.9  # times the size: two columns of print stand further apart, words closer
GAP_OF_CELLS = 2.0  # times the size: what stands so far apart are cells of a table
_SPACED_OUT = 6  # single characters apart by the same gap are one word: 总　结


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that belong together at one height."""

    left: float
    right: float
    top: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """All at one height of a sheet, left to right."""

    runs: tuple[Run, ...]

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return max(run.right for run in self.runs)

    @property
    def top(self) -> float:
        return min(run.top for run in self.runs)

    @property
    def size(self) -> float:
        return median(run.size for run in self.runs for _ in run.text)

    @property
    def middle(self) -> float:
        return median(run.top + run.size / 2 for run in self.runs)

    @property
    def text(self) -> str:
        return " | ".join(cell.text for cell in self.cells)

    @property
    def cells(self) -> tuple[Run, ...]:
        """Runs put together as far as they are no cells of a table."""
        found: list[Run] = []
        for run in self.runs:
            if found and run.left - found[-1].right <= GAP_OF_CELLS * max(found[-1].size, run.size):
                found[-1] = _together(found[-1], run)
            else:
                found.append(run)
        return tuple(found)


def _together(one: Run, other: Run) -> Run:
    latin = (
        one.text[-1:].isascii() and one.text[-1:].isalnum() and other.text[:1].isascii() and other.text[:1].isalnum()
    )
    wide = other.left - one.right > _GAP_OF_RUNS * max(one.size, other.size)
    text = one.text + (" " if latin or wide else "") + other.text
    return Run(one.left, max(one.right, other.right), min(one.top, other.top), max(one.size, other.size), text)


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Top to bottom."""
    heights: list[list[Piece]] = []
    for piece in sorted((one for one in pieces if one.text), key=lambda piece: piece.middle):
        last = heights[-1][-1] if heights else None
        if last is None or abs(last.middle - piece.middle) > 0.5 * max(last.size, piece.size):
            heights.append([])
        heights[-1].append(piece)
    rows = [row for height in heights for part in _apart(height) if (row := _row(part))]
    return sorted(rows, key=lambda row: row.middle)


def _apart(pieces: list[Piece], rounds: int = 0) -> list[list[Piece]]:
    """Pieces of which one stands above the other, though nearly at one height (a cell of two lines), are two rows."""
    printed = sorted((piece for piece in pieces if piece.printed), key=lambda piece: piece.left)
    stacked = any(
        two.left < one.right - 0.5 * min(one.right - one.left, two.right - two.left)
        and abs(one.middle - two.middle) > 0.25 * max(one.size, two.size)
        for one, two in itertools.pairwise(printed)
    )
    if not stacked or rounds > 3:
        return [pieces]
    middles = sorted(piece.middle for piece in printed)
    gap, cut = max((after - before, (after + before) / 2) for before, after in itertools.pairwise(middles))
    if gap < 0.2 * median(piece.size for piece in printed):
        return [pieces]
    above = [piece for piece in pieces if piece.middle <= cut]
    below = [piece for piece in pieces if piece.middle > cut]
    return [*_apart(above, rounds + 1), *_apart(below, rounds + 1)]


def _row(pieces: list[Piece]) -> Row | None:
    pieces.sort(key=lambda piece: piece.left)
    groups: list[list[Piece]] = []
    reached = 0.0
    size = max((piece.size for piece in pieces if piece.printed), default=0.0)
    for piece in pieces:
        if not piece.printed:
            if groups:
                groups[-1].append(piece)
            continue
        if not groups or piece.left - reached > _GAP_OF_RUNS * size:
            groups.append([])
        groups[-1].append(piece)
        reached = piece.right if len(groups[-1]) == 1 else max(reached, piece.right)
    runs = [_run(group) for group in groups]
    return Row(tuple(runs)) if runs else None


def _run(pieces: list[Piece]) -> Run:
    printed = [piece for piece in pieces if piece.printed]
    return Run(
        printed[0].left,
        max(piece.right for piece in printed),
        min(piece.top for piece in printed),
        median(piece.size for piece in printed),
        "".join(piece.text for piece in pieces).strip(),
    )
