"""An index that several machines fill side by side, until one of them takes it over into a build.

Its name is agreed upon beforehand: whoever comes first makes it, the others find it there. Every passage has its id, so
that a shard that is repeated changes nothing. It is taken over by a clone, so that a build that breaks off leaves it as
it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from opensearchpy import exceptions as failures

from indexer.domain.results import IndexedPassage
from indexer.engines.opensearch.connection import Connection, Json, translated
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.indices import Indices, Progress
from indexer.errors import Damaged
from indexer.settings import OpenSearchSettings
from indexer.text.analyser import Analyser

_OWNER = "shards"  # of no data folder


class SharedOnCluster:
    """``alias``: agreed upon by all who fill it. Raises NoIndex."""

    def __init__(self, settings: OpenSearchSettings, alias: str, analyser: Analyser, progress: Progress) -> None:
        self._settings = settings
        self._alias = alias
        self._name = f"{alias}-0-0"  # of the form of every index behind an alias
        self._analyser = analyser
        self._progress = progress
        self._connection = Connection(settings, settings.load_seconds)
        self._indices = Indices(self._connection, alias, analyser, _OWNER)

    def identity(self) -> str:
        """What the cluster itself calls it: made anew it has another one."""
        self._indices.begin(self._name)
        told: Json = self._connection.ask(lambda client: client.indices.get_settings(index=self._name))
        return str(told[self._name]["settings"]["index"]["uuid"])

    def fill(self, passages: Iterable[IndexedPassage]) -> None:
        self._indices.begin(self._name)
        try:
            self._indices.load(self._name, passages, self._progress)
        except failures.OpenSearchException as error:
            raise translated(error) from error

    def sealed(self, passages: int) -> OpenSearchEngine:
        self._connection.ask(lambda client: client.indices.refresh(index=self._name))
        if (there := self._indices.count(self._name)) != passages:
            raise Damaged("shard.passages_missing", there=there, sent=passages)
        self._indices.seal(self._name, passages)
        return OpenSearchEngine(self._settings, self._alias, self._analyser, owner=_OWNER)

    def drop(self) -> None:
        self._indices.drop(self._name)

    def close(self) -> None:
        self._connection.close()
