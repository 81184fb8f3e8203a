"""A crawl over a portal of our own: what it asks for, what it keeps, what it does the next time."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.recordloader import ArcWarcRecord

from indexer.crawl.events import SiteProgress
from indexer.errors import Busy, NoIndex
from indexer.library import Library
from tests.crawl.site_server import Answer, Portal, config, html, portal, report, report_path, served

REPORTS = 25


@pytest.fixture
def site() -> Portal:
    return portal(REPORTS)


@pytest.fixture
def url(site: Portal) -> Iterator[str]:
    with served(site) as address:
        yield address


def crawl(file: Path) -> SiteProgress:
    with closing(Library.open(file)) as library:
        sites = library.crawling.sites()
        with library.crawling.crawler(lambda _: None) as crawler:
            (result,) = crawler.run(sites)
        return result


def kept(file: Path) -> dict[str, list[str]]:
    """Address → sha256 of its versions."""
    with closing(Library.open(file)) as library:
        archive = library._open_archive()
        return {outline.key: [version.sha256 for version in outline.versions] for outline in archive.outlines()}


def outcomes(file: Path) -> dict[str, int]:
    with closing(Library.open(file)) as library:
        return library.crawling.states()[0].outcomes


def skipped(file: Path) -> dict[str, int]:
    with closing(Library.open(file)) as library:
        return library.crawling.states()[0].skipped


def test_the_reports_are_kept_each_once_and_nothing_else(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    result = crawl(file)
    assert result.finished == "complete"
    assert set(kept(file)) == {url + report_path(n) for n in range(REPORTS)}
    assert all(len(versions) == 1 for versions in kept(file).values())
    assert max(Counter(site.paths()).values()) == 1
    assert site.agents == {"Duibiao/0.1 (+mailto:crawl@example.org)"}


@pytest.mark.parametrize("concurrency", [1, 4, 16])
def test_nothing_that_robots_forbids_is_ever_asked_for(
    site: Portal, url: str, tmp_path: Path, concurrency: int
) -> None:
    """Its first rule stands behind a byte order mark; a redirect and a sitemap lead there too."""
    site.pages["/gzzj/t20160203_900.html"] = Answer(status=302, headers={"Location": "/gzzj/nb/t20160101_0.html"})
    links = '<a href="t20160203_900.html">一份转了地方的年度工作报告</a>'
    site.pages["/gzzj/more.html"] = html("更多", links)
    site.pages["/gzzj/map.xml"] = Answer(
        f"<urlset><url><loc>{url}/gzzj/nb/t20160101_1.html</loc></url></urlset>".encode(),
        headers={"Content-Type": "text/xml"},
    )
    start = f'["{url}/gzzj/nb/t20160101_0.html", "{url}/gzzj/index.html", "{url}/gzzj/more.html", "{url}/gzzj/map.xml"]'
    file = config(tmp_path, url, start=start, concurrency=concurrency, crawl="connections = 16")
    crawl(file)
    assert site.paths()[0] == "/robots.txt"
    assert [path for path in site.paths() if path.startswith("/gzzj/nb/")] == []
    assert outcomes(file)["robots"] == 2
    assert site.paths().count("/robots.txt") == 1


def test_where_robots_txt_cannot_be_had_nothing_is_asked_for(site: Portal, url: str, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"busy", 503)
    file = config(tmp_path, url, crawl="attempts = 1")
    assert crawl(file).finished == "complete"
    assert set(site.paths()) == {"/robots.txt"}
    assert skipped(file) == {"robots_unreachable": 1}


def test_an_unchanged_site_costs_next_to_nothing_the_second_time(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    crawl(file)
    first, before = site.sent, kept(file)
    site.forget()
    result = crawl(file)
    assert site.sent < first * 0.05
    assert {status for _, status in site.requests} == {304}
    assert result.kept == 0
    assert kept(file) == before


def test_changes_make_versions_new_pages_are_found_and_vanished_ones_marked(
    site: Portal, url: str, tmp_path: Path
) -> None:
    file = config(tmp_path, url)
    crawl(file)
    site.pages[report_path(3)] = report(3, "<p>更正：新签约项目数以本页为准。</p>")
    del site.pages[report_path(4)]
    site.pages["/gzzj/index.html"] = html(
        "工作总结",
        f'<a href="{report_path(88)}">云岭第88高新区工作总结全文</a>'
        '<script>createPageHTML(2, 0, "index", "html");</script>',
    )
    site.pages[report_path(88)] = report(88)
    assert crawl(file).kept == 2
    pages = kept(file)
    assert len(pages[url + report_path(3)]) == 2
    assert len(pages[url + report_path(4)]) == 1  # kept, not deleted
    assert url + report_path(88) in pages
    with closing(Library.open(file)) as library:
        refused = library._open_archive().refused(url + report_path(4))
    assert refused is not None
    assert refused.code == "vanished"
    assert outcomes(file)["vanished"] == 1
    site.forget()
    crawl(file)
    assert report_path(4) not in site.paths()  # nothing links to it any more
    site.pages[report_path(4)] = report(4)
    site.pages["/gzzj/index_1.html"] = html("工作总结", f'<a href="{report_path(4)}">云岭第4高新区工作总结全文</a>')
    crawl(file)
    with closing(Library.open(file)) as library:
        assert library._open_archive().refused(url + report_path(4)) is None


def test_a_page_is_asked_again_only_when_it_is_due(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url, recheck_days="30")
    crawl(file)
    site.forget()
    crawl(file)
    assert {path for path in site.paths() if "/t2016" in path} == set()
    assert "/gzzj/index.html" in site.paths()


def test_new_patterns_hold_for_pages_that_did_not_change(site: Portal, url: str, tmp_path: Path) -> None:
    crawl(config(tmp_path, url, reports="['/t\\d{8}_1\\d\\.html$']"))
    file = config(tmp_path, url, deny="['_7\\.html$']")
    crawl(file)
    assert set(kept(file)) == {url + report_path(n) for n in range(REPORTS) if n != 7}


def test_budgets_end_a_crawl_and_the_next_one_goes_on(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url, max_pages=10, recheck_days="30", concurrency=1)
    assert crawl(file).finished == "max_pages"
    assert len([path for path in site.paths() if path != "/robots.txt"]) == 10
    seen = len(kept(file))
    for _ in range(4):
        crawl(file)
    assert seen < len(kept(file)) == REPORTS
    small = config(tmp_path, url, max_total_bytes=5000, name='"small"')
    assert crawl(small).finished == "max_total_bytes"


def test_depth_is_counted_in_links_and_turning_a_list_costs_none(url: str, site: Portal, tmp_path: Path) -> None:
    file = config(tmp_path, url, max_depth=1)
    crawl(file)
    assert len(kept(file)) == REPORTS
    none = config(tmp_path, url, max_depth=0, name='"none"')
    site.forget()
    crawl(none)
    assert {path for path in site.paths() if "/t2016" in path} == set()


def test_a_host_is_left_alone_between_two_requests(site: Portal, url: str, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: Duibiao\nCrawl-delay: 0.1\n")
    file = config(tmp_path, url, max_pages=6, concurrency=8)
    began = time.monotonic()
    crawl(file)
    assert time.monotonic() - began >= 0.1 * 6  # robots.txt and six pages: six gaps, whatever the machine is doing


def test_retry_after_is_waited_for_or_left_to_the_next_crawl(site: Portal, url: str, tmp_path: Path) -> None:
    busy = Answer(b"busy", 429, {"Retry-After": "7200"})
    page, site.pages[report_path(2)] = site.pages[report_path(2)], busy
    file = config(tmp_path, url, concurrency=1)
    assert crawl(file).finished == "unreachable"
    asked = len(site.requests)
    assert asked < REPORTS
    site.pages[report_path(2)] = page
    assert crawl(file).fetched == 0  # two hours have not passed
    assert len(site.requests) == asked


def test_a_page_that_fails_is_tried_again_and_then_told(site: Portal, url: str, tmp_path: Path) -> None:
    site.pages[report_path(5)] = Answer(b"broken", 500)
    file = config(tmp_path, url, crawl="attempts = 2")
    assert crawl(file).finished == "complete"
    assert site.paths().count(report_path(5)) == 2
    assert skipped(file) == {"http_500": 1, "robots": 2}
    assert len(kept(file)) == REPORTS - 1


def test_challenges_are_recorded_and_not_kept(site: Portal, url: str, tmp_path: Path) -> None:
    script = "<html><head><script>var a = 1;</script></head><body></body></html>"
    site.pages[report_path(1)] = Answer(script.encode(), 412)
    site.pages[report_path(2)] = Answer(script.encode(), 521)
    site.pages[report_path(3)] = Answer(script.encode())
    site.pages[report_path(4)] = html("安全验证", "<p>请完成安全验证后继续访问。</p>")
    site.pages[report_path(5)] = html("出错了", "<p>您访问的页面不存在或已被删除。</p>")
    site.pages[report_path(6)] = Answer(b"GIF89a" + bytes(500), headers={"Content-Type": "text/html"})
    site.pages[report_path(7)] = Answer(b"")
    file = config(tmp_path, url, concurrency=1)
    crawl(file)
    assert outcomes(file)["challenge"] == 4
    assert set(kept(file)) == {url + report_path(n) for n in range(REPORTS) if not 1 <= n <= 7}


def test_what_belongs_to_a_report_is_fetched_whatever_the_patterns_say(site: Portal, url: str, tmp_path: Path) -> None:
    """Files that hang on it, or are shown in it, and its next pages; not what it only mentions."""
    extra = (
        '<p>附件：<a href="/files/a.docx">主要指标.docx</a></p><iframe src="/files/b.pdf"></iframe>'
        '<embed src="/files/c.pdf"><object data="/files/d.ofd"></object>'
        '<iframe src="/viewer/web.html?file=/files/e.pdf"></iframe><a href="/qt/about.html">关于我们</a>'
        '<a href="t20160101_0_2.html">下一页</a><a href="/xw/1.html">下一篇</a>'
    )
    site.pages[report_path(0)] = report(0, extra)
    site.pages[report_path(0).replace(".html", "_2.html")] = report(0, "<p>第二页的内容。</p>")
    for name in ("a.docx", "b.pdf", "c.pdf", "d.ofd", "e.pdf"):
        site.pages[f"/files/{name}"] = Answer(b"%PDF-1.4 broken " + name.encode())
    crawl(config(tmp_path, url))
    paths = set(site.paths())
    assert {f"/files/{name}" for name in ("a.docx", "b.pdf", "c.pdf", "d.ofd", "e.pdf")} <= paths
    assert report_path(0).replace(".html", "_2.html") in paths
    assert not {"/qt/about.html", "/xw/1.html"} & paths


def test_sitemaps_lists_of_scripts_and_files_are_followed(site: Portal, url: str, tmp_path: Path) -> None:
    import gzip

    site.pages["/map.xml"] = Answer(
        f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{url}/m1.xml.gz"
        f"</loc></sitemap><sitemap><loc>http://10.0.0.1/m.xml</loc></sitemap></sitemapindex>".encode()
    )
    urls = "".join(f"<url><loc>{url}{report_path(n)}</loc></url>" for n in range(5))
    evil = "<url><loc>http://169.254.169.254/gzzj/t20160101_1.html</loc></url><url><loc>file:///etc/passwd</loc></url>"
    site.pages["/m1.xml.gz"] = Answer(gzip.compress(f"<urlset>{urls}{evil}</urlset>".encode()))
    rows = f"<record><![CDATA[<li><a href='{report_path(6)}'>云岭第6高新区总结</a></li>]]></record>"
    rows += f"<record><![CDATA[<li><a href='{report_path(7)}'>云岭第7高新区总结</a></li>]]></record>"
    rows += "<nextgroup><![CDATA[<a href='/gzzj/dataproxy.jsp?page=2'></a>]]></nextgroup>"
    site.pages["/gzzj/jcms.html"] = html(
        "列表", f"<script type='text/xml'><datastore><recordset>{rows}</recordset></datastore></script>"
    )
    site.pages["/gzzj/dataproxy.jsp?page=2"] = html("列表", f'<a href="{report_path(8)}">云岭第8高新区总结</a>')
    file = config(tmp_path, url, start=f'["{url}/map.xml", "{url}/gzzj/jcms.html"]')
    crawl(file)
    assert set(kept(file)) == {url + report_path(n) for n in (0, 1, 2, 3, 4, 6, 7, 8)}


def test_the_warc_files_are_sound_and_a_build_from_them_is_the_same(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url, crawl="warc_bytes = 15000")
    site.pages[report_path(9)] = Answer(b"", 412)
    crawl(file)
    site.pages[report_path(3)] = report(3, "<p>更正：新签约项目数以本页为准。</p>")
    site.pages[report_path(2)] = html("出错了", "<p>您访问的页面不存在或已被删除。</p>")
    del site.pages[report_path(4)]
    crawl(file)
    files = sorted((tmp_path / "var/warc").glob("*.warc.gz"))
    assert len(files) > 2  # turned over by size
    assert list((tmp_path / "var/warc").glob("*.open")) == []

    class Inputs:
        inputs = [str(one) for one in files]  # noqa: RUF012
        verbose = False

    assert Checker(Inputs()).process_all() == 0
    kinds = Counter(record.rec_type for one in files for record in records(one))
    assert kinds["request"] == kinds["response"] + kinds["revisit"] == len(site.requests)
    assert kinds["revisit"] > REPORTS - 4
    other = tmp_path / "rebuilt"
    other.mkdir()
    again = config(other, url)
    with closing(Library.open(again)) as library:
        list(library.add([str(one) for one in files]))
    assert kept(again) == kept(file)
    assert built(again) == built(file)
    with closing(Library.open(again)) as library:
        for number in (2, 4):
            refused = library._open_archive().refused(url + report_path(number))
            assert refused is not None


def records(file: Path) -> Iterator[ArcWarcRecord]:
    with file.open("rb") as stream:
        yield from ArchiveIterator(stream)


def built(file: Path) -> list[object]:
    """All reports of a new build, as they are stored, but for the moment at which they were added."""
    with closing(Library.open(file)) as library:
        library.build()
        with library._live.now() as build:
            return [
                (
                    stored.id,
                    stored.report,
                    stored.sha256,
                    [version.sha256 for version in stored.versions],
                    stored.mirrors,
                )
                for stored in build.catalogue.all()
            ]


def test_every_request_is_a_line_of_the_log(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    crawl(file)
    lines = [json.loads(line) for line in (tmp_path / "var/crawl.log").read_text(encoding="utf-8").splitlines()]
    fetched = {line["url"] for line in lines if line["event"] == "fetch"}
    assert {url + path for path in site.paths() if path != "/robots.txt"} <= fetched
    assert (lines[0]["event"], lines[-1]["event"]) == ("begin", "end")


def test_a_site_without_patterns_has_every_page_tried(site: Portal, url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url, reports="[]", allow="[]")
    crawl(file)
    assert set(kept(file)) == {url + report_path(n) for n in range(REPORTS)}


def test_addresses_without_end_end(site: Portal, url: str, tmp_path: Path) -> None:
    site.pages["/gzzj/index.html"] = html("日历", '<a href="nian/index.html">下一年的工作报告目录</a>')
    deeper = html("日历", '<a href="nian/index.html">下一年的工作报告目录</a>')
    for depth in range(1, 40):
        site.pages["/gzzj/" + "nian/" * depth + "index.html"] = deeper
    crawl(config(tmp_path, url, max_depth=100))
    assert len(site.requests) < 8


def test_a_second_crawl_of_the_same_folder_is_told_to_wait(url: str, tmp_path: Path) -> None:
    file = config(tmp_path, url)
    with (
        closing(Library.open(file)) as one,
        closing(Library.open(file)) as other,
        one.crawling.crawler(lambda _: None),
        pytest.raises(Busy),
        other.crawling.crawler(lambda _: None),
    ):
        io.StringIO()


def test_no_page_leads_the_crawl_to_a_host_that_was_not_named(site: Portal, url: str, tmp_path: Path) -> None:
    """Links, files, frames, redirects, notices of moving, sitemaps, robots.txt: the neighbour is never asked."""
    neighbour = portal(3)
    with served(neighbour) as inside:
        port = inside.rpartition(":")[2]
        spelled = [inside, f"http://localhost:{port}", f"http://2130706433:{port}", f"http://[::ffff:127.0.0.1]:{port}"]
        links = "".join(f'<a href="{host}/gzzj/t20160101_0.html">云岭高新区工作总结全文</a>' for host in spelled)
        files = "".join(f'<a href="{host}/a.pdf">附件.pdf</a><iframe src="{host}/b.pdf"></iframe>' for host in spelled)
        site.pages["/gzzj/index.html"] = html(
            "总结", links + "".join(f'<a href="/gzzj/{n}.html">{n}</a>' for n in range(9))
        )
        site.pages[report_path(0)] = report(0, files)
        for at, host in enumerate(spelled):
            there = f"{host}/gzzj/index.html"
            site.pages[f"/gzzj/{at}.html"] = Answer(status=302, headers={"Location": there})
            head = f'<meta http-equiv="refresh" content="0;url={there}">'
            site.pages[f"/gzzj/{at + 4}.html"] = html("跳转", "", head)
        entries = "".join(f"<url><loc>{host}/gzzj/index.html</loc></url>" for host in spelled)
        maps = "".join(f"<sitemap><loc>{host}/map.xml</loc></sitemap>" for host in spelled)
        site.pages["/map.xml"] = Answer(f"<urlset>{entries}</urlset>".encode())
        site.pages["/maps.xml"] = Answer(f"<sitemapindex>{maps}</sitemapindex>".encode())
        site.pages["/robots.txt"] = Answer(status=302, headers={"Location": f"{inside}/robots.txt"})
        start = json.dumps([url + path for path in ("/gzzj/index.html", "/map.xml", "/maps.xml", report_path(0))])
        own = json.dumps([url.partition("://")[2]])
        file = config(tmp_path, url, start=start, allow="['.']", reports="[]", private_hosts=own, concurrency=4)
        crawl(file)
        assert neighbour.requests == []
    assert outcomes(file)["refused"] > 8


def test_a_full_disk_ends_the_crawl_with_a_sentence_and_the_next_one_goes_on(
    site: Portal, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = config(tmp_path, url)
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) > 12:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("indexer.stores.warc.os.fsync", full)
        with pytest.raises(NoIndex, match="磁盘空间"):
            crawl(file)
    assert crawl(file).finished == "complete"
    assert set(kept(file)) == {url + report_path(n) for n in range(REPORTS)}
