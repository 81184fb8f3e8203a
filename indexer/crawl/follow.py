"""Which links of a page go into the frontier, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from indexer.crawl.addresses import canonical, is_trap, normalised
from indexer.crawl.guard import Refused
from indexer.crawl.leases import Found, Lease
from indexer.crawl.links import Links
from indexer.crawl.sites import Site

_MOST_FILES = 30  # attachments of one report; the most seen is 12
_PAGE_PART = re.compile(r"(?:[_-]\d{1,3})?(?=\.\w{1,5}$)")


def found(url: str, kind: str, depth: int, hops: int = 0) -> Found:
    """``url`` is normalised."""
    return Found(canonical(url), url, urlsplit(url).netloc, kind, depth, hops)


def seeds(site: Site) -> list[Found]:
    return [found(url, "start", 0) for url in site.start]


def kind_now(site: Site, url: str, kind: str) -> str | None:
    """What an address known as ``kind`` is by the patterns of ``site``; None where it is none of its any more."""
    if site.denies(url):
        return None
    if kind in ("report", "list") and site.follows(url):
        return "report" if site.is_report(url) else "list"
    if kind == "start" and url not in site.start:
        return ("report" if site.is_report(url) else "list") if site.follows(url) else None
    return kind if kind != "report" else None


def links_to_follow(site: Site, lease: Lease, links: Links, encoding: str, *, is_list: bool) -> Iterator[Found]:
    """``is_list``: the page of ``lease`` holds no report itself. Of a report, its next pages and its files are fetched
    whatever the patterns say, unless ``deny`` names them: without them it is no whole report."""
    if not links.follow:
        return
    base = _joined(links.base, lease.url, encoding) or lease.url if links.base else lease.url
    turned = {url for address in links.next_pages if (url := _joined(address, base, encoding))}
    for url in turned:
        if site.denies(url) or _host(url) != _host(lease.url):
            continue
        if is_list:
            yield found(url, "list", lease.depth)
        elif _article(url) in (_article(lease.url), _plain(lease.url)):
            yield found(url, "part", lease.depth)
    if not is_list:
        files = [url for link in links.files if (url := _joined(link.address, base, encoding))]
        for url in [url for url in dict.fromkeys(files) if not site.denies(url)][:_MOST_FILES]:
            yield found(url, "attachment", lease.depth)
    if lease.depth < site.max_depth and lease.kind not in ("part", "attachment"):
        others = (link.address for link in (*links.pages, *links.files))
        for url in _joined_all(others, base, encoding):
            if url not in turned and site.follows(url) and not is_trap(url):
                yield found(url, "report" if site.is_report(url) else "list", lease.depth + 1)


def addresses_to_follow(site: Site, lease: Lease, addresses: Iterable[str]) -> Iterator[Found]:
    """Of a sitemap."""
    for url in _joined_all(addresses, lease.url, "utf-8"):
        if site.follows(url):
            yield found(url, "report" if site.is_report(url) else "list", lease.depth + 1)


def redirected(site: Site, lease: Lease, url: str) -> Found | None:
    """Where ``lease`` is sent, as what it is fetched there; None where that is none of the site's."""
    same_page = _without_scheme(url) == _without_scheme(lease.url)
    if lease.kind in ("start", "sitemap", "part", "attachment") or same_page or site.follows(url):
        return None if site.denies(url) else found(url, lease.kind, lease.depth, lease.hops + 1)
    return None


def _joined_all(addresses: Iterable[str], base: str, encoding: str) -> Iterator[str]:
    for address in addresses:
        if url := _joined(address, base, encoding):
            yield url


def _joined(address: str | None, base: str, encoding: str) -> str | None:
    try:
        return normalised(address or "", base, encoding)
    except Refused:  # mail, scripts, private spellings: pages are full of them
        return None


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}?{parts.query}"


def _article(url: str) -> str:
    """``url`` without the number of its page, if its last number is one."""
    parts = urlsplit(url)
    path = _PAGE_PART.sub("", parts.path, count=1)
    query = re.sub(r"(?:^|&)(?:page|p|pageno|pageindex)=\d+", "", parts.query, flags=re.IGNORECASE)
    return f"{parts.netloc}{path}?{query}"


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url)
