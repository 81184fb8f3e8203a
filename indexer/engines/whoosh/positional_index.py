"""All texts as one long row of characters, and where each character stands in it: what answers a quote.

The places of a character are in the order of the two characters behind it, so that three in a row are found by
bisection, without a dictionary of a million pairs; what stands around them is then looked up in the row itself. So
every stretch is found whatever the word boundaries, at the price of its rarest three. (Indexed words alone found half
of random quotes, design.md section 4. By its rarest character alone a quote of two words took twice as long over
100,000 passages.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engines.evaluation.postings import NOWHERE, Occurrences
from indexer.stores.array_files import Draft, group, opened, save
from indexer.text.dictionary_matcher import Codes

_Character = tuple[int, int, int]  # number, where its places start and end
_CHARACTERS = 0x110000
_BLOCK_BITS = 6
_FEW = 8  # places: one by one they take 1 µs each, as an array 12 together
_IN_ORDER = 3  # characters in a row by which places are ordered
_BITS = 21  # of a character's number
_TOGETHER = 1 << 14  # places; a small text has 1,000 characters with a few places each: one by one they take 80 ms
_AT_ONCE = 1 << 22  # characters sorted in one go: 4 million take 70 MB


@dataclass(frozen=True)
class Letters:
    """``row``: each character by its number in ``alphabet`` (1 …), texts parted by 0, with one before and after all, so
    that nothing is found across them. ``starts``: where each text starts in the row, and where one more would.
    ``places``: where each character stands, those of number n from ``bounds[n]`` to ``bounds[n + 1]``, by the
    numbers of the two characters behind it, then ascending. ``texts_at``: the text that holds every 64th place."""

    alphabet: Codes
    row: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]
    places: npt.NDArray[np.uint32] | npt.NDArray[np.int64]
    texts_at: npt.NDArray[np.int32]

    def holding(self, words: str) -> Occurrences:
        """The texts that hold ``words``, and how often, overlapping ones counted each."""
        places = self.places_of(words)
        if not len(places):
            return NOWHERE
        if len(places) <= _FEW:
            return Occurrences.of(Counter(bisect_right(self._starts_view, at) - 1 for at in places.tolist()))
        texts = self._texts_of(places)
        new = np.ones(len(texts), np.bool_)
        np.not_equal(texts[1:], texts[:-1], out=new[1:])
        firsts = np.flatnonzero(new)
        counts = np.full(len(firsts), len(texts))
        counts[:-1] = firsts[1:]
        counts -= firsts
        return Occurrences(texts.take(firsts), counts)

    def places_of(self, words: str) -> npt.NDArray[Any]:
        """Where in the row ``words`` start, ascending."""
        characters = [one for one in map(self._known.get, words) if one is not None]
        if not characters or len(characters) < len(words):
            return self.places[:0]
        numbers = [number for number, _, _ in characters]
        at = self._rarest_three(characters)
        behind = at + _IN_ORDER
        found: npt.NDArray[Any] = self.places[self._range(characters[at], numbers[at + 1 : behind])]
        for place in (*range(at), *range(behind, len(numbers))):
            # Past either end of the row are gaps: clipping to them finds nothing. Unsigned places wrap to the far one.
            beside = self.row.take(found + (place - at) if place >= at else found - (at - place), mode="clip")
            found = found.compress(beside == numbers[place])
        if behind > len(numbers):
            found = np.sort(found)
        return found - at if at else found

    def _rarest_three(self, characters: Sequence[_Character]) -> int:
        """Where the three characters in a row start that stand together least often, were they strewn by chance."""
        shares = [(end - start) / len(self.row) for _, start, end in characters] + [1.0, 1.0]
        together = [one * two * three for one, two, three in zip(shares, shares[1:], shares[2:], strict=False)]
        return together.index(min(together))

    def _range(self, character: _Character, behind: Sequence[int]) -> slice:
        """Which of the places of ``character`` have ``behind`` (up to two numbers) behind it."""
        _, start, end = character
        if not behind:
            return slice(start, end)
        one, two = behind[0], behind[1] if len(behind) > 1 else 0
        first = self._at_or_after(start, end, one, two)
        one, two = (one, two + 1) if two else (one + 1, 0)
        ahead = 1  # mostly a few places, so that looking in steps twice as long each time beats bisecting them all
        while first + ahead < end and self._is_before(first + ahead, one, two):
            ahead <<= 1
        return slice(first, self._at_or_after(first + (ahead >> 1), min(first + ahead, end), one, two))

    def _is_before(self, place: int, one: int, two: int) -> bool:
        row, at = self._row_view, self._places_view[place] + 1
        return row[at] < one or (row[at] == one and row[at + 1] < two)

    def _at_or_after(self, start: int, end: int, one: int, two: int) -> int:
        """Of the places from ``start`` to ``end``, the first with ``one`` and ``two`` or what is more behind it."""
        row, places = self._row_view, self._places_view
        while start < end:
            middle = (start + end) >> 1
            at = places[middle] + 1
            if row[at] < one or (row[at] == one and row[at + 1] < two):  # one is no gap, so the row goes on behind it
                start = middle + 1
            else:
                end = middle
        return start

    # One number of an array takes 100 ns, of a view 35.

    @cached_property
    def _row_view(self) -> memoryview[int]:
        return self.row.data

    @cached_property
    def _places_view(self) -> memoryview[int]:
        return self.places.data

    @cached_property
    def _starts_view(self) -> memoryview[int]:
        return self.starts.data

    @cached_property
    def _known(self) -> dict[str, _Character]:
        """Character → (number, where its places start, where they end)."""
        bounds = self.bounds.tolist()
        return {chr(code): (n, bounds[n], bounds[n + 1]) for n, code in enumerate(self.alphabet.tolist(), start=1)}

    def _texts_of(self, places: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """The text each place is in. From the text at the block's beginning on, it is mostly that or the next."""
        texts = self.texts_at.take(places >> _BLOCK_BITS)
        behind = np.flatnonzero(self.starts[texts + 1] <= places)
        while len(behind):
            texts[behind] += 1
            behind = behind[self.starts[texts[behind] + 1] <= places[behind]]
        return texts


def opened_letters(folder: Path, name: str) -> Letters:
    parts = ("alphabet", "row", "starts", "bounds", "places", "texts_at")
    return Letters(**{part: opened(folder, f"{name}_{part}") for part in parts})


class LettersBuilder:
    """Takes the texts in their order; needs little memory, whatever their length."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._codes = Draft(folder / f"{name}.draft", np.uint32)
        self._codes.extend(np.zeros(1, np.uint32))
        self._lengths: list[npt.NDArray[np.int64]] = []
        self._used = np.zeros(_CHARACTERS, np.bool_)

    def add(self, codes: Codes, lengths: npt.NDArray[np.int64]) -> None:
        """``codes``: some texts, each with a character 0 after it; ``lengths`` of them, that one not counted."""
        self._codes.extend(codes)
        self._lengths.append(lengths)
        self._used[codes] = True

    def finish(self) -> None:
        self._used[0] = False
        alphabet = np.flatnonzero(self._used).astype(np.uint32)
        lengths = np.concatenate([np.empty(0, np.int64), *self._lengths])
        starts = np.cumsum(np.concatenate((np.ones(1, np.int64), lengths + 1)))
        number_of = np.zeros(_CHARACTERS, np.uint16 if len(alphabet) < 0xFFFF else np.uint32)
        number_of[alphabet] = np.arange(1, len(alphabet) + 1)
        row = np.lib.format.open_memmap(
            self._folder / f"{self._name}_row.npy", "w+", number_of.dtype, (len(self._codes),)
        )
        counts = np.zeros(len(alphabet) + 1, np.int64)
        for start, codes in self._codes.pieces(_AT_ONCE):
            numbers = number_of[codes]
            row[start : start + len(codes)] = numbers
            counts += np.bincount(numbers, minlength=len(counts))
        bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        dtype = np.uint32 if len(row) < 0xFFFFFFFF else np.int64
        places = np.lib.format.open_memmap(self._folder / f"{self._name}_places.npy", "w+", dtype, (len(row),))
        pieces = (row[at : at + _AT_ONCE] for at in range(0, len(row), _AT_ONCE))
        group(
            ((piece, np.arange(n * _AT_ONCE, n * _AT_ONCE + len(piece))) for n, piece in enumerate(pieces)),
            bounds,
            places,
        )
        for start, end in _stretches(bounds[1:]):
            _order_by_what_follows(np.asarray(places[start:end]), np.asarray(row))
        row.flush()
        places.flush()
        texts_at = np.searchsorted(starts[1:-1], np.arange(0, len(row), 1 << _BLOCK_BITS), "right").astype(np.int32)
        for part, array in (("alphabet", alphabet), ("starts", starts), ("bounds", bounds), ("texts_at", texts_at)):
            save(self._folder, f"{self._name}_{part}", array)

    def close(self) -> None:
        self._codes.close()


def _stretches(bounds: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """From ``bounds`` (where each character's places start, and where all end) some of those that are far enough apart:
    the places of rare characters are put in order many at a time."""
    start = int(bounds[0])
    for end in bounds[1:].tolist():
        if end - start >= _TOGETHER or end == bounds[-1]:
            yield start, end
            start = end


def _order_by_what_follows(places: npt.NDArray[Any], row: npt.NDArray[np.integer]) -> None:
    """In place, by character and the two behind it; those that have the same ones stay in their order."""
    key = row.take(places).astype(np.uint64)
    for ahead in (1, 2):
        key <<= np.uint64(_BITS)
        key |= row.take(places + ahead, mode="clip")
    places[:] = places[key.argsort(kind="stable")]
