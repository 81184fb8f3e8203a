"""The tests here need the cluster that `make test-opensearch` starts; without it none is collected."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from indexer.text.analyser import Analyser, parse_lexicon
from tests.contract.engines import CLUSTER, FOLDER, settings
from tests.opensearch.cluster import Cluster

collect_ignore_glob = [] if os.environ.get(CLUSTER) else ["test_*.py"]

LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"
_numbers = count()


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser([*parse_lexicon(lines), "云溪高新区"])


def the_cluster() -> Cluster:
    return Cluster(Path(os.environ[FOLDER]))


def healed(cluster: Cluster, status: str = "yellow") -> Cluster:
    """With all its nodes again, whichever were killed."""
    dead = [node.name for node in cluster.nodes if node.pid is None]
    for name in dead:
        cluster.start_node(name)
    if dead:
        cluster.wait(status)
    return cluster


@pytest.fixture(autouse=True)
def cluster() -> Cluster:
    """Whole before each test, whatever the one before killed: so nothing is started again behind the last."""
    return healed(the_cluster())


@pytest.fixture
def alias() -> str:
    return f"fault-{os.getpid()}x{next(_numbers)}"


@pytest.fixture
def engine_at(alias: str, analyser: Analyser) -> Iterator[Callable[..., Any]]:
    """Makes engines over an alias; their indices are dropped in the end."""
    with engines(alias, analyser) as make:
        yield make


@contextmanager
def engines(alias: str, analyser: Analyser) -> Iterator[Callable[..., Any]]:
    from indexer.engines.opensearch.engine import OpenSearchEngine
    from indexer.engines.opensearch.indices import sweep

    own, own_analyser = alias, analyser
    with ExitStack() as stack:

        def make(cut_by: Analyser = own_analyser, alias: str = own, **changed: Any) -> OpenSearchEngine:
            engine = OpenSearchEngine(replace(settings(), **changed), alias, cut_by, owner=own)
            stack.callback(engine.close)
            return engine

        yield make
        if sum(node.pid is not None for node in the_cluster().nodes) > 1:  # else nothing can be dropped
            the_cluster().wait("red", nodes=">=2")
            for name in (own, f"{own}x"):
                sweep(make().loading, name, own, kept=())
