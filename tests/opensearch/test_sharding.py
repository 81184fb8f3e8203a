"""Shards of one build on a real cluster, side by side: the joined build is the one that a single machine makes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.opensearch.indices import Loading
from indexer.errors import Damaged, NothingBuilt
from indexer.library import Library
from indexer.settings import Settings
from tests.opensearch.test_library import PAGES, QUESTIONS, a_library
from tests.sharding import carry, is_that_of, join, machines, make_shards
from tests.unit.pages import in_folder

SHARDS = 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Built by one machine on the embedded engine."""
    with closing(a_library(tmp_path_factory.mktemp("whole"), "whoosh")) as library:
        copied = in_folder(tmp_path_factory.mktemp("pages") / "copied")
        list(library.add([*map(str, PAGES), str(copied)]))
        library.build()
        assert library.clusters()
        yield library


@pytest.fixture
def several(whole: Library, tmp_path: Path) -> Iterator[list[Settings]]:
    """Machines that share a cluster. What they leave on it is dropped."""
    with closing(a_library(tmp_path / "cluster", "opensearch")) as clustered:
        index = f"shards{os.getpid()}{tmp_path.name[-1]}"
        search = replace(clustered.settings.opensearch, index=index)
        made = [replace(one, engine="opensearch", opensearch=search) for one in machines(whole, tmp_path, SHARDS)]
        yield made
        with closing(Library(made[0])) as library:
            assert library._cluster is not None
            engine = library._cluster.engine("x", library._tables.analyser, None)
            for name in engine.loading.client.indices.get(index=f"{index}-*", params={"allow_no_indices": "true"}):
                engine.loading.client.indices.delete(index=name)
            engine.close()


def left_on_the_cluster(settings: Settings) -> list[str]:
    with closing(Library(settings)) as library:
        assert library._cluster is not None
        with closing(library._cluster.engine("x", library._tables.analyser, None)) as engine:
            return sorted(engine.loading.client.indices.get(index=f"{settings.opensearch.index}-shards-*"))


def test_shards_made_side_by_side_are_the_build_of_one_machine(whole: Library, several: list[Settings]) -> None:
    with ThreadPoolExecutor(SHARDS) as machines:
        list(machines.map(lambda number: make_shards(several, [number]), range(1, SHARDS + 1)))
    join(carry(several))
    is_that_of(whole, several[0], QUESTIONS)
    assert left_on_the_cluster(several[0]) == []


def test_a_shard_that_broke_off_while_loading_is_repeated(
    whole: Library, several: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shards(several, [1, 3])
    sending, sent = Loading._send, []

    def dying(self: Loading, lines: list[bytes]) -> None:
        half = lines[: len(lines) // 2]
        sent.append(len(half))
        sending(self, half)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Loading, "_send", dying)
        with pytest.raises(KeyboardInterrupt):
            make_shards(several, [2])
    assert sum(sent) > 0
    with pytest.raises(NothingBuilt, match="2/3"):
        join(carry(several))
    make_shards(several, [2])
    make_shards(several, [1])  # and one that was whole
    with monkeypatch.context() as patched:  # whoever joins them breaks off too
        patched.setattr(Loading, "_send", dying)
        with suppress(KeyboardInterrupt):
            join(carry(several))
    join(carry(several))
    is_that_of(whole, several[0], QUESTIONS)


def test_passages_that_somebody_deleted_are_found_out(whole: Library, several: list[Settings]) -> None:
    make_shards(several)
    settings = carry(several)
    (index,) = left_on_the_cluster(settings)
    with closing(Library(settings)) as library:
        assert library._cluster is not None
        with closing(library._cluster.engine("x", library._tables.analyser, None)) as engine:
            client = engine.loading.client
            client.indices.refresh(index=index)
            one = client.search(index=index, body={"size": 1})["hits"]["hits"][0]["_id"]
            client.delete(index=index, id=one)
            with pytest.raises(Damaged, match="--shard"):
                join(settings)
            client.indices.delete(index=index)
    with pytest.raises(Damaged, match="duibiao build --shard 1/3"):
        join(settings)
    make_shards(several)
    join(carry(several))
    is_that_of(whole, settings, QUESTIONS)
