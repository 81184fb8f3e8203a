"""Helpers cut the words of a large index: nobody can tell from it that they did."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.results import IndexedPassage
from indexer.engines.whoosh import index_writing
from indexer.engines.whoosh.index_writing import write_segment
from indexer.text.analyser import Analyser
from indexer.workers import side_by_side
from tests.contract.worlds import a_passage

WORDS = ("招商", "专项债", "开展", "R&D", "5G", "云溪高新区", "瑶", "溪", "，", "\ud800")


def some_passages(count: int) -> list[IndexedPassage]:
    made = []
    for number in range(count):
        text = "".join(WORDS[number // k % len(WORDS)] for k in (1, 3, 7, 11))
        restored = text.replace("开展", "发展") if number % 4 == 0 else None
        made.append(a_passage(f"r{number // 9:04}:{number % 9}", text, restored=restored, title=f"云溪{number % 5}"))
    return [replace(one, year=2020 + one.seq % 3) for one in made]


@pytest.mark.slow
def test_an_index_cut_by_several_processes_is_the_same_to_the_last_byte(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_writing, "_AT_ONCE", 50)
    monkeypatch.setattr(index_writing, "HELPED_FROM", 700)
    asked = []

    def noted(*args: Any) -> Any:
        asked.append(1)
        return side_by_side(*args)

    monkeypatch.setattr(index_writing, "side_by_side", noted)
    passages = some_passages(700)
    digests = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        write_segment(folder, passages, len(passages), analyser, processes)
        files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
        digests.append(files)
    assert digests[0] == digests[1]
    assert asked == [1]
    small = tmp_path / "small"
    small.mkdir()
    write_segment(small, passages[:699], 699, analyser, 2)
    assert asked == [1], "for few passages the helpers are not worth their start"
