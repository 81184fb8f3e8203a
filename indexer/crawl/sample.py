"""A site tried out: its start page and a few of the pages it leads to, fetched politely and read, nothing kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from indexer.crawl.addresses import canonical, normalised
from indexer.crawl.fetcher import PAGE_STATUSES, HttpFetcher, Response
from indexer.crawl.follow import links_to_follow
from indexer.crawl.leases import Found, Lease
from indexer.crawl.links import links_of
from indexer.crawl.moved import moved_to
from indexer.crawl.robots import Robots, RobotsFile
from indexer.crawl.sites import Site
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import FetchFailed, Skip
from indexer.pipeline.decode import decode
from indexer.settings import Settings

PAGES = 3  # fetched in all, robots.txt and redirects not counted


@dataclass(frozen=True, slots=True)
class SampledPage:
    """``links``: how many of each kind it leads to. ``read``: the report, or why there is none; None for a list."""

    url: str
    kind: str
    links: dict[str, int]
    read: Report | Skip | None


class MemoryRobots:
    """What robots.txt said, for as long as one command runs."""

    def __init__(self) -> None:
        self._files: dict[str, RobotsFile] = {}

    def robots(self, origin: str) -> RobotsFile | None:
        return self._files.get(origin)

    def keep_robots(self, origin: str, file: RobotsFile) -> None:
        self._files[origin] = file


class PoliteVisit:
    """A few requests one after the other, each where robots.txt allows it, ``delay`` seconds apart."""

    def __init__(self, settings: Settings, private_hosts: tuple[str, ...], delay: float) -> None:
        self.fetcher = HttpFetcher(settings.fetch, settings.reading.max_bytes, private_hosts)
        self._redirects = settings.fetch.max_redirects
        self._delay = delay
        self._next_at = 0.0
        max_age = timedelta(hours=settings.crawl.robots_hours)
        self.robots = Robots(MemoryRobots(), self._ask, self.fetcher.user_agent, max_age)

    def close(self) -> None:
        self.fetcher.close()

    def get(self, url: str) -> Response:
        """The page that ``url`` (normalised) leads to. Raises FetchFailed."""
        for _ in range(self._redirects + 1):
            verdict = self.robots.verdict(url)
            if not verdict.allowed:
                raise FetchFailed("fetch.robots", url=url)
            self._delay = max(self._delay, verdict.delay or 0.0)
            response = self._ask(url, None)
            moved = response.location
            if moved is None and response.status in PAGE_STATUSES:
                moved = moved_to(response.body, response.charset)
                if moved is None or canonical(normalised(moved, url)) == canonical(url):
                    return response
            if moved is None:
                raise FetchFailed("fetch.status", url=url, status=response.status)
            url = normalised(moved, url)
        raise FetchFailed("fetch.redirects", url=url, hops=self._redirects)

    def _ask(self, url: str, max_bytes: int | None) -> Response:
        time.sleep(max(0.0, self._next_at - time.monotonic()))
        self._next_at = time.monotonic() + self._delay
        return self.fetcher.request(url, max_bytes=max_bytes)


def sampled(settings: Settings, site: Site, read: Callable[[RawPage], Report | Skip]) -> Iterator[SampledPage]:
    """The first start page of ``site``, then reports it leads to, or lists where there are none. Raises FetchFailed."""
    with closing(PoliteVisit(settings, site.private_hosts, site.delay_seconds)) as visit:
        waiting = [Found(canonical(site.start[0]), site.start[0], "", "start", 0)]
        seen = {waiting[0].id}
        for _ in range(PAGES):
            if not waiting:
                return
            waiting.sort(key=lambda one: one.kind != "report")
            here = waiting.pop(0)
            response = visit.get(here.url)
            result: Report | Skip | None = None
            if here.kind == "report" or (here.kind == "start" and site.is_report(here.url)):
                result = read(response.page())
            is_list = result is None or (isinstance(result, Skip) and result.code == "list_page")
            found = _links(site, here, response, is_list=is_list)
            kinds = [one.kind for one in found]
            yield SampledPage(response.url, here.kind, {kind: kinds.count(kind) for kind in kinds}, result)
            waiting += [one for one in found if one.id not in seen and one.kind in ("report", "list")]
            seen |= {one.id for one in found}


def _links(site: Site, here: Found, response: Response, *, is_list: bool) -> list[Found]:
    try:
        decoded = decode(response.page())
    except Skip:
        return []
    lease = Lease(site.name, here.id, response.url, "", here.kind, here.depth, 0, 1, None, None, None, None, False)
    links = links_of(decoded.text)
    found = links_to_follow(site, lease, links, decoded.encoding, is_list=is_list)
    return list({one.id: one for one in found}.values())
