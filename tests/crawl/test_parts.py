"""The parts of a crawl by themselves: robots.txt, sitemaps, links, addresses, suggestions, health."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from indexer.crawl.addresses import canonical, is_trap, normalised
from indexer.crawl.fetcher import Response, Unanswered
from indexer.crawl.guard import Refused
from indexer.crawl.health import health_line, unwell
from indexer.crawl.links import links_of
from indexer.crawl.robots import Robots
from indexer.crawl.sample import MemoryRobots
from indexer.crawl.site_states import SiteState
from indexer.crawl.sitemap import MAX_ADDRESSES, read_sitemap
from indexer.crawl.step import retry_after
from indexer.crawl.suggest import report_patterns
from indexer.errors import Skip
from indexer.ingest.related_pages import ArchivedNeighbours
from tests.crawl.site_server import portal

NOW = datetime(2024, 5, 6, tzinfo=UTC)


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Response:
    return Response("http://a.example.org/robots.txt", status, httpx.Headers(headers), body, NOW, b"", b"")


def asking_to_wait(until: str) -> Response:
    return replace(answer(), headers=httpx.Headers({"retry-after": until}))


class Server:
    """Answers in turn; the last one again and again."""

    def __init__(self, *answers: Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, url: str, max_bytes: int) -> Response:
        self.asked.append(url)
        now = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(now, Exception):
            raise now
        return now


def robots(*answers: Response | Exception, max_age: float = 12.0) -> tuple[Robots, Server]:
    server = Server(*answers)
    return Robots(MemoryRobots(), server, "Duibiao/0.1 (+mailto:a@example.org)", timedelta(hours=max_age)), server


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /private/", "/private/a.html", False),
        (b"User-agent: *\nDisallow: /private/", "/public/a.html", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/", "/private/a.html", False),
        (b"user-agent: duibiao\ndisallow: /", "/a.html", False),
        (b"User-agent: Baiduspider\nDisallow: /", "/a.html", True),
        (b"User-agent: *\nDisallow: /\nAllow: /xxgk/", "/xxgk/a.html", True),
        (b"User-agent: *\nDisallow: /*.jsp$", "/a.jsp", False),
        (b"User-agent: *\nDisallow:", "/a.html", True),
        (b"<html>not found</html>", "/a.html", True),
        ("User-agent: *\nDisallow: /内部/".encode(), "/%E5%86%85%E9%83%A8/a.html", False),
        (b"", "/a.html", True),
    ],
)
def test_robots_says(body: bytes, path: str, allowed: bool) -> None:
    asked, _ = robots(answer(body))
    assert asked.verdict(f"http://a.example.org{path}").allowed is allowed


@pytest.mark.parametrize(
    ("status", "allowed", "unreachable"),
    [(404, True, False), (403, True, False), (500, False, True), (429, False, True)],
)
def test_what_no_robots_txt_means(status: int, allowed: bool, unreachable: bool) -> None:
    asked, _ = robots(answer(b"Disallow: /", status))
    verdict = asked.verdict("http://a.example.org/a.html")
    assert (verdict.allowed, verdict.unreachable) == (allowed, unreachable)


def test_robots_txt_is_followed_elsewhere_but_not_inside_and_not_for_ever() -> None:
    moved = answer(status=301, location="http://b.example.org/robots.txt")
    asked, server = robots(moved, answer(b"User-agent: *\nDisallow: /"))
    assert not asked.verdict("http://a.example.org/").allowed
    assert server.asked[1] == "http://b.example.org/robots.txt"
    asked, server = robots(moved)
    assert asked.verdict("http://a.example.org/").allowed
    assert len(server.asked) == 6
    asked, _ = robots(answer(status=302, location="file:///etc/passwd"))
    assert asked.verdict("http://a.example.org/").allowed


def test_robots_txt_is_read_again_when_it_is_old_and_an_old_one_speaks_for_a_silent_server() -> None:
    asked, server = robots(
        answer(b"User-agent: *\nDisallow: /a/"),
        Unanswered("fetch.timeout", url="https://a.example/robots.txt", seconds=5.0),
        max_age=0.0,
    )
    assert not asked.verdict("http://a.example.org/a/").allowed
    verdict = asked.verdict("http://a.example.org/a/")
    assert (verdict.allowed, verdict.unreachable) == (False, False)
    assert asked.verdict("http://a.example.org/b/").allowed
    assert len(server.asked) == 2
    asked, server = robots(answer(b"User-agent: *\nDisallow: /a/"))
    for _ in range(3):
        asked.verdict("http://a.example.org/a/")
    asked.verdict("https://a.example.org/a/")
    assert server.asked == ["http://a.example.org/robots.txt", "https://a.example.org/robots.txt"]


def test_the_longest_delay_that_is_asked_for_holds() -> None:
    asked, _ = robots(answer(b"User-agent: *\nCrawl-delay: 3\nRequest-rate: 1/10s"))
    assert asked.verdict("http://a.example.org/").delay == 10.0
    asked, _ = robots(answer(b"User-agent: *\nCrawl-delay: 99999999"))
    assert asked.verdict("http://a.example.org/").delay == 600.0


def test_a_sitemap_is_read_in_all_its_forms() -> None:
    xml = b"<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    xml += b"<url><loc> http://a.example.org/1 </loc><lastmod>2024-01-02</lastmod></url><url><loc/></url></urlset>"
    assert read_sitemap(xml).addresses == (("http://a.example.org/1", "2024-01-02"),)
    assert read_sitemap(gzip.compress(xml)) == read_sitemap(xml)
    index = b"<sitemapindex><sitemap><loc>http://a.example.org/2.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index).sitemaps == ("http://a.example.org/2.xml",)
    assert len(read_sitemap(b"\xef\xbb\xbfhttp://a.example.org/1\r\nhttp://a.example.org/2\r\n").addresses) == 2
    assert read_sitemap(xml[:-30]).addresses  # cut short: what is whole of it


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>not found</body></html>",
        b"",
        gzip.compress(b" " * 60_000_000, mtime=0),
        gzip.compress(b"<urlset>", mtime=0)[:-5],
        b" " * 50_000_001,
    ],
)
def test_what_is_no_sitemap_is_told(data: bytes) -> None:
    with pytest.raises(Skip):
        read_sitemap(data)


def test_a_sitemap_without_end_is_read_so_far_and_entities_stay_shut() -> None:
    many = b"<urlset>" + b"<url><loc>http://a.example.org/x</loc></url>" * (MAX_ADDRESSES + 10) + b"</urlset>"
    assert len(read_sitemap(many).addresses) == MAX_ADDRESSES
    evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    evil += b"<urlset><url><loc>http://a.example.org/&x;</loc></url></urlset>"
    assert read_sitemap(evil).addresses in ((("http://a.example.org/", None),), ())
    laughs = (
        b'<!DOCTYPE a [<!ENTITY a "'
        + b"a" * 1000
        + b'">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 20 if n else b"&a;" * 20) for n in range(9))
    )
    assert (
        sum(
            len(found) for found, _ in read_sitemap(laughs + b"]><urlset><url><loc>&a8;</loc></url></urlset>").addresses
        )
        < 1e6
    )


def test_links_next_pages_and_files_are_told_apart() -> None:
    found = links_of(
        """<html><head><base href="/xxgk/"></head><body><a href="a.html">园区工作总结</a>
        <a href="javascript:go()">去</a>
        <a href="mailto:a@example.org">信箱</a><a href="b.jpg">图</a><a href="c.xlsx">表</a><a href="d.PDF?x=1">文件</a>
        <a href="/system/_content/download.jsp?id=5">附件1.docx</a><a href="e.html" rel="nofollow">别跟</a>
        <a href="index_2.html">下一页</a><a href="index_3.html">3</a><a href="list.jsp?page=9">尾页</a>
        <a href="f_1.html">上一页</a>
        <iframe src="g.pdf"></iframe><iframe src="/pdfjs/web/viewer.html?file=%2Fup%2Fh.pdf"></iframe>
        <script>createPageHTML(3, 0, "index", "shtml", "black_text", 60);</script></body></html>"""
    )
    assert [link.address for link in found.pages if "html" in link.address][:1] == ["a.html"]
    assert "e.html" not in [link.address for link in found.pages]
    assert set(found.next_pages) == {
        "index_2.html",
        "index_3.html",
        "list.jsp?page=9",
        "index_1.shtml",
        "index_2.shtml",
    }
    assert {link.address for link in found.files} == {
        *("d.PDF?x=1", "/system/_content/download.jsp?id=5", "g.pdf", "/up/h.pdf"),
    }
    assert found.base == "/xxgk/"
    assert not links_of('<meta name="robots" content="noindex, nofollow"><a href="a.html">a</a>').follow
    assert links_of("").pages == ()


def test_one_page_has_one_address() -> None:
    assert normalised("HTTP://A.Example.ORG:80/a/../b c.html#top") == "http://a.example.org/b%20c.html"
    assert normalised("../总结.html?名=张", "http://a.example.org/x/y.html").startswith(
        "http://a.example.org/%E6%80%BB"
    )
    assert normalised("a.jsp?k=总", "http://a.example.org/", "gbk").endswith("k=%D7%DC")  # as browsers ask a GBK site
    assert normalised("a.html;jsessionid=ABC?x=1", "http://a.example.org/") == "http://a.example.org/a.html?x=1"
    assert canonical("http://a.example.org/?b=2&a=1&utm_source=x&jsessionid=5") == canonical(
        "http://a.example.org/?a=1&b=2"
    )
    assert canonical("http://a.example.org/?id=1") != canonical("http://a.example.org/?id=2")
    for wrong in ("http://[", "javascript:void(0)", "http://a.example.org/" + "x" * 3000, "http://u:p@a.example.org/"):
        with pytest.raises(Refused):
            normalised(wrong, "http://a.example.org/")
    assert is_trap("http://a.example.org/b/c/b/c/b/c/b/c/d.html")
    assert not is_trap("http://a.example.org/art/2024/2/2/art_2_2.html")


def test_patterns_of_reports_are_seen_in_the_links_of_a_list() -> None:
    text = portal(45).pages["/gzzj/index.html"].body.decode()
    (pattern, *_) = report_patterns(links_of(text).pages)
    assert (pattern.regex, pattern.links) == (r"/\d{6}/t\d{8}_\d+\.html$", 20)


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [("120", 120, 120), ("Fri, 31 Dec 1999 23:59:59 GMT", 0, 0), ("Wed, 01 Jan 2098 00:00:00 GMT", 1e6, 1e11)],
)
def test_retry_after_is_seconds_or_a_date(written: str, least: float, most: float) -> None:
    found = retry_after(asking_to_wait(written))
    assert found is not None
    assert least <= found <= most


def test_retry_after_may_be_nonsense() -> None:
    assert retry_after(asking_to_wait("soon")) is None
    assert retry_after(answer()) is None


def test_the_health_line_names_what_wants_a_look() -> None:
    fine = SiteState("lake", NOW, NOW, "complete", NOW - timedelta(hours=3), {"added": 2, "error": 1}, {}, 10, 4, 7)
    assert unwell(["lake"], [fine], NOW, timedelta(hours=48)) == []
    line = health_line(["lake", "new site"], [fine], NOW, timedelta(hours=48))
    assert line.startswith("crawl health=failing sites=2 fetched=2 changed=2 vanished=0 errors=1 waiting=4 ")
    assert line.endswith("failing=new_site")
    assert unwell(["lake"], [fine], NOW + timedelta(days=3), timedelta(hours=48)) == ["lake"]


def test_what_belongs_to_a_report_is_found_under_the_address_it_was_fetched_from() -> None:
    related = ArchivedNeighbours("http://a.example.org/xxgk/t20240105_1.html")
    assert normalised("files/附件 1.docx", "http://a.example.org/xxgk/") in related.keys("files/附件 1.docx")
    assert "http://a.example.org/xxgk/t20240105_1_2.html" in related.keys("t20240105_1_2.html#top")
    assert list(related.keys("mailto:office@example.org")) == []
