"""Every engine under the same scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.ports import SearchEngine
from indexer.text.analyser import Analyser, parse_lexicon

LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser([*parse_lexicon(lines), "云溪高新区"])


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, analyser: Analyser, tmp_path: Path) -> Iterator[SearchEngine]:
    made: SearchEngine = MemoryEngine(analyser) if request.param == "memory" else WhooshEngine(tmp_path, analyser)
    yield made
    made.close()
