"""The builds of a data folder on a cluster: each has an alias of its own, so that catalogue and passages of one build
are always asked together, and a build that is rolled back finds its passages."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.indices import Progress, sweep
from indexer.engines.opensearch.shared import SharedOnCluster
from indexer.settings import OpenSearchSettings
from indexer.text.analyser import Analyser


class ClusterBuilds:
    """``data``: the folder whose builds these are; nothing of another one's is ever dropped."""

    def __init__(self, settings: OpenSearchSettings, data: Path) -> None:
        self._settings = settings
        self._owner = f"{platform.node()}:{data.resolve()}"

    def engine(self, build: str, analyser: Analyser, progress: Progress | None) -> OpenSearchEngine:
        return OpenSearchEngine(self._settings, self._alias(build), analyser, progress, self._owner)

    def shared(self, run: str, analyser: Analyser, progress: Progress) -> SharedOnCluster:
        """The index that the shards of one run fill (ingest/sharding.py); no sweep of a build drops it."""
        return SharedOnCluster(self._settings, f"{self._settings.index}-shards-{run}", analyser, progress)

    def sweep(self, builds: Iterable[str]) -> None:
        """Drops the passages of all builds but these. Raises NoIndex."""
        with closing(Connection(self._settings, self._settings.load_seconds)) as connection:
            sweep(connection, self._settings.index, self._owner, map(self._alias, builds))

    def _alias(self, build: str) -> str:
        return f"{self._settings.index}-{build}"
