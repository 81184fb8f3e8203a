"""What a few thousand passages are cut into: by whom doesn't matter, so that other processes can help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.indexed_terms import Materials
from indexer.engines.evaluation.passage_json import passage_from_json
from indexer.text.analyser import Analyser
from indexer.text.dictionary_matcher import Codes, codes_of

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """The folded texts of passages, each with a character 0 after it, and their lengths without it."""

    codes: Codes
    lengths: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        return cls(codes_of("".join(f"{text}\0" for text in texts)), np.array([len(text) for text in texts], np.int64))


@dataclass(frozen=True, slots=True)
class Cut:
    """``words`` and ``passages``: an occurrence each, by the numbers of a word in the dictionary and of a passage among
    these, in the order of passages. ``latin`` and ``context``: of each passage, as in Material."""

    texts: Texts
    restored: Texts
    words: npt.NDArray[np.int32]
    passages: npt.NDArray[np.int32]
    latin: list[Counter[str]]
    context: list[Counter[str]]


class Cutter:
    def __init__(self, analyser: Analyser) -> None:
        self._materials = Materials(analyser)
        self._finder = analyser.word_finder

    def cut(self, passages: Sequence[IndexedPassage]) -> Cut:
        """Chinese words wherever text or restored text hold them; in both, as often as in the one that has more."""
        materials = [self._materials.of(passage) for passage in passages]
        texts = Texts.of([material.text for material in materials])
        restored = Texts.of([material.restored or "" for material in materials])
        words, at = self._found(texts)
        again, back = self._found(restored)
        if len(again):
            more_words, more_at = _surplus((again, back), (words, at), len(self._finder.words))
            words, at = np.concatenate((words, more_words)), np.concatenate((at, more_at))
            in_order = np.argsort(at, kind="stable")
            words, at = words[in_order], at[in_order]
        return Cut(
            texts=texts,
            restored=restored,
            words=words.astype(np.int32),
            passages=at.astype(np.int32),
            latin=[material.latin for material in materials],
            context=[material.context for material in materials],
        )

    def _found(self, texts: Texts) -> tuple[Ints, Ints]:
        """(word, passage) of each occurrence."""
        places, words = self._finder.find(texts.codes)
        return words.astype(np.int64), np.repeat(np.arange(len(texts.lengths)), texts.lengths + 1)[places]


def cut_here(lexicon: tuple[str, ...], stored: list[str]) -> Cut:
    """In a helper: the cut of passages as passage_json.py writes them, by an Analyser with these words."""
    return _cutter(lexicon).cut([passage_from_json(one) for one in stored])


@lru_cache(maxsize=1)
def _cutter(lexicon: tuple[str, ...]) -> Cutter:
    """Its dictionary takes two seconds to load, so that is done once."""
    return Cutter(Analyser(lexicon))


def _surplus(more: tuple[Ints, Ints], some: tuple[Ints, Ints], words: int) -> tuple[Ints, Ints]:
    """The occurrences, (words, passages), of ``more`` that go beyond what ``some`` has of them."""
    keys, counts = np.unique(more[1] * words + more[0], return_counts=True)
    there, counts_there = np.unique(some[1] * words + some[0], return_counts=True)
    at = np.minimum(np.searchsorted(there, keys), max(0, len(there) - 1))
    has = np.where(there[at] == keys, counts_there[at], 0) if len(there) else np.zeros_like(counts)
    beyond = np.repeat(keys, np.maximum(counts - has, 0))
    return beyond % words, beyond // words
