"""What the middle of the program asks of the outside: small protocols, so that each side can be replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

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

    def count(self, query: Query) -> int:
        """How many passages answer. Raises NoIndex."""
        ...

    def verify(self) -> None:
        """Look at everything that is stored. Raises NoIndex where it is not what was written."""
        ...

    def degraded(self) -> str | None:
        """What is wrong though questions are answered, in a sentence for whoever runs it: part of the answers may be
        missing. None where nothing is. Raises NoIndex where nothing can be asked."""
        ...

    def inherit(self, before: SearchEngine) -> bool:
        """Begin with what ``before`` holds, as a build takes over the index of the one before it, without copying what
        never changes. False, and nothing taken over, where it can't be: another engine's, or not whole."""
        ...

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
