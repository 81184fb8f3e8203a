"""A build counts on an engine to say how much it holds, that it is whole, and to begin with what another one holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import NoIndex
from indexer.ports import SearchEngine
from indexer.text.analyser import Analyser
from tests.contract.engines import an_engine
from tests.contract.worlds import a_passage, ask, found


@pytest.fixture
def fresh(engine: SearchEngine, engine_kind: str, analyser: Analyser, tmp_path: Path) -> Iterator[SearchEngine]:
    """Another engine of the same kind, empty."""
    with an_engine(engine_kind, analyser, tmp_path / "next") as made:
        yield made


def test_count_is_the_total_of_the_search(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("a", "驻点招商"), a_passage("b", "基金招商"), a_passage("c", "修路")])
    assert engine.count(ask("招商", page=7, limit=1)) == engine.search(ask("招商")).total == 2


def test_a_fresh_engine_answers_what_it_inherits_and_changes_without_touching_the_other(
    engine: SearchEngine, fresh: SearchEngine
) -> None:
    engine.replace_all([a_passage("a", "驻点招商"), a_passage("b", "基金招商")])
    assert fresh.inherit(engine)
    fresh.change([a_passage("c", "以商招商")], without=["a"])
    assert sorted(found(fresh.search(ask("招商")))) == ["b", "c"]
    assert sorted(found(engine.search(ask("招商")))) == ["a", "b"]


def test_nothing_is_inherited_from_an_engine_that_holds_nothing(engine: SearchEngine, fresh: SearchEngine) -> None:
    assert not fresh.inherit(engine)
    with pytest.raises(NoIndex):
        fresh.search(ask("招商"))


def test_verify_is_content_with_what_was_written_and_complains_where_nothing_was(engine: SearchEngine) -> None:
    with pytest.raises(NoIndex):
        engine.verify()
    engine.replace_all([a_passage("a", "驻点招商")])
    engine.verify()


def test_a_damaged_index_is_neither_verified_nor_inherited(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "old", analyser)
    engine.replace_all([a_passage("a", "驻点招商")])
    largest = max((tmp_path / "old").rglob("*.npy"), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-1] + b"\xee")
    engine.close()
    with pytest.raises(NoIndex, match="清单"):
        engine.verify()
    assert not WhooshEngine(tmp_path / "new", analyser).inherit(engine)
    engine.close()
