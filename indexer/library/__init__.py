"""Puts the parts together: the one object that the browser, the API and the command line ask."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from indexer import learning
from indexer.compare.embedding import EmbeddingModel
from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import Cluster, Stats, StoredReport
from indexer.domain.rows import ReportRows
from indexer.errors import BadSetup, NoIndex, NothingBuilt, Unreachable
from indexer.ingest import build, sharding
from indexer.ingest.add import Added, Reading
from indexer.ingest.crawling import Crawling
from indexer.ingest.fingerprints import changed_tables
from indexer.ingest.sharding import Shard, ShardStats
from indexer.ingest.verify import Finding, build_damage, findings
from indexer.library.comparing import Comparing
from indexer.library.judging import Judging
from indexer.locale import say
from indexer.settings import load
from indexer.stores.backup import back_up
from indexer.stores.builds import BuildFolder, Builds

_LOOKS_AGAIN = 60.0  # seconds; to look takes .7 s for an index of 100,000 passages
Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)


class Library(Comparing, Judging):
    """Duibiao over one data folder. Any number of threads may ask it at once."""

    @classmethod
    def open(cls, config: Path | None = None, data: Path | None = None) -> Self:
        """The library that ``--config`` and ``--data`` name. Raises BadSetup."""
        settings = load(config)
        return cls(settings.with_data_folder(data) if data else settings)

    def read(self, inputs: Iterable[str | Path], url: str | None = None) -> Iterator[Reading]:
        """Without storing anything."""
        return self._intake.read(inputs, url)

    def add(self, inputs: Sequence[str]) -> Iterator[Added]:
        """Into the archive, for the next build."""
        return self._intake.add(inputs)

    def holds_others_than(self, folder: Path) -> bool:
        """Whether the archive has pages that don't come from ``folder``."""
        inside = f"{os.path.normpath(folder.absolute())}/"
        return any(not one.key.startswith(inside) for one in self._open_archive().outlines())

    def build(self, progress: Progress | None = None, *, whole: bool = False) -> Stats:
        """Of what changed since the last one, or of everything. Raises Busy, NoIndex, BadSetup; the old build serves
        on."""
        told = progress or (lambda *_: None)
        rows, listing = self._making(told, whole=whole)
        stats = build.build(self.settings, self._open_archive(), self._engine, rows, listing, told, whole=whole)
        self._sweep_cluster()
        return stats

    def build_shard(self, shard: Shard, progress: Progress | None = None) -> ShardStats:
        """That part of the archive, read and put on the cluster for ``join_shards``. Raises Busy, NoIndex, BadSetup."""
        told = progress or (lambda *_: None)
        return sharding.build_shard(self.settings, self._open_archive(), shard, self._shared_index, told)

    def join_shards(self, progress: Progress | None = None) -> Stats:
        """A build of what all shards made. Raises Busy, NoIndex, BadSetup; the old build serves on."""
        told = progress or (lambda *_: None)
        rows, listing = self._making(told, whole=False)
        stats = sharding.join(
            self.settings, self._open_archive(), self._engine, self._shared_index, rows, listing, told
        )
        self._sweep_cluster()
        return stats

    def _making(
        self, told: Progress, *, whole: bool
    ) -> tuple[Callable[[StoredReport], ReportRows], Callable[[BuildFolder], None]]:
        """How a build gets its rows, and what is made when its catalogue is there."""
        embedding = self._embedding.opened(self.settings.reading.processes)  # told before hours of reading, if broken
        listing = partial(self._list_and_index, embedding=embedding, told=partial(told, "vectors"), whole=whole)
        return partial(rows_of, vocabulary=self._vocabulary), listing

    def _sweep_cluster(self) -> None:
        if self._cluster is not None:
            with suppress(NoIndex):  # the build is made and serves; what is left over goes with the next one
                self._cluster.sweep(Builds(self.settings.data_folder).numbers())

    @property
    def crawling(self) -> Crawling:
        """The sites of config.toml."""
        return Crawling(self.settings, lambda: self._intake)

    def clusters(self) -> tuple[Cluster, ...]:
        """Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.clusters()

    def stats(self) -> Stats:
        """Raises NoIndex."""
        with self._live.now() as build:
            return replace(build.stats, changed_tables=changed_tables(build.folder.made_with(), self.settings))

    def generation(self) -> int:
        """Number of the build that serves: one more with every build. Raises NoIndex."""
        with self._live.now() as build:
            return int(build.number)

    def skipped(self) -> tuple[tuple[str, str, str], ...]:
        """(file or address, code, message) of the archived pages that hold no report. Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.skipped()

    def check(self) -> Iterator[Finding]:
        """Looks at everything there is; each finding says whether it is well, and what to do where it isn't."""
        yield from findings(self.settings, self._tables, self._engine)
        try:
            model = self.check_embedding()
        except NothingBuilt:
            pass  # said above
        except (BadSetup, NoIndex) as error:
            yield Finding(say("check.part.embedding"), False, str(error))
        else:
            if model is not None:
                message = say("embedding.well", folder=model.folder, n=model.dimension)
                yield Finding(say("check.part.embedding"), True, message)
        try:
            ranking = learning.opened(learning.ranking_file(self.settings.data_folder))
        except NoIndex as error:
            yield Finding(say("learn.part"), False, str(error))
        else:
            if ranking is not None:
                yield Finding(say("learn.part"), True, say("learn.in_use", n=len(ranking.judged.texts)))

    def check_embedding(self) -> EmbeddingModel | None:
        """As ``ConfiguredEmbedding.check``."""
        return self._embedding.check()

    def damaged(self) -> str | None:
        """What to do where the live build is not what was written, by the sha256 of every file; None where it is. Looks
        again after a minute at the earliest."""
        number = Builds(self.settings.data_folder).current()
        looked, at, told = self._damage
        if number is None or (looked == number and time.monotonic() - at < _LOOKS_AGAIN):
            return told if looked == number else None
        try:
            _, folder = Builds(self.settings.data_folder).live()
            with closing(self._engine(folder)) as engine:
                wrong = build_damage(folder, engine)
        except Unreachable:
            return None  # whoever asks is told
        except NoIndex as error:
            wrong = [str(error)]
        told = say("library.damaged", problem=wrong[0]) if wrong else None
        self._damage = (number, time.monotonic(), told)
        return told

    def degraded(self) -> str | None:
        """What is wrong though questions are answered, as ``SearchEngine.degraded`` says. Raises NoIndex."""
        with self._live.now() as build:
            return build.engine.degraded()

    def back_up(self, target: Path) -> int:
        """As ``stores.backup.back_up`` says of the data folder."""
        return back_up(self.settings.data_folder, target)
