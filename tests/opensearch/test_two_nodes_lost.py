"""Two of three nodes are gone, so there is no majority: nothing hangs, and nobody is told half the truth. The last of
all files, for these nodes aren't started again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.errors import Unreachable, Unwritable
from indexer.library import Library
from indexer.text.analyser import Analyser
from tests.contract.worlds import ask
from tests.opensearch.cluster import Cluster
from tests.opensearch.conftest import engines, healed, the_cluster
from tests.opensearch.test_faults import COPIED, SOON, WORLD, settled
from tests.opensearch.test_library import PAGES, a_library, built
from webapp import create_app


@dataclass(frozen=True)
class Survivor:
    """What was made while all nodes were there, and what the page and the API said then."""

    engine: OpenSearchEngine
    library: Library


@pytest.fixture(autouse=True)
def cluster() -> Cluster:
    """As it is."""
    return the_cluster()


@pytest.fixture(scope="module")
def survivor(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Iterator[Survivor]:
    whole = healed(the_cluster())
    with (
        engines(f"lost-{os.getpid()}", analyser) as make,
        closing(a_library(tmp_path_factory.mktemp("lost"), "opensearch")) as library,
    ):
        engine = make(**COPIED, load_seconds=5.0, load_attempts=2, answer_seconds=3.0)
        engine.replace_all(WORLD)
        settled(engine, whole)
        built(library, PAGES)
        client = create_app(library).test_client()
        health = client.get("/healthz")
        told = health.json or {}
        assert (health.status_code, told["status"], told["degraded"]) == (200, "ok", [])
        assert (client.get("/api/v1/search?q=项目").json or {})["partial"] is False
        for node in whole.nodes[1:]:
            whole.kill(node.name)
        yield Survivor(engine, library)


def test_questions_and_loads_end_with_an_answer_that_is_marked_or_an_error(survivor: Survivor) -> None:
    started = time.monotonic()
    try:
        page = survivor.engine.search(ask('"商引"'))
        assert page.partial or page.total == 200
    except Unreachable:
        pass
    with pytest.raises(Unreachable):
        survivor.engine.degraded()
    with pytest.raises((Unreachable, Unwritable)):
        survivor.engine.replace_all(WORLD)
    assert time.monotonic() - started < 2 * SOON


def test_a_lost_shard_is_told_on_the_page_in_the_api_and_by_the_health_line(survivor: Survivor) -> None:
    client = create_app(survivor.library).test_client()
    told = client.get("/api/v1/search?q=项目")
    assert told.status_code == 503 or (told.json or {})["partial"] is True
    page = client.get("/search?q=项目").get_data(as_text=True)
    assert "不完整" in page or "集群" in page
    assert client.get("/healthz").status_code == 503
