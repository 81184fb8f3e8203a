"""The crawl over one data folder: its sites, its parts put together, its pages into the archive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexer.crawl.events import EventLog, SiteProgress
from indexer.crawl.fetcher import user_agent
from indexer.crawl.frontier import Frontier
from indexer.crawl.run import Crawler
from indexer.crawl.sample import SampledPage, sampled
from indexer.crawl.site_states import SiteState, site_states
from indexer.crawl.sites import Site, chosen, sites_of
from indexer.crawl.step import Kept
from indexer.crawl.suggest import suggested
from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.ingest.add import Intake
from indexer.settings import Settings
from indexer.stores.warc import WarcWriter


@dataclass(frozen=True, slots=True)
class CrawledPages:
    """A PageStore of the crawl. One page at a time: the archive has one connection, and reading keeps a core busy."""

    intake: Intake
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, page: RawPage) -> Kept:
        with self._lock:
            outcome, skipped = self.intake.crawled(page)
        return Kept("no_report" if skipped else outcome.value, skipped)

    def vanished(self, url: str, reason: Skip) -> None:
        with self._lock:
            self.intake.vanished(url, reason)


@dataclass(frozen=True, slots=True)
class Crawling:
    """What the command ``crawl`` asks."""

    settings: Settings
    intake: Callable[[], Intake]

    def sites(self, names: Sequence[str] = ()) -> tuple[Site, ...]:
        """Those of config.toml that are called ``names``, else all. Raises BadSetup, BadQuery."""
        return chosen(sites_of(self.settings), names)

    @contextmanager
    def crawler(self, progress: Callable[[Sequence[SiteProgress]], None]) -> Iterator[Crawler]:
        """Raises Busy where another crawl runs, NoIndex."""
        folder = self.settings.data_folder
        agent = user_agent(self.settings.fetch)
        with (
            closing(WarcWriter(folder / "warc", self.settings.crawl.warc_bytes, agent)) as warc,
            closing(Frontier(self._frontier)) as frontier,
            closing(EventLog(folder / "crawl.log")) as log,
        ):
            yield Crawler(self.settings, frontier, warc, CrawledPages(self.intake()), log, progress)

    def states(self) -> list[SiteState]:
        """Of each site that was ever crawled. Raises NoIndex."""
        if not self._frontier.is_file():
            return []
        with closing(Frontier(self._frontier)) as frontier:
            return site_states(frontier)

    def plan(self, site: Site) -> dict[str, int]:
        """By kind, how many known addresses of ``site`` the next crawl asks for. Raises NoIndex."""
        if not self._frontier.is_file():
            return {}
        with closing(Frontier(self._frontier)) as frontier:
            return frontier.planned(site.name, datetime.now(UTC) - timedelta(days=site.recheck_days))

    def sample(self, site: Site) -> Iterator[SampledPage]:
        """A few pages of ``site``, fetched and read, nothing kept. Raises FetchFailed."""
        return sampled(self.settings, site, self.intake().read_page)

    def suggest(self, url: str) -> str:
        """A [[site]] block for the site or page at ``url``, for a person to edit. Raises FetchFailed."""
        return suggested(self.settings, url)

    @property
    def _frontier(self) -> Path:
        return self.settings.data_folder / "crawl.sqlite"
