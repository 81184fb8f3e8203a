"""Pages are read in processes of their own: whatever a page does, it is a skip, and the next one is read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.domain.page import RawPage
from indexer.errors import BadSetup
from indexer.ingest import reading_process
from indexer.ingest.reading_process import ReadingProcesses
from indexer.pipeline.read import NOTHING_BESIDE
from indexer.settings import ReadingSettings, load
from indexer.stores.readings import Reading
from tests.unit.pages import a_page

CORPUS = load(None).corpus_folder
GOOD = RawPage(a_page("衡阳高新区2022年工作总结"), "good.html")
# put where the child starts: what a fault of ours, a loop and a hoarder would do
FAULTY = """
import sys; sys.path[:0] = sys.argv[1:2]
from indexer.ingest import reading_process
from indexer.pipeline.read import Reader
read, reader_has_read = Reader.read, []
def faulty(self, page, beside=None):
    if page.name == "raises": raise KeyError("of ours")
    if page.name == "loops":
        while True: pass
    if page.name == "hoards": return bytearray(2_000_000_000)
    if page.name == "hoards and aborts":
        hoard = bytearray(b"x") * 150_000_000
        __import__("time").sleep(0.2)
        __import__("os").abort()
    if page.name == "aborts": __import__("os").abort()
    if page.name == "dies": __import__("os")._exit(3)
    if page.name == "dies late" and reader_has_read: __import__("os")._exit(3)
    reader_has_read.append(page)
    if page.name == "asks": beside.given("other.html")
    return read(self, page, beside)
Reader.read = faulty
reading_process.main(*sys.argv[2:])
"""


@pytest.fixture(scope="module")
def processes() -> Iterator[ReadingProcesses]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_process, "_BOOT", FAULTY)
        with closing(ReadingProcesses(CORPUS, ReadingSettings(page_seconds=2.0, page_megabytes=300))) as made:
            yield made


def read(processes: ReadingProcesses, name: str) -> Reading:
    return processes.read(RawPage(b"<p>", name), NOTHING_BESIDE)[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("raises", "reader_fault"),
        ("loops", "too_slow"),
        ("hoards", "too_much_memory"),
        ("hoards and aborts", "too_much_memory"),
        ("aborts", "reader_fault"),
        ("dies", "reader_fault"),
    ],
)
def test_a_page_that_breaks_the_reader_is_skipped_and_the_next_is_read(
    processes: ReadingProcesses, name: str, code: str
) -> None:
    reading = read(processes, name)
    assert reading.skipped is not None
    assert reading.skipped[0] == code
    after = processes.read(GOOD, NOTHING_BESIDE)[1]
    assert after.report is not None
    assert after.report.zone.short == "衡阳高新区"


def test_what_only_a_used_process_dies_of_is_read_in_a_fresh_one(processes: ReadingProcesses) -> None:
    assert processes.read(GOOD, NOTHING_BESIDE)[1].report is not None
    _, reading = processes.read(RawPage(GOOD.data, "dies late"), NOTHING_BESIDE)
    assert reading.report is not None


def test_a_fault_of_ours_is_logged_with_its_traceback(
    processes: ReadingProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reading = read(processes, "raises")
    assert "KeyError: 'of ours'" in caplog.text
    assert reading.skipped is not None
    assert "KeyError" in reading.skipped[1]


def test_what_lies_beside_a_page_is_asked_of_who_has_it(processes: ReadingProcesses) -> None:
    class Beside:
        asked: list[str] = []  # noqa: RUF012

        def given(self, link: str) -> RawPage | None:
            self.asked.append(link)
            return GOOD

    reading = processes.read(RawPage(GOOD.data, "asks"), Beside())[1]
    assert Beside.asked == ["other.html"]
    assert reading.beside == (("other.html", GOOD.sha256),)


def test_a_wrong_table_is_told_as_in_any_command(tmp_path: Path) -> None:
    with closing(ReadingProcesses(tmp_path, ReadingSettings())) as processes, pytest.raises(BadSetup, match="读不到"):
        processes.read(GOOD, NOTHING_BESIDE)
