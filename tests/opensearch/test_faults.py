"""Nodes die, disks fill up, an index is replaced under questions: answers stay right, or say that they aren't."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.opensearch.engine import _LOOKS_AGAIN, OpenSearchEngine
from indexer.errors import NoIndex, Unreachable, Unwritable
from tests.contract.worlds import a_passage, ask, found
from tests.opensearch.cluster import Cluster
from tests.opensearch.conftest import healed

Make = Callable[..., OpenSearchEngine]

WORLD = [a_passage(f"r{n:03d}:{seq}", "招商引资" if seq else "修路") for n in range(100) for seq in range(3)]
COPIED = {"shards": 3, "replicas": 1}
SOON = 30.0  # seconds; nothing here may be waited for longer


def asked(engine: OpenSearchEngine) -> ResultPage:
    return replace(engine.search(ask('"商引"')), took_ms=0)


def settled(engine: OpenSearchEngine, cluster: Cluster) -> None:
    """Until the copies are made."""
    cluster.wait("green")
    assert engine.degraded() is None


def test_the_elected_manager_dies_with_its_shards(engine_at: Make, cluster: Cluster, alias: str) -> None:
    """What has copies is answered as before; what has none lacks the passages that died, and says so until they are
    back."""
    copied, single = engine_at(**COPIED), engine_at(alias=f"{alias}x", shards=3, replicas=0)
    for engine in (copied, single):
        engine.replace_all(WORLD)
    settled(copied, cluster)
    whole = asked(copied)
    assert (whole.total, whole.partial) == (200, False)
    assert asked(single) == whole
    cluster.kill(cluster.manager())
    cluster.wait("red", SOON, nodes=2)
    assert asked(copied) == whole
    assert copied.degraded() is None
    copied.replace_all([*WORLD, a_passage("new", "招商引资")])  # and can be written to
    assert copied.search(ask('"商引"')).total == 201
    part = asked(single)
    assert 0 < part.total < whole.total
    assert part.partial
    assert any("不完整" in warning for warning in part.warnings)
    assert "分片" in (single.degraded() or "")
    opened_meanwhile = engine_at(alias=f"{alias}x", shards=3, replicas=0)
    assert asked(opened_meanwhile).total == part.total
    with pytest.raises(Unreachable):
        single.count(ask("招商"))
    with pytest.raises(Unreachable):
        single.verify()
    healed(cluster, "green")
    assert asked(single) == whole
    time.sleep(_LOOKS_AGAIN)
    assert asked(opened_meanwhile) == whole


def test_a_node_that_dies_during_a_load_costs_no_passage_and_doubles_none(engine_at: Make, cluster: Cluster) -> None:
    engine = engine_at(**COPIED, load_seconds=10.0)
    sent = [a_passage(f"r{n:05d}", "招商引资。" + "各项工作有序推进。" * 40) for n in range(12_000)]

    def with_a_death() -> Iterator[IndexedPassage]:
        for number, passage in enumerate(sent):
            if number == len(sent) // 2:
                cluster.kill(next(node.name for node in cluster.nodes if node.name != cluster.manager()))
                cluster.start_node(next(node.name for node in cluster.nodes if node.pid is None))
            yield passage

    engine.replace_all(with_a_death())
    engine.verify()
    there = {hit.passage.id for page in range(1, 14) for hit in engine.search(ask("", limit=1000, page=page)).hits}
    assert there == {passage.id for passage in sent}


def test_an_index_replaced_under_questions_is_the_old_or_the_new_one_never_both(engine_at: Make) -> None:
    worlds = [[a_passage(f"w{n}:{seq}", "招商引资") for seq in range(30)] for n in range(4)]
    engine, reader = engine_at(), engine_at()
    engine.replace_all(worlds[0])
    stop = threading.Event()

    def asking() -> set[tuple[str, ...]]:
        seen = set()
        while not stop.is_set():
            page = reader.search(ask('"商引"', limit=100))
            assert len(page.hits) == len({hit.passage.id for hit in page.hits}) == page.total
            seen.add(tuple(sorted({hit.passage.report for hit in page.hits})))
        return seen

    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(asking) for _ in range(3)]
        try:
            for world in worlds[1:]:
                engine.replace_all(world)
            engine.change([a_passage("w9", "招商引资")], without=["w3"])
            time.sleep(1.5)
        finally:
            stop.set()
        seen = set().union(*(one.result() for one in running))
    assert seen <= {("w0",), ("w1",), ("w2",), ("w3",), ("w9",)}
    assert ("w9",) in seen
    assert found(engine.search(ask("招商"))) == ["w9"]


def test_a_disk_that_fills_up_during_a_load_is_told_and_the_index_before_answers(engine_at: Make, alias: str) -> None:
    """What the cluster does at its flood stage: it makes the index read-only but for deletions."""
    engine = engine_at()
    engine.replace_all([a_passage("old", "招商")])
    client = engine.loading.client

    def filling_up() -> Iterator[IndexedPassage]:
        for n in range(4_000):
            if n == 2_000:
                (fresh,) = set(client.indices.get(index=f"{alias}-*")) - set(client.indices.get_alias(name=alias))
                client.indices.put_settings(index=fresh, body={"index.blocks.read_only_allow_delete": True})
            yield a_passage(f"r{n}", "各项工作有序推进。" * 60)

    with pytest.raises(Unwritable, match="磁盘"):
        engine.replace_all(filling_up())
    assert found(engine.search(ask("招商"))) == ["old"]


def _wait_until_no_index_is_created(client: Any) -> None:
    """The nodes look at their disks every so often, and then block; a busy machine takes its time."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        known = client.cluster.get_settings(flat_settings=True)
        blocks = (known[kind].get("cluster.blocks.create_index") for kind in ("persistent", "transient"))
        if "true" in map(str, blocks):
            return
        time.sleep(1)
    pytest.fail("the nodes have not looked at their disks")


def test_nodes_above_their_watermark_take_no_new_index_and_that_is_told(engine_at: Make) -> None:
    engine = engine_at(load_seconds=45.0)
    engine.replace_all([a_passage("old", "招商")])
    client = engine.loading.client
    mark = "cluster.routing.allocation.disk"
    full = {f"{mark}.threshold_enabled": True, f"{mark}.watermark.low": "900tb", f"{mark}.watermark.high": "800tb",
            f"{mark}.watermark.flood_stage": "1kb", "cluster.info.update.interval": "10s"}  # fmt: skip
    try:
        client.cluster.put_settings(body={"transient": full})
        _wait_until_no_index_is_created(client)
        with pytest.raises(NoIndex, match="磁盘"):
            engine.replace_all([a_passage("new", "招商")])
        assert found(engine.search(ask("招商"))) == ["old"]
    finally:
        client.cluster.put_settings(body={"transient": dict.fromkeys([*full, "cluster.blocks.create_index"])})
        client.cluster.put_settings(body={"persistent": {"cluster.blocks.create_index": None}})
    engine.replace_all([a_passage("new", "招商")])
    assert found(engine.search(ask("招商"))) == ["new"]
