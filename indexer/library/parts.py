"""What the library is put together from: opened when first asked for, closed together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.compare.configured_embedding import ConfiguredEmbedding
from indexer.compare.embedding import EmbeddingModel
from indexer.compare.measure_vectors import MeasureVectors
from indexer.compare.queries import Comparisons
from indexer.compare.report_rows import Vocabulary
from indexer.compare.similar_index import SimilarIndex
from indexer.crawl.fetcher import HttpFetcher
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import BadSetup, Damaged, NoIndex
from indexer.ingest import build, fingerprints
from indexer.ingest.add import Intake
from indexer.ingest.fingerprints import all_tables
from indexer.ingest.read_archive import archive_file, readings_file
from indexer.ingest.reading_process import reading_processes
from indexer.open_build import LiveBuild, OpenBuild
from indexer.ports import Fetcher, SearchEngine, SharedIndex
from indexer.reference.codebook import Theme
from indexer.search.suggest.make_index import make_lists
from indexer.settings import Settings
from indexer.stores.archive import Archive
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.stores.readings import Readings, open_readings
from indexer.tables import Tables

if TYPE_CHECKING:
    from indexer.engines.opensearch.cluster import ClusterBuilds


class Parts:
    """The stores, engines and tables of one data folder."""

    def __init__(self, settings: Settings, fetcher: Fetcher | None = None) -> None:
        """Opens nothing yet: what a command does not need may be missing or damaged."""
        self.settings = settings
        self._tables = Tables(settings.corpus_folder)
        self._tables_then = all_tables(settings)
        self._fetcher = fetcher or HttpFetcher(settings.fetch, settings.reading.max_bytes, _private_hosts(settings))
        self._embedding = ConfiguredEmbedding(settings)
        self._live = LiveBuild(Builds(settings.data_folder), self._open_build)
        self._lock = threading.Lock()
        self.on_partial: Callable[[], None] = lambda: None  # called where part of the index was silent
        self._archive: Archive | None = None
        self._readings: Readings | None = None
        self._damage: tuple[str | None, float, str | None] = (None, 0.0, None)  # of which build, when, what

    def themes(self) -> tuple[str, ...]:
        """Names of the codebook, in its order."""
        return tuple(theme.name for theme in self._tables.codebook.themes)

    def practice_names(self) -> Mapping[str, str]:
        """Id → name of the codebook."""
        return self._tables.practices.names

    def one_build(self) -> AbstractContextManager[None]:
        """Within the block, whatever is asked is asked of one build."""
        return self._live.holding()

    def codebook(self) -> tuple[Theme, ...]:
        """The themes, with what each takes in and leaves out."""
        return self._tables.codebook.themes

    def close(self) -> None:
        self._live.close()
        with self._lock:
            archive, self._archive = self._archive, None
            readings, self._readings = self._readings, None
        if archive is not None:
            archive.close()
        if readings is not None:
            readings.close()

    @cached_property
    def _intake(self) -> Intake:
        limits = self.settings.reading
        processes = reading_processes(self.settings)
        return Intake(processes, self._fetcher, self._open_archive, self._open_readings, limits.max_bytes)

    @property
    def _vocabulary(self) -> Vocabulary:
        phrases = self._tables.indicators.phrases.items()
        return Vocabulary(self._tables.industries, {name: tuple(one.id for one in rows) for name, rows in phrases})

    @property
    def _archive_file(self) -> Path:
        return archive_file(self.settings)

    def _open_archive(self) -> Archive:
        with self._lock:
            if self._archive is None:
                self._archive = Archive(self._archive_file)
            return self._archive

    def _open_readings(self) -> Readings | None:
        with self._lock:
            if self._readings is None:
                self._readings = open_readings(readings_file(self.settings), fingerprints.reading(self.settings))
            return self._readings

    def _engine(self, folder: BuildFolder, progress: Callable[[int, int], None] | None = None) -> SearchEngine:
        if self._cluster is not None:
            return self._cluster.engine(folder.path.name, self._tables.analyser, progress)
        return WhooshEngine(folder.index, self._tables.analyser, progress, self.settings.reading.processes)

    def _shared_index(self, run: str, progress: Callable[[int, int], None]) -> SharedIndex:
        """Raises BadSetup where no cluster is chosen: the embedded engine's index lies on one machine."""
        if self._cluster is None:
            raise BadSetup("shard.needs_cluster")
        return self._cluster.shared(run, self._tables.analyser, progress)

    @cached_property
    def _cluster(self) -> ClusterBuilds | None:
        """Where the settings choose it; its client is an extra. Raises BadSetup."""
        if self.settings.engine != "opensearch":
            return None
        try:
            from indexer.engines.opensearch.cluster import ClusterBuilds
        except ImportError as error:
            raise BadSetup("setup.no_extra") from error
        return ClusterBuilds(self.settings.opensearch, self.settings.data_folder)

    def _list_and_index(
        self,
        folder: BuildFolder,
        embedding: EmbeddingModel | None = None,
        told: Callable[[int, int], None] = lambda done, total: None,
        *,
        whole: bool = False,
    ) -> None:
        self._list_suggestions(folder)
        with closing(Catalogue.finished(folder.catalogue)) as catalogue:
            measures = catalogue.rows.measures()
        embedded = None
        if embedding is not None:
            before = None if whole else self._embedding.vectors_before(embedding)
            embedded = partial(MeasureVectors.of, model=embedding, before=before, told=told)
        SimilarIndex.of(measures.items(), self._tables.practice_model, embedded).save(folder.similar)

    def _list_suggestions(self, folder: BuildFolder) -> None:
        with closing(Catalogue.finished(folder.catalogue)) as catalogue:
            witnesses = (stored for stored in catalogue.all() if stored.witness == stored.id)
            make_lists(
                folder.suggestions,
                ((stored, tuple(build.indexed_passages(stored))) for stored in witnesses),
                catalogue.stats().passages,
                catalogue.zones(),
                analyser=self._tables.analyser,
                field_terms=self._tables.field_terms,
                gazetteer=self._tables.gazetteer,
                provinces=self._tables.provinces,
                readings=self._tables.readings,
            )

    def _known(self) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
        """Labels of zones, and values by facet, in the current build."""
        try:
            with self._live.now() as build:
                return build.labels, build.values
        except NoIndex:
            return (), {}  # a wrong option is still told from a right one; the search itself will say what is missing

    def _open_build(self, number: str, folder: BuildFolder) -> OpenBuild:
        now = all_tables(self.settings)
        if now != self._tables_then:  # this build may have been made with them
            self._tables, self._tables_then = Tables(self.settings.corpus_folder), now
            self.__dict__.pop("_intake", None)  # made with the tables before
        if damaged := folder.damage(thoroughly=False):
            raise Damaged("library.damaged", problem=damaged[0])
        engine = self._engine(folder)
        if isinstance(engine, WhooshEngine):
            # Before the catalogue, which can't be opened either where the folder has been swept away meanwhile. Who
            # searches is told of an index that can't be read; comparisons need none.
            with suppress(NoIndex):
                engine.open()
        catalogue, tables = Catalogue.finished(folder.catalogue), self._tables
        comparisons = Comparisons(catalogue.rows, tables.practices, tables.indicators, self.themes(), tables.gazetteer)
        return OpenBuild(number, folder, catalogue, engine, comparisons, tables.gazetteer)


def _private_hosts(settings: Settings) -> tuple[str, ...]:
    """The hosts that ``add`` may fetch from though they are private: those that any site names."""
    return tuple(host for site in settings.sites for host in site.private_hosts)
