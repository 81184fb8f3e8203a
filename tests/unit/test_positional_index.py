"""A stretch of characters is found in every text that holds it, as often as it holds it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import positional_index
from indexer.engines.whoosh.positional_index import Letters, LettersBuilder, opened_letters
from indexer.text.dictionary_matcher import codes_of

LETTERS = "招商引，a𠮷\n"
texts = st.lists(st.text(LETTERS, max_size=40), max_size=8)


def indexed(folder: Path, some: list[str], at_once: int = 3) -> Letters:
    builder = LettersBuilder(folder, "letters")
    for start in range(0, len(some), at_once):
        part = some[start : start + at_once]
        codes = codes_of("".join(f"{text}\0" for text in part))
        builder.add(codes, np.array([len(text) for text in part], np.int64))
    builder.finish()
    builder.close()
    return opened_letters(folder, "letters")


def how_often(text: str, words: str) -> int:
    return sum(text.startswith(words, at) for at in range(len(text)))


@settings(max_examples=60)
@given(texts, st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_a_stretch_is_counted_in_each_text(some: list[str], asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        row = indexed(Path(folder), some)
        for words in asked:
            found = row.holding(words)
            counts = dict(zip(found.passages.tolist(), found.counts.tolist(), strict=True))
            assert counts == {n: how_often(text, words) for n, text in enumerate(some) if words in text}


def test_sorted_piece_by_piece_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = ["招商引资，" * 9, "引商", "", "商" * 40, "a𠮷招商"]
    (tmp_path / "whole").mkdir()
    (tmp_path / "pieces").mkdir()
    whole = indexed(tmp_path / "whole", some)
    monkeypatch.setattr(positional_index, "_AT_ONCE", 7)
    pieces = indexed(tmp_path / "pieces", some)
    assert pieces.places.tolist() == whole.places.tolist()
    assert pieces.row.tolist() == whole.row.tolist()


def test_nothing_is_found_past_either_end(tmp_path: Path) -> None:
    row = indexed(tmp_path, ["招商", "引资"])
    assert [len(row.holding(words)) for words in ("招商引", "商引", "资招", "x招", "", "\0")] == [0] * 6
