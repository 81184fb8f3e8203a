"""Pages of a crawl into the archive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.crawl.step import NOT_KEPT, Kept
from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.ingest.related_pages import ArchivedNeighbours
from indexer.pipeline.read import Reader
from indexer.stores.archive import Archive


@dataclass(frozen=True, slots=True)
class CrawledPages:
    """A PageStore of the crawl."""

    reader: Callable[[], Reader]
    archive: Archive
    _lock: threading.Lock = field(default_factory=threading.Lock)  # one connection, one transaction at a time

    def keep(self, page: RawPage) -> Kept:
        key = page.url or page.name
        skipped: Skip | None = None
        try:
            self.reader().read(page, ArchivedNeighbours(key, self._given))
        except Skip as skip:
            skipped = skip
        if skipped and skipped.code in NOT_KEPT:
            return Kept("no_report", skipped)
        with self._lock:
            _, outcome = self.archive.add(key, page, None, skipped)
        return Kept("no_report" if skipped else outcome.value, skipped)

    def vanished(self, url: str, reason: Skip) -> None:
        with self._lock:
            if self.archive.given(url) is not None:
                self.archive.refuse(url, reason)

    def _given(self, key: str) -> RawPage | None:
        with self._lock:
            return self.archive.given(key)
