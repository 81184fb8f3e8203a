"""How our Whoosh index lies on disk: a codec of our own, for which Whoosh has a place.

Whoosh keeps schema, table of contents and the reading of a segment; the postings are the arrays of terms_index.py and
letters.py, so that whoosh_engine.py can take a word's whole list at once, where Whoosh would hand it over passage by
passage (24 ms for a word of 40,000 passages; 0.2 ms as arrays). Through this file stock Whoosh reads the same index:
the tests hold the engine against it (tests/contract/test_stock_whoosh.py). Segments are written whole, by
index_writing.py, and listed by commits.py; Whoosh's own writer isn't served.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.analysis import IDTokenizer
from whoosh.codec.base import Codec, PerDocumentReader, Segment, TermsReader
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.engines.evaluation.doc_values import Columns
from indexer.engines.whoosh.doc_value_files import opened_columns
from indexer.engines.whoosh.positional_index import Letters, opened_letters
from indexer.engines.whoosh.terms_index import TermsIndex, opened_terms
from indexer.stores.array_files import ByteStrings, opened_bytes

TERMS = ("terms", "context")
LETTERS = ("letters", "restored_letters")
STORED_FIELD = "passage"
INDEX_NAME = "MAIN"  # what Whoosh calls an index that has no other name


def schema() -> Schema:
    ready = IDTokenizer()  # never asked: the index is written from ready terms
    return Schema(
        terms=TEXT(analyzer=ready, phrase=False),
        context=TEXT(analyzer=ready, phrase=False),
        letters=TEXT(analyzer=ready, phrase=True),
        restored_letters=TEXT(analyzer=ready, phrase=True),
        passage=STORED,
    )


@dataclass(frozen=True, slots=True)
class SegmentArrays:
    """All there is of a segment, mapped from its files and shared by threads and processes."""

    terms: dict[str, TermsIndex]
    letters: dict[str, Letters]
    columns: Columns
    stored: ByteStrings  # passages, as passage_json.py writes them
    reports: ByteStrings  # their ids, by the numbers of columns.report: in order

    @classmethod
    def opened(cls, folder: Path) -> SegmentArrays:
        return cls(
            terms={field: opened_terms(folder, field) for field in TERMS},
            letters={field: opened_letters(folder, field) for field in LETTERS},
            columns=opened_columns(folder),
            stored=opened_bytes(folder, "stored"),
            reports=opened_bytes(folder, "reports"),
        )


class ArraySegment(Segment):  # type: ignore[misc]
    """A segment of an index: the folder of its arrays, and which of its passages are deleted. Pickled into Whoosh's
    table of contents."""

    def __init__(self, passages: int) -> None:
        super().__init__(INDEX_NAME)
        self._passages = passages
        self.dead: tuple[tuple[int, int], ...] = ()  # from passage to passage, ascending: whole reports

    @classmethod
    def known(cls, folder: str, passages: int, dead: tuple[tuple[int, int], ...]) -> ArraySegment:
        """The one that was written into ``folder``."""
        found = cls(passages)
        found.segid, found.dead = folder, dead
        return found

    @property
    def folder(self) -> str:
        """Its name within that of the index."""
        return str(self.segid)

    def without(self, more: Sequence[tuple[int, int]]) -> ArraySegment:
        """The same with these stretches of it deleted as well."""
        if not more:
            return self
        changed = copy(self)
        changed.dead = tuple(sorted({*self.dead, *more}))
        return changed

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self._passages

    def deleted_docs(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(range(*stretch) for stretch in self.dead))

    def deleted_count(self) -> int:
        return sum(end - start for start, end in self.dead)

    def is_deleted(self, docnum: int) -> bool:
        at = bisect_right(self.dead, (docnum, self._passages))
        return at > 0 and docnum < self.dead[at - 1][1]

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise NotImplementedError("a report is deleted as a whole, in a commit (commits.py)")

    def should_assemble(self) -> bool:
        return False


class ArrayCodec(Codec):  # type: ignore[misc]
    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(SegmentArrays.opened(Path(storage.folder) / segment.folder))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(SegmentArrays.opened(Path(storage.folder) / segment.folder), segment)


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """Terms of all fields; a letter is a term of one character with its places."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self.arrays = arrays

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._found(*term)[0]) > 0

    def indexed_field_names(self) -> list[str]:
        return [*TERMS, *LETTERS]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(self.indexed_field_names()):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        if fieldname in TERMS:
            index = self.arrays.terms[fieldname]
            terms: Iterator[bytes] = map(index.terms.__getitem__, range(index.at_or_after(prefix), len(index.terms)))
        else:
            terms = (chr(code).encode("utf-8", "surrogatepass") for code in self.arrays.letters[fieldname].alphabet)
        return ((fieldname, term) for term in terms if term >= prefix)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        passages, counts = self._found(fieldname, text)
        if not passages:
            raise TermNotFound(f"{fieldname}:{text!r}")
        weights = [float(count) for count in counts]
        return TermInfo(sum(weights), len(passages), 1, 255, max(weights), passages[0], passages[-1])

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(sum(self._found(fieldname, text)[1]))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._found(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ListMatcher:
        info = self.term_info(fieldname, text)
        passages, counts = self._found(fieldname, text)
        values = None if fieldname in TERMS else self._positions(fieldname, text, passages, format_)
        return ListMatcher(passages, counts, values, format_, scorer, term=(fieldname, text), terminfo=info)

    def close(self) -> None:
        """Nothing: what is mapped goes with the last who looks at it."""

    def _found(self, fieldname: str, text: bytes) -> tuple[list[int], list[int]]:
        if fieldname in TERMS:
            found = self.arrays.terms[fieldname].having(text)
        else:
            found = self.arrays.letters[fieldname].holding(text.decode("utf-8", "surrogatepass"))
        return found.passages.tolist(), found.counts.tolist()

    def _positions(self, fieldname: str, text: bytes, passages: list[int], format_: Format) -> list[bytes]:
        letters = self.arrays.letters[fieldname]
        places = letters.places_of(text.decode("utf-8", "surrogatepass")).astype(np.int64)
        starts = letters.starts[passages]
        parts = np.split(places, np.searchsorted(places, starts)[1:])
        return [format_.encode((part - start).tolist()) for part, start in zip(parts, starts, strict=True)]


class ArrayDocuments(PerDocumentReader):  # type: ignore[misc]
    def __init__(self, arrays: SegmentArrays, segment: ArraySegment) -> None:
        self._arrays = arrays
        self._segment = segment

    def close(self) -> None:
        """Nothing, as above."""

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return False

    def has_column(self, fieldname: str) -> bool:
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._arrays.columns.length[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self._arrays.columns.length.sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(self._arrays.columns.length.min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._arrays.columns.length.max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {STORED_FIELD: self._arrays.stored[docnum].decode("utf-8", "surrogatepass")}
