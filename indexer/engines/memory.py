"""The readable reference: everything in dictionaries, a quote looked for in every text. For tests and small corpora."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.evaluation.doc_values import columns_of, in_order
from indexer.engines.evaluation.indexed_terms import Material, Materials
from indexer.engines.evaluation.matching import Field, length_penalties, matches
from indexer.engines.evaluation.postings import Floats, Occurrences
from indexer.engines.evaluation.result_page import answer
from indexer.errors import NothingBuilt
from indexer.ports import SearchEngine
from indexer.text.analyser import Analyser, is_latin


class MemoryEngine:
    """Holds its passages in memory and forgets them with the process."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._index: _Index | None = None

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        self._index = _Index(in_order(passages), self._analyser)

    def change(self, passages: Iterable[IndexedPassage], without: Iterable[str] = ()) -> None:
        added = list(passages)
        gone = {*without, *(passage.report for passage in added)}
        kept = self._index.passages if self._index else []
        self.replace_all([*(passage for passage in kept if passage.report not in gone), *added])

    def search(self, query: Query) -> ResultPage:
        started = time.perf_counter()
        index = self._index  # one look: a rebuild in another thread puts a new one in its place
        if index is None:
            raise NothingBuilt("index.none_yet")
        found = matches(query.node, index, self._analyser)
        return answer(query, found, index.columns, index.passages.__getitem__, self._analyser, started)

    def count(self, query: Query) -> int:
        return self.search(replace(query, page=1, limit=1, facets=())).total

    def verify(self) -> None:
        if self._index is None:
            raise NothingBuilt("index.none_yet")

    def degraded(self) -> str | None:
        return None

    def inherit(self, before: SearchEngine) -> bool:
        if not isinstance(before, MemoryEngine) or before._index is None:
            return False
        self._index = before._index  # never changed once it is made
        return True

    def close(self) -> None:
        self._index = None


class _Index:
    """Postings over a list of passages; never changed once it is made."""

    def __init__(self, passages: list[IndexedPassage], analyser: Analyser) -> None:
        self.passages = passages
        self.columns = columns_of(passages)
        materials = Materials(analyser)
        self._materials: list[Material] = [materials.of(passage) for passage in passages]
        self._penalties = length_penalties(self.columns.length)
        self._tokens: dict[tuple[Field, str], dict[int, int]] = defaultdict(dict)
        for number, material in enumerate(self._materials):
            for term, count in material.latin.items():
                self._tokens["terms", term][number] = count
            for term, count in material.context.items():
                self._tokens["context", term][number] = count

    @property
    def total(self) -> int:
        return len(self.passages)

    @property
    def lengths_held_against(self) -> Floats:
        return self._penalties

    def having(self, field: Field, term: str) -> Occurrences:
        if field == "terms" and not is_latin(term):
            return self.holding(term, restored=True)
        return Occurrences.of(self._tokens.get((field, term), {}))

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        counts: dict[int, int] = {}
        for number, material in enumerate(self._materials):
            count = _count(material.text, words)
            if restored and material.restored is not None:
                count = max(count, _count(material.restored, words))
            if count:
                counts[number] = count
        return Occurrences.of(counts)


def _count(text: str, words: str) -> int:
    """How often ``words`` starts somewhere in ``text``; 亚亚 stands twice in 亚亚亚."""
    if not words or words not in text:
        return 0
    return sum(text.startswith(words, at) for at in range(len(text) - len(words) + 1))
