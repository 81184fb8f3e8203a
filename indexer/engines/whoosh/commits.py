"""A commit: some reports go, some come, and the segments stay few.

What is added becomes a segment of its own, together with the live passages of every segment less than twice as large as
what has been gathered so far, and of those of which more than half is deleted. So each segment is at least twice as
large as the next, there are never more than log2 of the passages, and a passage is written anew about as often: of
100,000 added 40 at a time, each 11 times at most. Gathered passages are indexed again from what is stored of them, by
the one way there is to write a segment.
"""

from __future__ import annotations

import heapq
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.domain.results import IndexedPassage
from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.codec import INDEX_NAME, ArraySegment, schema
from indexer.engines.whoosh.index_writing import write_segment
from indexer.engines.whoosh.open_index import OpenGeneration, OpenSegment
from indexer.text.analyser import Analyser

Progress = Callable[[int, int], None]  # so many, of so many
_MUCH_LARGER = 2  # times


def commit(
    folder: Path,
    before: OpenGeneration,
    added: Sequence[IndexedPassage],
    without: Iterable[str],
    analyser: Analyser,
    progress: Progress,
    processes: int = 1,
) -> None:
    """Make a generation of what ``before`` has, without the reports ``without`` and those of ``added``, and of
    ``added``, in the order of columns.in_order. Call with the lock of index_files.writing held."""
    kept = _kept(before, {*without, *(passage.report for passage in added)})
    stay, taken_in = _sorted_out([table for table in kept if table.doc_count()], len(added))
    number = TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME) + 1  # also after a writer that was killed
    total = len(added) + sum(table.doc_count() for table in taken_in)
    passages = heapq.merge(iter(added), *map(before.live, taken_in), key=lambda one: (one.report, one.seq))
    del added  # 70 MB for 100,000 passages: they go as soon as they are read, before the postings are put in order
    fresh = ArraySegment(total)
    tables = [*stay, fresh] if total else stay
    place, table = folder / fresh.folder, TOC(schema(), tables, number)
    try:
        if total:
            place.mkdir()
            write_segment(place, _counted(passages, total, progress), total, analyser, processes)
        table.write(FileStorage(str(folder)), INDEX_NAME)
        told = [(one.folder, one.doc_count_all(), one.dead) for one in tables]
        index_files.seal(folder, number, TOC._filename(INDEX_NAME, number), told)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)  # half a segment is of no use to anybody
        raise
    index_files.sweep(folder)


def _sorted_out(tables: Iterable[ArraySegment], added: int) -> tuple[list[ArraySegment], list[ArraySegment]]:
    """(what stays as it is, what is written anew together with the ``added`` passages)."""
    taken_in = [one for one in tables if one.deleted_count() > one.doc_count()]
    stay = sorted((one for one in tables if one not in taken_in), key=ArraySegment.doc_count, reverse=True)
    gathered = added + sum(one.doc_count() for one in taken_in)
    while stay and stay[-1].doc_count() < _MUCH_LARGER * gathered:
        taken_in.append(stay.pop())
        gathered += taken_in[-1].doc_count()
    return stay, taken_in


def _kept(before: OpenGeneration, gone: set[str]) -> list[ArraySegment]:
    return [_without(table, before.segments[table.folder], gone) for table in before.tables]


def _without(table: ArraySegment, segment: OpenSegment, gone: Iterable[str]) -> ArraySegment:
    """``table`` with the passages of the reports ``gone`` deleted."""
    reports, of_passages = segment.arrays.reports, segment.columns.report
    stretches = []
    for report in gone:
        name = report.encode("utf-8", "surrogatepass")
        at = bisect_left(reports, name)
        if at < len(reports) and reports[at] == name:
            start, end = np.searchsorted(of_passages, [at, at + 1]).tolist()
            stretches.append((start, end))
    return table.without(stretches)


def _counted(passages: Iterable[IndexedPassage], total: int, progress: Progress) -> Iterator[IndexedPassage]:
    for done, passage in enumerate(passages, 1):
        yield passage
        progress(done, total)
