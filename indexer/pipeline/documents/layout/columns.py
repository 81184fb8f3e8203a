"""Columns of print told from columns of a table, and read one after the other."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean, median

from indexer.pipeline.documents.layout.rows import Row

_FEWEST = 3  # rows on each side
_CHARACTERS = 8  # a row of print has at least so many on average; a cell rarely
_FULL = 0.7  # of the column's width
_SHARE_FULL = 0.4  # of the rows are full
_SHARE_OF_PROSE = 0.35  # of the rows hold a mark of punctuation: labels and numbers of a table hold none
_PUNCTUATION = re.compile("[，。；：、！？（]")
_MOST_GUTTERS = 12  # places tried
_DEEPEST = 3  # four columns


def frames_of(rows: Sequence[Row], depth: int = 0) -> list[list[Row]]:
    """``rows`` of a sheet as stretches that are read one after the other, each of one measure."""
    gutter = _best_gutter(rows, depth) if depth < _DEEPEST else None
    if gutter is None:
        return [list(rows)] if rows else []
    frames: list[list[Row]] = []
    for stretch, apart in _stretches(rows, gutter, depth):
        if apart:
            left, right = _sides(stretch, gutter)
            frames += [*frames_of(left, depth + 1), *frames_of(right, depth + 1)]
        else:
            frames.append(list(stretch))
    return frames


def _best_gutter(rows: Sequence[Row], depth: int) -> float | None:
    """Where most characters stand in columns on both sides of; None where there are no columns."""
    if len(rows) < _FEWEST:
        return None
    size = median(row.size for row in rows)
    if size <= 0:
        return None
    gaps = Counter(round(x / (size / 2)) for x in _gaps(rows))
    best: tuple[int, float] | None = None
    for place, _ in gaps.most_common(_MOST_GUTTERS):
        x = place * size / 2
        worth = sum(
            len(run.text)
            for stretch, apart in _stretches(rows, x, depth)
            if apart
            for row in stretch
            for run in row.runs
        )
        if worth and (best is None or worth > best[0]):
            best = worth, x
    return best[1] if best else None


def _gaps(rows: Sequence[Row]) -> Iterator[float]:
    """The middle between neighbours in a row; and between rows, where lines of two columns stand at other heights."""
    for row in rows:
        for one, two in itertools.pairwise(row.runs):
            yield (one.right + two.left) / 2
    for one_row, two_row in itertools.pairwise(rows):
        left, right = (one_row, two_row) if one_row.left < two_row.left else (two_row, one_row)
        if left.right < right.left and two_row.middle - one_row.middle < 1.2 * two_row.size:
            yield (left.right + right.left) / 2


def _stretches(rows: Sequence[Row], x: float, depth: int) -> list[tuple[list[Row], bool]]:
    """``rows`` cut where one of them crosses ``x``; whether each stretch stands in columns beside it."""
    found: list[tuple[list[Row], bool]] = []
    for row in rows:
        crosses = any(run.left < x < run.right for run in row.runs)
        if found and found[-1][1] == (not crosses):
            found[-1][0].append(row)
        else:
            found.append(([row], not crosses))
    merged: list[tuple[list[Row], bool]] = []
    for stretch, clear in found:
        for part, apart in _parts(stretch, x, depth) if clear else [(stretch, False)]:
            if merged and not apart and not merged[-1][1]:
                merged[-1][0].extend(part)
            else:
                merged.append((part, apart))
    return merged


def _parts(rows: list[Row], x: float, depth: int) -> list[tuple[list[Row], bool]]:
    """Rows that don't cross ``x``: columns as a whole, or columns and a table above or below them, or none."""
    if _is_print(rows, x, depth):
        return [(rows, True)]
    found: list[tuple[list[Row], bool]] = []
    for of_cells, part in itertools.groupby(rows, key=lambda row: _has_cells(row, x)):
        stretch = list(part)
        found.append((stretch, not of_cells and _is_print(stretch, x, depth)))
    return found


def _has_cells(row: Row, x: float) -> bool:
    before = sum(run.right <= x for run in row.runs)
    return max(before, len(row.runs) - before) > 1


def _is_print(rows: Sequence[Row], x: float, depth: int) -> bool:
    left, right = _sides(rows, x)
    return _is_column(left, depth) and _is_column(right, depth)


def _is_column(rows: Sequence[Row], depth: int) -> bool:
    """Rows of one run each, most of them as wide as the column; or such columns again."""
    if len(rows) < _FEWEST or fmean(len(row.text) for row in rows) < _CHARACTERS:
        return False
    if fmean(len(row.runs) for row in rows) > 1.25:
        return depth < _DEEPEST - 1 and _best_gutter(rows, depth + 1) is not None
    if sum(_PUNCTUATION.search(row.text) is not None for row in rows) < _SHARE_OF_PROSE * len(rows):
        return False
    edge, end = min(row.left for row in rows), max(row.right for row in rows)
    full = sum(row.right - row.left >= _FULL * (end - edge) for row in rows)
    return full >= _SHARE_FULL * len(rows)


def _sides(rows: Sequence[Row], x: float) -> tuple[list[Row], list[Row]]:
    left, right = list[Row](), list[Row]()
    for row in rows:
        before = tuple(run for run in row.runs if run.right <= x)
        after = tuple(run for run in row.runs if run.right > x)
        left += [Row(before)] if before else []
        right += [Row(after)] if after else []
    return left, right
