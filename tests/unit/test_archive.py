"""The archive keeps every page as it came, under a name that is the same everywhere."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.domain.catalogue import Outcome
from indexer.domain.page import RawPage
from indexer.errors import NoIndex, NotFound, Skip
from indexer.stores.archive import Archive

PAGE = RawPage("<p>某区工作总结</p>".encode("gb18030"), "a.html", charset="gb2312")
OTHER = RawPage(b"<p>another</p>", "a.html")
SOFT_404 = Skip("soft_404")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    kept = Archive(tmp_path / "pages.sqlite")
    yield kept
    kept.close()


def test_bytes_name_and_charset_come_back_as_they_went(archive: Archive) -> None:
    report, outcome = archive.add("/a.html", PAGE, "a.html", None)
    assert outcome is Outcome.ADDED
    assert archive.of_report(report).page == PAGE


def test_a_report_is_named_after_the_first_bytes_alone(archive: Archive) -> None:
    report, _ = archive.add("/somewhere/a.html", PAGE, "a.html", None)
    assert report == hashlib.sha256(PAGE.data).hexdigest()[:12]
    assert archive.add("/somewhere/a.html", OTHER, "a.html", None)[0] == report


def test_the_same_bytes_under_another_key_are_another_report(archive: Archive) -> None:
    first, _ = archive.add("/a.html", PAGE, "a.html", None)
    second, outcome = archive.add("/b.html", PAGE, "b.html", None)
    assert outcome is Outcome.ADDED
    assert second != first
    assert archive.add("/b.html", PAGE, "b.html", None) == (second, Outcome.UNCHANGED)


def test_the_same_page_again_is_unchanged_and_a_changed_one_a_new_version(archive: Archive) -> None:
    archive.add("/a.html", PAGE, "a.html", None)
    assert archive.add("/a.html", PAGE, "a.html", None)[1] is Outcome.UNCHANGED
    report, outcome = archive.add("/a.html", OTHER, "a.html", None)
    assert outcome is Outcome.NEW_VERSION
    kept = archive.of_report(report)
    assert [one.sha256 for one in kept.versions] == [PAGE.sha256, OTHER.sha256]
    assert kept.page.data == OTHER.data


def test_a_page_that_became_a_soft_404_stays_readable_as_it_was(archive: Archive) -> None:
    report, _ = archive.add("http://a.example/1", PAGE, None, None)
    assert archive.add("http://a.example/1", OTHER, None, SOFT_404)[1] is Outcome.SKIPPED
    assert archive.of_report(report).page.data == PAGE.data


def test_a_skipped_page_is_kept_and_becomes_a_report_once_it_can_be_read(archive: Archive) -> None:
    assert archive.add("/a.html", PAGE, "a.html", Skip("no_body"))[1] is Outcome.SKIPPED
    assert len(archive.keys()) == 1
    assert archive.add("/a.html", PAGE, "a.html", None)[1] is Outcome.ADDED
    assert archive.add("/a.html", PAGE, "a.html", None)[1] is Outcome.UNCHANGED


def test_an_unknown_report_is_not_found(archive: Archive) -> None:
    with pytest.raises(NotFound, match="0123"):
        archive.of_report("0123")


def test_pages_come_in_the_order_of_their_keys(archive: Archive) -> None:
    for key in ("/c", "/a", "/b"):
        archive.add(key, RawPage(key.encode(), key), key, None)
    assert [one.file for one in archive.outlines()] == ["/a", "/b", "/c"]
    assert [archive.page(one).page.data for one in archive.outlines()] == [b"/a", b"/b", b"/c"]


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "pages.sqlite"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(NoIndex, match="已损坏"):
        Archive(file)
    assert file.read_bytes().startswith(b"not a database")


def test_an_archive_of_a_later_program_is_refused(tmp_path: Path) -> None:
    Archive(tmp_path / "pages.sqlite").close()
    with sqlite3.connect(tmp_path / "pages.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NoIndex, match="99"):
        Archive(tmp_path / "pages.sqlite")


def test_bytes_that_are_no_longer_what_they_were_are_found(archive: Archive, tmp_path: Path) -> None:
    report, _ = archive.add("/a.html", PAGE, "a.html", None)
    assert archive.damage() == []
    connection = sqlite3.connect(tmp_path / "pages.sqlite")
    connection.execute("UPDATE blob SET data = x'00'")
    connection.commit()
    connection.close()
    assert len(archive.damage()) == 1
    with pytest.raises(NoIndex, match="已损坏"):
        archive.of_report(report)


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoIndex, match="--data"):
        Archive(tmp_path / "file" / "pages.sqlite")


def test_the_archive_of_another_machine_is_taken_over_with_all_versions_and_reasons(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive(tmp_path / "other.sqlite")
    for page, skip in ((PAGE, None), (OTHER, None)):
        other.add("https://a.example/1", page, None, skip)
    other.add("https://a.example/2", OTHER, None, SOFT_404)
    other.refuse("https://a.example/1", Skip("vanished"))
    taken = [(outline.key, outcome) for outline, outcome in archive.take_over(other)]
    assert taken == [("https://a.example/1", Outcome.ADDED), ("https://a.example/2", Outcome.SKIPPED)]
    for key in (outline.key for outline in other.outlines()):
        assert archive.get(key) == other.get(key)
    assert archive.versions(PAGE.sha256[:12]) == other.versions(PAGE.sha256[:12])
    assert str(archive.refused("https://a.example/1")) == str(other.refused("https://a.example/1"))
    assert archive.damage() == []
    assert {outcome for _, outcome in archive.take_over(other)} == {Outcome.UNCHANGED}
    other.close()


def test_what_two_machines_kept_of_one_address_are_versions_and_of_the_same_bytes_two_reports(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive(tmp_path / "other.sqlite")
    archive.add("https://a.example/1", PAGE, None, None)
    other.add("https://a.example/1", OTHER, None, None)
    other.add("https://b.example/1", PAGE, None, None)
    outcomes = [outcome for _, outcome in archive.take_over(other)]
    assert outcomes == [Outcome.NEW_VERSION, Outcome.ADDED]
    assert [version.sha256 for version in archive.get("https://a.example/1").versions] == [PAGE.sha256, OTHER.sha256]
    assert len(archive.reports()) == 2
    assert archive.damage() == []
    other.close()


def test_a_page_whose_bytes_were_damaged_on_the_other_machine_is_left_out(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other.sqlite")
    other.add("/a.html", PAGE, "a.html", None)
    other.add("/b.html", OTHER, "b.html", None)
    other.close()
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("UPDATE blob SET data = x'00' WHERE sha256 = ?", (PAGE.sha256,))
    connection.close()
    other = Archive(tmp_path / "other.sqlite")
    assert [outcome for _, outcome in archive.take_over(other)] == [Outcome.SKIPPED, Outcome.ADDED]
    assert archive.keys() == ("/b.html",)
    other.close()
