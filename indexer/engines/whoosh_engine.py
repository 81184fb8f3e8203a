"""The embedded default: a Whoosh index in a folder, built whole and then only read.

Whoosh keeps the index; its postings are arrays (whoosh_codec.py), what they mean and how they score is decided in
matching.py, as for every engine. All of it is mapped from files and never changed, so threads share it as it is, and
processes share its memory.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines import index_files
from indexer.engines.answering import answer
from indexer.engines.columns import in_order
from indexer.engines.index_writing import write_index
from indexer.engines.matching import Field, length_penalties, matches
from indexer.engines.occurrences import Floats, Occurrences, most
from indexer.engines.passage_json import passage_from_json
from indexer.engines.whoosh_codec import ArrayTermsReader, SegmentArrays
from indexer.errors import NoIndex
from indexer.text.terms import Analyser, is_latin

_TERMS_KEPT = 4096  # where they stand in the files: to find a term takes 9 µs, what is kept of it 0.3 kB

Progress = Callable[[int, int], None]  # so many, of so many


class WhooshEngine:
    """Searches the index in ``folder``; opens it at the first question. Safe to ask from many threads at once.

    ``progress`` is told of each passage written: so many, of so many.
    """

    def __init__(self, folder: Path, analyser: Analyser, progress: Progress | None = None) -> None:
        self._folder = folder
        self._analyser = analyser
        self._progress = progress or (lambda done, total: None)
        self._lock = threading.Lock()
        self._opened: OpenIndex | None = None

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        """Build a new index beside the current one and put it in its place. Questions under way keep the old one."""
        fresh = index_files.new_folder(self._folder)
        try:
            write_index(fresh, self._counted(in_order(passages)), self._analyser)
            old = index_files.seal(self._folder, fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)  # half a build is of no use to anybody
            raise
        self.close()
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def search(self, query: Query) -> ResultPage:
        started = time.perf_counter()
        index = self._open()
        found = matches(query.node, index, self._analyser)
        return answer(query, found, index.columns, index.passage, self._analyser, started)

    def close(self) -> None:
        """Questions under way still have what they look at; it is unmapped when the last of them is answered."""
        with self._lock:
            self._opened = None

    def _counted(self, passages: Sequence[IndexedPassage]) -> Iterator[IndexedPassage]:
        for done, passage in enumerate(passages, 1):
            yield passage
            self._progress(done, len(passages))

    def _open(self) -> OpenIndex:
        opened = self._opened
        if opened is None:
            with self._lock:
                opened = self._opened = self._opened or OpenIndex(index_files.current(self._folder))
        return opened


class OpenIndex:
    """Postings of an index opened for reading. Raises NoIndex where it was replaced and removed in this moment."""

    def __init__(self, folder: Path) -> None:
        try:
            with FileStorage(str(folder)).open_index().reader() as reader:
                terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        except OSError as gone:
            raise NoIndex("索引刚刚被新的一份替换，请再问一次。") from gone
        assert isinstance(terms, ArrayTermsReader)
        self._arrays: SegmentArrays = terms.arrays
        self.columns = self._arrays.columns
        self._indexed = lru_cache(maxsize=_TERMS_KEPT)(self._looked_up)

    @cached_property
    def lengths_held_against(self) -> Floats:
        return length_penalties(self.columns.length)

    def having(self, field: Field, term: str) -> Occurrences:
        found = self._indexed(field, term)
        if not len(found) and field == "terms" and not is_latin(term):
            return self.holding(term, restored=True)  # single characters, and pairs that are no word
        return found

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        found = self._arrays.letters["letters"].holding(words)
        return most(found, self._arrays.letters["restored_letters"].holding(words)) if restored else found

    def _looked_up(self, field: Field, term: str) -> Occurrences:
        return self._arrays.terms[field].having(term.encode("utf-8", "surrogatepass"))

    def passage(self, number: int) -> IndexedPassage:
        return passage_from_json(self._arrays.stored[number].decode("utf-8", "surrogatepass"))
