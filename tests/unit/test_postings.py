"""Which passages have several things at once, and what they earn: the same by whichever way it is looked up."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.engines.evaluation.postings import Occurrences, Scores, ScoresToCome, flat, in_all

SIZE = 400
counts = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 9), max_size=60)
PENALTIES = np.linspace(0.4, 3, SIZE, dtype=np.float32)


def spread(found: Occurrences) -> Occurrences:
    of_every = np.zeros(SIZE, np.uint8)
    of_every[found.passages] = found.counts
    return Occurrences(found.passages, found.counts, of_every)


def scored(found: Occurrences, gain: float) -> ScoresToCome:
    return ScoresToCome.of(found, np.float32(gain), PENALTIES)


def earned(counts: dict[int, int], gain: float, passage: int) -> float:
    return gain * counts[passage] / (counts[passage] + float(PENALTIES[passage])) if passage in counts else 0.0


def as_dict(found: Scores) -> dict[int, float]:
    return {p: round(s, 4) for p, s in zip(found.passages.tolist(), found.scores.tolist(), strict=True)}


@given(counts, counts)
@example({7: 2}, {number: 1 + number % 3 for number in range(0, SIZE, 3)})  # one list much longer than the other
def test_what_has_both_earns_by_both(one: dict[int, int], other: dict[int, int]) -> None:
    expected = {p: round(earned(one, 2.0, p) + earned(other, 0.5, p), 4) for p in sorted({*one} & {*other})}
    first, second = Occurrences.of(one), Occurrences.of(other)
    for known in (second, spread(second)):
        both = as_dict(in_all([scored(spread(first), 2.0), scored(known, 0.5)]))
        assert both.keys() == expected.keys()
        assert all(abs(both[p] - expected[p]) < 1e-3 for p in both)


@given(counts, st.sets(st.integers(0, SIZE - 1), max_size=40))
def test_a_filter_leaves_what_passes_with_its_score(some: dict[int, int], passing: set[int]) -> None:
    found, there = scored(spread(Occurrences.of(some)), 1.5), np.array(sorted(passing), np.int32)
    kept = found.only(there)
    assert kept.passages.tolist() == sorted({*some} & passing)
    everything = as_dict(found)
    assert as_dict(kept) == {p: everything[p] for p in kept.passages.tolist()}
    assert as_dict(flat(found.passages, 1.0).only(there)) == dict.fromkeys(kept.passages.tolist(), 1.0)


def test_narrowed_again_after_counting_it_earns_the_same() -> None:
    found = scored(Occurrences.of({3: 1, 5: 2, 9: 4}), 1.0)
    odd = np.array([True, False, True])
    before = as_dict(found.where(odd))
    assert found.scores.shape == (3,)  # counted now
    assert as_dict(found.where(odd)) == before
