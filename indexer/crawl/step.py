"""One step of a crawl: a leased address is asked for, what comes is recorded and kept, its links are put in line."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from threading import local
from typing import Protocol

from indexer.crawl.addresses import canonical, normalised
from indexer.crawl.connection import OutOfTime
from indexer.crawl.fetcher import PAGE_STATUSES, HttpFetcher, Response, Unanswered
from indexer.crawl.follow import addresses_to_follow, found, links_to_follow, redirected
from indexer.crawl.frontier import Frontier
from indexer.crawl.guard import Refused, target_of
from indexer.crawl.leases import Found, Lease, Result
from indexer.crawl.links import Links, links_of
from indexer.crawl.moved import moved_to
from indexer.crawl.politeness import Politeness
from indexer.crawl.robots import Robots
from indexer.crawl.sitemap import MAX_BYTES as LARGEST_SITEMAP
from indexer.crawl.sitemap import MAX_LEVELS, is_sitemap, read_sitemap
from indexer.crawl.sites import Site
from indexer.crawl.unpack import CannotUnpack, TooLarge, gunzipped
from indexer.domain.page import RawPage
from indexer.errors import FetchFailed, Skip
from indexer.pipeline.decode import decode
from indexer.pipeline.extract.markup import is_markup
from indexer.settings import Settings
from indexer.stores.warc import Capture, WarcWriter

_PAGES = ("report", "part", "attachment", "start")
# Pages that hold no report and never will: recorded, in the WARC file too, and not kept in the archive.
NOT_KEPT = frozenset(("list_page", "soft_404", "js_challenge", "moved", "binary", "zip", "empty", "too_large"))
_LONGEST_REST = 86_400.0  # seconds; a Retry-After above it is a slip of the pen
_ADDRESSES_PER_PAGE = 50  # of max_pages: how many addresses of a site are remembered at most
_LEAST_ADDRESSES = 100_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a page. ``outcome``: added, new_version, unchanged, no_report."""

    outcome: str
    skipped: Skip | None = None


class PageStore(Protocol):
    """Where pages go. Safe from several threads."""

    def keep(self, page: RawPage) -> Kept:
        """``page`` is read, and kept under its address unless its Skip is one of NOT_KEPT."""
        ...

    def vanished(self, url: str, reason: Skip) -> None:
        """The page of ``url``, if one is kept, is no longer where it was."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """How a step ended. ``hosts``: those that new links lead to."""

    result: Result
    hosts: set[str] = field(default_factory=set)
    links: int = 0
    seconds: float = 0.0


class Steps:
    """The steps of one site. Safe from several threads."""

    def __init__(
        self,
        settings: Settings,
        site: Site,
        frontier: Frontier,
        warc: WarcWriter,
        store: PageStore,
        politeness: Politeness,
    ) -> None:
        self._settings = settings
        self._site = site
        self._frontier = frontier
        self._warc = warc
        self._store = store
        self._politeness = politeness
        self._fetcher = HttpFetcher(settings.fetch, settings.reading.max_bytes, site.private_hosts)
        max_age = timedelta(hours=settings.crawl.robots_hours)
        self._robots = Robots(frontier, self._ask_for_robots, self._fetcher.user_agent, max_age)
        self._turn = local()  # whether this step has used the turn that its host gave it
        self._most = max(_LEAST_ADDRESSES, _ADDRESSES_PER_PAGE * site.max_pages)

    def close(self) -> None:
        self._fetcher.close()

    def know(self, host: str) -> None:
        """``host`` may be asked from now on, as often as the site says."""
        rest = self._frontier.rests_until(host) - time.time()
        self._politeness.know(host, self._site.delay_seconds, self._site.concurrency, rest)

    def take(self, lease: Lease) -> Step:
        """Raises NoIndex where nothing can be written."""
        self._turn.used_by = None
        began = time.monotonic()
        try:
            step = self._taken(lease)
        except (Unanswered, OutOfTime) as error:
            step = self._failed(lease, Result("error", f"{error.code}: {error.recorded}"), None)
        except Refused as error:
            step = self._done(lease, Result("refused", f"refused: {error.recorded}"))
        except (TooLarge, CannotUnpack) as error:
            step = self._done(lease, Result("skipped", f"{error.code}: {error.recorded}"))
        except FetchFailed as error:
            step = self._failed(lease, Result("error", f"connection: {error.recorded}"), None)
        return Step(step.result, step.hosts, step.links, time.monotonic() - began)

    def _taken(self, lease: Lease) -> Step:
        verdict = self._robots.verdict(lease.url)
        if verdict.unreachable:
            return self._failed(lease, Result("error", Skip("robots_unreachable").reason), None)
        if verdict.delay is not None:
            self._politeness.slow_down(lease.host, verdict.delay)
        if not verdict.allowed:
            return self._done(lease, Result("robots", Skip("robots").reason))
        response = self._asked(lease.url, _conditions(lease), LARGEST_SITEMAP if lease.kind == "sitemap" else None)
        if response.location and "set-cookie" in response.headers and _leads_to_itself(response):
            self._record(response, "other")
            response = self._asked(lease.url, _conditions(lease), None)  # now with the cookie it wanted to set
        return self._answered(lease, response)

    # --- asking ---

    def _asked(self, url: str, headers: dict[str, str], max_bytes: int | None) -> Response:
        """One request, when its host's turn comes."""
        host = _host(url)
        if self._turn.used_by is None and host:
            self._turn.used_by = host  # the turn that this step was started with
        else:
            self.know(host)
            self._politeness.another(host)
        return self._fetcher.request(url, headers, max_bytes=max_bytes)

    def _ask_for_robots(self, url: str, max_bytes: int) -> Response:
        response = self._asked(url, {}, max_bytes)
        self._record(response, "robots")
        return response

    def _record(self, response: Response, role: str) -> Capture:
        return self._warc.response(response.url, response.sent, response.received, response.at, role)

    # --- answers ---

    def _answered(self, lease: Lease, response: Response) -> Step:
        status = response.status
        if status == 304 and lease.was_fetched:
            return self._not_modified(lease, response)
        if response.location is not None:
            self._record(response, "other")
            self._politeness.succeeded(lease.host)
            return self._redirected(lease, response, response.location)
        if response.is_challenge:
            self._record(response, "other")
            self._politeness.failed(lease.host, None)
            reason = Skip("js_challenge", "status", status=status)
            return self._done(lease, self._result(response, "challenge", reason.reason))
        if status in PAGE_STATUSES:
            self._politeness.succeeded(lease.host)
            return self._content(lease, response)
        self._record(response, "other")
        if status in (404, 410):
            self._politeness.succeeded(lease.host)
            return self._gone(lease, response, Skip("vanished", "status", status=status))
        result = self._result(response, "error", Skip(f"http_{status}", "status", status=status).reason)
        if status == 429 or status >= 500:
            return self._failed(lease, result, retry_after(response))
        self._politeness.failed(lease.host, None)
        return self._done(lease, result)

    def _not_modified(self, lease: Lease, response: Response) -> Step:
        self._politeness.succeeded(lease.host)
        if lease.capture:
            self._warc.revisit(
                *(response.url, response.sent, response.received, response.at, lease.kind, lease.capture),
                not_modified=True,
            )
        return self._done(lease, self._result(response, "not_modified", keep_validators_of=lease))

    def _redirected(self, lease: Lease, response: Response, address: str) -> Step:
        url = normalised(address, response.url)
        if canonical(url) == canonical(lease.url) and url == lease.url:
            return self._done(lease, self._result(response, "error", Skip("redirect_loop").reason))
        if lease.hops >= self._settings.fetch.max_redirects:
            reason = Skip("redirects", "after", hops=lease.hops).reason
            return self._done(lease, self._result(response, "error", reason))
        target = redirected(self._site, lease, url)
        if target is None:
            reason = Skip("redirected_out", "to", url=url).reason
            return self._done(lease, self._result(response, "redirect", reason))
        if target.id == lease.id:  # http and https, or the visit in its query, are one address here
            target = Found(f"{target.id}#{target.hops}", url, target.host, target.kind, target.depth, target.hops)
        return self._done(lease, self._result(response, "redirect"), [target])

    def _gone(self, lease: Lease, response: Response, reason: Skip) -> Step:
        self._store.vanished(lease.url, reason)
        outcome = "vanished" if lease.was_fetched else "missing"
        return self._done(lease, self._result(response, outcome, reason.reason))

    def _content(self, lease: Lease, response: Response) -> Step:
        digest = sha256(response.body).hexdigest()
        if lease.sha256 == digest:
            return self._unchanged(lease, response)
        if lease.kind in ("start", "sitemap") and _is_sitemap(response.body):
            return self._sitemap(lease, response, digest)
        page = response.page()
        text, encoding = _markup_of(page)
        links = links_of(text) if text is not None else None
        if (
            text is not None
            and (moved := moved_to(response.body, encoding)) is not None
            and _is_elsewhere(moved, response.url)
        ):
            self._record(response, "other")
            return self._redirected(lease, response, moved)
        if lease.kind == "list" or (lease.kind == "start" and not self._site.is_report(lease.url)):
            capture = self._record(response, "list")
            result = self._result(response, "list", digest=digest, capture=capture)
            return self._followed(lease, result, links, encoding, is_list=True)
        capture = self._record(response, lease.kind)
        kept = self._store.keep(page)
        skipped = kept.skipped
        if skipped and skipped.code == "soft_404":
            return self._gone(lease, response, skipped)
        outcome = "challenge" if skipped and skipped.code == "js_challenge" else kept.outcome
        result = self._result(response, outcome, skipped.reason if skipped else None, digest=digest, capture=capture)
        is_list = skipped is not None and skipped.code == "list_page"
        return self._followed(lease, result, links, encoding, is_list=is_list)

    def _unchanged(self, lease: Lease, response: Response) -> Step:
        before = lease.capture
        capture: Capture | None = None
        if before and before.payload_digest == Capture.digest_of(response.received):
            self._warc.revisit(
                *(response.url, response.sent, response.received, response.at, lease.kind, before), not_modified=False
            )
        else:  # packed or cut into pieces another way
            capture = self._record(response, lease.kind)
        return self._done(lease, self._result(response, "unchanged", digest=lease.sha256, capture=capture))

    def _sitemap(self, lease: Lease, response: Response, digest: str) -> Step:
        capture = self._record(response, "sitemap")
        try:
            sitemap = read_sitemap(response.body)
        except Skip as skip:
            return self._done(lease, self._result(response, "skipped", skip.reason))
        further = []
        if lease.hops < MAX_LEVELS:
            further = [
                found(url, "sitemap", lease.depth, lease.hops + 1)
                for address in sitemap.sitemaps
                if (url := _address(address, lease.url)) and not self._site.denies(url) and _host(url) == lease.host
            ]
        pages = addresses_to_follow(self._site, lease, (address for address, _ in sitemap.addresses))
        result = self._result(response, "sitemap", digest=digest, capture=capture)
        return self._done(lease, result, [*further, *pages])

    def _followed(self, lease: Lease, result: Result, links: Links | None, encoding: str, *, is_list: bool) -> Step:
        if links is None:
            return self._done(lease, result)
        return self._done(lease, result, list(links_to_follow(self._site, lease, links, encoding, is_list=is_list)))

    # --- ends ---

    def _result(
        self,
        response: Response,
        outcome: str,
        reason: str | None = None,
        *,
        digest: str | None = None,
        capture: Capture | None = None,
        keep_validators_of: Lease | None = None,
    ) -> Result:
        """``digest``: of a page that is known from now on; only such a one is asked for conditionally."""
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        if keep_validators_of is not None:
            etag, modified = etag or keep_validators_of.etag, modified or keep_validators_of.last_modified
            digest = keep_validators_of.sha256
        known = digest is not None or keep_validators_of is not None
        return Result(
            outcome,
            reason,
            response.status,
            len(response.received),
            response.at if known else None,
            etag if known else None,
            modified if known else None,
            digest,
            capture,
        )

    def _done(self, lease: Lease, result: Result, links: list[Found] | None = None) -> Step:
        hosts = self._frontier.done(lease, result, links or (), self._most)
        return Step(result, hosts, len(links or ()))

    def _failed(self, lease: Lease, result: Result, rest: float | None) -> Step:
        """Another try later, where there is one left."""
        rest = None if rest is None else min(rest, _LONGEST_REST)
        wait = self._politeness.failed(lease.host, rest)
        if rest:
            self._frontier.rest(lease.host, time.time() + rest)
        if lease.attempts >= self._settings.crawl.attempts:
            return self._done(lease, result)
        self._frontier.retry(lease, time.time() + wait, result.reason or "")
        return Step(Result("retry", result.reason, result.status, result.bytes))


def retry_after(response: Response) -> float | None:
    """Seconds that ``response`` asks to be left alone for (RFC 9110, 10.2.3: seconds, or a date)."""
    written = response.headers.get("retry-after", "").strip()
    if written.isdecimal():
        return float(written)
    try:
        at = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())


def _conditions(lease: Lease) -> dict[str, str]:
    conditions = {"If-None-Match": lease.etag, "If-Modified-Since": lease.last_modified}
    return {name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()}


def _markup_of(page: RawPage) -> tuple[str | None, str]:
    """The text of an HTML page and its charset; None for what is none."""
    try:
        decoded = decode(page)
    except Skip:
        return None, "utf-8"
    return (decoded.text if is_markup(decoded.text) else None), decoded.encoding


def _is_sitemap(body: bytes) -> bool:
    if body[:2] == b"\x1f\x8b":
        try:
            body = gunzipped(body, LARGEST_SITEMAP)
        except (TooLarge, CannotUnpack):
            return False
    return is_sitemap(body)


def _leads_to_itself(response: Response) -> bool:
    return _address(response.location or "", response.url) == response.url


def _is_elsewhere(address: str, url: str) -> bool:
    there = _address(address, url)
    return there is not None and canonical(there) != canonical(url)


def _address(address: str, base: str) -> str | None:
    try:
        return normalised(address, base)
    except Refused:
        return None


def _host(url: str) -> str:
    target = target_of(url)
    return target.origin.partition("://")[2]
