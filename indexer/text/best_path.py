"""The words that jieba cuts a text into, over many texts at once.

jieba walks a sentence from its end and keeps, for each character, the most probable way on. Here all sentences walk
together, a step for each character: 20,000 passages take .2 s, one by one 8. The same words, to the last tie: the sums
are the same numbers added in the same order, and of two equal ways the longer word is taken, as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log

import numpy as np
import numpy.typing as npt

from indexer.text.dictionary_matcher import Codes, Places, WordFinder, codes_of

_FIRST, _LAST = 0x4E00, 0x9FD5  # what jieba takes for Chinese; a sentence ends at any other character
_NONE = np.int32(-1)
_RADIX = 1 << 16  # numpy sorts numbers below it by their digits, in an eighth of the time

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.int32]


class BestPath:
    """``finder``: of the words of two characters and more; ``frequencies``: jieba's of each of them; ``alone``: of
    single characters (0 for what is only a word's beginning), ``total`` of all."""

    def __init__(self, finder: WordFinder, frequencies: Ints, alone: Mapping[str, int], total: int) -> None:
        of_all = log(total)
        distinct, numbers = np.unique(frequencies, return_inverse=True)
        self._gains = (np.array([*map(log, distinct.tolist())], np.float64) - of_all).take(numbers)
        self._lengths = np.fromiter(map(len, finder.words), np.int64, len(finder.words))
        letters = codes_of("".join(finder.words))
        firsts = self._lengths.cumsum() - self._lengths
        chinese = _is_chinese(letters)
        self._chinese = np.logical_and.reduceat(chinese, firsts) if len(firsts) else chinese
        characters = [alone.get(chr(code)) for code in range(_FIRST, _LAST + 1)]
        self._alone = np.array([log(frequency or 1) - of_all for frequency in characters], np.float64)
        only_begins = np.array([frequency == 0 for frequency in characters], np.bool_)
        self._never_alone = self._chinese & only_begins.take(letters.take(firsts) - np.uint32(_FIRST), mode="clip")

    def used(self, codes: Codes, places: Places, words: Words) -> npt.NDArray[np.bool_]:
        """For each word of the finder, whether a text is cut into it somewhere. ``places`` and ``words``: what the
        finder finds in ``codes``, folded texts with something between them that is no Chinese."""
        used = np.zeros(len(self._lengths), np.bool_)
        for _, taken in self._cut(_SideBySide(codes), places, words):
            used[taken.compress(taken >= 0)] = True
        return used

    def starts(self, codes: Codes, places: Places, words: Words) -> npt.NDArray[np.bool_]:
        """For each character, whether a word of Chinese starts there, be it of one character. Arguments as above."""
        starts = np.zeros(len(codes), np.bool_)
        for here, _ in self._cut(_SideBySide(codes), places, words):
            starts[here] = True
        return starts

    def _cut(self, texts: _SideBySide, places: Places, words: Words) -> Iterator[tuple[Places, Words]]:
        """(where it starts in the text, the word, -1 for a character on its own) of the first words of all sentences,
        then of the second, and so on."""
        chosen = self._ways_on(texts, places, words)
        left, sentences = texts.lengths, np.arange(len(texts.lengths))
        while len(left):
            taken = chosen.take(texts.starts.take(left) + sentences)
            yield texts.ends.take(sentences) - left, taken
            long = taken >= 0
            left = left - 1
            left[long] -= self._lengths.take(taken.compress(long)) - 1
            on = left > 0
            left, sentences = left.compress(on), sentences.compress(on)

    def _ways_on(self, texts: _SideBySide, places: Places, words: Words) -> Words:
        """For each character, where it stands in ``texts``, the word taken there, -1 for the character on its own."""
        starts = texts.starts.tolist()
        behind = np.zeros(starts[-1], np.float64)  # what the way from there to the end of its sentence gains
        behind[starts[1] :] = self._alone.take(texts.codes - np.uint32(_FIRST))
        chosen = np.full(len(behind), _NONE, np.int32)
        fitting = self._chinese.take(words)
        places, words = places.compress(fitting), words.compress(fitting)
        found = _Found(texts, places, words, self._lengths.take(words))
        behind[found.at.compress(self._never_alone.take(found.words))] = -np.inf
        gains = self._gains.take(found.words)
        for step in range(1, len(starts) - 1):
            here, there, more = starts[step], starts[step - 1], starts[step + 1] - starts[step]
            behind[here : here + more] += behind[there : there + more]
            for start, end in found.groups.get(step, ()):
                at = found.at[start:end]
                gained = gains[start:end] + behind.take(found.after[start:end])
                better = gained >= behind.take(at)
                at = at.compress(better)
                behind[at] = gained.compress(better)
                chosen[at] = found.words[start:end].compress(better)
        return chosen


class _SideBySide:
    """The sentences of ``codes``, the longest first, and their characters by how many are left: all that are last in a
    sentence side by side, then all that are last but one, and so on. Before them stand the ends of the sentences.

    ``lengths`` and ``ends``: of each sentence, its characters, and where it ends in the text. ``starts``: where the
    characters of which so many are left start, and where all end. ``codes``: the characters in this order.
    ``left``: for each place in the text how many characters are left of its sentence, itself included; ``at``: where
    that place stands here.
    """

    def __init__(self, codes: Codes) -> None:
        inside = np.zeros(len(codes) + 2, np.bool_)
        inside[1:-1] = _is_chinese(codes)
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        ends = edges[1::2]
        lengths = ends - edges[::2]
        order = np.argsort(-lengths, kind="stable")
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        shorter = np.concatenate((np.zeros(1, np.int64), np.bincount(lengths).cumsum()[:-1]))
        self.lengths, self.ends = lengths.take(order), ends.take(order)
        self.starts = np.concatenate((np.zeros(1, np.int64), (len(lengths) - shorter).cumsum()))
        places = np.flatnonzero(inside[1:-1])
        left = np.repeat(ends, lengths) - places
        at = self.starts.take(left) + np.repeat(ranks, lengths)
        self.left, self.at = np.zeros(len(codes), np.int32), np.zeros(len(codes), np.int32)
        self.left[places], self.at[places] = left, at
        self.codes = np.empty(len(places), np.uint32)
        self.codes[at - len(lengths)] = codes.take(places)


class _Found:
    """Words in texts side by side: where each stands (``at``) and where it ends (``after``), those that have as many
    characters left and are as long one after the other. ``groups``: how many are left → (start, end) of the words of
    each length, the shortest first."""

    def __init__(self, texts: _SideBySide, places: Places, words: Words, lengths: Ints) -> None:
        left, at = texts.left.take(places).astype(np.int64), texts.at.take(places)
        kinds = left * (int(lengths.max(initial=0)) + 1) + lengths
        order = np.argsort(kinds.astype(np.uint16) if kinds.max(initial=0) < _RADIX else kinds, kind="stable")
        after = texts.starts.take(left - lengths) + (at - texts.starts.take(left))
        self.at, self.after, self.words = at.take(order), after.take(order), words.take(order)
        kinds = kinds.take(order)
        firsts = np.flatnonzero(np.diff(kinds, prepend=-1))
        self.groups: dict[int, list[tuple[int, int]]] = {}
        steps, ends = left.take(order.take(firsts)), np.append(firsts[1:], len(kinds))
        for step, start, end in zip(steps.tolist(), firsts.tolist(), ends.tolist(), strict=False):
            self.groups.setdefault(step, []).append((start, end))


def _is_chinese(codes: Codes) -> npt.NDArray[np.bool_]:
    return (codes - np.uint32(_FIRST)) <= np.uint32(_LAST - _FIRST)
