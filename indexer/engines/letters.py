"""All texts as one long row of characters, and where each character stands in it: what answers a quote.

A stretch of characters is found by its rarest one; the characters beside it are then looked up in the row itself.
So every stretch is found whatever the word boundaries, at the price of its rarest character's places. (Indexed words
alone found half of random quotes, design.md section 4; indexed pairs of characters need a dictionary of a million.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engines.arrays import Draft, group, opened, save
from indexer.engines.occurrences import NOWHERE, Occurrences
from indexer.text.word_finder import Codes

_CHARACTERS = 0x110000
_BLOCK_BITS = 6
_AT_ONCE = 1 << 22  # characters sorted in one go: 4 million take 70 MB


@dataclass(frozen=True)
class Letters:
    """``row``: each character by its number in ``alphabet`` (1 …), texts parted by 0, with
    one before and after all, so that nothing is found across them. ``starts``: where each text
    starts in the row, and where one more would. ``places``: where each character stands, ascending, those of number
    n from ``bounds[n]`` to ``bounds[n + 1]``. ``texts_at``: the text that holds every 64th place."""

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
        texts = self._texts_of(places)
        firsts = np.flatnonzero(np.diff(texts, prepend=-1))
        return Occurrences(texts[firsts], np.diff(firsts, append=len(texts)))

    def places_of(self, words: str) -> npt.NDArray[Any]:
        """Where in the row ``words`` start."""
        known = [self._known.get(character) for character in words]
        characters = [one for one in known if one is not None]
        if not characters or len(characters) < len(known):
            return self.places[:0]
        numbers = [number for number, _, _ in characters]
        by_rarity = sorted(range(len(words)), key=lambda at: characters[at][2] - characters[at][1])
        rarest = by_rarity[0]
        _, start, end = characters[rarest]
        found: npt.NDArray[Any] = self.places[start:end]
        for at in by_rarity[1:]:
            # Past either end of the row are gaps: clipping to them finds nothing. Unsigned places wrap to the far one.
            beside = self.row.take(found + (at - rarest) if at >= rarest else found - (rarest - at), mode="clip")
            found = found.compress(beside == numbers[at])
        return found - rarest if rarest else found

    @cached_property
    def _known(self) -> dict[str, tuple[int, int, int]]:
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
        row.flush()
        places.flush()
        texts_at = np.searchsorted(starts[1:-1], np.arange(0, len(row), 1 << _BLOCK_BITS), "right").astype(np.int32)
        for part, array in (("alphabet", alphabet), ("starts", starts), ("bounds", bounds), ("texts_at", texts_at)):
            save(self._folder, f"{self._name}_{part}", array)

    def close(self) -> None:
        self._codes.close()
