"""The catalogue of one build: what was read of every report. Written once, then only read."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import Cluster, DifferingFigure, Latest, Stats, StoredReport, TakenIn
from indexer.domain.report import Doubt
from indexer.domain.rows import FigureRow, ReportRows, zone_label
from indexer.errors import Damaged, NotFound
from indexer.formats.json import cluster_json
from indexer.stores import row_tables
from indexer.stores.row_queries import RowTables
from indexer.stores.sqlite import opened, opened_to_read, told, transaction

_VERSION = 9
_KEPT = 64  # reports; a second look asks for the same few
_CARDS_KEPT = 4_096  # a kilobyte each
_SCHEMA = """
CREATE TABLE report (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, witness TEXT NOT NULL,
  zone TEXT, zone_status TEXT NOT NULL, zone_type TEXT, province TEXT,
  year INTEGER, plan_year INTEGER, published_on TEXT, grade TEXT NOT NULL, flags TEXT NOT NULL,
  passages INTEGER NOT NULL, figures INTEGER NOT NULL, title TEXT, url TEXT, file TEXT,
  taken_in TEXT, renewed TEXT  -- its first version and its last one
) WITHOUT ROWID;
-- apart from the report's facts: SQLite reads the whole row to look up a foreign key, and with the payload in it every
-- note cost a look at megabytes (a report of 1 MB took 8.7 s to store)
CREATE TABLE stored (
  report TEXT PRIMARY KEY REFERENCES report (id),
  payload BLOB NOT NULL,  -- StoredReport as msgspec writes it: 134 KB are decoded in .3 ms, the JSON of `show` in 5
  digest TEXT NOT NULL    -- sha256 of it: the next build takes nothing over that isn't what it was
);
CREATE INDEX report_zone ON report (zone);
-- what a page of results shows of it: apart from the payloads, among which twenty of them take .6 ms to find, not .05
CREATE TABLE card (report TEXT PRIMARY KEY REFERENCES report (id), payload BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE noted (
  report TEXT NOT NULL REFERENCES report (id), seq INTEGER NOT NULL,
  payload BLOB NOT NULL,  -- figures, masks and laundered words of a passage that has any
  PRIMARY KEY (report, seq)
) WITHOUT ROWID;
CREATE TABLE cluster (witness TEXT PRIMARY KEY REFERENCES report (id), payload TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE skipped (key TEXT PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_TABLES = _SCHEMA + row_tables.SCHEMA


class Catalogue:
    """``catalogue.sqlite``. Any thread may ask; one at a time reaches the file."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection
        self._lock = threading.Lock()
        self._kept = lru_cache(maxsize=_KEPT)(self._load)
        self._cards: dict[str, ReportCard] = {}
        self.rows = RowTables(self._rows)

    @classmethod
    def new(cls, file: Path) -> Catalogue:
        return cls(file, opened(file, _TABLES, _VERSION))

    @classmethod
    def finished(cls, file: Path) -> Catalogue:
        """Raises NoIndex."""
        return cls(file, opened_to_read(file, _VERSION))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def save_all(
        self, reports: Iterable[StoredReport], rows_of: Callable[[StoredReport], ReportRows] | None = None
    ) -> None:
        """``rows_of``: what comparing asks of a report; of canonical copies only."""
        with self._lock, transaction(self._connection, self._file):
            for position, stored in enumerate(reports):
                self._connection.execute(f"INSERT INTO report VALUES ({_places(19)})", _row(position, stored))
                payload = _encode(stored)
                digest = hashlib.sha256(payload).hexdigest()
                self._connection.execute("INSERT INTO stored VALUES (?, ?, ?)", (stored.id, payload, digest))
                card = (stored.id, _encode(ReportCard.of(stored)))
                self._connection.execute("INSERT INTO card VALUES (?, ?)", card)
                self._connection.executemany("INSERT INTO noted VALUES (?, ?, ?)", _noted(stored))
                if rows_of is not None and stored.id == (stored.witness or stored.id):
                    row_tables.write(self._connection, rows_of(stored))
            row_tables.index(self._connection)

    def doubt(self, figures: Iterable[FigureRow], why: Doubt) -> None:
        """Marks rows of figures as doubtful; call it before the catalogue is finished."""
        with self._lock, transaction(self._connection, self._file):
            row_tables.doubt(self._connection, figures, why)

    def save_clusters(self, clusters: Iterable[Cluster]) -> None:
        with self._lock, transaction(self._connection, self._file):
            rows = [(one.witness, json.dumps(cluster_json(one), ensure_ascii=False)) for one in clusters]
            self._connection.executemany("INSERT INTO cluster VALUES (?, ?)", rows)

    def finish(self, skipped: Iterable[tuple[str, str, str]], built_at: datetime) -> None:
        """The last write: what was skipped (key, code, message), and when. Leaves one file, no journal beside it."""
        with self._lock:
            with transaction(self._connection, self._file):
                self._connection.executemany("INSERT INTO skipped VALUES (?, ?, ?)", skipped)
                self._connection.execute("INSERT INTO fact VALUES ('built_at', ?)", (built_at.isoformat(),))
            with told(self._file):
                self._connection.execute("PRAGMA journal_mode = DELETE")

    def get(self, report: str) -> StoredReport:
        """Raises NotFound."""
        return self._kept(report)

    def _load(self, report: str) -> StoredReport:
        rows = self._rows("SELECT payload FROM stored WHERE report = ?", report)
        if not rows:
            raise _not_found(report)
        with self._readable():
            return _decode(rows[0][0])

    def passages(self, reports: Collection[str]) -> int:
        """How many passages these reports have together."""
        counts = dict(self._rows("SELECT id, passages FROM report"))
        return sum(counts[report] for report in reports)

    def reports(self) -> frozenset[str]:
        """The ids of all."""
        return frozenset(row[0] for row in self._rows("SELECT id FROM report"))

    def witness_digests(self) -> dict[str, str]:
        """Id of each best copy → sha256 of all that is stored of it."""
        return dict(self._rows("SELECT id, digest FROM report JOIN stored ON report = id WHERE id = witness"))

    def cards(self, asked: Mapping[str, Collection[int]]) -> dict[str, ReportCard]:
        """The cards of reports (id → seqs of the passages whose notes are wanted too), in one look. Raises NotFound."""
        cards = self._cards_of(asked)
        passages = [(report, seq) for report, seqs in asked.items() for seq in seqs]
        pairs = ", ".join(["(?, ?)"] * len(passages))
        notes: dict[str, dict[int, PassageNotes]] = {report: {} for report in asked}
        with self._readable():
            if passages:
                # CROSS JOIN keeps its order: written with IN, SQLite reads all 100,000 notes, 12 ms a page
                query = f"WITH asked (report, seq) AS (VALUES {pairs}) SELECT * FROM asked CROSS JOIN noted"
                query += " USING (report, seq)"
                for report, seq, payload in self._rows(query, *chain.from_iterable(passages)):
                    notes[report][seq] = _decode_notes(payload)
            return {
                report: cards[report].with_notes(notes[report]) if notes[report] else cards[report]
                for report in sorted(notes)
            }

    def _cards_of(self, reports: Collection[str]) -> dict[str, ReportCard]:
        """Without notes; kept, for pages of results show the same few thousand reports."""
        cards = {report: card for report in reports if (card := self._cards.get(report)) is not None}
        wanted = [report for report in reports if report not in cards]
        if not wanted:
            return cards
        found = self._rows(f"SELECT report, payload FROM card WHERE report IN ({_places(len(wanted))})", *wanted)
        if len(found) < len(wanted):
            raise _not_found(next(iter(set(wanted) - {row[0] for row in found})))
        if len(self._cards) > _CARDS_KEPT:
            self._cards.clear()
        with self._readable():
            for report, payload in found:
                cards[report] = self._cards[report] = _decode_card(payload)
        return cards

    def all(self) -> Iterator[StoredReport]:
        for (report,) in self._rows("SELECT id FROM report ORDER BY position"):
            yield self.get(report)

    def witnesses(self, zone: str) -> tuple[StoredReport, ...]:
        """The best copies of the reports of a zone, by its label (short name, or 未具名高新区)."""
        query = "SELECT id FROM report WHERE id = witness AND zone = ? ORDER BY position"
        return tuple(self.get(row[0]) for row in self._rows(query, zone))

    def zones(self) -> tuple[tuple[str, int], ...]:
        """(label, how many reports) of the best copies, most reports first."""
        query = (
            "SELECT zone, count(*) FROM report WHERE id = witness AND zone IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return tuple((row[0], row[1]) for row in self._rows(query))

    def newest(self, limit: int) -> tuple[Latest, ...]:
        """The canonical copies that were taken in last; of one day, those that were published last."""
        query = "SELECT id, title, substr(taken_in, 1, 10) AS day, published_on FROM report WHERE id = witness"
        rows = self._rows(f"{query} ORDER BY day DESC, published_on DESC, id LIMIT ?", limit)  # NULL comes last
        return tuple(Latest(id, title, _day(taken_in), _day(published)) for id, title, taken_in, published in rows)

    def taken_in(self) -> dict[str, TakenIn]:
        """Canonical copy → when it was taken in; those of which that isn't known are left out."""
        query = "SELECT id, taken_in, renewed FROM report WHERE id = witness AND taken_in IS NOT NULL ORDER BY id"
        rows = self._rows(query)
        with self._readable():
            return {id: TakenIn(datetime.fromisoformat(a), datetime.fromisoformat(b)) for id, a, b in rows}

    def clusters(self) -> tuple[Cluster, ...]:
        told_ones = [json.loads(row[0]) for row in self._rows("SELECT payload FROM cluster ORDER BY witness")]
        return tuple(
            Cluster(
                witness=one["witness"],
                reports=tuple(one["reports"]),
                differing=tuple(DifferingFigure(each["context"], dict(each["values"])) for each in one["differing"]),
            )
            for one in told_ones
        )

    def skipped(self) -> tuple[tuple[str, str, str], ...]:
        """(key, code, message) of the pages that hold no report."""
        return tuple((r[0], r[1], r[2]) for r in self._rows("SELECT key, code, message FROM skipped ORDER BY key"))

    def stats(self) -> Stats:
        passages, figures, reports, zones = self._rows(
            "SELECT coalesce(sum(passages), 0), coalesce(sum(figures), 0), count(*), count(DISTINCT zone) FROM report"
        )[0]
        flags = Counter(flag for (told_flags,) in self._rows("SELECT flags FROM report") for flag in told_flags.split())
        built_at = self._rows("SELECT value FROM fact WHERE name = 'built_at'")
        return Stats(
            reports=reports,
            passages=passages,
            figures=figures,
            skipped=self._rows("SELECT count(*) FROM skipped")[0][0],
            zones=zones,
            years=tuple(
                (r[0], r[1]) for r in self._rows("SELECT year, count(*) FROM report GROUP BY 1 ORDER BY 1 DESC")
            ),
            grades=tuple((r[0], r[1]) for r in self._rows("SELECT grade, count(*) FROM report GROUP BY 1 ORDER BY 1")),
            flags=tuple(sorted(flags.items(), key=lambda one: (-one[1], one[0]))),
            built_at=datetime.fromisoformat(built_at[0][0]) if built_at else None,
        )

    def damage(self) -> list[str]:
        """What SQLite finds wrong, in sentences; empty where all is well."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock, told(self._file):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, KeyError, TypeError, msgspec.DecodeError) as error:
            raise Damaged("build.report_unreadable", file=self._file, problem=error) from error


def _not_found(report: str) -> NotFound:
    return NotFound("archive.no_report", report=report)


def _places(count: int) -> str:
    return ", ".join("?" * count)


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(StoredReport).decode
_decode_card = msgspec.json.Decoder(ReportCard).decode
_decode_notes = msgspec.json.Decoder(PassageNotes).decode


def _row(position: int, stored: StoredReport) -> tuple[object, ...]:
    report, added = stored.report, [one.added_at for one in stored.versions]
    return (
        stored.id,
        position,
        stored.witness or stored.id,
        zone_label(report.zone),
        report.zone.status.value,
        report.zone.type,
        report.zone.province,
        report.years.report,
        report.years.plan,
        report.published_on.isoformat() if report.published_on else None,
        report.quality.grade.value,
        " ".join(report.quality.flags),
        len(report.passages),
        sum(len(one.figures) for one in report.passages),
        report.title,
        report.url,
        stored.file,
        *((min(added).isoformat(), max(added).isoformat()) if added else (None, None)),
    )


def _noted(stored: StoredReport) -> Iterator[tuple[str, int, bytes]]:
    for passage in stored.report.passages:
        if notes := PassageNotes.of(stored.report, passage):
            yield stored.id, passage.seq, _encode(notes)
