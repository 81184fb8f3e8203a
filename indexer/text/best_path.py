"""The words that jieba cuts a text into, over many texts at once.

jieba walks a sentence from its end and keeps, for each character, the most probable way on. Here all sentences walk
together, a step for each character: 20,000 passages take .4 s, one by one 8. The same words, to the last tie: the sums
are the same numbers added in the same order, and of two equal ways the longer word is taken, as there.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import numpy as np
import numpy.typing as npt

from indexer.text.dictionary_matcher import Codes, Places, WordFinder

_FIRST, _LAST = 0x4E00, 0x9FD5  # what jieba takes for Chinese; a sentence ends at any other character
_NONE = np.int32(-1)
_CHARACTERS = 0x110000


class BestPath:
    """``finder``: of the words of two characters and more; ``frequencies``: jieba's, of words and characters (0 for
    what is only a word's beginning), ``total`` of them."""

    def __init__(self, finder: WordFinder, frequencies: Mapping[str, int], total: int) -> None:
        of_all, least = log(total), log(1) - log(total)
        self._lengths = np.array([len(word) for word in finder.words], np.int64)
        self._gains = np.array([log(frequencies.get(word) or 1) - of_all for word in finder.words], np.float64)
        letters = np.array(finder.words or ("",), np.str_).view(np.uint32).reshape(len(finder.words) or 1, -1)
        self._chinese = (((letters >= _FIRST) & (letters <= _LAST)) | (letters == 0)).all(axis=1)
        self._alone = np.full(_CHARACTERS, least, np.float64)
        self._only_begins = np.zeros(_CHARACTERS, np.bool_)
        for character, frequency in frequencies.items():
            if len(character) == 1:
                self._alone[ord(character)] = log(frequency or 1) - of_all
                self._only_begins[ord(character)] = not frequency

    def used(self, codes: Codes, places: Places, words: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """For each word of the finder, whether a text is cut into it somewhere. ``places`` and ``words``: what the
        finder finds in ``codes``, folded texts with something between them that is no Chinese."""
        size = len(codes)
        inside = np.zeros(size + 1, np.bool_)
        inside[:size] = (codes >= _FIRST) & (codes <= _LAST)
        fitting = self._chinese[words]
        places, words = places.compress(fitting), words.compress(fitting)
        if not len(places):
            return np.zeros(len(self._lengths), np.bool_)
        chosen = self._ways_on(codes, inside, places, words)
        used = np.zeros(len(self._lengths), np.bool_)
        here = np.flatnonzero(inside & ~np.concatenate((inside[:1] & False, inside[:-1])))
        while len(here):
            taken = chosen.take(here)
            long = taken >= 0
            used[taken.compress(long)] = True
            step = np.ones(len(here), np.int64)
            step[long] = self._lengths.take(taken.compress(long))
            here = here + step
            here = here.compress(inside.take(here))
        return used

    def _ways_on(
        self, codes: Codes, inside: npt.NDArray[np.bool_], places: Places, words: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.int32]:
        """For each place the word taken there, -1 for a character on its own. ``inside``: whether it is Chinese, with
        one more place behind all."""
        size = len(codes)
        left = _left(inside)
        behind = np.zeros(size + 1, np.float64)  # what the way from there to the end of its sentence gains
        chosen = np.full(size + 1, _NONE, np.int32)
        begins = np.zeros(size, np.bool_)
        begins[places] = True
        alone = self._alone.take(codes)
        alone[begins & self._only_begins.take(codes)] = -np.inf  # no word by itself
        here_by_step = _Steps(np.flatnonzero(inside[:size]), left)
        lengths = self._lengths.take(words)
        order = np.lexsort((lengths, left.take(places)))
        places, words, lengths = places.take(order), words.take(order), lengths.take(order)
        steps = left.take(places)
        # where the words of a step and a length start
        new = np.ones(len(places), np.bool_)
        new[1:] = (steps[1:] != steps[:-1]) | (lengths[1:] != lengths[:-1])
        firsts = np.flatnonzero(new)
        groups: dict[int, list[tuple[int, int]]] = {}
        for start, end in zip(firsts.tolist(), [*firsts[1:].tolist(), len(places)], strict=True):
            groups.setdefault(int(steps[start]), []).append((start, end))
        for step in range(1, here_by_step.count + 1):
            here = here_by_step.of(step)
            behind[here] = alone.take(here) + behind.take(here + 1)
            for start, end in groups.get(step, ()):
                at, word = places[start:end], words[start:end]
                gained = self._gains.take(word) + behind.take(at + int(lengths[start]))
                better = gained >= behind.take(at)
                at = at.compress(better)
                behind[at] = gained.compress(better)
                chosen[at] = word.compress(better)
        return chosen


class _Steps:
    """Places by how many characters are left of their sentence."""

    def __init__(self, places: Places, left: npt.NDArray[np.int64]) -> None:
        of_place = left.take(places)
        self._places = places.take(of_place.argsort(kind="stable"))
        self._bounds = np.concatenate((np.zeros(1, np.int64), np.bincount(of_place).cumsum()))
        self.count = len(self._bounds) - 2

    def of(self, step: int) -> Places:
        return self._places[self._bounds[step] : self._bounds[step + 1]]


def _left(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each place, how many characters its sentence goes on, itself included; 0 outside of one."""
    outside = np.flatnonzero(~inside)
    return outside.take(outside.searchsorted(np.arange(len(inside)))) - np.arange(len(inside))
