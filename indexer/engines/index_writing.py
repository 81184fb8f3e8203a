"""Writes the arrays of a segment at once: passages in the order of their numbers, some thousands at a time.

Nothing here goes through a text character by character in Python, and nothing grows with the segment but a few numbers
a passage: what is found waits in draft files until all of it can be put in order.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.domain.results import IndexedPassage
from indexer.engines.arrays import BytesWriter, save_columns
from indexer.engines.columns import ColumnsBuilder
from indexer.engines.indexing import Material, Materials
from indexer.engines.letters import LettersBuilder
from indexer.engines.passage_json import passage_to_json
from indexer.engines.terms_index import TermsBuilder
from indexer.text.terms import Analyser
from indexer.text.word_finder import WordFinder, codes_of

_AT_ONCE = 4096  # passages; a million characters

Ints = npt.NDArray[np.int64]


def write_segment(folder: Path, passages: Iterable[IndexedPassage], analyser: Analyser) -> int:
    """``passages`` in the order of columns.in_order. Leaves their arrays in ``folder``; gives how many they are."""
    parts = _Parts(folder, analyser)
    try:
        waiting: list[IndexedPassage] = []
        for passage in passages:
            waiting.append(passage)
            if len(waiting) == _AT_ONCE:
                parts.add(waiting)
                waiting = []
        parts.add(waiting)
        parts.finish()
    finally:
        parts.close()
    return parts.passages


class _Numbering:
    """Numbers for words as they are met, after those of a list."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._words = words
        self._more: dict[str, int] = {}

    def number(self, word: str) -> int:
        return self._more.setdefault(word, len(self._words) + len(self._more))

    def spellings(self) -> list[str]:
        return [*self._words, *self._more]


class _Parts:
    """What becomes of the passages: postings, letters, columns, and the passages themselves."""

    def __init__(self, folder: Path, analyser: Analyser) -> None:
        self.passages = 0
        self._folder = folder
        self._materials = Materials(analyser)
        self._finder: WordFinder = analyser.word_finder
        self._terms = TermsBuilder(folder, "terms")
        self._term_numbers = _Numbering(self._finder.words)
        self._context = TermsBuilder(folder, "context")
        self._context_numbers = _Numbering()
        self._letters = LettersBuilder(folder, "letters")
        self._restored = LettersBuilder(folder, "restored_letters")
        self._columns = ColumnsBuilder()
        self._stored = BytesWriter(folder, "stored")
        self._reports = BytesWriter(folder, "reports")
        self._last_report: str | None = None

    def add(self, passages: Sequence[IndexedPassage]) -> None:
        materials = [self._materials.of(passage) for passage in passages]
        self._add_terms(materials)
        self._add_tokens(self._terms, self._term_numbers, [material.latin for material in materials])
        self._add_tokens(self._context, self._context_numbers, [material.context for material in materials])
        for passage in passages:
            self._columns.add(passage)
            self._stored.add(passage_to_json(passage).encode("utf-8", "surrogatepass"))
            if passage.report != self._last_report:
                self._reports.add(passage.report.encode("utf-8", "surrogatepass"))
                self._last_report = passage.report
        self.passages += len(passages)

    def finish(self) -> None:
        self._terms.finish(self._term_numbers.spellings(), self.passages)
        self._context.finish(self._context_numbers.spellings(), self.passages)
        self._letters.finish()
        self._restored.finish()
        save_columns(self._folder, self._columns.columns())
        self._stored.finish()
        self._reports.finish()

    def close(self) -> None:
        for part in (self._terms, self._context, self._letters, self._restored, self._stored, self._reports):
            part.close()

    def _add_tokens(self, builder: TermsBuilder, numbering: _Numbering, tokens: Iterable[Counter[str]]) -> None:
        numbers, of_passages = array("q"), array("q")
        for passage, counts in enumerate(tokens, start=self.passages):
            for term, count in counts.items():
                numbers.extend([numbering.number(term)] * count)
                of_passages.extend([passage] * count)
        builder.add(np.array(numbers, np.int64), np.array(of_passages, np.int64))

    def _add_terms(self, materials: Sequence[Material]) -> None:
        """Chinese words wherever text or restored text hold them; in both, as often as in the one that has more."""
        words, passages = self._found(self._letters, [material.text for material in materials])
        again, back = self._found(self._restored, [material.restored or "" for material in materials])
        if len(again):
            more_words, more_passages = _surplus((again, back), (words, passages), len(self._finder.words))
            words, passages = np.concatenate((words, more_words)), np.concatenate((passages, more_passages))
            in_order = np.argsort(passages, kind="stable")
            words, passages = words[in_order], passages[in_order]
        self._terms.add(words, passages + self.passages)

    def _found(self, letters: LettersBuilder, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """(word, passage among ``texts``) of each occurrence; puts the texts into ``letters`` by the way."""
        codes = codes_of("".join(f"{text}\0" for text in texts))
        lengths = np.array([len(text) for text in texts], np.int64)
        letters.add(codes, lengths)
        places, words = self._finder.find(codes)
        return words.astype(np.int64), np.repeat(np.arange(len(texts)), lengths + 1)[places]


def _surplus(more: tuple[Ints, Ints], some: tuple[Ints, Ints], words: int) -> tuple[Ints, Ints]:
    """The occurrences, (words, passages), of ``more`` that go beyond what ``some`` has of them."""
    keys, counts = np.unique(more[1] * words + more[0], return_counts=True)
    there, counts_there = np.unique(some[1] * words + some[0], return_counts=True)
    at = np.minimum(np.searchsorted(there, keys), max(0, len(there) - 1))
    has = np.where(there[at] == keys, counts_there[at], 0) if len(there) else np.zeros_like(counts)
    beyond = np.repeat(keys, np.maximum(counts - has, 0))
    return beyond % words, beyond // words
