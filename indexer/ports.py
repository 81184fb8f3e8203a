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


class SharedIndex(Protocol):
    """Passages that several machines put side by side, before anybody is answered from them. All of it may raise
    NoIndex."""

    def identity(self) -> str:
        """Another one where it was lost and begun again. Begins it where it isn't there."""
        ...

    def fill(self, passages: Iterable[IndexedPassage]) -> None:
        """Put these in beside the others. Those of the same ids are replaced, so that a repeat changes nothing."""
        ...

    def sealed(self, passages: int) -> SearchEngine:
        """What an engine may ``inherit``: all that was put in. Raises Damaged where that isn't so many."""
        ...

    def drop(self) -> None: ...

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
