"""Writes the arrays of a segment at once: passages in the order of their numbers, some thousands at a time.

Nothing here goes through a text character by character in Python, and nothing grows with the segment but a few numbers
a passage: what is found waits in draft files until all of it can be put in order.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.doc_values import ColumnsBuilder
from indexer.engines.evaluation.passage_json import passage_to_json
from indexer.engines.whoosh.doc_value_files import save_columns
from indexer.engines.whoosh.positional_index import LettersBuilder
from indexer.engines.whoosh.terms_index import TermsBuilder
from indexer.engines.whoosh.tokenisation import Cut, Cutter, cut_here
from indexer.stores.array_files import BytesWriter
from indexer.text.analyser import Analyser
from indexer.workers import side_by_side

_AT_ONCE = 4096  # passages; a million characters
# Passages from which helpers cut the words. They take a fifth of the work away (200,000 passages: 10.0 s of processor
# time here instead of 12.3; the rest is JSON, columns and putting all in order) and need two seconds each to load the
# dictionary. On two cores that were busy with other things 100,000 took 12 s instead of 9, 200,000 13.5 instead of
# 12.4, 400,000 40 instead of 44. Two threads that put terms and letters in order at once won nothing and took 250 MB.
HELPED_FROM = 400_000


def write_segment(
    folder: Path, passages: Iterable[IndexedPassage], count: int, analyser: Analyser, processes: int = 1
) -> None:
    """The ``count`` passages, in the order of columns.in_order, as arrays in ``folder``. With several ``processes`` the
    same to the last byte, of many passages sooner."""
    parts = _Parts(folder, analyser)
    try:
        several = processes > 1 and count >= HELPED_FROM
        cut = _cut_by_helpers(passages, analyser, processes) if several else _cut(passages, analyser)
        parts.add_all(cut)
        parts.finish()
    finally:
        parts.close()


Batch = tuple[list[IndexedPassage], list[str]]  # the passages, and as they are stored


def _cut(passages: Iterable[IndexedPassage], analyser: Analyser) -> Iterator[tuple[Batch, Cut]]:
    cutter = Cutter(analyser)

    def cut(batch: Batch) -> tuple[Batch, Cut]:
        return batch, cutter.cut(batch[0])

    return map(cut, _batches(passages))


def _cut_by_helpers(
    passages: Iterable[IndexedPassage], analyser: Analyser, processes: int
) -> Iterator[tuple[Batch, Cut]]:
    """They get what is stored of a passage: it is written anyway, and handed over in a tenth of the time."""
    jobs = ((batch, batch[1]) for batch in _batches(passages))
    return side_by_side(partial(cut_here, analyser.lexicon), jobs, processes)


def _batches(passages: Iterable[IndexedPassage]) -> Iterator[Batch]:
    waiting: list[IndexedPassage] = []
    for passage in passages:
        waiting.append(passage)
        if len(waiting) == _AT_ONCE:
            yield waiting, list(map(passage_to_json, waiting))
            waiting = []
    if waiting:
        yield waiting, list(map(passage_to_json, waiting))


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
        self._terms = TermsBuilder(folder, "terms")
        self._term_numbers = _Numbering(analyser.word_finder.words)
        self._context = TermsBuilder(folder, "context")
        self._context_numbers = _Numbering()
        self._letters = LettersBuilder(folder, "letters")
        self._restored = LettersBuilder(folder, "restored_letters")
        self._columns = ColumnsBuilder()
        self._stored = BytesWriter(folder, "stored")
        self._reports = BytesWriter(folder, "reports")
        self._last_report: str | None = None

    def add_all(self, cut: Iterable[tuple[Batch, Cut]]) -> None:
        for (passages, stored), pieces in cut:
            self._add(passages, stored, pieces)
            del passages, stored, pieces  # before the next ones are made: 10 MB

    def _add(self, passages: Sequence[IndexedPassage], stored: Sequence[str], cut: Cut) -> None:
        self._letters.add(cut.texts.codes, cut.texts.lengths)
        self._restored.add(cut.restored.codes, cut.restored.lengths)
        self._terms.add(cut.words, cut.passages + self.passages)
        self._add_tokens(self._terms, self._term_numbers, cut.latin)
        self._add_tokens(self._context, self._context_numbers, cut.context)
        for passage, as_stored in zip(passages, stored, strict=True):
            self._columns.add(passage)
            self._stored.add(as_stored.encode("utf-8", "surrogatepass"))
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
