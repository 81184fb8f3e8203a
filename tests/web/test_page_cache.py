"""Pages that are kept: what the next one gets is what would have been made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from webapp.page_cache import PageCache


class Pages:
    """Makes a page that tells how often it was asked."""

    def __init__(self) -> None:
        self.made = 0
        self.status = "200 OK"
        self.more: list[tuple[str, str]] = []
        self.body = b""
        self.swapping: Any = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.made += 1
        self.swapping()
        body = self.body or f"page {self.made} of {environ['PATH_INFO']}".encode()
        etag = [("ETag", f'"{self.made}"')] if self.status.startswith("200") else []
        start_response(
            self.status, [("Content-Type", "text/html"), *etag, ("Server-Timing", "app;dur=9.0"), *self.more]
        )
        return [body]


class Reader:
    def __init__(self, most_bytes: int = 1_000) -> None:
        self.pages = Pages()
        self.version: str | None = "0001"
        self.cache = PageCache(self.pages, lambda: self.version, most_bytes=most_bytes)
        self.status = ""
        self.headers: dict[str, str] = {}

    def gets(self, path: str = "/search", query: str = "q=a", method: str = "GET", **more: str) -> str:
        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            self.status, self.headers = status, dict(headers)
            return lambda written: None

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, **more}
        return b"".join(self.cache(environ, start)).decode()


def test_who_asks_the_same_address_again_gets_the_same_page() -> None:
    reader = Reader()
    assert reader.gets() == reader.gets() == "page 1 of /search"
    assert reader.headers["Server-Timing"].startswith("cache;desc=hit")
    assert reader.headers["ETag"] == '"1"'
    assert reader.headers["Content-Length"] == str(len("page 1 of /search"))


@pytest.mark.parametrize(
    "other",
    [
        {"query": "q=b"},
        {"path": "/gaps"},
        {"HTTP_COOKIE": "lang=en"},
        {"HTTP_COOKIE": "mine=%E6%B3%89%E5%B7%9E"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_HOST": "reports.test"},
        {"SCRIPT_NAME": "/duibiao"},
    ],
)
def test_what_makes_another_page_is_asked_for_itself(other: dict[str, str]) -> None:
    reader = Reader()
    reader.gets()
    reader.gets(**other)
    assert reader.pages.made == 2


def test_another_build_starts_anew() -> None:
    reader = Reader()
    reader.gets()
    reader.version = "0002"
    assert reader.gets() == "page 2 of /search"
    assert reader.cache.bytes == len("page 2 of /search")


def test_a_page_during_which_a_build_was_swapped_in_is_not_kept() -> None:
    reader = Reader()

    def swap() -> None:
        reader.version = "0002"

    reader.pages.swapping = swap
    reader.gets()
    assert reader.cache.bytes == 0
    assert reader.gets() == "page 2 of /search"


def test_where_nothing_answers_nothing_is_kept() -> None:
    reader = Reader()
    reader.gets()
    reader.version = None
    assert reader.gets() == "page 2 of /search"


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("400 Bad Request", []),
        ("503 Service Unavailable", []),
        ("200 OK", [("Set-Cookie", "lang=en")]),
        ("200 OK", [("Cache-Control", "no-store")]),
    ],
)
def test_errors_and_what_is_for_one_reader_are_not_kept(status: str, more: list[tuple[str, str]]) -> None:
    reader = Reader()
    reader.pages.status, reader.pages.more = status, more
    reader.gets()
    assert reader.status == status
    reader.gets()
    assert reader.pages.made == 2


@pytest.mark.parametrize(
    ("path", "method", "more"),
    [
        ("/similar", "POST", {}),
        ("/search", "HEAD", {}),
        ("/healthz", "GET", {}),
        ("/search", "GET", {"HTTP_ORIGIN": "https://other.test"}),
    ],
)
def test_what_is_no_plain_page_goes_through(path: str, method: str, more: dict[str, str]) -> None:
    reader = Reader()
    for _ in range(2):
        reader.gets(path, method=method, **more)
    assert reader.pages.made == 2


def test_who_has_the_page_is_told_so_whether_it_is_kept_or_made() -> None:
    reader = Reader()
    reader.gets()
    assert reader.gets(HTTP_IF_NONE_MATCH='"0", W/"1"') == ""
    assert (reader.status, reader.headers["ETag"]) == ("304 Not Modified", '"1"')
    assert reader.gets(query="q=b", HTTP_IF_NONE_MATCH='"2"') == ""
    assert reader.status == "304 Not Modified"
    assert reader.gets(query="q=b") == "page 2 of /search"


def test_beyond_its_bytes_the_page_that_was_asked_for_longest_ago_goes() -> None:
    reader = Reader(most_bytes=250)
    reader.pages.body = b"x" * 100
    reader.gets(query="q=a")
    reader.gets(query="q=b")
    reader.gets(query="q=a")
    reader.gets(query="q=c")  # b goes
    assert reader.cache.bytes == 200
    reader.gets(query="q=a")
    assert reader.pages.made == 3
    reader.gets(query="q=b")
    assert reader.pages.made == 4
