"""The embedded default: a Whoosh index in a folder, asked by any number of threads and processes while one changes it.

Whoosh keeps the index; its postings are arrays (whoosh_codec.py), what they mean and how they score is decided in
matching.py, as for every engine. All of it is mapped from files that never change, so threads share it as it is, and
processes share its memory. A commit (commits.py) adds files and a new manifest; whoever asks next sees it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.evaluation.doc_values import in_order
from indexer.engines.ranking.order import LearnedOrder
from indexer.engines.ranking.ranking import Ranking
from indexer.engines.ranking.training import learn
from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.commits import commit
from indexer.engines.whoosh.open_index import EMPTY, OpenGeneration, open_generation
from indexer.errors import NoIndex
from indexer.ports import SearchEngine
from indexer.text.analyser import Analyser

Progress = Callable[[int, int], None]  # so many, of so many


class WhooshEngine:
    """Searches the index in ``folder``; opens it at the first question. Safe to ask from many threads at once.

    ``progress`` is told of each passage written: so many, of so many. ``processes`` cut the words of a large index.
    """

    def __init__(self, folder: Path, analyser: Analyser, progress: Progress | None = None, processes: int = 1) -> None:
        self._folder = folder
        self._analyser = analyser
        self._processes = processes
        self._progress = progress or (lambda done, total: None)
        self._lock = threading.Lock()
        self._opened: tuple[index_files.Stamp | None, OpenGeneration] = (None, EMPTY)
        self._order = LearnedOrder(None)

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        """A new segment takes the place of all others. Questions under way keep the old ones. Raises Busy."""
        with index_files.writing(self._folder):
            commit(self._folder, EMPTY, in_order(passages), (), self._analyser, self._progress, self._processes)

    def change(self, passages: Iterable[IndexedPassage], without: Iterable[str] = ()) -> None:
        """Raises Busy, and NoIndex where what is there can't be read."""
        with index_files.writing(self._folder):
            before = self._open() if index_files.stamp(self._folder) else EMPTY
            commit(self._folder, before, in_order(passages), without, self._analyser, self._progress, self._processes)

    def search(self, query: Query) -> ResultPage:
        started = time.perf_counter()
        index = self._open().index
        return self._order.search(query, index, index.passage, self._analyser, started)

    def use(self, ranking: Ranking | None) -> None:
        """From now on questions are answered in the order of ``ranking``; None: as it comes."""
        self._order = LearnedOrder(ranking)

    def learn(
        self, judged: Mapping[str, Sequence[str]], ask: Callable[[str], Query], told: Progress | None = None
    ) -> Ranking:
        """A ranking for what is indexed here. ``judged``: question → ids of passages. Raises BadSetup, BadInput."""
        index = self._open().index
        return learn(judged, ask, index, index.passage, self._analyser, told or (lambda done, total: None))

    def count(self, query: Query) -> int:
        return self.search(replace(query, page=1, limit=1, facets=())).total

    def verify(self) -> None:
        """Every file by its sha256: opening compares those of small files only."""
        index_files.check(self._folder, index_files.read(self._folder), thoroughly=True)

    def degraded(self) -> str | None:
        return None  # all of it answers, or none

    def inherit(self, before: SearchEngine) -> bool:
        """All of ``before`` is read first: a damaged file must not go from build to build."""
        if not isinstance(before, WhooshEngine):
            return False
        try:
            before.verify()
            index_files.link(before._folder, self._folder)
        except NoIndex:
            return False
        return True

    def close(self) -> None:
        """Questions under way still have what they look at; it is unmapped when the last of them is answered."""
        with self._lock:
            self._opened = (None, EMPTY)

    def open(self) -> None:
        """What counts now: from then on questions are answered though the folder is swept away. Raises NoIndex."""
        self._open()

    def _open(self) -> OpenGeneration:
        """The generation that counts now. Raises NoIndex."""
        now = index_files.stamp(self._folder)
        stamp, generation = self._opened
        if now is None and stamp is not None:  # two builds were faster than a question: all it looks at is mapped still
            return generation
        if now is None or now != stamp:
            with self._lock:
                now = index_files.stamp(self._folder)  # what we read below is this one or newer
                stamp, generation = self._opened
                if now is None or now != stamp:
                    generation = open_generation(self._folder, generation)
                    self._opened = (now, generation)
        return generation
