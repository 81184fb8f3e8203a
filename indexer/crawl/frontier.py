"""What is to be fetched, is being fetched, was: ``crawl.sqlite``. PENDING → LEASED → DONE, a transaction each.

A page is DONE in the same transaction that adds the links found on it, and only after it was kept. So a crawl that is
killed, whenever it is, loses nothing, and fetches again what it was fetching: that goes back to PENDING at the next
start. Only one process works on it (the lock of the WARC files).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.crawl.leases import KINDS, Found, Lease, Priority, Result
from indexer.crawl.robots import RobotsFile
from indexer.errors import Unreadable
from indexer.stores.sqlite import opened, told, transaction
from indexer.stores.warc import Capture

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS address (
  site TEXT NOT NULL, id TEXT NOT NULL,   -- canonical
  url TEXT NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL, depth INTEGER NOT NULL, hops INTEGER NOT NULL,
  parent TEXT,
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'LEASED', 'DONE')),
  priority INTEGER NOT NULL, seq INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
  run INTEGER, outcome TEXT, reason TEXT, status INTEGER, bytes INTEGER, fetched_at TEXT, requested_at TEXT,
  etag TEXT, last_modified TEXT, sha256 TEXT,
  capture_date TEXT, capture_record TEXT, capture_digest TEXT,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting ON address (state, site, host, priority, seq);
CREATE TABLE IF NOT EXISTS run (
  site TEXT NOT NULL, number INTEGER NOT NULL, patterns TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
  reason TEXT, PRIMARY KEY (site, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS robots (
  origin TEXT PRIMARY KEY, fetched_at TEXT NOT NULL, status INTEGER, body TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rest (host TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO counter VALUES ('seq', 0);
"""


class Frontier:
    """Safe from several threads of one process."""

    def __init__(self, file: Path) -> None:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = opened(file, _SCHEMA, _VERSION)
        except (OSError, sqlite3.OperationalError) as error:
            raise Unreadable("library.folder_unopened", folder=file.parent, problem=error) from error
        # Never more durable than the archive and the WARC files, which are flushed to disk before a step ends here.
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._file = file
        self._lock = threading.RLock()
        self._known: dict[str, int] = {}  # addresses by site

    def close(self) -> None:
        self._connection.close()

    # --- runs ---

    def resume(self) -> int:
        """What was being fetched when the process before ended, back to PENDING; how many."""
        with self._lock, transaction(self._connection, self._file):
            return self._connection.execute("UPDATE address SET state = 'PENDING' WHERE state = 'LEASED'").rowcount

    def begin(
        self,
        site: str,
        patterns: str,
        seeds: Sequence[Found],
        recheck_before: datetime,
        kind_of: Callable[[str, str], str | None],
    ) -> bool:
        """Starts a crawl of ``site``, or goes on with the one that wasn't finished (True). A new one asks again for all
        that is known: pages fetched after ``recheck_before`` and vanished ones only where a link leads to them.

        Where ``patterns`` changed, ``kind_of`` an address and its kind says what it is now; None: none of the site.
        """
        now = _now()
        with self._lock, transaction(self._connection, self._file):
            last = self._last_run(site)
            resumed = last is not None and last[1] is None and last[2] == patterns
            if not resumed:
                number = (last[0] if last else 0) + 1
                if last and last[1] is None:
                    self._end(site, last[0], "settings changed")
                self._connection.execute(
                    "INSERT INTO run (site, number, patterns, started_at) VALUES (?, ?, ?, ?)",
                    (site, number, patterns, now),
                )
                self._ask_again(site, recheck_before)
                if last and last[2] != patterns:
                    self._sort_anew(site, kind_of)
            for seed in seeds:
                self._insert(site, seed, None)
                self._connection.execute(
                    "UPDATE address SET kind = ?, depth = 0, priority = ? WHERE site = ? AND id = ?",
                    (seed.kind, KINDS["start"], site, seed.id),
                )
        return resumed

    def _sort_anew(self, site: str, kind_of: Callable[[str, str], str | None]) -> None:
        """Validators go too: a page that didn't change may have other links to follow now."""
        for id_, url, kind in self._connection.execute(
            "SELECT id, url, kind FROM address WHERE site = ?", (site,)
        ).fetchall():
            now = kind_of(url, kind)
            if now is None:
                self._connection.execute("DELETE FROM address WHERE site = ? AND id = ?", (site, id_))
            elif now != kind:
                values = (now, KINDS[now], site, id_)
                self._connection.execute("UPDATE address SET kind = ?, priority = ? WHERE site = ? AND id = ?", values)
        self._connection.execute(
            "UPDATE address SET etag = NULL, last_modified = NULL, sha256 = NULL WHERE site = ?", (site,)
        )
        self._known.pop(site, None)

    def _ask_again(self, site: str, recheck_before: datetime) -> None:
        before = recheck_before.isoformat()
        self._connection.execute(
            f"""UPDATE address SET state = 'PENDING', attempts = 0, not_before = 0, seq = {self._behind_all()},
              priority = CASE kind WHEN 'start' THEN {Priority.START:d} WHEN 'sitemap' THEN {Priority.START:d}
                WHEN 'list' THEN {Priority.LIST:d} ELSE {Priority.KNOWN:d} END
            WHERE site = ? AND state = 'DONE' AND outcome <> 'vanished'
              AND (kind IN ('start', 'sitemap', 'list') OR fetched_at IS NULL OR fetched_at < ?)""",
            (site, before),
        )

    def _behind_all(self) -> int:
        """A number above all others, so that what is left over from the crawl before comes first."""
        self._connection.execute("UPDATE counter SET value = value + 1 WHERE name = 'seq'")
        return int(self._connection.execute("SELECT value FROM counter WHERE name = 'seq'").fetchone()[0])

    def finish(self, site: str, reason: str) -> None:
        """Ends the crawl of ``site``. ``reason``: complete, max_pages, max_total_bytes, max_seconds, unreachable."""
        with self._lock, transaction(self._connection, self._file):
            last = self._last_run(site)
            if last is not None and last[1] is None:
                self._end(site, last[0], reason)

    def _end(self, site: str, number: int, reason: str) -> None:
        self._connection.execute(
            "UPDATE run SET finished_at = ?, reason = ? WHERE site = ? AND number = ?", (_now(), reason, site, number)
        )

    def _last_run(self, site: str) -> tuple[int, str | None, str] | None:
        row = self._connection.execute(
            "SELECT number, finished_at, patterns FROM run WHERE site = ? ORDER BY number DESC LIMIT 1", (site,)
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    # --- steps ---

    def lease(self, site: str, host: str, now: float) -> Lease | None:
        """The next address of ``site`` on ``host``; None where none may be fetched at ``now`` (time.time())."""
        with self._lock, transaction(self._connection, self._file):
            row = self._connection.execute(
                """SELECT id, url, kind, depth, hops, attempts, etag, last_modified, sha256,
                  capture_date, capture_record, capture_digest, fetched_at FROM address
                WHERE state = 'PENDING' AND site = ? AND host = ? AND not_before <= ? ORDER BY priority, seq LIMIT 1""",
                (site, host, now),
            ).fetchone()
            if row is None:
                return None
            self._connection.execute(
                "UPDATE address SET state = 'LEASED', attempts = attempts + 1 WHERE site = ? AND id = ?", (site, row[0])
            )
        capture = Capture(row[1], row[9], row[10], row[11]) if row[9] else None
        return Lease(
            site,
            row[0],
            row[1],
            host,
            row[2],
            row[3],
            row[4],
            row[5] + 1,
            row[6],
            row[7],
            row[8],
            capture,
            bool(row[12]),
        )

    def done(self, lease: Lease, result: Result, links: Iterable[Found] = (), most: int = 1_000_000) -> set[str]:
        """``lease`` is DONE and its ``links`` wait. Returns the hosts of the new ones. ``most`` addresses of a site are
        kept: a calendar has links without end."""
        capture = result.capture
        with self._lock, transaction(self._connection, self._file):
            run = self._last_run(lease.site)
            self._connection.execute(
                """UPDATE address SET state = 'DONE', run = ?, outcome = ?, reason = ?, status = ?, bytes = ?,
                  requested_at = ?, fetched_at = coalesce(?, fetched_at), capture_date = coalesce(?, capture_date),
                  capture_record = coalesce(?, capture_record), capture_digest = coalesce(?, capture_digest)
                WHERE site = ? AND id = ?""",
                (
                    *(run[0] if run else 0, result.outcome, result.reason, result.status, result.bytes, _now()),
                    *(result.fetched_at.isoformat() if result.fetched_at else None,),
                    *(capture.date if capture else None, capture.record if capture else None),
                    *(capture.payload_digest if capture else None, lease.site, lease.id),
                ),
            )
            # A failed answer says nothing of the page; one that says it is gone has it kept anew if it comes back.
            if result.fetched_at or result.outcome == "vanished":
                self._connection.execute(
                    "UPDATE address SET etag = ?, last_modified = ?, sha256 = ? WHERE site = ? AND id = ?",
                    (result.etag, result.last_modified, result.sha256, lease.site, lease.id),
                )
            room = most - self._counted(lease.site)
            hosts = set()
            for link in links:
                if room <= 0:
                    break
                if self._insert(lease.site, link, lease.url):
                    hosts.add(link.host)
                    room -= 1
            self._known[lease.site] = most - room
        return hosts

    def retry(self, lease: Lease, not_before: float, reason: str) -> None:
        """``lease`` back to PENDING, not before the time ``not_before`` (time.time())."""
        with self._lock, transaction(self._connection, self._file):
            self._connection.execute(
                "UPDATE address SET state = 'PENDING', not_before = ?, reason = ? WHERE site = ? AND id = ?",
                (not_before, reason, lease.site, lease.id),
            )

    def give_back(self, lease: Lease) -> None:
        """``lease`` wasn't asked for after all."""
        with self._lock, transaction(self._connection, self._file):
            self._connection.execute(
                "UPDATE address SET state = 'PENDING', attempts = attempts - 1 WHERE site = ? AND id = ?",
                (lease.site, lease.id),
            )

    def _insert(self, site: str, link: Found, parent: str | None) -> bool:
        """True where ``link`` waits now and didn't before. One that vanished waits again: somebody links to it."""
        seq = self._connection.execute("SELECT value FROM counter WHERE name = 'seq'").fetchone()[0] + 1
        added = self._connection.execute(
            """INSERT INTO address (site, id, url, host, kind, depth, hops, parent, state, priority, seq)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)
            ON CONFLICT (site, id) DO UPDATE SET state = 'PENDING', attempts = 0, not_before = 0
              WHERE state = 'DONE' AND outcome = 'vanished'
                AND run < (SELECT max(number) FROM run WHERE run.site = address.site)""",
            (site, link.id, link.url, link.host, link.kind, link.depth, link.hops, parent, KINDS[link.kind], seq),
        ).rowcount
        if added:
            self._connection.execute("UPDATE counter SET value = ? WHERE name = 'seq'", (seq,))
        return bool(added)

    # --- questions ---

    def hosts(self, site: str) -> set[str]:
        """With something waiting."""
        return {row[0] for row in self.rows("SELECT DISTINCT host FROM address WHERE state='PENDING' AND site=?", site)}

    def next_time(self, site: str, host: str) -> float | None:
        """When the next address of ``site`` on ``host`` may be fetched (time.time()); None where none waits."""
        query = "SELECT min(not_before) FROM address WHERE state = 'PENDING' AND site = ? AND host = ?"
        found = self.rows(query, site, host)[0][0]
        return None if found is None else float(found)

    def fetched(self, site: str) -> tuple[int, int]:
        """(pages, bytes) that the present crawl of ``site`` has asked for so far."""
        last = self._last_run(site)
        query = "SELECT count(*), coalesce(sum(bytes), 0) FROM address WHERE site=? AND run=? AND status IS NOT NULL"
        pages, size = self.rows(query, site, last[0] if last else 0)[0]
        return int(pages), int(size)

    def waiting(self, site: str) -> int:
        return int(self.rows("SELECT count(*) FROM address WHERE site = ? AND state <> 'DONE'", site)[0][0])

    def _counted(self, site: str) -> int:
        if site not in self._known:
            row = self._connection.execute("SELECT count(*) FROM address WHERE site = ?", (site,)).fetchone()
            self._known[site] = row[0]
        return self._known[site]

    def planned(self, site: str, recheck_before: datetime) -> dict[str, int]:
        """By kind, how many known addresses the next crawl of ``site`` would ask for."""
        query = """SELECT kind, count(*) FROM address WHERE site = ? AND (state <> 'DONE' OR (outcome <> 'vanished'
          AND (kind IN ('start', 'sitemap', 'list') OR fetched_at IS NULL OR fetched_at < ?))) GROUP BY kind"""
        return dict(self.rows(query, site, recheck_before.isoformat()))

    def rows(self, query: str, *values: object) -> list[Any]:
        """What an SQL ``query`` finds in the tables above."""
        with self._lock, told(self._file):
            return self._connection.execute(query, values).fetchall()

    # --- hosts ---

    def robots(self, origin: str) -> RobotsFile | None:
        rows = self.rows("SELECT fetched_at, status, body FROM robots WHERE origin = ?", origin)
        return RobotsFile(datetime.fromisoformat(rows[0][0]), rows[0][1], rows[0][2]) if rows else None

    def keep_robots(self, origin: str, file: RobotsFile) -> None:
        row = (origin, file.fetched_at.isoformat(), file.status, file.body)
        with self._lock, transaction(self._connection, self._file):
            self._connection.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", row)

    def rest(self, host: str, until: float) -> None:
        """``host`` asked not to be asked before ``until`` (time.time())."""
        with self._lock, transaction(self._connection, self._file):
            self._connection.execute("INSERT OR REPLACE INTO rest VALUES (?, ?)", (host, until))

    def rests_until(self, host: str) -> float:
        rows = self.rows("SELECT until FROM rest WHERE host = ?", host)
        return float(rows[0][0]) if rows else 0.0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
