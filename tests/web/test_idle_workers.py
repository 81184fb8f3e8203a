"""Who gets the next free worker."""

from __future__ import annotations

import threading
import time
from queue import Empty

import pytest

from webapp.idle_workers import IdleWorkers


def waiting(workers: IdleWorkers[str], name: str, took: list[tuple[str, str]]) -> threading.Thread:
    """A thread that has asked already."""
    before = len(workers._waiting)
    thread = threading.Thread(target=lambda: took.append((name, workers.take(10.0))))
    thread.start()
    while len(workers._waiting) == before:
        time.sleep(0.001)
    return thread


def test_of_several_free_ones_the_last_goes_first() -> None:
    workers: IdleWorkers[str] = IdleWorkers()
    for name in "ab":
        workers.give(name)
    assert (len(workers), workers.take(1.0), workers.take(1.0), len(workers)) == (2, "b", "a", 0)


def test_requests_are_served_in_the_order_in_which_they_asked_and_nobody_overtakes() -> None:
    workers: IdleWorkers[str] = IdleWorkers()
    took: list[tuple[str, str]] = []
    threads = [waiting(workers, name, took) for name in ("first", "second")]
    workers.give("a")
    with pytest.raises(Empty):
        workers.take(0.0)  # the worker that fell free belongs to whoever waits longest
    threads[0].join(10)
    assert took == [("first", "a")]
    workers.give("b")
    threads[1].join(10)
    assert took == [("first", "a"), ("second", "b")]


def test_who_gave_up_waiting_is_given_nothing() -> None:
    workers: IdleWorkers[str] = IdleWorkers()
    with pytest.raises(Empty):
        workers.take(0.01)
    workers.give("a")
    assert workers.take(0.0) == "a"
