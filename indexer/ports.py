"""What the middle of the program asks of the outside: small protocols, so that each side can be replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import Cluster, Stats, StoredReport
from indexer.domain.page import RawPage
from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage


class SearchEngine(Protocol):
    """Finds passages. Safe to ask from many threads at once."""

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        """Forget everything and index these. The same id twice: the last one stays."""
        ...

    def change(self, passages: Iterable[IndexedPassage], without: Iterable[str] = ()) -> None:
        """Add these, and forget the reports ``without``: both or nothing. A report that is given again replaces the one
        of that id as a whole. Where nothing was indexed yet, like ``replace_all``."""
        ...

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex where there is nothing to ask."""
        ...

    def close(self) -> None: ...


class ReportStore(Protocol):
    """The catalogue of one build. Read-only once it is swapped in."""

    def save_all(self, reports: Iterable[StoredReport]) -> None: ...

    def get(self, report: str) -> StoredReport:
        """Raises NotFound."""
        ...

    def cards(self, asked: Mapping[str, Collection[int]]) -> dict[str, ReportCard]:
        """What a page of results shows of reports; ``asked``: id → seqs of the passages whose notes are wanted.
        Raises NotFound."""
        ...

    def all(self) -> Iterator[StoredReport]: ...

    def clusters(self) -> tuple[Cluster, ...]: ...

    def stats(self) -> Stats: ...

    def close(self) -> None: ...


class Fetcher(Protocol):
    def fetch(self, url: str) -> RawPage:
        """Raises FetchFailed."""
        ...


class Neighbours(Protocol):
    """What was given along with a page: its next pages, its attachments."""

    def given(self, link: str) -> RawPage | None:
        """What ``link`` of the page, as the page spells it, leads to; None where that isn't there."""
        ...
