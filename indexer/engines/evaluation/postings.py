"""Where something stands, and what a passage earns by it: arrays instead of dictionaries, so that a word of 40,000
passages is scored in one step.

Of ways to say the same to numpy the fast one is taken throughout, measured for 40,000 of 100,000 passages: ``take``
29 µs and ``compress`` 30 µs, where indexing takes 70 and 108; assigning to places given as intp 60 µs, as int32 150;
``flatnonzero`` of booleans 60 µs, of floats 690.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]  # of passages, ascending, each once
Counts = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float32]

_NO_NUMBERS: Numbers = np.empty(0, np.int32)
_NOWHERE = np.intp(-1)
_NO_SCORE = np.float32(-1)  # earned scores are never negative
_MUCH_LONGER = 16  # times: from here on looking 1,000 numbers up in a list beats spreading the list out


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The passages that have something, and how often each has it (at least once).

    ``spread``: how often each passage of the index has it, mostly 0. An index keeps it of what is frequent: whether
    4,000 passages have it too is then looked up in 4 µs, where searching a list of 33,000 takes 200.

    ``of_all``: how many passages of the index have it, where ``passages`` are only some of those (an engine that looks
    things up elsewhere and scores a few candidates here).
    """

    passages: Numbers
    counts: Counts
    spread: Counts | None = None
    of_all: int | None = None

    @property
    def frequency(self) -> int:
        """How many passages of the index have it."""
        return len(self.passages) if self.of_all is None else self.of_all

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> Occurrences:
        passages = sorted(counts)
        return cls(np.array(passages, np.int32), np.array([counts[number] for number in passages], np.int32))

    def __len__(self) -> int:
        return len(self.passages)

    def counts_in(self, passages: Numbers, size: int) -> Counts:
        """How often each of ``passages`` has it, of an index of ``size``; 0 where it doesn't."""
        if self.spread is not None:
            return self.spread.take(passages)
        if len(self.passages) > _MUCH_LONGER * len(passages):
            at = np.minimum(self.passages.searchsorted(passages), len(self.passages) - 1)
            return self.counts.take(at) * (self.passages.take(at) == passages)  # type: ignore[no-any-return]
        spread = np.zeros(size, self.counts.dtype)
        spread[self.passages.astype(np.intp)] = self.counts
        return spread.take(passages)


def most(one: Occurrences, other: Occurrences) -> Occurrences:
    """What either has, as often as the one that has it more often."""
    if not len(other):
        return one
    passages = np.union1d(one.passages, other.passages).astype(np.int32)
    counts = np.zeros(len(passages), np.int64)
    for each in (one, other):
        at = np.searchsorted(passages, each.passages)
        counts[at] = np.maximum(counts[at], each.counts)
    return Occurrences(passages, counts)


NOWHERE = Occurrences(_NO_NUMBERS, _NO_NUMBERS)


class Scores:
    """The passages that answer something, and what each earns by it (never negative)."""

    def __init__(self, passages: Numbers, scores: Floats) -> None:
        self.passages = passages
        self._scores: Floats | None = scores

    def __len__(self) -> int:
        return len(self.passages)

    @property
    def scores(self) -> Floats:
        if self._scores is None:
            self._scores = self._counted()
        return self._scores

    def where(self, which: npt.NDArray[np.bool_]) -> Scores:
        return Scores(self.passages.compress(which), self.scores.compress(which))

    def at(self, places: npt.NDArray[np.intp]) -> Scores:
        return Scores(self.passages.take(places), self.scores.take(places))

    def times(self, weight: float) -> Scores:
        return Scores(self.passages, self.scores * np.float32(weight))

    def only(self, passages: Numbers) -> Scores:
        """Those of ``passages`` that answer."""
        return flat(passages).also(self)

    def also(self, other: Scores) -> Scores:
        """What is in ``other``, which is longer, as well; scores are added."""
        if not len(self) or not len(other):
            return NONE
        places = _places_in(other.passages, self.passages)
        both = places != _NOWHERE
        mine, its = self.where(both), other.at(places.compress(both))
        return Scores(mine.passages, mine.scores + its.scores)

    def _counted(self) -> Floats:
        raise NotImplementedError


class ScoresToCome(Scores):
    """BM25 of some terms together, counted when somebody asks for it: of a word of 400,000 passages that stands beside
    one of 500, or under a filter that lets 500 pass, 500 are counted. One question's, not to be shared by threads.

    ``counts``: how often each of ``passages`` has each term. ``gains``: what each term earns at most. ``penalties``: of
    all passages of the index (matching.length_penalties).
    """

    def __init__(
        self, passages: Numbers, counts: Sequence[Counts], gains: Sequence[np.float32], penalties: Floats
    ) -> None:
        self.passages = passages
        self._scores = None
        self._counts = counts
        self._gains = gains
        self._penalties = penalties
        self._whole: Occurrences | None = None

    @classmethod
    def of(cls, found: Occurrences, gain: np.float32, penalties: Floats) -> ScoresToCome:
        made = cls(found.passages, (found.counts,), (gain,), penalties)
        made._whole = found
        return made

    def where(self, which: npt.NDArray[np.bool_]) -> Scores:
        return super().where(which) if self._scores is not None else self.at(np.flatnonzero(which))

    def at(self, places: npt.NDArray[np.intp]) -> Scores:
        if self._scores is not None:
            return super().at(places)
        counts = [of_term.take(places) for of_term in self._counts]
        return ScoresToCome(self.passages.take(places), counts, self._gains, self._penalties)

    def only(self, passages: Numbers) -> Scores:
        """Those of ``passages`` that answer."""
        return ScoresToCome(passages, (), (), self._penalties).also(self)

    def also(self, other: Scores) -> Scores:
        if not isinstance(other, ScoresToCome) or other._whole is None or self._scores is not None:
            return super().also(other)
        counts = other._whole.counts_in(self.passages, len(self._penalties))
        both = np.flatnonzero(counts.astype(np.bool_))
        kept = [of_term.take(both) for of_term in (*self._counts, counts)]
        return ScoresToCome(self.passages.take(both), kept, (*self._gains, *other._gains), self._penalties)

    def _counted(self) -> Floats:
        penalties = self._penalties.take(self.passages)
        total = np.zeros(len(self.passages), np.float32) if not self._counts else None
        for gain, counts in zip(self._gains, self._counts, strict=True):
            often = counts.astype(np.float32)
            earned = gain * often
            earned /= often + penalties
            total = earned if total is None else total + earned
        assert total is not None
        return total


NONE = Scores(_NO_NUMBERS, np.empty(0, np.float32))


def flat(passages: Numbers, score: float = 0.0) -> Scores:
    """The same score for each."""
    return Scores(passages, np.full(len(passages), score, np.float32))


def in_any(found: Sequence[Scores], size: int) -> Scores:
    """What is in any of ``found``, of an index of ``size`` passages; scores are added."""
    filled = [one for one in found if len(one)]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    total = np.zeros(size, np.float32)
    for one in filled:
        at = one.passages.astype(np.intp)
        total[at] = total.take(at) + one.scores
    positive = all(one.scores.min() > 0 for one in filled)
    passages = np.flatnonzero(total > 0 if positive else _marked(filled, size))
    return Scores(passages.astype(np.int32), total.take(passages))


def best_of(found: Sequence[Scores], size: int) -> Scores:
    """What is in any of ``found``; the best score counts."""
    filled = [one for one in found if len(one)]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    best = np.full(size, _NO_SCORE, np.float32)
    for one in filled:
        at = one.passages.astype(np.intp)
        best[at] = np.maximum(best.take(at), one.scores)
    passages = np.flatnonzero(best != _NO_SCORE)
    return Scores(passages.astype(np.int32), best.take(passages))


def in_all(found: Sequence[Scores]) -> Scores:
    """What is in all of ``found``; scores are added. Nothing where ``found`` is empty."""
    if not found:
        return NONE
    rarest, *others = sorted(found, key=len)
    for other in others:
        rarest = rarest.also(other)
    return rarest


def without(size: int, unwanted: Sequence[Scores]) -> Scores:
    """Every passage that is in none of ``unwanted``, with score 0."""
    return flat(np.flatnonzero(~_marked(unwanted, size)).astype(np.int32))


def members(passages: Numbers, found: Sequence[Scores], size: int) -> npt.NDArray[np.bool_]:
    """Which of ``passages`` are in any of ``found``."""
    return _marked(found, size).take(passages)


def _marked(found: Sequence[Scores], size: int) -> npt.NDArray[np.bool_]:
    there = np.zeros(size, np.bool_)
    for one in found:
        there[one.passages.astype(np.intp)] = True
    return there


def _places_in(passages: Numbers, wanted: Numbers) -> npt.NDArray[np.intp]:
    """Where each of ``wanted`` stands in ``passages``, -1 where it doesn't. Neither is empty."""
    if len(passages) > _MUCH_LONGER * len(wanted):
        at = np.minimum(passages.searchsorted(wanted), len(passages) - 1)
        return np.where(passages.take(at) == wanted, at, _NOWHERE)
    places = np.full(max(passages[-1], wanted[-1]) + 1, _NOWHERE, np.intp)
    places[passages.astype(np.intp)] = np.arange(len(passages))
    return places.take(wanted)
