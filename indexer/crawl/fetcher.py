"""One page over HTTP, within limits: addresses, time, size, redirects. TLS is verified."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message

import httpcore
import httpx

from indexer.crawl.addresses import canonical, file_name, normalised
from indexer.crawl.connection import GuardedTransport, OutOfTime, exchange
from indexer.crawl.guard import Guard, Refused
from indexer.crawl.moved import moved_to
from indexer.crawl.unpack import ACCEPTED, gunzipped, unpacked
from indexer.domain.page import RawPage
from indexer.errors import FetchFailed
from indexer.settings import FetchSettings

PAGE_STATUSES = frozenset((200, 203))  # 203: a proxy on the way has put its stamp on it
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_OVERHEAD = 1_000_000  # bytes of headers and chunk sizes beside the body
_COOKIES = 50  # of one host
_COOKIE_LENGTH = 4096
# Answers of a firewall that wants a browser to run its script: 412 and 521 of two common in government, 202 of a third.
_CHALLENGES = frozenset((412, 521))


class Unanswered(FetchFailed):
    """No whole answer came; another time one may. ``code``: timeout, connection."""

    @property
    def code(self) -> str:
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. ``body`` is unpacked; ``sent`` and ``received`` are the bytes of the exchange as they went."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    at: datetime
    sent: bytes
    received: bytes

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as spelled; None for what is no redirect."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def is_challenge(self) -> bool:
        script_only = self.status == httpx.codes.ACCEPTED and b"<script" in self.body[:4096].lower()
        return self.status in _CHALLENGES or script_only

    @property
    def charset(self) -> str | None:
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        charset = message.get_content_charset()
        return charset if charset and charset.isascii() else None

    def page(self) -> RawPage:
        return RawPage(self.body, file_name(self.url), self.url, self.charset, self.at)


class HttpFetcher:
    """A Fetcher. Cookies are kept per host, as long as it lives, and given back to that very host alone.

    Safe from several threads at once.
    """

    def __init__(
        self,
        limits: FetchSettings,
        max_bytes: int,
        private_hosts: Collection[str] = (),
        *,
        guard: Guard | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """``private_hosts``: beside those of ``limits``."""
        self._limits = limits
        self._max_bytes = max_bytes
        self._guard = guard or Guard((*limits.private_hosts, *private_hosts))
        self._ssl_context = ssl_context
        self._transport: GuardedTransport | None = None
        self._lock = threading.Lock()
        self._cookies: dict[str, dict[str, str]] = {}
        self.user_agent = user_agent(limits)

    def close(self) -> None:
        with self._lock:
            transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def fetch(self, url: str) -> RawPage:
        """The page that ``url`` leads to, under the address that gave it: after redirects, and after a page that only
        says it has moved. Raises FetchFailed, its text saying why in a sentence."""
        deadline = time.monotonic() + self._limits.total_seconds
        asked = url
        here = normalised(url)
        for _ in range(self._limits.max_redirects + 1):
            response = self.request(here, deadline=deadline)
            following = response.location
            if following is None and response.status in PAGE_STATUSES:
                following = moved_to(response.body, response.charset)
                if following is None or canonical(normalised(following, here)) == canonical(here):
                    return response.page()
            if following is None:
                raise FetchFailed("fetch.status", url=asked, status=response.status)
            here = normalised(following, here)
        raise FetchFailed("fetch.redirects", url=asked, hops=self._limits.max_redirects)

    def request(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        deadline: float | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """One request, no redirect followed. Whatever the status is, an answer is an answer. Raises FetchFailed."""
        target = self._guard.check(url)
        most = max_bytes or self._max_bytes
        until = deadline or time.monotonic() + self._limits.total_seconds
        request = httpx.Request("GET", url, headers=self._headers(target.host) | dict(headers or {}))
        at = datetime.now(UTC)
        try:
            with exchange(until, self._limits.timeout_seconds, most + _OVERHEAD) as wire:
                response = self._open().handle_request(request)
                try:
                    self._remember(target.host, response.headers)
                    encoding = response.headers.get("content-encoding", "")
                    body = unpacked(response.iter_raw(), encoding, most)
                finally:
                    response.close()
        except OutOfTime as error:
            raise OutOfTime("fetch.out_of_time_at", url=url, seconds=self._limits.total_seconds) from error
        except httpcore.TimeoutException as error:
            if time.monotonic() >= until:
                raise OutOfTime("fetch.out_of_time_at", url=url, seconds=self._limits.total_seconds) from error
            raise Unanswered("fetch.timeout", url=url, seconds=self._limits.timeout_seconds) from error
        except Refused:
            raise
        except FetchFailed as error:
            raise type(error)("fetch.of_url", url=url, problem=error) from error
        except (httpcore.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
            raise Refused("fetch.no_address", url=url) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.StreamError, ssl.SSLError, OSError) as error:
            reason = str(error) or type(error).__name__
            raise Unanswered("fetch.connection", url=url, reason=reason) from error
        if not encoding and body[:2] == b"\x1f\x8b" and not file_name(url).endswith((".gz", ".tgz")):
            body = gunzipped(body, most)  # a page packed by its author, and the server doesn't know
        return Response(url, response.status_code, response.headers, body, at, bytes(wire.sent), bytes(wire.received))

    def _headers(self, host: str) -> dict[str, str]:
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.5",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": ACCEPTED,
        }
        with self._lock:
            cookies = self._cookies.get(host)
            if cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return headers

    def _remember(self, host: str, headers: httpx.Headers) -> None:
        """The cookies of an answer. Domain and Path aren't honoured: a cookie never leaves its host."""
        for line in headers.get_list("set-cookie"):
            pair, _, attributes = line.partition(";")
            name, equals, value = pair.strip().partition("=")
            if not equals or not name or len(pair) > _COOKIE_LENGTH or not (name + value).isascii():
                continue
            with self._lock:
                cookies = self._cookies.setdefault(host, {})
                if "max-age=0" in attributes.lower().replace(" ", ""):
                    cookies.pop(name, None)
                elif name in cookies or len(cookies) < _COOKIES:
                    cookies[name] = value

    def _open(self) -> GuardedTransport:
        with self._lock:
            if self._transport is None:
                self._transport = GuardedTransport(self._guard, ssl_context=self._ssl_context)
            return self._transport


def user_agent(limits: FetchSettings) -> str:
    """Who asks, and where to complain: ``fetch.contact`` of config.toml."""
    return f"{limits.user_agent} (+{limits.contact})" if limits.contact else limits.user_agent
