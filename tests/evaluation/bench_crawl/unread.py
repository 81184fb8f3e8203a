"""Our crawl with the reading left out: ``python -m tests.evaluation.bench_crawl.unread CONFIG``. What the others do."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from threading import Lock

from indexer.crawl.events import EventLog
from indexer.crawl.frontier import Frontier
from indexer.crawl.run import Crawler
from indexer.crawl.sites import sites_of
from indexer.crawl.step import Kept
from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.settings import load
from indexer.stores.archive import Archive
from indexer.stores.warc import WarcWriter


class Unread:
    """Keeps pages in the archive as they came."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = Lock()

    def keep(self, page: RawPage) -> Kept:
        with self._lock:
            return Kept(self._archive.add(page.url or "", page, None, None)[1].value)

    def vanished(self, url: str, reason: Skip) -> None:
        raise AssertionError(f"{url} was there: {reason}")


def main() -> None:
    settings = load(Path(sys.argv[1]))
    folder = settings.data_folder
    with (
        closing(WarcWriter(folder / "warc", settings.crawl.warc_bytes, "bench")) as warc,
        closing(Frontier(folder / "crawl.sqlite")) as frontier,
        closing(EventLog(folder / "crawl.log")) as log,
        closing(Archive(folder / "pages.sqlite")) as archive,
    ):
        Crawler(settings, frontier, warc, Unread(archive), log).run(sites_of(settings))


if __name__ == "__main__":
    main()
