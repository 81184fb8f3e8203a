"""Pages over HTTP, from a server of our own on the loopback: limits hold, failures are sentences."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer.crawl.addresses import is_address
from indexer.crawl.fetcher import HttpFetcher
from indexer.domain.catalogue import Outcome
from indexer.errors import FetchFailed
from indexer.library import Library
from indexer.settings import FetchSettings, load
from tests.unit.pages import a_page

ROOT = Path(__file__).resolve().parents[2]
LIMITS = FetchSettings(timeout_seconds=0.4, total_seconds=0.8, max_redirects=3, private_hosts=("127.0.0.1",))


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/report.html":
                self.answer("昆山经开区工作总结".encode("gb18030"), {"Content-Type": "text/html; charset=GB2312"})
            case "/page.html":
                self.answer(a_page("昆山经开区2022年工作总结"))
            case "/moved":
                self.answer(b"", {"Location": "/report.html"}, 302)
            case "/loop":
                self.answer(b"", {"Location": "/loop"}, 302)
            case "/large":
                self.answer(b"x" * 20_000)
            case "/bomb":
                self.answer(gzip.compress(b"x" * 5_000_000), {"Content-Encoding": "gzip"})
            case "/silent":
                time.sleep(1)
            case "/drip":
                self.send_response(200)
                self.end_headers()
                for _ in range(40):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "/cut":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"half")
            case _:
                self.answer(b"gone", status=404)

    def answer(self, body: bytes, headers: Mapping[str, str] | None = None, status: int = 200) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the fetcher hangs up, as it should
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> HttpFetcher:
    return HttpFetcher(LIMITS, max_bytes=10_000)


def test_a_page_comes_with_its_bytes_name_charset_and_time(site: str, fetcher: HttpFetcher) -> None:
    page = fetcher.fetch(f"{site}/report.html")
    assert page.data == "昆山经开区工作总结".encode("gb18030")
    assert (page.name, page.charset, page.url) == ("report.html", "gb2312", f"{site}/report.html")
    assert page.fetched_at is not None
    assert page.fetched_at.tzinfo is not None


def test_a_redirect_is_followed(site: str, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(f"{site}/moved").data


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "404"),
        ("/loop", "3 次"),
        ("/large", "10,000"),
        ("/bomb", "10,000"),
        ("/silent", "没有回应"),
        ("/drip", "传完"),
        ("/cut", "检查"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_a_sentence(site: str, fetcher: HttpFetcher, path: str, said: str) -> None:
    with pytest.raises(FetchFailed, match=said):
        fetcher.fetch(site + path)


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a b/", "http://\x00/", "http://127.0.0.1:1/"])
def test_what_is_no_address_is_told_in_a_sentence(fetcher: HttpFetcher, url: str) -> None:
    with pytest.raises(FetchFailed, match="http://"):
        fetcher.fetch(url)


def test_only_addresses_of_the_web_are_fetched() -> None:
    assert is_address("HTTPS://a.example/1")
    assert not is_address("file:///etc/passwd")
    assert not is_address("http.html")


def test_add_knows_a_fetched_page_by_its_address(site: str, tmp_path: Path) -> None:
    settings = load(ROOT / "config.toml").with_data_folder(tmp_path / "var")
    library = Library(replace(settings, fetch=replace(settings.fetch, private_hosts=("127.0.0.1",))))
    added, lost = library.add([f"{site}/page.html", f"{site}/gone"])
    assert (added.outcome, added.url) == (Outcome.ADDED, f"{site}/page.html")
    assert (lost.outcome, lost.report) == (Outcome.SKIPPED, None)
    assert lost.reason is not None
    assert lost.reason.startswith("fetch_failed: ")
    (again,) = library.add([f"{site}/page.html"])
    assert again.outcome is Outcome.UNCHANGED
    library.close()


def test_add_takes_in_nothing_of_this_machine_or_its_network_unless_it_is_named(site: str, tmp_path: Path) -> None:
    library = Library(load(ROOT / "config.toml").with_data_folder(tmp_path / "var"))
    (refused,) = library.add([f"{site}/page.html"])
    assert (refused.outcome, refused.report) == (Outcome.SKIPPED, None)
    assert "private_hosts" in str(refused.reason)
    library.close()
