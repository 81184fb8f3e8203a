"""SQLite opened the one way both stores want it, its failures told in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import Busy, Damaged, OtherVersion, Unreadable

_BUSY = {"database is locked", "database table is locked"}


def opened(file: Path, schema: str, version: int) -> sqlite3.Connection:
    """``file`` open for writing, made with ``schema`` where it is new. Raises NoIndex where it is damaged or newer."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        with told(file):
            connection.execute("PRAGMA foreign_keys = ON")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                connection.execute("PRAGMA journal_mode = WAL")  # `add` may write while `build` reads
                connection.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT;")
            elif found != version:
                raise OtherVersion(f"{file} 的格式是第 {found} 版，本程序认得第 {version} 版。请用与它同版的程序打开。")
    except BaseException:
        connection.close()
        raise
    return connection


def opened_to_read(file: Path, version: int) -> sqlite3.Connection:
    """A finished ``file`` that nobody writes any more. Raises NoIndex where it is missing, damaged or foreign."""
    if not file.is_file():
        raise Damaged(f"缺少 {file}。请运行 duibiao build 重新建立。")
    # immutable: no locks, no journal files beside a build that is never changed again
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        with told(file):
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found != version:
            raise OtherVersion(
                f"{file} 的格式是第 {found} 版，本程序认得第 {version} 版。请运行 duibiao build 重新建立。"
            )
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
            raise Busy(f"{file} 正被另一个命令写入，请稍后再试。") from error
        raise Unreadable(f"打不开 {file}（{error}）。请检查权限和磁盘空间。") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(
            f"{file} 已损坏（{error}）。文件未被改动；请从备份恢复，派生数据可用 duibiao build 重建。"
        ) from error


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
