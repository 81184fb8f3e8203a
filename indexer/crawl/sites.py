"""A [[site]] of config.toml, ready to decide: which addresses are followed, and which are reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.crawl.addresses import normalised
from indexer.crawl.guard import Guard, Refused
from indexer.errors import BadQuery, BadSetup
from indexer.settings import CrawlSettings, FetchSettings, Settings, SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    """``private_hosts``: those of the site and of [fetch]."""

    name: str
    start: tuple[str, ...]  # normalised
    allow: tuple[re.Pattern[str], ...]
    deny: tuple[re.Pattern[str], ...]
    reports: tuple[re.Pattern[str], ...]
    delay_seconds: float
    concurrency: int
    max_pages: int
    max_total_bytes: int
    max_depth: int
    max_seconds: float
    recheck_days: float
    private_hosts: tuple[str, ...]

    def follows(self, url: str) -> bool:
        """Whether ``url`` (normalised) belongs to the site: ``deny`` wins; without ``allow``, what lies below the
        folder of a start page."""
        if self.denies(url):
            return False
        if self.allow:
            return any(pattern.search(url) for pattern in self.allow)
        return any(url.startswith(_folder(start)) for start in self.start)

    def denies(self, url: str) -> bool:
        return any(pattern.search(url) for pattern in self.deny)

    def is_report(self, url: str) -> bool:
        """Whether ``url``, which is followed, is read as a report; without ``reports`` every page is tried."""
        return not self.reports or any(pattern.search(url) for pattern in self.reports)

    def guard(self) -> Guard:
        return Guard(self.private_hosts)


def sites_of(settings: Settings) -> tuple[Site, ...]:
    """Raises BadSetup where a pattern or a start address is wrong."""
    return tuple(_site(one, settings.crawl, settings.fetch) for one in settings.sites)


def chosen(sites: Iterable[Site], names: Iterable[str]) -> tuple[Site, ...]:
    """The sites called ``names``; all of them without any. Raises BadQuery, BadSetup."""
    known = {site.name: site for site in sites}
    if not known:
        raise BadSetup("setup.no_site")
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise BadQuery("query.site", site=name, known=list(known))
    return tuple(known[name] for name in dict.fromkeys(wanted)) if wanted else tuple(known.values())


def _site(one: SiteSettings, crawl: CrawlSettings, fetch: FetchSettings) -> Site:
    try:
        start = tuple(normalised(address) for address in one.start)
    except Refused as error:
        raise BadSetup("setup.site_start", site=one.name, problem=error) from error

    def own(value: float | None, default: float) -> float:
        return default if value is None else value

    return Site(
        name=one.name,
        start=start,
        allow=_patterns(one, "allow", one.allow),
        deny=_patterns(one, "deny", one.deny),
        reports=_patterns(one, "reports", one.reports),
        delay_seconds=own(one.delay_seconds, crawl.delay_seconds),
        concurrency=int(own(one.concurrency, crawl.concurrency)),
        max_pages=int(own(one.max_pages, crawl.max_pages)),
        max_total_bytes=int(own(one.max_total_bytes, crawl.max_total_bytes)),
        max_depth=int(own(one.max_depth, crawl.max_depth)),
        max_seconds=own(one.max_seconds, crawl.max_seconds),
        recheck_days=own(one.recheck_days, crawl.recheck_days),
        private_hosts=tuple(dict.fromkeys((*one.private_hosts, *fetch.private_hosts))),
    )


def _patterns(site: SiteSettings, key: str, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern) for pattern in patterns)
    except re.error as error:
        raise BadSetup("setup.site_pattern", site=site.name, key=key, pattern=error.pattern, problem=error) from error


def _folder(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rsplit('/', 1)[0]}/"
