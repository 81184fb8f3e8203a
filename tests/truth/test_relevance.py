"""Questions of the public whose answers are known, asked as ``duibiao evaluate`` asks them (docs/relevance.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.library import Library
from tests.shared import shared_dir


@pytest.mark.slow  # 28 s; tests/ranking shows each change of an order within one
def test_sentences_are_answered_as_well_as_we_say(tmp_path: Path) -> None:
    folder = shared_dir() / "relevance"
    library = Library.open(Path(__file__).resolve().parents[2] / "config.toml", tmp_path)
    found = library.evaluate(folder / "corpus.jsonl.gz", folder / "queries.tsv", folder / "qrels.tsv").as_it_comes
    assert found.queries == 1235
    assert found.recall_at_10 >= 0.50
    assert found.recall_at_100 >= 0.72
    assert found.mrr_at_10 >= 0.41
    assert list(tmp_path.iterdir()) == []  # the data folder is left alone
