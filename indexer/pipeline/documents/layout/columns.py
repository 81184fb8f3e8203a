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
_PUNCTUATION = re.compile("[，。；：、！？（,;:]")
_RUNS_ON_ROWS = 6  # full lines of prose beside which a column may be a list
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
    """Columns on both sides; or print that runs on from line to line on one, and a list of short lines beside it."""
    left, right = _sides(rows, x)
    if _is_column(left, depth):
        return _is_column(right, depth) or (_runs_on(left) and _is_list_beside(right, left))
    return _runs_on(right) and _is_list_beside(left, right)


def _is_column(rows: Sequence[Row], depth: int) -> bool:
    """Rows of one run each, most of them as wide as the column; or such columns again."""
    if len(rows) < _FEWEST or fmean(len(row.text) for row in rows) < _CHARACTERS:
        return False
    if fmean(len(row.runs) for row in rows) > 1.25:
        return depth < _DEEPEST - 1 and _best_gutter(rows, depth + 1) is not None
    return _share_punctuated(rows) >= _SHARE_OF_PROSE and len(_full(rows)) >= _SHARE_FULL * len(rows)


def _runs_on(rows: Sequence[Row]) -> bool:
    """Prose beyond doubt: most lines are full, and most of those end in mid-sentence."""
    if len(rows) < _RUNS_ON_ROWS:
        return False
    full = _full(rows)
    cut = sum(_PUNCTUATION.match(row.text[-1:]) is None for row in full)
    return len(full) >= max(_RUNS_ON_ROWS, 0.6 * len(rows)) and cut >= 0.5 * len(full)


def _is_list_beside(rows: Sequence[Row], prose: Sequence[Row]) -> bool:
    alone = all(len(row.runs) == 1 for row in rows)
    return bool(rows) and alone and len(rows) >= 0.6 * len(prose) and _share_punctuated(rows) >= _SHARE_OF_PROSE


def _share_punctuated(rows: Sequence[Row]) -> float:
    return sum(_PUNCTUATION.search(row.text) is not None for row in rows) / len(rows)


def _full(rows: Sequence[Row]) -> list[Row]:
    width = max(row.right for row in rows) - min(row.left for row in rows)
    return [row for row in rows if row.right - row.left >= _FULL * width]


def _sides(rows: Sequence[Row], x: float) -> tuple[list[Row], list[Row]]:
    left, right = list[Row](), list[Row]()
    for row in rows:
        before = tuple(run for run in row.runs if run.right <= x)
        after = tuple(run for run in row.runs if run.right > x)
        left += [Row(before)] if before else []
        right += [Row(after)] if after else []
    return left, right
