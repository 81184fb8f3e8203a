"""Runs of one to four characters, the features that labels are learned from: which of a vocabulary stand in a text.

A run is a number, sixteen bits a character, so that all runs of a report are found and looked up at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 4  # characters: sixteen bits each fill a number of 64
NUMBER = re.compile(r"[\dxX×]+(?:[.,，][\dxX×]+)*")
BLANK = re.compile(r"[\s\0　*#]+")

Keys = NDArray[np.uint64]


def plain(text: str) -> str:
    """``text`` as it is learned from: any number is 0 (a mask too), no blanks and no signs of mark-up."""
    return BLANK.sub("", NUMBER.sub("0", text))


def keys_of(texts: Sequence[str]) -> tuple[NDArray[np.int64], Keys]:
    """For every run in any of ``texts``, in no order: the place of its text, and its number."""
    joined = np.frombuffer(("\0".join(texts) + "\0" * LONGEST).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = (joined & 0xFFFF).astype(np.uint64)
    ends = joined == 0
    places = np.cumsum(ends) - ends
    all_places, all_keys = [], []
    key = np.zeros(len(letters), dtype=np.uint64)
    inside = np.ones(len(letters), dtype=bool)
    for length in range(LONGEST):
        shifted = np.zeros_like(letters)
        shifted[: len(letters) - length] = letters[length:]
        inside = inside & (shifted != 0)
        key = key | (shifted << np.uint64(16 * length))
        all_places.append(places[inside])
        all_keys.append(key[inside])
    return np.concatenate(all_places).astype(np.int64), np.concatenate(all_keys)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The runs that have weights: their numbers, ascending."""

    keys: Keys

    def presence(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs (place of a text, place of a run that it holds), each once, ordered by text."""
        places, keys = keys_of(texts)
        found = np.searchsorted(self.keys, keys)
        found[found == len(self.keys)] = 0
        known = self.keys[found] == keys
        pairs = np.sort(places[known] * len(self.keys) + found[known])
        if len(pairs):  # np.unique hashes instead: of a million pairs that takes 2.5 s, to sort them .1
            pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
        return pairs // len(self.keys), pairs % len(self.keys)

    def scores(self, texts: Sequence[str], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each text the weights (a row a run) of its runs, added up and divided by the root of their number."""
        rows, runs = self.presence(texts)
        scores = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
        if len(rows):
            starts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
            sizes = np.diff(np.append(starts, len(rows)))
            sums = np.add.reduceat(weights[runs], starts, axis=0)
            scores[rows[starts]] = sums / np.sqrt(sizes)[:, None]
        return scores
