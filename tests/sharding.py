"""Several machines that make the shards of one build: each a data folder with the same archive, and an index that they
share, kept in memory where no cluster is there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from indexer.domain.results import IndexedPassage
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import Damaged
from indexer.ingest.sharding import Shard, shard_folder
from indexer.library import Library
from indexer.settings import Settings
from indexer.stores.builds import Builds
from indexer.text.analyser import Analyser


@dataclass
class Pool:
    """What all shards put in, by run. ``folder``: for the index that is made of it when it is sealed."""

    folder: Path
    analyser: Analyser
    passages: dict[str, dict[str, IndexedPassage]] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    breaks_after: int | None = None  # passages, as where a machine dies
    _numbers: count[int] = field(default_factory=count)

    def index(self, run: str, _: object) -> SharedInMemory:
        return SharedInMemory(self, run)

    def lose(self) -> None:
        """As where somebody deletes the index."""
        self.passages.clear()
        self.identities.clear()

    def number(self) -> str:
        return str(next(self._numbers))


@dataclass
class SharedInMemory:
    pool: Pool
    run: str

    def identity(self) -> str:
        return self.pool.identities.setdefault(self.run, self.pool.number())

    def fill(self, passages: Iterable[IndexedPassage]) -> None:
        there = self.pool.passages.setdefault(self.run, {})
        for number, passage in enumerate(passages):
            if number == self.pool.breaks_after:
                raise KeyboardInterrupt
            there[passage.id] = passage

    def sealed(self, passages: int) -> WhooshEngine:
        there = self.pool.passages.get(self.run, {})
        if len(there) != passages:
            raise Damaged("shard.passages_missing", there=len(there), sent=passages)
        engine = WhooshEngine(self.pool.folder / self.pool.number(), self.pool.analyser)
        engine.replace_all(there.values())
        return engine

    def drop(self) -> None:
        self.pool.passages.pop(self.run, None)

    def close(self) -> None:
        pass


def machines(archive: Library, folder: Path, count: int) -> list[Settings]:
    """Settings of so many data folders that hold the archive of ``archive``, and nothing else."""
    made = [archive.settings.with_data_folder(folder / f"machine{number + 1}") for number in range(count)]
    for one in made:
        copy_archive(archive, one)
    return made


def copy_archive(archive: Library, to: Settings) -> None:
    to.data_folder.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(archive.settings.data_folder / "pages.sqlite")) as source,
        closing(sqlite3.connect(to.data_folder / "pages.sqlite")) as target,
    ):
        source.backup(target)


def make_shards(settings: list[Settings], which: Iterable[int] | None = None) -> None:
    """Each machine its own; ``which``: numbers of those that are made, of all by default."""
    for number in which or range(1, len(settings) + 1):
        with closing(Library(settings[number - 1])) as library:
            library.build_shard(Shard(number, len(settings)))


def carry(settings: list[Settings]) -> Settings:
    """All files of shards to the first machine."""
    first = shard_folder(settings[0].data_folder)
    first.mkdir(exist_ok=True)
    for one in settings[1:]:
        for file in shard_folder(one.data_folder).glob("*.sqlite"):
            shutil.copy(file, first)
    return settings[0]


def contents(settings: Settings) -> dict[str, list[Any]]:
    """All rows of the live catalogue but when it was made: reports, copies, rows for comparison, what was skipped."""
    _, folder = Builds(settings.data_folder).live()
    with closing(sqlite3.connect(folder.catalogue)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names if name != "fact"}


def answers(library: Library, questions: Iterable[str]) -> list[Any]:
    asked = [
        {"q": [question], "sort": [sort], "page": [page]}
        for question in questions
        for sort in ("relevance", "date")
        for page in ("1", "2")
    ]
    return [replace(library.search(library.question(params)), took_ms=0) for params in asked]


def join(settings: Settings) -> None:
    with closing(Library(settings)) as library:
        library.join_shards()


def is_that_of(whole: Library, settings: Settings, questions: Iterable[str]) -> None:
    """Same reports, copies, rows, skipped pages, and answers; nothing that ``check`` complains of."""
    assert contents(settings) == contents(whole.settings)
    with closing(Library(settings)) as library:
        assert answers(library, questions) == answers(whole, questions)
        assert [one for one in library.check() if not one.well] == []
