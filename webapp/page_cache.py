"""Whole pages, as they were sent, kept for whoever asks the same address of the same build again.

In the front process: a page that is kept costs no worker anything, and is kept once for all of them. Only pages that
the build alone decides: what a request may bring along that changes a page is part of the key, and so is the build.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

MOST_BYTES = 32 << 20  # 2,000 packed pages of results
_LARGEST = 1 << 19  # bytes of one page: a few whole reports must not push all others out
# Not the pages of reports and the home page: they tell too what happened to the archive since the build.
_KEPT = ("search", "compare", "gaps", "matrix", "figures", "zones", "practices", "indicators", "similar", "help")
# What makes another page of the same address: language and pinned zone (cookies), the packing, who we are called.
_VARIES = (
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_COOKIE",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PREFIX",
)
_AS_IT_WAS = frozenset(("content-length", "server-timing", "date"))  # headers that each answer has for itself
_ALWAYS = frozenset(("etag", "vary", "cache-control", "link", "set-cookie"))  # of a 304 (RFC 9110, 15.4.5)

Version = Callable[[], Hashable | None]
Headers = list[tuple[str, str]]


class Page(NamedTuple):
    headers: Headers
    body: bytes
    etag: str


class PageCache:
    """A WSGI application around ``pages``. ``version``: of what answers now, another one for each build; None where
    nothing is to be kept. ``base_path`` is left out of addresses. Any number of threads may ask it at once."""

    def __init__(
        self, pages: WSGIApplication, version: Version, base_path: str = "", most_bytes: int = MOST_BYTES
    ) -> None:
        self._pages, self._version, self._base_path, self._most = pages, version, base_path, most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Page] = OrderedDict()
        self._of: Hashable | None = None  # the version that is kept
        self.bytes = 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not _may_be_kept(environ, self._base_path) or (version := self._version()) is None:
            return self._pages(environ, start_response)
        begun = time.perf_counter()
        packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        key = (date.today(), packed, *(environ.get(name, "") for name in _VARIES))
        page = self._find(version, key)
        if page is not None:
            return _answered(page, environ, start_response, begun)
        return self._made(version, key, environ, start_response)

    def _find(self, version: Hashable, key: Hashable) -> Page | None:
        with self._lock:
            if version != self._of:
                self._kept.clear()
                self._of, self.bytes = version, 0
            page = self._kept.get(key)
            if page is not None:
                self._kept.move_to_end(key)
            return page

    def _made(
        self, version: Hashable, key: Hashable, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        # whole, even if the reader has it: an answer of 304 has nothing to keep
        asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        begun = time.perf_counter()
        told: list[tuple[str, Headers]] = []
        body = b"".join(self._pages(asked, lambda status, headers, *_: told.append((status, headers))))  # type: ignore[arg-type]
        status, headers = told[-1]
        page = _page(status, headers, body)
        if page is None:
            start_response(status, headers)
            return [body]
        if _is_kept(page) and self._version() == version:  # else a build was swapped in meanwhile: it is of either
            self._keep(version, key, page)
        timing = next((value for name, value in headers if name.lower() == "server-timing"), None)
        return _answered(page, environ, start_response, begun, timing)

    def _keep(self, version: Hashable, key: Hashable, page: Page) -> None:
        with self._lock:
            if version != self._of or key in self._kept:
                return
            self._kept[key] = page
            self.bytes += len(page.body)
            while self.bytes > self._most:
                _, oldest = self._kept.popitem(last=False)
                self.bytes -= len(oldest.body)


def _may_be_kept(environ: dict[str, Any], base_path: str) -> bool:
    first = environ.get("PATH_INFO", "").removeprefix(base_path).lstrip("/").split("/", 1)[0]
    # who asks from another site, or for a part, is told other things
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and first in _KEPT
        and "HTTP_ORIGIN" not in environ
        and "HTTP_RANGE" not in environ
        and "HTTP_IF_MATCH" not in environ
    )


def _page(status: str, headers: Headers, body: bytes) -> Page | None:
    """None for an error, and for what names no ETag."""
    etag = next((value for name, value in headers if name.lower() == "etag"), "")
    if not status.startswith("200") or not etag:
        return None
    return Page([(name, value) for name, value in headers if name.lower() not in _AS_IT_WAS], body, etag)


def _is_kept(page: Page) -> bool:
    """Not files, not what sets a cookie, not what says so itself."""
    told = {name.lower(): value for name, value in page.headers}
    return (
        told.get("content-type", "").startswith("text/html")
        and "set-cookie" not in told
        and "no-store" not in told.get("cache-control", "")
        and len(page.body) <= _LARGEST
    )


def _answered(
    page: Page, environ: dict[str, Any], start_response: StartResponse, begun: float, timing: str | None = None
) -> Iterable[bytes]:
    """``timing``: what the worker said of a page that was made just now."""
    timing = timing or f"cache;desc=hit, app;dur={1000 * (time.perf_counter() - begun):.2f}"
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and (known.strip() == "*" or page.etag in {one.strip().removeprefix("W/") for one in known.split(",")}):
        kept = [(name, value) for name, value in page.headers if name.lower() in _ALWAYS]
        start_response("304 Not Modified", [*kept, ("Server-Timing", timing)])
        return [b""]
    length = ("Content-Length", str(len(page.body)))
    start_response("200 OK", [*page.headers, length, ("Server-Timing", timing)])
    return [page.body]
