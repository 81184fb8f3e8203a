"""The build that serves, opened; and another one in its place as soon as one is swapped in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

from indexer.compare.queries import Comparisons
from indexer.domain.catalogue import Stats, TakenIn
from indexer.domain.query import Query
from indexer.domain.zones import Zone
from indexer.errors import NoIndex
from indexer.ports import SearchEngine
from indexer.reference.gazetteer import Gazetteer
from indexer.search.suggest.suggestion_index import Lists, opened_lists
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue


class LiveBuild:
    """Any number of threads may ask it at once. ``open_build`` is told number and folder; it may raise NoIndex."""

    def __init__(self, builds: Builds, open_build: Callable[[str, BuildFolder], OpenBuild]) -> None:
        self._builds = builds
        self._open_build = open_build
        self._lock = threading.Lock()
        self._build: OpenBuild | None = None
        self._held: ContextVar[list[OpenBuild] | None] = ContextVar("held", default=None)

    @contextmanager
    def now(self) -> Iterator[OpenBuild]:
        """The build that serves now. One that was swapped out stays open until its last question is answered. Raises
        NoIndex."""
        held = self._held.get()
        if held:
            yield held[0]
            return
        build = self._taken()
        if held is not None:  # from now on, up to the end of the block that holds
            held.append(build)
            yield build
            return
        try:
            yield build
        finally:
            self._left(build)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Within the block, all that is asked is asked of one build: the one that serves at the first question. A page
        asks four times, and each time looked into the file that names the build."""
        held: list[OpenBuild] = []
        before = self._held.set(held)
        try:
            yield
        finally:
            self._held.reset(before)
            for build in held:
                self._left(build)

    def _taken(self) -> OpenBuild:
        with self._lock:
            build = self._current()
            build.users += 1
        return build

    def _left(self, build: OpenBuild) -> None:
        with self._lock:
            build.leave()

    def close(self) -> None:
        with self._lock:
            build, self._build = self._build, None
            if build is not None:
                build.retire()

    def _current(self) -> OpenBuild:
        """Call with the lock held."""
        number, folder = self._builds.live()
        if self._build is None or self._build.number != number:
            try:
                fresh = self._open_build(number, folder)
            except NoIndex:
                if self._builds.current() == number:
                    raise
                return self._current()  # two builds were faster than we: this one is swept away already
            if self._build is not None:
                self._build.retire()
            self._build = fresh
        return self._build


class OpenBuild:
    """An open build. All of it is guarded by the lock of LiveBuild but the questions themselves."""

    def __init__(
        self,
        number: str,
        folder: BuildFolder,
        catalogue: Catalogue,
        engine: SearchEngine,
        comparisons: Comparisons,
        gazetteer: Gazetteer,
    ) -> None:
        self.number = number
        self.folder = folder
        self.catalogue = catalogue
        self.engine = engine
        self.comparisons = comparisons
        self._gazetteer = gazetteer
        self.users = 0
        self._values: Mapping[str, tuple[str, ...]] | None = None
        self._retired = False
        self.learned: tuple[int, int, int] | None = None  # stamp of the ranking that the engine uses

    # A build never changes, and every page asks for these: 120-250 ms each time over 466 reports until they were kept.

    @cached_property
    def zones(self) -> tuple[tuple[str, Zone | None, int], ...]:
        return tuple((label, self._gazetteer.resolve(label), count) for label, count in self.catalogue.zones())

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _, _ in self.zones)

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """Facet → what its passages say, most frequent first. Kept, unless only part of the index told."""
        if self._values is not None:
            return self._values
        page = self.engine.search(Query(limit=1))
        values = {
            name: tuple(one.value for one in counts if one.value is not None) for name, counts in page.facets.items()
        }
        if not page.partial:
            self._values = values
        return values

    @cached_property
    def stats(self) -> Stats:
        return self.catalogue.stats()

    @cached_property
    def taken_in(self) -> Mapping[str, TakenIn]:
        """Canonical copy → when it was taken in. Feeds and the site map ask."""
        return self.catalogue.taken_in()

    @cached_property
    def lists(self) -> Lists | None:
        """Opened when somebody first types; None in a build of a time before there were any."""
        return opened_lists(self.folder.suggestions)

    def count(self, query: Query) -> int:
        """Passages that answer."""
        return self.engine.count(query)

    def retire(self) -> None:
        self._retired = True
        self._close_if_done()

    def leave(self) -> None:
        self.users -= 1
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self._retired and self.users == 0:
            self.engine.close()
            self.catalogue.close()
