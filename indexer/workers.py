"""Work done by several processes, and given back in order."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from indexer.errors import Interrupted

Job = TypeVar("Job")
Kept = TypeVar("Kept")
Result = TypeVar("Result")
_AHEAD = 4  # jobs for each process: few are in memory at a time


def side_by_side(
    work: Callable[[Job], Result], jobs: Iterable[tuple[Kept, Job]], processes: int
) -> Iterator[tuple[Kept, Result]]:
    """What ``work`` makes of each job, beside what is kept here meanwhile. Raises NoIndex where a helper died.

    Processes are spawned, not forked: a forked one would inherit the lock on the data folder and keep it after a kill.
    """
    waiting: deque[tuple[Kept, Future[Result]]] = deque()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_end_with_parent) as pool:
        try:
            for kept, job in jobs:
                waiting.append((kept, pool.submit(work, job)))
                if len(waiting) >= _AHEAD * processes:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        except BrokenProcessPool as error:
            raise Interrupted("process.ended") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def in_threads(work: Callable[[Job], Result], jobs: Iterable[Job], threads: int) -> Iterator[tuple[Job, Result]]:
    """Each job with what ``work`` makes of it, in order: for work that waits for another process."""
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    pool = ThreadPoolExecutor(threads)
    try:
        for job in jobs:
            waiting.append((job, pool.submit(work, job)))
            if len(waiting) >= _AHEAD * threads:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A helper whose build was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
