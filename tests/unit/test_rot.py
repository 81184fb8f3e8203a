"""Bytes that turn: they are told, nothing is taken for empty, and a plain build or the page added again mends them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from indexer.errors import NoIndex
from indexer.stores.archive import Archive
from indexer.stores.builds import Builds
from tests.unit.pages import in_folder

Run = Callable[..., Result]


def turned(file: Path, at: int = -100) -> None:
    raw = bytearray(file.read_bytes())
    raw[at] ^= 4
    file.write_bytes(raw)


def catalogue(tmp_path: Path) -> Path:
    return Builds(tmp_path / "var").live()[1].catalogue


def in_archive(tmp_path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(tmp_path / "var" / "pages.sqlite") as base:
        base.execute(statement, values)
    base.close()


def test_a_damaged_raw_page_is_told_skipped_and_mended_when_it_is_added_again(
    built: Run, tmp_path: Path, pages: Path
) -> None:
    in_archive(tmp_path, "UPDATE blob SET data = x'00' WHERE sha256 = (SELECT min(sha256) FROM blob)")
    assert "重新 duibiao add" in built("check").output
    assert built("build", "--whole").exit_code == 0, "one page ends no build"
    assert "damaged" in built("stats").output
    built("add", str(pages))
    assert built("build").exit_code == 0
    assert built("check").exit_code == 0
    assert "damaged" not in built("stats").output


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET added_at = 'never' WHERE key LIKE '%hengyang%'",
        "UPDATE version SET sha256 = 'ab' WHERE key LIKE '%hengyang%'",
        "UPDATE page SET file = CAST(x'ff' AS TEXT) WHERE key LIKE '%hengyang%'",
    ],
)
def test_what_is_known_of_a_page_is_sealed(built: Run, tmp_path: Path, pages: Path, statement: str) -> None:
    in_archive(tmp_path, statement)
    assert "hengyang.html" in built("check").output
    assert built("build").exit_code == 0
    built("add", str(pages))
    assert built("build").exit_code == 0
    assert built("check").exit_code == 0, built("check").output


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_lost_archive_is_not_taken_for_an_empty_one(built: Run, tmp_path: Path, pages: Path, how: str) -> None:
    file = tmp_path / "var" / "pages.sqlite"
    for path in file.parent.glob("pages.sqlite*"):
        path.unlink()
    if how == "empty":
        file.write_bytes(b"")
    assert "备份" in built("check").output
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "kunshan.html").write_bytes((pages / "kunshan.html").read_bytes())
    built("add", str(tmp_path / "one"))
    refused = built("build")
    assert refused.exit_code == 1
    assert "备份" in refused.output
    assert "--whole" in refused.output
    assert "3" in built("stats").output


def test_a_byte_of_the_catalogue_that_turned_is_told_and_mended_by_the_plain_build(built: Run, tmp_path: Path) -> None:
    turned(catalogue(tmp_path))
    told = built("check")
    assert told.exit_code == 1
    assert "catalogue.sqlite" in told.output
    assert built("build").exit_code == 0
    assert built("check").exit_code == 0


def test_an_archive_of_the_version_before_is_sealed_when_it_is_opened(tmp_path: Path, run: Run) -> None:
    run("add", str(in_folder(tmp_path / "pages")))
    in_archive(tmp_path, "DROP TABLE seal")
    in_archive(tmp_path, "PRAGMA user_version = 1")
    assert run("build").exit_code == 0
    assert run("check").exit_code == 0


def test_an_archive_that_may_not_be_written_to_is_read(
    built: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    archive = Archive(tmp_path / "var" / "pages.sqlite")
    assert len(archive.keys()) == 3
    assert archive.damage() == []
    with pytest.raises(NoIndex):
        archive.add("a", archive.page(next(iter(archive.outlines()))).page, None, None)
    archive.close()
