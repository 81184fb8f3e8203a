"""By which letters each name of a list is found: the keys of all names, made and sorted in arrays.

A key is one letter for its kind and what is typed::

    T t   as it is written, from its beginning / from a later place in it
    P p   in pinyin                     zhaoshangyinzi / shangyinzi, yinzi, zi
    I i   first letters of the pinyin   zsyz / syz, yz

So keys are stretches of what the names, their pinyin and their first letters are when each is written one after the
other, and none of them is made by itself: 360,000 keys of 53,000 names take .15 s, one by one .9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.text.dictionary_matcher import Codes, codes_of

LONGEST_KEY = 16  # characters of the text; what is typed beyond is compared with the text itself
_COMPARED = 8  # bytes at once
_FILLED = np.uint8(1)  # is added to each byte, none of which is 255: what is at an end comes before all that goes on

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


class Name(NamedTuple):
    """``text``: folded; ``syllables``: one for each character; ``starts``: the places that it can be found from, all
    where None. A title is long: it has its words for them, and no initials."""

    text: str
    syllables: Sequence[str]
    starts: Sequence[int] | None


class Keys(NamedTuple):
    """Keys of a kind in their order: what they are one after the other, how many bytes each has, number of its name."""

    joined: Bytes
    lengths: Ints
    numbers: Ints


def sorted_keys(names: Sequence[Name]) -> Iterator[Keys]:
    """Kind by kind, in the order of all; of equal ones that with the smaller number first."""
    places = _Places(names)
    syllables = [syllable for name in names for syllable in name.syllables]
    initials = places.short & (places.ends - places.starts > 1) & places.any_between(places.codes > 127)
    spoken = places.any_between(np.array([*map(str.__ne__, syllables, places.text)], np.bool_))
    written = np.ones(len(places.starts), np.bool_)
    kinds = (
        ("I", _Writing([one[0] for one in syllables]), initials),
        ("P", _Writing(syllables), spoken),
        ("T", _Writing(places.text), written),
    )
    for there, cased in ((~places.later, str.upper), (places.later, str.lower)):
        for kind, writing, fitting in kinds:
            chosen = there & fitting
            starts, ends = writing.bounds.take(places.starts[chosen]), writing.bounds.take(places.ends[chosen])
            order = writing.order(starts, ends)
            joined, lengths = writing.keys(cased(kind), starts.take(order), ends.take(order))
            yield Keys(joined, lengths, places.numbers[chosen].take(order))


class _Places:
    """Where a key may start, among the characters of all names, and where it ends; ``numbers``: of its name; ``later``:
    whether it starts later than its name; ``short``: whether its name can be found from everywhere."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.text = "".join([name.text for name in names])
        self.codes = codes_of(self.text)
        lengths = np.array([len(name.text) for name in names], np.int64)
        behind = lengths.cumsum()
        firsts = behind - lengths
        short = np.array([name.starts is None for name in names], np.bool_)
        may_start = np.repeat(short, lengths)
        for name, first in zip(names, firsts.tolist(), strict=True):
            if name.starts is not None:
                may_start[[first + start for start in name.starts]] = True
        self.starts = np.flatnonzero(may_start & self._alphanumeric())
        self.numbers = np.repeat(np.arange(len(names)), lengths).take(self.starts)
        self.ends = np.minimum(self.starts + LONGEST_KEY, behind.take(self.numbers))
        self.later = self.starts > firsts.take(self.numbers)
        self.short = short.take(self.numbers)

    def _alphanumeric(self) -> Flags:
        known = np.zeros(int(self.codes.max(initial=0)) + 1, np.bool_)
        known[[ord(character) for character in set(self.text) if character.isalnum()]] = True
        return known.take(self.codes)

    def any_between(self, flags: Flags) -> Flags:
        """Whether one of them is set between start and end."""
        before = _sums(flags)
        more: Flags = before.take(self.ends) > before.take(self.starts)
        return more


class _Writing:
    """One way to write the names: ``parts``, one for each of their characters, in UTF-8; ``bounds``: where each starts,
    and where all end."""

    def __init__(self, parts: Sequence[str]) -> None:
        joined = "".join(parts)
        self._bytes = np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)
        characters = np.fromiter(map(len, parts), np.int64, len(parts))
        self.bounds = _sums(_bytes_of(codes_of(joined))).take(_sums(characters))

    def order(self, starts: Ints, ends: Ints) -> Ints:
        """The stretches by their bytes, the first of equal ones first: sorted by eight bytes, then those that are alike
        so far by the next eight."""
        order = np.arange(len(starts))
        undecided, groups = order.copy(), np.zeros(len(order), np.int64)
        for offset in range(0, int((ends - starts).max(initial=0)), _COMPARED):
            some = order.take(undecided)
            left = ends.take(some) - starts.take(some) - offset
            compared = self._eight_bytes.take(starts.take(some) + offset, mode="clip")
            compared &= _KEPT.take(left, mode="clip")
            by_bytes = np.lexsort((compared, groups)) if offset else np.argsort(compared, kind="stable")
            order[undecided] = some.take(by_bytes)
            compared, left = compared.take(by_bytes), left.take(by_bytes)
            new = np.ones(len(some) + 1, np.bool_)
            new[1:-1] = (compared[1:] != compared[:-1]) | (groups[1:] != groups[:-1])
            numbers = new[:-1].cumsum() - 1
            goes_on = np.maximum.reduceat(left, np.flatnonzero(new[:-1])) > _COMPARED if len(left) else new[:0]
            alike = ~(new[:-1] & new[1:]) & goes_on.take(numbers)
            undecided, groups = undecided.compress(alike), numbers.compress(alike)
        return order

    @cached_property
    def _eight_bytes(self) -> npt.NDArray[np.uint64]:
        """Of each byte itself and the seven behind it, as a number."""
        padded = np.zeros(len(self._bytes) + _COMPARED, np.uint64)
        padded[: len(self._bytes)] = self._bytes + _FILLED
        joined = np.zeros(len(self._bytes) + 1, np.uint64)
        for place in range(_COMPARED):
            joined = (joined << np.uint64(8)) | padded[place : place + len(joined)]
        return joined

    def keys(self, kind: str, starts: Ints, ends: Ints) -> tuple[Bytes, Ints]:
        """The stretches one after the other, each behind the letter of its kind, and their lengths with it."""
        lengths = ends - starts + 1
        firsts = lengths.cumsum() - lengths
        joined = self._bytes.take(np.repeat(starts - 1 - firsts, lengths) + np.arange(lengths.sum()), mode="clip")
        joined[firsts] = ord(kind)
        return joined, lengths


_KEPT = np.array([(1 << 64) - (1 << 8 * (_COMPARED - left)) for left in range(_COMPARED + 1)], np.uint64)


def _bytes_of(codes: Codes) -> Ints:
    """How many each character has in UTF-8."""
    return np.int64(1) + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF)


def _sums(counts: Ints | Flags) -> Ints:
    """Of all that stand before each, and of all."""
    return np.concatenate((np.zeros(1, np.int64), counts.cumsum()))
