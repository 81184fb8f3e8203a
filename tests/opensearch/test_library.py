"""The whole program over a cluster: the same pages are built twice, and every answer is the embedded engine's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.library import Library
from indexer.settings import Settings, load
from tests.contract.engines import CLUSTER

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "corpus" / "sample" / "pages").glob("*.html"))[:12]
QUESTIONS = (
    "招商引资",
    '"园区"',
    "项目 建设",
    "怎么样优化营商环境",
    "标题:工作 企业",
    "全文:(项目 企业)",
    "企业 -项目",
    "",
)


def a_library(folder: Path, engine: str) -> Library:
    settings: Settings = load(ROOT / "config.toml").with_data_folder(folder)
    hosts = tuple(os.environ[CLUSTER].split())
    index = f"library-{os.getpid()}"
    return Library(replace(settings, engine=engine, opensearch=replace(settings.opensearch, hosts=hosts, index=index)))


def built(library: Library, *inputs: Sequence[Path]) -> None:
    """One build after the other."""
    for some in inputs:
        assert list(library.add([str(page) for page in some]))
        library.build()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """Embedded and on the cluster, each built of some pages, then of all."""
    with (
        closing(a_library(tmp_path_factory.mktemp("embedded"), "whoosh")) as embedded,
        closing(a_library(tmp_path_factory.mktemp("cluster"), "opensearch")) as clustered,
    ):
        for library in (embedded, clustered):
            built(library, PAGES[:-3], PAGES)
        yield embedded, clustered
        assert clustered._cluster is not None
        clustered._cluster.sweep(())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_that_of_the_embedded_engine(both: tuple[Library, Library], question: str) -> None:
    embedded, clustered = both
    for more in ({}, {"sort": ["date"], "limit": ["5"]}, {"page": ["2"], "limit": ["5"]}):
        params = {"q": [question], **more}
        here, there = (library.search(library.question(params)) for library in (embedded, clustered))
        assert here.total or ":" in question  # so few pages may hold nothing under a title
        assert replace(there, took_ms=0) == replace(here, took_ms=0)
    mine, theirs = (library.search_reports(library.question({"q": [question]})) for library in (embedded, clustered))
    assert (replace(theirs[0], took_ms=0), theirs[1]) == (replace(mine[0], took_ms=0), mine[1])


def test_all_is_well_to_check_and_only_the_live_build_and_the_one_before_lie_on_the_cluster(
    both: tuple[Library, Library],
) -> None:
    _, clustered = both
    assert [finding for finding in clustered.check() if not finding.well] == []
    assert clustered.damaged() is None
