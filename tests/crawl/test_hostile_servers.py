"""Whatever a server does, one page costs so many bytes and seconds and no more, and what isn't whole is no page."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib

import pytest

from indexer.crawl.fetcher import HttpFetcher
from indexer.errors import FetchFailed
from indexer.settings import FetchSettings
from tests.crawl.hostile import Answerer, answering, bomb, deflate_bomb, drip, packed, repeat, whole
from tests.crawl.site_server import Answer, Portal, html, served

LIMITS = FetchSettings(timeout_seconds=0.5, total_seconds=1.0, max_redirects=3)
OK = b"HTTP/1.1 200 OK\r\n"
MOST = 200_000
TEXT = "澄湖经开区全年新开工项目三十七个。".encode() * 20

UNANSWERED: dict[str, Answerer] = {
    "says nothing": lambda connection: time.sleep(3),
    "drips its head": drip(OK + b"X-Slow: " + b"x" * 200 + b"\r\n\r\n", 0.05),
    "drips its body": drip(OK + b"Content-Length: 500\r\n\r\n" + b"x" * 500, 0.02),
    "drips chunks": repeat(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
    "drips chunk extensions": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * 400, 0.02),
    "sends headers without end": repeat(OK, b"X-More: yes\r\n"),
    "sends one header without end": repeat(OK + b"X-Long: ", b"a" * 4096),
    "sends a body without end": repeat(OK + b"\r\n", b"<p>" * 1000),
    "sends chunks without end": repeat(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b"y" * 1000 + b"\r\n"),
    "sends 100 Continue without end": repeat(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001),
    "says more than it sends": whole(OK + b"Content-Length: 5000\r\n\r\nhalf"),
    "says less than nothing": whole(OK + b"Content-Length: -5\r\n\r\nbody"),
    "says two lengths": whole(OK + b"Content-Length: 4\r\nContent-Length: 9\r\n\r\nbody"),
    "sends a broken chunk": whole(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nbody\r\n0\r\n\r\n"),
    "is no web server": whole(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "sends bytes of nothing": whole(bytes(range(256)) * 10),
    "hangs up": lambda connection: None,
    "is larger than allowed": whole(OK + b"Content-Length: 300000\r\n\r\n" + b"x" * 300_000),
    "says it is larger than allowed": whole(OK + b"Content-Length: 99999999999\r\n\r\n" + b"x" * 300_000),
    "sends a bomb of gzip": whole(packed("gzip", bomb(1))),
    "sends a bomb in two layers": whole(packed("gzip, gzip", bomb(2))),
    "sends a bomb in three layers": whole(packed("gzip, gzip, gzip", bomb(3))),
    "sends a bomb of deflate": whole(packed("deflate", deflate_bomb())),
    "sends br unasked": whole(packed("br", b"\x8b\x02\x80hello\x03")),
    "sends zstd unasked": whole(packed("zstd", b"\x28\xb5\x2f\xfd\x04\x00\x29\x00\x00hello")),
    "sends compress": whole(packed("compress", b"\x1f\x9d\x90hello")),
    "cuts gzip short": whole(packed("gzip", gzip.compress(TEXT, mtime=0)[:-12])),
    "breaks gzip": whole(packed("gzip", gzip.compress(TEXT, mtime=0)[:20] + b"\0" * 40)),
    "only says gzip": whole(packed("gzip", TEXT)),
}


@pytest.fixture
def fetcher() -> HttpFetcher:
    return HttpFetcher(LIMITS, MOST, ("127.0.0.1",))


@pytest.mark.parametrize("behaviour", UNANSWERED)
def test_a_server_that_gives_no_whole_page_gives_none(fetcher: HttpFetcher, behaviour: str) -> None:
    began = time.monotonic()
    with answering(UNANSWERED[behaviour]) as url, pytest.raises(FetchFailed, match=r"127\.0\.0\.1"):
        fetcher.fetch(url)
    assert time.monotonic() - began < 10  # the limit is 1 s; a machine may be busy
    fetcher.close()


@pytest.mark.parametrize("behaviour", ["sends a bomb of gzip", "sends a bomb of deflate", "sends a bomb in two layers"])
def test_a_bomb_is_refused_before_it_goes_off(fetcher: HttpFetcher, behaviour: str) -> None:
    with answering(UNANSWERED[behaviour]) as url:
        tracemalloc.start()
        with pytest.raises(FetchFailed):
            fetcher.fetch(url)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 10_000_000  # of 50 MB
    fetcher.close()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:50], mtime=0) + gzip.compress(TEXT[50:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("identity", TEXT),
        ("", TEXT),
        ("", gzip.compress(TEXT, mtime=0)),
    ],
)
def test_what_honest_servers_send_is_unpacked(fetcher: HttpFetcher, encoding: str, body: bytes) -> None:
    with answering(whole(packed(encoding, body))) as url:
        assert fetcher.fetch(url).data == TEXT
    fetcher.close()


def test_a_page_that_a_proxy_has_touched_is_a_page() -> None:
    site = Portal({"/": Answer(TEXT, 203)})
    with served(site) as address:
        fetcher = HttpFetcher(LIMITS, MOST, ("127.0.0.1",))
        assert fetcher.fetch(f"{address}/").data == TEXT
        fetcher.close()


def test_redirects_end_where_the_settings_say() -> None:
    site = Portal({f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(10)})
    site.pages["/loop"] = Answer(status=301, headers={"Location": "/loop"})
    site.pages["/7"] = html("年度总结", "<p>到这里为止。</p>")
    with served(site) as address:
        fetcher = HttpFetcher(LIMITS, MOST, ("127.0.0.1",))
        assert fetcher.fetch(f"{address}/4").url == f"{address}/7"  # kept under the address that answered
        for path in ("/3", "/loop"):
            with pytest.raises(FetchFailed, match="3 次"):
                fetcher.fetch(address + path)
        fetcher.close()


def test_the_deadline_holds_over_all_redirects_together() -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.4)
        connection.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: /again.html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )

    fetcher = HttpFetcher(FetchSettings(timeout_seconds=2, total_seconds=1.0, max_redirects=20), MOST, ("127.0.0.1",))
    with answering(slow) as url, pytest.raises(FetchFailed, match="1 秒"):
        fetcher.fetch(url)
    fetcher.close()


@pytest.mark.parametrize(
    "page",
    [
        html("页面跳转", "", '<meta http-equiv="refresh" content="0;url=/real.html">'),
        html(
            "页面跳转",
            "<p>本站已启用新域名，请稍候。</p>",
            '<META HTTP-EQUIV="Refresh" CONTENT="3; URL=\'real.html\'">',
        ),
        html("", "", '<script>window.location.href="/real.html";</script>'),
        html("", "", "<script>location.replace('real.html')</script>"),
    ],
)
def test_a_page_that_only_sends_on_is_followed(page: Answer) -> None:
    site = Portal({"/here.html": page, "/real.html": html("白鹭湾高新区2022年工作总结", "<p>正文。</p>")})
    with served(site) as address:
        fetcher = HttpFetcher(LIMITS, MOST, ("127.0.0.1",))
        assert fetcher.fetch(f"{address}/here.html").url == f"{address}/real.html"
        fetcher.close()


@pytest.mark.parametrize(
    "page",
    [
        html("值班表", "<p>本页每五分钟刷新一次。</p>", '<meta http-equiv="refresh" content="300;url=/other.html">'),
        html(
            "长文",
            f"<p>{'园区企业复工复产有序推进。' * 40}</p>",
            '<meta http-equiv="refresh" content="5;url=/other.html">',
        ),
        html("刷新", "<p>自动刷新。</p>", '<meta http-equiv="refresh" content="5">'),
        html("脚本", "<p>查询系统。</p>", '<script>if (a) { location.href = "/other.html"; }</script>'),
        html("自己", "<p>自动刷新。</p>", '<meta http-equiv="refresh" content="5;url=/here.html">'),
    ],
)
def test_a_page_that_stays_is_not_left(page: Answer) -> None:
    site = Portal({"/here.html": page})
    with served(site) as address:
        fetcher = HttpFetcher(LIMITS, MOST, ("127.0.0.1",))
        assert fetcher.fetch(f"{address}/here.html").url == f"{address}/here.html"
        fetcher.close()


def test_a_cookie_goes_back_to_its_host_and_nowhere_else() -> None:
    one = Portal({"/": Answer(status=302, headers={"Location": "/in", "Set-Cookie": "seen=1; Domain=.0.0.1; path=/"})})
    one.pages["/in"] = html("里面", "<p>看过了。</p>")
    other = Portal({"/": html("别处", "<p>别处。</p>")})
    with served(one) as here, served(other) as there:
        there = there.replace("127.0.0.1", "localhost")
        fetcher = HttpFetcher(LIMITS, MOST, ("127.0.0.1", "localhost"))
        fetcher.fetch(f"{here}/")
        assert b"Cookie: seen=1" in fetcher.request(f"{here}/in").sent
        assert b"Cookie" not in fetcher.request(f"{there}/").sent
        fetcher.close()
