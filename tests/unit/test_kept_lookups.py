"""What was looked up is kept, up to a size."""

from __future__ import annotations

import numpy as np

from indexer.engines.evaluation.postings import Occurrences
from indexer.engines.whoosh.kept_lookups import KeptLookups


def found(count: int) -> Occurrences:
    return Occurrences(np.arange(count, dtype=np.int32), np.ones(count, np.int32))


def test_what_was_asked_is_not_looked_up_again() -> None:
    kept, looked = KeptLookups(), []

    def look_up() -> Occurrences:
        looked.append(1)
        return found(3)

    assert kept.get("招商", look_up) is kept.get("招商", look_up)
    assert len(looked) == 1


def test_what_takes_more_than_there_is_room_for_goes_in_the_order_it_came() -> None:
    kept = KeptLookups(most_bytes=20_000)
    for word in range(100):
        kept.get(word, lambda: found(10))
        assert kept.bytes <= 20_000
    again = found(7)
    assert kept.get(0, lambda: again) is again
    assert kept.get(99, lambda: again) is not again


def test_one_that_is_too_large_is_not_kept() -> None:
    kept = KeptLookups()
    kept.get("的", lambda: found(1_000_000))
    assert kept.bytes == 0
