"""Which of the passages found are shown, and in which order, without sorting the rest.

Best first or newest first; what is equal by date, then by id; without a date comes after all dated ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.domain.query import Sort
from indexer.engines.evaluation.doc_values import Columns
from indexer.engines.evaluation.postings import Floats, Numbers, Scores

Places = npt.NDArray[np.intp]  # in the passages found
_ROWS = 16
_FEW = 256  # to sort them all takes 8 µs, no more than looking for the best of them first
_STEPS = 10_000  # scores are equal when they agree in so many parts of a point; float32 holds a score of 100 no finer


def report_starts(passages: Numbers, columns: Columns) -> Places:
    """Where each report's passages start: those of a report stand side by side."""
    reports = columns.report.take(passages)
    new = np.ones(len(reports), np.bool_)
    np.not_equal(reports[1:], reports[:-1], out=new[1:])
    return np.flatnonzero(new)


def sizes(starts: Places, total: int) -> Places:
    """How many of ``total`` lie from each start to the next: np.diff(append=…) takes four times as long."""
    return np.append(starts[1:], total) - starts


def best_passages(found: Scores, columns: Columns, sort: Sort, skipped: int, limit: int) -> Places:
    """``limit`` places after the first ``skipped``, in order."""
    if len(found) < 2:  # as most quotes find: to order nothing took a quarter of their time
        return np.arange(len(found))[skipped : skipped + limit]
    if sort is not Sort.RELEVANCE or len(found) <= max(skipped + limit, _FEW):
        return _smallest(_keys(found, columns, sort), skipped + limit)[skipped:]
    near = _near_the_best(found.scores, skipped + limit)
    keys: npt.NDArray[np.int64] = _keys(found.at(near), columns, sort)
    return _of(near, _smallest(keys, skipped + limit)[skipped:])


def best_of_reports(found: Scores, columns: Columns, sort: Sort, skipped: int, limit: int, each: int) -> Places:
    """The ``each`` best passages of ``limit`` reports after the first ``skipped``; reports go by their best passage."""
    starts = report_starts(found.passages, columns)
    if not len(starts):
        return starts
    near: Places = np.arange(len(found))
    if sort is Sort.RELEVANCE:
        best = np.maximum.reduceat(found.scores, starts)
        chosen = np.zeros(len(starts), np.bool_)
        chosen[_near_the_best(best, skipped + limit)] = True
        near = np.flatnonzero(np.repeat(chosen, sizes(starts, len(found))))
        starts = report_starts(found.passages.take(near), columns)
    keys: npt.NDArray[np.int64] = _keys(found.at(near), columns, sort)
    shown = _smallest(np.minimum.reduceat(keys, starts), skipped + limit)[skipped:]
    ends = np.append(starts[1:], len(near))
    groups = [np.arange(starts[one], ends[one]) for one in shown]
    best_of_each = [_of(group, _smallest(keys[group], each)) for group in groups]
    return _of(near, np.concatenate(best_of_each or [starts[:0]]))


def _near_the_best(scores: Floats, count: int) -> Places:
    """Places of all that may be among the ``count`` best, those a hair below them included."""
    if len(scores) <= max(count, _FEW):
        return np.arange(len(scores))
    least = _surely_among_the_best(scores, count) if len(scores) > count * _ROWS else scores
    last = np.partition(least, len(least) - count)[len(least) - count]
    return np.flatnonzero(scores >= last - np.float32(2 / _STEPS))


def _surely_among_the_best(scores: Floats, count: int) -> Floats:
    """Some scores whose ``count``-th best is no better than that of all: the best of each of many groups.

    Partitioning 40,000 scores takes 230 µs, this 10, and leaves a few hundred.
    """
    groups = len(scores) // _ROWS
    best: Floats = scores[: groups * _ROWS].reshape(_ROWS, groups).max(axis=0)
    return best if groups < count * _ROWS else _surely_among_the_best(best, count)


def _keys(found: Scores, columns: Columns, sort: Sort) -> npt.NDArray[np.int64]:
    """The smaller comes first; of equal keys, the one with the smaller number."""
    keys: npt.NDArray[np.int64] = np.rint(found.scores * np.float32(-_STEPS)).astype(np.int64)
    if sort is Sort.DATE:
        keys -= columns.day.take(found.passages).astype(np.int64) << 32
        return keys
    keys <<= 32
    keys += columns.among_equals.take(found.passages)
    return keys


def _smallest(keys: npt.NDArray[np.int64], count: int) -> Places:
    """Places of the ``count`` smallest, in order; of equal ones the earlier comes first."""
    if len(keys) <= max(count, _FEW):
        return np.argsort(keys, kind="stable")[:count]
    last = np.partition(keys, count - 1)[count - 1]
    less, equal = np.flatnonzero(keys < last), np.flatnonzero(keys == last)
    chosen = np.sort(np.concatenate((less, equal[: count - len(less)])))
    return _of(chosen, np.argsort(keys[chosen], kind="stable"))


def _of(places: Places, chosen: Places) -> Places:
    return places.take(chosen)
