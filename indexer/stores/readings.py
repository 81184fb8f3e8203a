"""What each page was read as, kept by its content: ``add`` and ``build`` share it, and no page is read twice.

A reading is found again by the sha256 of all that went in (domain.page.RawPage.input) and by what read it
(ingest/fingerprints.py). Where the reader looked for something beside the page, that is kept too,
and must still be there unchanged. Everything here can be made anew: a file that can't be read is put aside and begun
again.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexer.domain.report import Report
from indexer.errors import NoIndex, Skip, StoredSkip
from indexer.stores.sqlite import opened, told, transaction

_VERSION = 1
_SCHEMA = """
CREATE TABLE reading (
  input TEXT PRIMARY KEY, reader TEXT NOT NULL,
  payload BLOB NOT NULL,  -- zlib of Reading as JSON
  digest INTEGER NOT NULL -- crc32 of it: a byte that has turned means that the page is read again
) WITHOUT ROWID;
"""

Beside = tuple[tuple[str, str | None], ...]  # link → sha256 of the page that it led to; None where there was none


@dataclass(frozen=True, slots=True)
class Reading:
    """``report``, or why there is none: ``skipped`` (code, message)."""

    report: Report | None
    skipped: tuple[str, str] | None
    beside: Beside = ()

    @classmethod
    def of(cls, result: Report | Skip, beside: Beside = ()) -> Reading:
        if isinstance(result, Skip):
            return cls(None, (result.code, result.recorded), beside)
        return cls(result, None, beside)

    @property
    def result(self) -> Report | Skip:
        if self.report is not None:
            return self.report
        code, message = self.skipped or ("no_body", "")
        return StoredSkip(code, message)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Reading).decode


def packed(reading: Reading) -> bytes:
    """A work report of 15,000 characters is 134 KB, 50 when packed, and takes 1.3 ms; back .6 ms."""
    return zlib.compress(_encode(reading), 1)


def unpacked(payload: bytes) -> Reading:
    """What ``packed`` packed. Raises zlib.error, msgspec.DecodeError."""
    return _decode(zlib.decompress(payload))


class Readings:
    """``readings.sqlite``. Safe from several threads and processes."""

    def __init__(self, file: Path, reader: str) -> None:
        """``reader``: fingerprint of the program and tables that read."""
        self._file = file
        self._reader = reader
        self._lock = threading.Lock()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._connection = opened(file, _SCHEMA, _VERSION)
        except NoIndex:
            file.replace(file.with_suffix(".damaged"))
            self._connection = opened(file, _SCHEMA, _VERSION)
        self._connection.execute("PRAGMA synchronous = NORMAL")  # lost with the power, it is read again

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def get(self, input: str) -> Reading | None:
        """None where it was not read, or by another reader."""
        payload = self.payload(input)
        try:
            return None if payload is None else unpacked(payload)
        except (zlib.error, msgspec.DecodeError):
            return None

    def payload(self, input: str) -> bytes | None:
        """As ``get``, not unpacked."""
        with self._lock, told(self._file):
            query = "SELECT payload, digest FROM reading WHERE input = ? AND reader = ?"
            row = self._connection.execute(query, (input, self._reader)).fetchone()
        return None if row is None or zlib.crc32(row[0]) != row[1] else bytes(row[0])

    def put(self, input: str, payload: bytes) -> None:
        """``payload``: from ``packed``. A reading of the same input by another reader gives way."""
        self.put_all([(input, payload)])

    def put_all(self, readings: Iterable[tuple[str, bytes]]) -> None:
        """Of each input its payload: all of them or none."""
        with self._lock, transaction(self._connection, self._file):
            rows = ((input, self._reader, payload, zlib.crc32(payload)) for input, payload in readings)
            self._connection.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", rows)

    def take_over(self, file: Path) -> None:
        """What the same reader read on another machine. Raises NoIndex where that file can't be read."""
        with self._lock, told(file):
            self._connection.execute("ATTACH DATABASE ? AS other", (str(file),))
            try:
                with transaction(self._connection, self._file):
                    query = "INSERT OR IGNORE INTO reading SELECT * FROM other.reading WHERE reader = ?"
                    self._connection.execute(query, (self._reader,))
            finally:
                self._connection.execute("DETACH DATABASE other")

    def sweep(self, inputs: Collection[str]) -> None:
        """Keep the readings of ``inputs`` alone."""
        with self._lock, transaction(self._connection, self._file):
            self._connection.execute("CREATE TEMP TABLE wanted (input TEXT PRIMARY KEY) WITHOUT ROWID")
            self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((one,) for one in inputs))
            self._connection.execute("DELETE FROM reading WHERE input NOT IN (SELECT input FROM wanted)")
            self._connection.execute("DROP TABLE wanted")


def open_readings(file: Path, reader: str) -> Readings | None:
    """None where the folder may not be written to: then everything is read anew."""
    try:
        return Readings(file, reader)
    except (OSError, sqlite3.Error, NoIndex):
        return None
