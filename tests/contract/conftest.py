"""Every engine under the same scenarios."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ports import SearchEngine
from indexer.text.analyser import Analyser, parse_lexicon
from tests.contract.engines import BY_THEMSELVES, CLUSTER, an_engine

# What knows the embedded engine alone is left to `make test`.
_EMBEDDED = ["test_commits.py", "test_open_files.py", "test_stock_whoosh.py", "test_tokenisation.py"]
collect_ignore = _EMBEDDED if os.environ.get(CLUSTER) else []

LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser([*parse_lexicon(lines), "云溪高新区"])


@pytest.fixture(params=BY_THEMSELVES)
def engine_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(engine_kind: str, analyser: Analyser, tmp_path: Path) -> Iterator[SearchEngine]:
    with an_engine(engine_kind, analyser, tmp_path) as made:
        yield made
