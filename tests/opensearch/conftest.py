"""The tests here need the cluster that `make test-opensearch` starts; without it none is collected."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import NoIndex
from indexer.text.analyser import Analyser, parse_lexicon
from tests.contract.engines import CLUSTER, settings
from tests.opensearch.cluster import CACHE, Cluster

collect_ignore_glob = [] if os.environ.get(CLUSTER) else ["test_*.py"]

LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"
_numbers = count()


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser([*parse_lexicon(lines), "云溪高新区"])


@pytest.fixture(autouse=True)
def cluster() -> Cluster:
    """Whole before each test, whatever the one before killed: so that nothing is started again behind the last."""
    made = Cluster(CACHE / "cluster")
    dead = [node.name for node in made.nodes if node.pid is None]
    for name in dead:
        made.start_node(name)
    if dead:
        made.wait("yellow")
    return made


@pytest.fixture
def alias() -> str:
    return f"fault-{os.getpid()}x{next(_numbers)}"


@pytest.fixture
def engine_at(alias: str, analyser: Analyser) -> Iterator[Callable[..., Any]]:
    """Makes engines over one alias; their indices are dropped in the end."""
    from dataclasses import replace

    from indexer.engines.opensearch.engine import OpenSearchEngine
    from indexer.engines.opensearch.indices import sweep

    with ExitStack() as stack:

        def make(cut_by: Analyser = analyser, **changed: Any) -> OpenSearchEngine:
            engine = OpenSearchEngine(replace(settings(), **changed), alias, cut_by, owner=alias)
            stack.callback(engine.close)
            return engine

        yield make
        Cluster(CACHE / "cluster").wait("red", nodes=">=1")
        with suppress(NoIndex):  # without a majority nothing can be dropped: the cluster goes with all of them
            sweep(make().loading, alias, alias, kept=())
