"""A backup is a data folder: it answers alike, and is whole though pages were added while it was taken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.domain.page import RawPage
from indexer.errors import BadInput
from indexer.stores.archive import Archive
from indexer.stores.backup import back_up
from tests.unit.conftest import Run


@pytest.mark.slow
def test_a_copy_put_in_place_answers_as_the_folder_did(
    built: Run, duibiao_in: Callable[[Path], Run], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    before = built("search", "招商", "--json").output.split('"took_ms"')[0]
    (tmp_path / "var" / "ranking.npz").write_bytes(b"learned")
    assert str(copy) in built("backup", str(copy)).output
    assert (copy / "ranking.npz").read_bytes() == b"learned"
    (copy / "ranking.npz").unlink()
    of_copy = duibiao_in(copy)
    assert of_copy("search", "招商", "--json").output.split('"took_ms"')[0] == before
    assert '"total": 0' not in before
    checked = of_copy("check")
    assert checked.exit_code == 0, checked.output


def test_a_folder_with_something_in_it_is_left_alone(built: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    refused = built("backup", str(tmp_path))
    assert refused.exit_code != 0
    assert "空目录" in refused.output
    assert kept.read_text(encoding="utf-8") == "mine"
    with pytest.raises(BadInput):
        back_up(tmp_path, kept)


def test_pages_that_come_in_meanwhile_are_in_the_copy_whole_or_not_at_all(tmp_path: Path) -> None:
    data = tmp_path / "data"
    archive = Archive(data / "pages.sqlite")
    stop = threading.Event()

    def add() -> None:
        n = 0
        while not stop.is_set():
            archive.add(f"page {n}", RawPage(b"<p>" + str(n).encode() * 5_000, f"{n}.html"), None, None)
            n += 1

    adding = threading.Thread(target=add)
    adding.start()
    try:
        for n in range(5):
            back_up(data, tmp_path / f"copy{n}")
    finally:
        stop.set()
        adding.join()
        archive.close()
    for n in range(5):
        copied = Archive(tmp_path / f"copy{n}" / "pages.sqlite")
        assert copied.damage() == []
        copied.close()
