"""WARC files that others made, and the versions of a page over time."""

from __future__ import annotations

import gzip
import io
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.cli import duibiao
from indexer.domain.catalogue import Outcome
from indexer.library import Library
from indexer.stores.warc import WarcWriter
from tests.crawl.site_server import config, html, report

URL = "http://zone.example.org/gzzj/t20240105_1.html"

Capture = tuple[str, str, dict[str, str], bytes]  # address, status line, headers, body


def captured(*pages: Capture, packed: bool = True) -> bytes:
    """A WARC file as another program writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, headers, body in pages:
        head = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        payload = io.BytesIO(body)  # with its length: warcio would copy it into a file that it never closes
        record = writer.create_warc_record(url, "response", payload=payload, length=len(body), http_headers=head)
        writer.write_record(record)
    return out.getvalue()


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 100]), body[at : at + 100]) for at in range(0, len(body), 100))
        + b"0\r\n\r\n"
    )


PAGE = report(1).body
PAGES: tuple[Capture, ...] = (
    (URL, "200 OK", {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    (
        URL + "?2",
        "200 OK",
        {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
        chunked(gzip.compress(report(2).body)),
    ),
    (URL + "?3", "200 OK", {"Content-Type": "text/html; charset=GBK"}, report(3).body.decode().encode("gb18030")),
    ("http://zone.example.org/logo.png", "200 OK", {"Content-Type": "image/png"}, b"\x89PNG\r\n" + bytes(100)),
    ("http://zone.example.org/a.js", "200 OK", {"Content-Type": "text/javascript"}, b"var a = 1;"),
    ("http://zone.example.org/gone.html", "404 Not Found", {}, b"<html><body>404</body></html>"),
    ("http://zone.example.org/old.html", "301 Moved", {"Location": URL}, b""),
    ("http://zone.example.org/", "200 OK", {}, html("跳转", "", '<meta http-equiv="refresh" content="0;url=/x">').body),
    ("dns:zone.example.org", "200 OK", {}, b"1.2.3.4"),
    ("http://user:secret@zone.example.org/", "200 OK", {}, PAGE),
)


def wacz(warc: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", warc)
        archive.writestr("pages/pages.jsonl", "")
    return out.getvalue()


@pytest.mark.parametrize("name", ["their.warc.gz", "their.warc", "their.wacz"])
def test_other_peoples_captures_are_taken_in(name: str, tmp_path: Path) -> None:
    data = captured(*PAGES, packed=not name.endswith(".warc"))
    (tmp_path / name).write_bytes(wacz(data) if name.endswith(".wacz") else data)
    with closing(Library.open(config(tmp_path, "http://zone.example.org"))) as library:
        added = list(library.add([str(tmp_path / name)]))
        stats = library.build()
    assert [(one.url, one.outcome) for one in added] == [(URL + end, Outcome.ADDED) for end in ("", "?2", "?3")]
    assert stats.reports == 3


def test_a_damaged_capture_gives_what_is_whole_of_it_and_says_so(tmp_path: Path) -> None:
    data = captured(*PAGES[:2])
    (tmp_path / "cut.warc.gz").write_bytes(data[:-60])
    (tmp_path / "no.warc.gz").write_bytes(b"nothing of the kind")
    (tmp_path / "no.wacz").write_bytes(b"PK nothing of the kind")
    file = config(tmp_path, "http://zone.example.org")
    names = [str(tmp_path / name) for name in ("cut.warc.gz", "no.warc.gz", "no.wacz", "none.warc.gz")]
    done = CliRunner().invoke(duibiao, ["add", *names, "--config", str(file)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert URL in done.output
    assert done.output.count("已损坏") >= 2
    assert "读不到" in done.output or "没有这个文件" in done.output


def test_a_capture_that_unpacks_without_measure_is_passed_by(tmp_path: Path) -> None:
    huge = (URL + "?4", "200 OK", {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" * 30_000_000, 9))
    plain: Capture = (URL + "?5", "200 OK", {}, b"<p>" * 8_000_000)
    (tmp_path / "huge.warc.gz").write_bytes(captured(huge, plain, PAGES[0]))
    with closing(Library.open(config(tmp_path, "http://zone.example.org"))) as library:
        added = list(library.add([str(tmp_path / "huge.warc.gz")]))
    assert [one.outcome for one in added] == [Outcome.SKIPPED, Outcome.SKIPPED, Outcome.ADDED]


def test_the_versions_of_a_report_are_compared(tmp_path: Path) -> None:
    later = report(1, "<p>补充：另有两个项目在谈。</p>").body
    gone: Capture = (URL, "404 Not Found", {}, b"")
    file = config(tmp_path, "http://zone.example.org")
    for at, capture in enumerate((PAGES[0], (URL, "200 OK", {}, later), gone)):
        (tmp_path / f"{at}.warc.gz").write_bytes(captured(capture))
    with closing(Library.open(file)) as library:
        added = list(library.add([str(tmp_path / f"{at}.warc.gz") for at in range(3)]))
        library.build()
        report_id = added[0].report
        assert report_id is not None
        history = library.history(report_id)
    assert [one.outcome for one in added] == [Outcome.ADDED, Outcome.NEW_VERSION, Outcome.SKIPPED]
    (change,) = history.changes
    assert (change.removed, change.added) == ((), ("补充：另有两个项目在谈。",))
    assert history.vanished is not None
    assert "404" in history.vanished
    shown = CliRunner().invoke(duibiao, ["show", report_id, "--config", str(file)]).output
    assert "＋ 补充：另有两个项目在谈。" in shown
    assert "原网页已不在" in shown


def test_a_rest_behind_the_last_whole_record_is_cut_off(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from warcio.archiveiterator import ArchiveIterator

    folder = tmp_path / "warc"
    writer = WarcWriter(folder, 10_000_000, "Duibiao")
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    for _ in range(3):
        writer.response(URL, b"GET / HTTP/1.1\r\n\r\n", answer, datetime.now(UTC), "report")
    (left,) = folder.glob("*.open")
    whole = left.read_bytes()
    assert writer._file is not None
    writer._file.close()
    writer._held.close()  # as a killed process leaves it
    for cut in (0, 1, 300, len(whole) // 2, len(whole) - 1, len(whole)):
        left.write_bytes(whole[:cut])
        WarcWriter(folder, 10_000_000, "Duibiao").close()
        for file in folder.glob("*.warc.gz"):
            with file.open("rb") as stream:
                records = [record.rec_type for record in ArchiveIterator(stream)]
            assert records[0] == "warcinfo"
            assert cut < len(whole) or len(records) == 7
            file.unlink()
        assert list(folder.glob("*.open")) == []
