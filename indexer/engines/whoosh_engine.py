"""The embedded default: a Whoosh index in a folder, built whole and then only read.

Whoosh keeps the postings; what they mean and how they score is decided in matching.py, as for every engine. It is fed
with ready terms, so that no analyser of ours has to survive in a pickle.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.analysis import IDTokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.reading import IndexReader

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines import index_files
from indexer.engines.answering import answer
from indexer.engines.arrays import opened_columns, save_columns
from indexer.engines.columns import columns_of, in_order
from indexer.engines.indexing import material_of
from indexer.engines.matching import length_penalties, matches
from indexer.engines.passage_json import passage_from_json, passage_to_json
from indexer.engines.whoosh_postings import WhooshPostings, letter_pairs
from indexer.errors import NoIndex
from indexer.text.terms import Analyser

BUILD_MEMORY_MB = 256  # Whoosh spills its postings to disk past this
COMPRESSION = (
    1  # zlib level of a block: 3 (Whoosh's own) gives the same size (22.3 MB for 2,500 passages) a third slower
)


class WhooshEngine:
    """Searches the index in ``folder``; opens it at the first question. Safe to ask from many threads at once."""

    def __init__(self, folder: Path, analyser: Analyser) -> None:
        self._folder = folder
        self._analyser = analyser
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        """Build a new index beside the current one and put it in its place. Questions under way keep the old one."""
        fresh = index_files.new_folder(self._folder)
        try:
            _write(fresh, in_order(passages), self._analyser)
            old = index_files.seal(self._folder, fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)  # half a build is of no use to anybody
            raise
        self.close()
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def search(self, query: Query) -> ResultPage:
        started = time.perf_counter()
        with self._open() as opened, opened.reader() as reader:

            def load(number: int) -> IndexedPassage:
                return passage_from_json(reader.stored_fields(number)["passage"])

            found = matches(query.node, WhooshPostings(reader, opened.penalties), self._analyser)
            return answer(query, found, opened.columns, load, self._analyser, started)

    def close(self) -> None:
        with self._lock:
            before, self._opened = self._opened, None
            if before is not None:
                self._close_if_done(before)

    def _close_if_done(self, opened: _Opened) -> None:
        if opened is not self._opened and opened.users == 0:
            opened.close()

    @contextmanager
    def _open(self) -> Iterator[_Opened]:
        """The open index; it stays open until the last question to it is answered, even if it is replaced meanwhile."""
        with self._lock:
            if self._opened is None:
                self._opened = _Opened(index_files.current(self._folder))
            opened = self._opened
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                self._close_if_done(opened)


class _Opened:
    """An index opened for reading, with the readers that nobody is using just now.

    A reader keeps its place in the files it reads, and one shared by threads gives silently wrong answers; so each
    question takes one for itself and gives it back. There are never more than questions at one time.
    """

    def __init__(self, folder: Path) -> None:
        self.columns = opened_columns(folder)
        self.penalties = length_penalties(self.columns.length)
        self.users = 0  # questions under way; guarded by the engine's lock
        self._index: Index = FileStorage(str(folder)).open_index()
        self._idle: list[IndexReader] = [self._index.reader()]
        self._lock = threading.Lock()

    @contextmanager
    def reader(self) -> Iterator[IndexReader]:
        with self._lock:
            reader = self._idle.pop() if self._idle else self._another()
        try:
            yield reader
        finally:
            with self._lock:
                self._idle.append(reader)

    def close(self) -> None:
        """Call it when no question is under way."""
        for reader in self._idle:
            reader.close()
        self._idle = []

    def _another(self) -> IndexReader:
        try:
            return self._index.reader()
        except OSError as gone:  # another process has just replaced the build and removed this one
            raise NoIndex("索引刚刚被新的一份替换，请再问一次。") from gone


def _schema() -> Schema:
    ready = IDTokenizer()  # never asked: every field is given a list of ready terms
    return Schema(
        terms=TEXT(analyzer=ready, phrase=False),
        context=TEXT(analyzer=ready, phrase=False),
        letters=TEXT(analyzer=ready, phrase=True),
        restored_letters=TEXT(analyzer=ready, phrase=True),
        passage=STORED,
    )


def _write(folder: Path, passages: list[IndexedPassage], analyser: Analyser) -> None:
    """One segment, so that Whoosh's document numbers are the numbers of ``passages``."""
    index = FileStorage(str(folder)).create_index(_schema())
    writer = index.writer(limitmb=BUILD_MEMORY_MB, codec=W3Codec(compression=COMPRESSION))
    try:
        for passage in passages:
            material = material_of(passage, analyser)
            writer.add_document(
                terms=list(material.latin.elements()),
                context=list(material.context.elements()),
                letters=letter_pairs(material.text),
                restored_letters=letter_pairs(material.restored or ""),
                passage=passage_to_json(passage),
            )
    except BaseException:
        writer.cancel()  # or its files stay open
        raise
    writer.commit(merge=False)
    save_columns(folder, columns_of(passages))
