"""The engines that every scenario is asked of.

OpenSearch is one of them where DUIBIAO_OPENSEARCH names its addresses, as `make test-opensearch` does; elsewhere it
isn't collected at all. There it alone is asked what each is asked by itself: the others were, in `make test`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.domain.results import IndexedPassage
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.ports import SearchEngine
from indexer.settings import OpenSearchSettings
from indexer.text.analyser import Analyser

CLUSTER, FOLDER = "DUIBIAO_OPENSEARCH", "DUIBIAO_OPENSEARCH_FOLDER"
KINDS = ("memory", "whoosh", *(("opensearch",) if os.environ.get(CLUSTER) else ()))
BY_THEMSELVES = ("opensearch",) if os.environ.get(CLUSTER) else KINDS
_AN_EXAMPLE = 5  # on the cluster one costs as much as so many elsewhere, where all of them are tried too
_numbers = count()


def examples(number: int) -> int:
    """How many a property is tried on, where an index is made for each."""
    return number // _AN_EXAMPLE if os.environ.get(CLUSTER) else number


def settings() -> OpenSearchSettings:
    """Of the cluster of tests: small worlds on one shard, one copy of it."""
    return OpenSearchSettings(hosts=tuple(os.environ[CLUSTER].split()), shards=1, replicas=0, load_seconds=60.0)


@contextmanager
def an_engine(kind: str, analyser: Analyser, folder: Path) -> Iterator[SearchEngine]:
    """An empty one. ``folder`` is the embedded engine's."""
    if kind == "opensearch":
        with _on_the_cluster(analyser) as engine:
            yield engine
        return
    made: SearchEngine = MemoryEngine(analyser) if kind == "memory" else WhooshEngine(folder, analyser)
    with closing(made):
        yield made


@contextmanager
def every_engine(analyser: Analyser, passages: list[IndexedPassage]) -> Iterator[tuple[SearchEngine, ...]]:
    """Each kind, with these passages."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        engines = tuple(stack.enter_context(an_engine(kind, analyser, Path(folder))) for kind in KINDS)
        for engine in engines:
            engine.replace_all(passages)
        yield engines


@contextmanager
def _on_the_cluster(analyser: Analyser) -> Iterator[SearchEngine]:
    from indexer.engines.opensearch.engine import OpenSearchEngine
    from indexer.engines.opensearch.indices import sweep

    alias = f"contract-{os.getpid()}x{next(_numbers)}"
    engine = OpenSearchEngine(settings(), alias, analyser, owner=alias)
    try:
        yield engine
    finally:
        sweep(engine.loading, alias, alias, kept=())
        engine.close()
