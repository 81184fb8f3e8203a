"""An index opened for reading: what the engine looks up in it (matching.Postings) and its passages.

An index of one segment with nothing deleted, as a whole build leaves it, is read straight from its files (OpenSegment).
Of several, each is looked up on its own and what they have is put under one numbering (OpenSegments).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.doc_values import Columns
from indexer.engines.evaluation.matching import Field, length_penalties
from indexer.engines.evaluation.passage_json import passage_from_json
from indexer.engines.evaluation.postings import Floats, Occurrences, most
from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.codec import ArraySegment, SegmentArrays
from indexer.engines.whoosh.global_ids import Numbering, Part
from indexer.engines.whoosh.index_files import Manifest
from indexer.engines.whoosh.kept_lookups import KeptLookups
from indexer.engines.whoosh.terms_index import with_spread
from indexer.errors import Damaged, Interrupted, NoIndex
from indexer.text.analyser import is_latin

# of what is put together from several segments: a word of 40,000 passages takes .3 MB, and to merge it .25 ms
_MERGED_BYTES = 1 << 26
_TERMS_KEPT = 4096  # where they stand in the files: to find a term takes 9 µs, what is kept of it 0.3 kB


class OpenSegment:
    """One segment, whatever is deleted of it. Never changes, so that the next generation takes it over as it is."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self.arrays = arrays
        self.columns = arrays.columns
        # Of the arrays, not of self: a cycle would keep the files of a segment open until the collector comes by (after
        # 200 commits 3,000 of them), and for ever where what it holds was frozen before a fork.
        self.indexed = lru_cache(maxsize=_TERMS_KEPT)(partial(_looked_up, arrays))
        self._kept = KeptLookups()

    @property
    def total(self) -> int:
        return len(self.columns)

    @cached_property
    def lengths_held_against(self) -> Floats:
        return length_penalties(self.columns.length)

    def having(self, field: Field, term: str) -> Occurrences:
        found = self.indexed(field, term)
        if not len(found) and field == "terms" and not is_latin(term):
            return self.holding(term, restored=True)  # single characters, and pairs that are no word
        return found

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        return self._kept.get((words, restored), lambda: self._holding(words, restored))

    def _holding(self, words: str, restored: bool) -> Occurrences:
        found = self.arrays.letters["letters"].holding(words)
        return most(found, self.arrays.letters["restored_letters"].holding(words)) if restored else found

    def passage(self, number: int) -> IndexedPassage:
        return passage_from_json(self.arrays.stored[number].decode("utf-8", "surrogatepass"))


def _looked_up(arrays: SegmentArrays, field: Field, term: str) -> Occurrences:
    return arrays.terms[field].having(term.encode("utf-8", "surrogatepass"))


class OpenSegments:
    """Several segments, or one of which something is deleted: what is live of them."""

    def __init__(self, segments: list[OpenSegment], dead: list[tuple[tuple[int, int], ...]]) -> None:
        parts = [Part(one.columns, one.arrays.reports, gone) for one, gone in zip(segments, dead, strict=True)]
        self._segments = segments
        self._numbering = Numbering.of(parts)
        self.columns: Columns = self._numbering.columns(parts)
        self._kept = KeptLookups(_MERGED_BYTES)

    @property
    def total(self) -> int:
        return len(self.columns)

    @cached_property
    def lengths_held_against(self) -> Floats:
        return length_penalties(self.columns.length)

    def having(self, field: Field, term: str) -> Occurrences:
        return self._kept.get((field, term), lambda: self._having(field, term))

    def _having(self, field: Field, term: str) -> Occurrences:
        each = [one.indexed(field, term) for one in self._segments]
        if field == "terms" and not any(map(len, each)) and not is_latin(term):
            return self.holding(term, restored=True)  # as in a segment; a word of the dictionary is in none of them
        return with_spread(self._numbering.together(each), self.total)

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        return self._kept.get((words, restored), lambda: self._holding(words, restored))

    def _holding(self, words: str, restored: bool) -> Occurrences:
        return self._numbering.together(one.holding(words, restored=restored) for one in self._segments)

    def passage(self, number: int) -> IndexedPassage:
        segment, there = self._numbering.home(number)
        return self._segments[segment].passage(there)


class OpenGeneration:
    """What one manifest names: its segments with what is deleted of each, and by their folders as they are open."""

    def __init__(
        self, manifest: Manifest | None, tables: Sequence[ArraySegment], segments: Mapping[str, OpenSegment]
    ) -> None:
        self.manifest = manifest
        self.tables = tables
        self.segments = segments
        self._lock = threading.Lock()
        self._index: OpenSegment | OpenSegments | None = None

    @property
    def index(self) -> OpenSegment | OpenSegments:
        """Made for the first question: whoever only writes does without."""
        made = self._index
        if made is None:
            with self._lock:
                made = self._index = self._index or self._made()
        return made

    def _made(self) -> OpenSegment | OpenSegments:
        if len(self.tables) == 1 and not self.tables[0].dead:
            return self.segments[self.tables[0].folder]
        return OpenSegments([self.segments[one.folder] for one in self.tables], [one.dead for one in self.tables])

    def live(self, table: ArraySegment) -> Iterator[IndexedPassage]:
        """The passages of a segment that are not deleted, in order."""
        segment = self.segments[table.folder]
        after = 0
        for start, end in (*table.dead, (table.doc_count_all(), 0)):
            yield from map(segment.passage, range(after, start))
            after = end


EMPTY = OpenGeneration(None, (), {})


def open_generation(folder: Path, before: OpenGeneration = EMPTY) -> OpenGeneration:
    """The generation that counts now; what ``before`` has open is taken over. Raises NoIndex.

    A commit that removes files under our hands has put a newer manifest there: then that one is opened.
    """
    while True:
        stamp = index_files.stamp(folder)
        try:
            return _opened(folder, before)
        except NoIndex:
            if stamp == index_files.stamp(folder):
                raise


def _opened(folder: Path, before: OpenGeneration) -> OpenGeneration:
    manifest = index_files.read(folder)
    if manifest == before.manifest:
        return before
    index_files.check(folder, manifest, known=before.segments.keys())
    try:
        tables = [ArraySegment.known(*told) for told in manifest.segments]
        segments = {
            one.folder: before.segments.get(one.folder) or OpenSegment(SegmentArrays.opened(folder / one.folder))
            for one in tables
        }
    except FileNotFoundError as gone:
        raise Interrupted("index.replaced") from gone
    except OSError as error:
        raise index_files.unopened(error) from error
    except (ValueError, IndexError, KeyError, TypeError) as error:  # a large file whose bytes turned: its size is right
        raise Damaged("index.unreadable") from error
    return OpenGeneration(manifest, tables, segments)
