"""What one shard of a build hands on: a file of rows, made on one machine and carried to the one that joins all.

It holds, by key, what each page of the shard is told by (opaque to this file), and the readings as
stores/readings.py keeps them; and facts: what all of it was made with. Written whole beside the one before, then
renamed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.errors import Damaged
from indexer.stores.sqlite import opened, opened_to_read, told, transaction

_VERSION = 1
_SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (key TEXT PRIMARY KEY, payload BLOB NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID; -- crc32
CREATE TABLE reading (input TEXT PRIMARY KEY, payload BLOB NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID;
"""


def write(
    file: Path, facts: Mapping[str, object], pages: Iterable[tuple[str, bytes]], readings: Iterable[tuple[str, bytes]]
) -> None:
    """``pages`` by key and ``readings`` by input."""
    beside = file.with_suffix(".new")
    for left in (beside, *(beside.with_name(beside.name + end) for end in ("-wal", "-shm", "-journal"))):
        left.unlink(missing_ok=True)
    with closing(opened(beside, _SCHEMA, _VERSION)) as connection:
        with transaction(connection, beside):
            for table, rows in (("page", pages), ("reading", readings)):
                cells = ((name, payload, zlib.crc32(payload)) for name, payload in rows)
                connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", cells)
            named = ((name, json.dumps(value)) for name, value in facts.items())
            connection.executemany("INSERT INTO fact VALUES (?, ?)", named)
        with told(beside):
            connection.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    beside.replace(file)


class ShardFile:
    """A finished one. Raises Damaged where it isn't whole, OtherVersion."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = opened_to_read(file, _VERSION)

    def close(self) -> None:
        self._connection.close()

    def facts(self) -> dict[str, Any]:
        with told(self._file):
            found = self._connection.execute("SELECT name, value FROM fact").fetchall()
        try:
            return {name: json.loads(value) for name, value in found}
        except (ValueError, TypeError) as error:
            raise self._damaged(error) from error

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """By key."""
        yield from self._whole("page", "key")

    def readings(self) -> Iterator[tuple[str, bytes]]:
        """By input, as stores/readings.py keeps them."""
        yield from self._whole("reading", "input")

    def _whole(self, table: str, name: str) -> Iterator[tuple[str, bytes]]:
        query = f"SELECT {name}, payload, digest FROM {table} ORDER BY {name}"
        with told(self._file):
            for of, payload, digest in self._connection.execute(query):
                if zlib.crc32(payload) != digest:
                    raise self._damaged(of)
                yield of, payload

    def _damaged(self, problem: object) -> Damaged:
        return Damaged("store.damaged", file=self._file, problem=problem)
