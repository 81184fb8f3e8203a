"""SQLite opened the one way both stores want it, its failures told in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import Busy, Damaged, OtherVersion, Unreadable

_BUSY = {"database is locked", "database table is locked"}


def opened(
    file: Path, schema: str, version: int, upgrades: Mapping[int, Callable[[sqlite3.Connection], None]] | None = None
) -> sqlite3.Connection:
    """``file`` open for writing, made with ``schema`` where it is new. Raises NoIndex where it is damaged or newer.
    ``upgrades``: version before → what makes the next one of it."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        with told(file):
            connection.execute("PRAGMA foreign_keys = ON")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                connection.execute("PRAGMA journal_mode = WAL")  # `add` may write while `build` reads
                connection.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT;")
            while found and found != version:
                if found not in (upgrades or {}):
                    raise OtherVersion("store.newer", file=file, found=found, known=version)
                found = _upgraded(connection, found, (upgrades or {})[found])
    except BaseException:
        connection.close()
        raise
    return connection


def _upgraded(connection: sqlite3.Connection, found: int, upgrade: Callable[[sqlite3.Connection], None]) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == found:  # else another process was first
            upgrade(connection)
            connection.execute(f"PRAGMA user_version = {found + 1}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return found + 1


def opened_where_nobody_writes(file: Path, version: int) -> sqlite3.Connection:
    """``file`` open for reading in a folder that may not be written to. Raises NoIndex, sqlite3.OperationalError."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:  # a WAL database makes a file beside it even to be read, which it may not here
        connection.close()
        return opened_to_read(file, version)
    return connection


def opened_to_read(file: Path, version: int) -> sqlite3.Connection:
    """A finished ``file`` that nobody writes any more. Raises NoIndex where it is missing, damaged or foreign."""
    if not file.is_file():
        raise Damaged("store.missing", file=file)
    # immutable: no locks, no journal files beside a build that is never changed again
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        with told(file):
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found != version:
            raise OtherVersion("store.other_build", file=file, found=found, known=version)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Says in words what SQLite found wrong with ``file``. Nothing is repaired and nothing deleted."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) in _BUSY:
            raise Busy("store.busy", file=file) from error
        raise Unreadable("store.unopened", file=file, problem=error) from error
    except sqlite3.DatabaseError as error:
        raise Damaged("store.damaged", file=file, problem=error) from error


@contextmanager
def transaction(connection: sqlite3.Connection, file: Path) -> Iterator[None]:
    """All of it or nothing of it."""
    with told(file):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
