"""Whose turn it is: workers that are free, and requests that wait for one."""

from __future__ import annotations

import threading
from collections import deque
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

Worker = TypeVar("Worker")


class IdleWorkers(Generic[Worker]):
    """Workers go to requests in the order in which these asked: one that comes as a worker falls free doesn't overtake
    those that wait, as it may with a queue.Queue. Who has just made a page has it all in its caches (8 ms of CPU for
    the next instead of 9), so of several that are free the last one goes first. Any number of threads may ask at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[Worker] = []
        self._waiting: deque[SimpleQueue[Worker]] = deque()

    def __len__(self) -> int:
        return len(self._free)

    def take(self, seconds: float) -> Worker:
        """Raises queue.Empty where none falls free within ``seconds``."""
        with self._lock:
            if self._free:
                return self._free.pop()
            mine: SimpleQueue[Worker] = SimpleQueue()
            self._waiting.append(mine)
        try:
            return mine.get(timeout=seconds)
        except Empty:
            with self._lock:
                if mine in self._waiting:
                    self._waiting.remove(mine)
                    raise
            return mine.get_nowait()  # it was given just now

    def give(self, worker: Worker) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(worker)
            else:
                self._free.append(worker)
