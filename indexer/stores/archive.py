"""The archive: every page as it came, in all its versions. The one thing that cannot be made again.

A page is known by its key: the address it was fetched from, else its absolute path. Reading it again, better, is what
builds are for; here nothing is ever deleted or changed.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from indexer.domain.catalogue import Outcome, Version
from indexer.domain.page import RawPage, input_of
from indexer.errors import Damaged, NoIndex, NotFound, Skip, StoredSkip, Unreadable
from indexer.locale import say
from indexer.stores.sqlite import opened, opened_where_nobody_writes, told, transaction

_VERSION = 2
# sha256 of all that is known of a page: a byte that turned in an address or a date is as bad as one in its text
_SEAL = "CREATE TABLE IF NOT EXISTS seal (key TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS blob (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;   -- zlib
CREATE TABLE IF NOT EXISTS page (
  key TEXT PRIMARY KEY, report TEXT NOT NULL UNIQUE, file TEXT, url TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (
  key TEXT NOT NULL REFERENCES page (key), number INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES blob (sha256),
  name TEXT NOT NULL, charset TEXT, fetched_at TEXT, added_at TEXT NOT NULL,
  skip_code TEXT, skip_message TEXT,   -- why it held no report when it was added; null where it did
  PRIMARY KEY (key, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
  key TEXT PRIMARY KEY, at TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL
) WITHOUT ROWID;
{_SEAL}
"""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One page with the version that a build reads, and the names of all its versions."""

    report: str
    file: str | None
    page: RawPage
    versions: tuple[Version, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a page without its bytes: of its latest version that held a report, else its latest. (A page
    that became a soft 404 stays readable.)"""

    key: str
    report: str
    file: str | None
    url: str | None
    sha256: str
    name: str
    charset: str | None
    fetched_at: datetime | None
    versions: tuple[Version, ...]
    is_whole: bool = True  # False where what is known of it is not what was written

    @property
    def input(self) -> str:
        """sha256 of all that a reading of it goes by."""
        return input_of(self.sha256, self.name, self.url, self.charset, self.fetched_at)


class Archive:
    """``pages.sqlite``. Safe from several threads and processes: each call is one transaction."""

    def __init__(self, file: Path) -> None:
        try:
            if file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
                self._connection = opened_where_nobody_writes(file, _VERSION)
            else:
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._connection = opened(file, _SCHEMA, _VERSION, {1: _with_seals})
        except (OSError, sqlite3.OperationalError) as error:
            raise Unreadable("library.folder_unopened", folder=file.parent, problem=error) from error
        self._connection.text_factory = _text
        self._file = file

    def close(self) -> None:
        self._connection.close()

    def add(self, key: str, page: RawPage, file: str | None, skip: Skip | None) -> tuple[str, Outcome]:
        """Keep ``page``; the id of its report and what became of it. ``skip``: why it holds no report now."""
        with transaction(self._connection, self._file):
            self._connection.execute("DELETE FROM refused WHERE key = ?", (key,))
            report = self._known(key) or self._introduce(key, page, file)
            if not _is_sealed(self._connection, key):
                self._set_right(key, page, file)
            latest = self._connection.execute(
                "SELECT number, sha256 FROM version WHERE key = ? ORDER BY number DESC LIMIT 1", (key,)
            ).fetchone()
            told_before = self._had_report(key)
            if latest and latest[1] == page.sha256:
                self._mend(page)
                unchanged = self._note_reading(key, latest[0], skip)
            else:
                unchanged = False
                self._append(key, (latest[0] if latest else 0) + 1, page, skip)
            _seal(self._connection, key)
        if skip:
            return report, Outcome.SKIPPED
        if unchanged:
            return report, Outcome.UNCHANGED
        return report, Outcome.NEW_VERSION if told_before else Outcome.ADDED

    def take_over(self, other: Archive) -> Iterator[tuple[Outline, Outcome]]:
        """The pages of another machine's archive, all their versions as they were taken in there, without reading any
        again: of each its outline there, and what became of it here. Versions that are here already stay as they are.
        One that is damaged there is left out: SKIPPED."""
        for outline in list(other.outlines()):
            try:
                first = other.versions(outline.report)[0][1] if outline.is_whole else None
            except NoIndex:
                first = None
            yield outline, self._take(other, outline, first) if first is not None else Outcome.SKIPPED

    def _take(self, other: Archive, outline: Outline, first: RawPage) -> Outcome:
        key = outline.key
        theirs = other._connection.execute("SELECT * FROM version WHERE key = ? ORDER BY number", (key,)).fetchall()
        gone = other._connection.execute("SELECT * FROM refused WHERE key = ?", (key,)).fetchall()
        with transaction(self._connection, self._file):
            known = self._known(key)
            if known is None:
                self._introduce(key, first, outline.file)
            ours = dict(self._connection.execute("SELECT sha256, number FROM version WHERE key = ?", (key,)))
            fresh = [row[2:] for row in theirs if row[2] not in ours]  # from the sha256 on
            for number, row in enumerate(fresh, max(ours.values(), default=0) + 1):
                blob = (row[0], zlib.compress(other._bytes(row[0])))
                self._connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", blob)
                self._connection.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (key, number, *row))
            self._connection.executemany("INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?)", gone)
            _seal(self._connection, key)
            if not fresh:
                return Outcome.UNCHANGED
            if not self._had_report(key):
                return Outcome.SKIPPED
            return Outcome.ADDED if known is None else Outcome.NEW_VERSION

    def refuse(self, key: str, skip: Skip) -> None:
        """Remember an input that gave no bytes to keep (too large, not to be fetched)."""
        with transaction(self._connection, self._file):
            row = (key, _now(), skip.code, skip.recorded)
            self._connection.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?)", row)

    def refused(self, key: str) -> Skip | None:
        """Why ``key`` gave nothing to keep when last asked for; ``vanished``: its page is kept and was gone then.
        None where all was well."""
        with told(self._file):
            row = self._connection.execute("SELECT code, message FROM refused WHERE key = ?", (key,)).fetchone()
        return StoredSkip(*row) if row else None

    def keys(self) -> tuple[str, ...]:
        with told(self._file):
            return tuple(row[0] for row in self._connection.execute("SELECT key FROM page ORDER BY key"))

    def get(self, key: str) -> ArchivedPage:
        """As ``page`` gives it. Raises NotFound."""
        for outline in self._outlines("WHERE key = ?", key):
            return self.page(outline)
        raise NotFound("archive.no_key", key=key)

    def page(self, outline: Outline) -> ArchivedPage:
        """Raises NoIndex where the stored bytes are not what they were."""
        o = outline
        if not o.is_whole:
            raise Damaged("archive.record_damaged", file=self._file, key=o.key)
        with told(self._file):
            raw = RawPage(self._bytes(o.sha256), o.name, o.url, o.charset, o.fetched_at)
        return ArchivedPage(o.report, o.file, raw, o.versions, o.key)

    def outlines(self) -> Iterator[Outline]:
        """Every page without its bytes, in the order of their keys."""
        return self._outlines("")

    def report_of(self, key: str) -> str | None:
        """The id of the report of a page; None where it isn't kept."""
        with told(self._file):
            return self._known(key)

    def reports(self) -> frozenset[str]:
        """The ids of all reports that its pages are or were."""
        with told(self._file):
            return frozenset(row[0] for row in self._connection.execute("SELECT report FROM page"))

    def given(self, key: str) -> RawPage | None:
        """The page of ``key`` as ``get`` gives it; None where there is none, or a damaged one."""
        if self._known(key) is None:
            return None
        try:
            return self.get(key).page
        except NoIndex:
            return None

    def versions(self, report: str) -> list[tuple[Version, RawPage]]:
        """All versions of the page of ``report``, the oldest first. Raises NotFound, NoIndex."""
        page = self.of_report(report)
        with told(self._file):
            rows = self._connection.execute(
                "SELECT sha256, added_at, name, charset, fetched_at FROM version WHERE key = ? ORDER BY number",
                (page.key,),
            ).fetchall()
            return [
                (
                    Version(sha256, datetime.fromisoformat(added_at)),
                    RawPage(
                        self._bytes(sha256),
                        name,
                        page.page.url,
                        charset,
                        datetime.fromisoformat(fetched_at) if fetched_at else None,
                    ),
                )
                for sha256, added_at, name, charset, fetched_at in rows
            ]

    def of_report(self, report: str) -> ArchivedPage:
        """Raises NotFound."""
        with told(self._file):
            row = self._connection.execute("SELECT key FROM page WHERE report = ?", (report,)).fetchone()
        if row is None:
            raise NotFound("archive.no_report", report=report)
        return self.get(row[0])

    def damage(self) -> list[str]:
        """What is wrong with it, in sentences; empty where all is well. Reads everything."""
        with told(self._file):
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            hashes = [row[0] for row in self._connection.execute("SELECT sha256 FROM blob")]
        for sha256 in hashes:
            try:
                self._bytes(sha256)
            except NoIndex as error:
                found.append(str(error))
        with told(self._file):
            known = set(hashes)
            for key, sha256 in self._connection.execute("SELECT key, sha256 FROM version"):
                if sha256 not in known:
                    found.append(say("archive.no_page", key=key))
            ours = {row[0] for row in self._connection.execute("SELECT key FROM page")}
            orphaned = {row[0] for row in self._connection.execute("SELECT key FROM version")} - ours
            sealed = dict(self._connection.execute("SELECT key, digest FROM seal"))
            found += [say("archive.half_record", key=key) for key in sorted(orphaned | (sealed.keys() - ours))]
            changed = [key for key in sorted(ours) if sealed.get(key) != _digest(self._connection, key)]
            found += [say("archive.record_changed", key=key) for key in changed]
        return found

    def _outlines(self, which: str, *values: str) -> Iterator[Outline]:
        with told(self._file):
            pages = self._connection.execute(
                f"SELECT key, report, file, url FROM page {which} ORDER BY key", values
            ).fetchall()
            rows = self._connection.execute(
                "SELECT key, sha256, name, charset, fetched_at, added_at, skip_code FROM version"
                f" {which} ORDER BY key, number",
                values,
            ).fetchall()
        versions = {key: list(of_page) for key, of_page in groupby(rows, key=lambda row: row[0])}
        for key, report, file, url in pages:
            of_page = versions.get(key, [])
            try:
                sealed = not of_page or _is_sealed(self._connection, key)
            except sqlite3.OperationalError:  # an archive of an older program in a folder that may not be written to
                sealed = True
            if not of_page or not sealed:
                yield Outline(key, report, file, url, "", "", None, None, (), is_whole=False)
                continue
            _, sha256, name, charset, fetched, *_ = next((row for row in reversed(of_page) if not row[6]), of_page[-1])
            fetched_at = datetime.fromisoformat(fetched) if fetched else None
            told_ones = tuple(Version(row[1], datetime.fromisoformat(row[5])) for row in of_page)
            yield Outline(key, report, file, url, sha256, name, charset, fetched_at, told_ones)

    def _known(self, key: str) -> str | None:
        row = self._connection.execute("SELECT report FROM page WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _introduce(self, key: str, page: RawPage, file: str | None) -> str:
        """A name for a new page: of its bytes alone, so that the same page has the same name on every machine."""
        report = page.sha256[:12]
        if self._connection.execute("SELECT 1 FROM page WHERE report = ?", (report,)).fetchone():
            report = hashlib.sha256(page.data + key.encode()).hexdigest()[:12]
        self._connection.execute("INSERT INTO page VALUES (?, ?, ?, ?)", (key, report, file, page.url))
        return report

    def _had_report(self, key: str) -> bool:
        query = "SELECT 1 FROM version WHERE key = ? AND skip_code IS NULL"
        return self._connection.execute(query, (key,)).fetchone() is not None

    def _note_reading(self, key: str, number: int, skip: Skip | None) -> bool:
        """True where the page reads as it did; a better program may now read what it once skipped."""
        query = "SELECT skip_code FROM version WHERE key = ? AND number = ?"
        before = self._connection.execute(query, (key, number)).fetchone()[0]
        query = "UPDATE version SET skip_code = ?, skip_message = ? WHERE key = ? AND number = ?"
        self._connection.execute(query, (*_reason(skip), key, number))
        return (before is None) == (skip is None)

    def _append(self, key: str, number: int, page: RawPage, skip: Skip | None) -> None:
        blob = (page.sha256, zlib.compress(page.data))
        self._connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", blob)
        self._mend(page)
        fetched = page.fetched_at.isoformat() if page.fetched_at else None
        row = (key, number, page.sha256, page.name, page.charset, fetched, _now(), *_reason(skip))
        self._connection.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _set_right(self, key: str, page: RawPage, file: str | None) -> None:
        """What is known of a page is new, or not what was written: what can't be used of it goes."""
        self._connection.execute("UPDATE page SET file = ?, url = ? WHERE key = ?", (file, page.url, key))
        query = "SELECT number, sha256, added_at, fetched_at FROM version WHERE key = ?"
        for number, sha256, *times in self._connection.execute(query, (key,)).fetchall():
            kept = self._connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
            if kept is None or not all(map(_is_time, times)) or sha256 == page.sha256:
                self._connection.execute("DELETE FROM version WHERE key = ? AND number = ?", (key, number))

    def _mend(self, page: RawPage) -> None:
        """The bytes are here again: what is kept of them is written anew where it isn't what it was."""
        try:
            self._bytes(page.sha256)
        except NoIndex:
            row = (page.sha256, zlib.compress(page.data))
            self._connection.execute("INSERT OR REPLACE INTO blob VALUES (?, ?)", row)

    def _bytes(self, sha256: str) -> bytes:
        row = self._connection.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        try:
            data = zlib.decompress(row[0]) if row else b""
        except (zlib.error, TypeError):  # TypeError: a damaged cell may be of another type
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged("archive.page_damaged", file=self._file, sha256=sha256[:12])
        return data


def _text(raw: bytes) -> str:
    """A byte that turned must not keep a whole table from being read; the seal tells."""
    return raw.decode("utf-8", "replace")


def _is_time(text: object) -> bool:
    try:
        return text is None or bool(datetime.fromisoformat(str(text)))
    except ValueError:
        return False


def _digest(connection: sqlite3.Connection, key: str) -> str:
    rows = [*connection.execute("SELECT * FROM page WHERE key = ?", (key,))]
    rows += connection.execute("SELECT * FROM version WHERE key = ? ORDER BY number", (key,))
    return hashlib.sha256(repr(rows).encode("utf-8", "backslashreplace")).hexdigest()


def _is_sealed(connection: sqlite3.Connection, key: str) -> bool:
    row = connection.execute("SELECT digest FROM seal WHERE key = ?", (key,)).fetchone()
    return row is not None and row[0] == _digest(connection, key)


def _seal(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("INSERT OR REPLACE INTO seal VALUES (?, ?)", (key, _digest(connection, key)))


def _with_seals(connection: sqlite3.Connection) -> None:
    """Version 2 of an archive of version 1: what it holds now is taken for good."""
    connection.execute(_SEAL)
    for (key,) in connection.execute("SELECT key FROM page").fetchall():
        _seal(connection, key)


def _reason(skip: Skip | None) -> tuple[str | None, str | None]:
    return (skip.code, skip.recorded) if skip else (None, None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
