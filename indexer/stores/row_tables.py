"""Passages, measures and figures as tables of the catalogue, indexed for what comparing asks (row_queries.py).

A comparison of four zones read their whole reports once: 1.8 to 3.3 s over 11,900 passages. From rows it takes a few
milliseconds (docs/comparison.md). ``place`` is the column that a row belongs to: the zone's label, or the id of a
report that hides its zone (Source.column). What is known of the report stands once, in ``source``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import groupby

from indexer.domain.report import Doubt
from indexer.domain.rows import FigureRow, MeasureRow, PassageRow, ReportRows, Source
from indexer.text.sayings import longest_holders

SCHEMA = """
CREATE TABLE source (
  n INTEGER PRIMARY KEY, report TEXT NOT NULL UNIQUE, place TEXT NOT NULL, title TEXT, zone TEXT,
  zone_status TEXT NOT NULL, zone_type TEXT, level TEXT, province TEXT, city TEXT, year INTEGER, plan_year INTEGER,
  period TEXT, guessed INTEGER NOT NULL, published_on TEXT, grade TEXT NOT NULL, flags TEXT NOT NULL, url TEXT,
  digest INTEGER NOT NULL, industries TEXT NOT NULL
);
CREATE TABLE passage (
  n INTEGER PRIMARY KEY, source INTEGER NOT NULL, seq INTEGER NOT NULL, place TEXT NOT NULL, status TEXT NOT NULL,
  year INTEGER, year_basis TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, telling REAL NOT NULL,
  saying INTEGER, -- the row of the same place that holds all it says, its own where no other does
  themes TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passage_theme (
  theme TEXT NOT NULL, place TEXT NOT NULL, passage INTEGER NOT NULL, source INTEGER NOT NULL, year INTEGER,
  status TEXT NOT NULL, rank INTEGER NOT NULL, -- 0: the passage's strongest theme
  strength REAL NOT NULL,
  PRIMARY KEY (theme, place, passage) -- in front: else integrity_check of SQLite 3.40 sees NULLs that aren't there
) WITHOUT ROWID;
CREATE TABLE measure (
  n INTEGER PRIMARY KEY, source INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, place TEXT NOT NULL,
  practice TEXT, theme TEXT, status TEXT NOT NULL, year INTEGER, year_basis TEXT,
  first INTEGER NOT NULL, last INTEGER NOT NULL, telling REAL NOT NULL,
  saying INTEGER, -- as a passage's
  figures TEXT NOT NULL, -- their numbers in the passage, "0 2"
  text TEXT NOT NULL
);
CREATE TABLE figure (
  n INTEGER PRIMARY KEY, source INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, place TEXT NOT NULL,
  status TEXT NOT NULL, about INTEGER, -- the year of the value, the passage's where the figure itself has none
  indicator TEXT, value REAL, unit TEXT NOT NULL, change REAL, rank TEXT, scope TEXT, period TEXT, mask TEXT,
  first INTEGER NOT NULL, last INTEGER NOT NULL, phrase TEXT, kind TEXT NOT NULL, role TEXT NOT NULL, year INTEGER,
  period_kind TEXT, hedge TEXT, doubt TEXT, text TEXT NOT NULL, sentence TEXT NOT NULL
);
-- figures of no indicator, by the indicators whose names their phrase holds
CREATE TABLE figure_near (
  indicator TEXT NOT NULL, figure INTEGER NOT NULL, PRIMARY KEY (indicator, figure)
) WITHOUT ROWID;
"""
# Made when all rows are in: 100,000 passages are stored in two thirds of the time
_INDEXES = """
CREATE INDEX source_place ON source (place);
CREATE INDEX passage_place ON passage (place);
CREATE INDEX measure_theme ON measure (theme, place, year, practice, status);
CREATE INDEX measure_practice ON measure (practice, place, year, status, source, seq);
CREATE INDEX measure_place ON measure (place, practice, year, status, telling, theme);
CREATE INDEX figure_indicator ON figure (indicator, place, about);
CREATE INDEX figure_place ON figure (place, about);
CREATE INDEX figure_seq ON figure (source, seq, number);
"""
_STOCK = 4  # columns that print a sentence to the letter: then it is a stock phrase, and tells of none of them
_STOCK_WORTH = 0.3


def write(connection: sqlite3.Connection, rows: ReportRows) -> None:
    """The rows of one report; call it in a transaction."""
    place = rows.source.column
    n = connection.execute(f"INSERT INTO source VALUES ({marks(20)})", _source_cells(rows.source)).lastrowid
    assert n is not None
    for passage in rows.passages:
        _write_passage(connection, n, place, passage)
    connection.executemany(
        f"INSERT INTO measure VALUES ({marks(16)})", (_measure_cells(n, place, one) for one in rows.measures)
    )
    for figure in rows.figures:
        inserted = connection.execute(f"INSERT INTO figure VALUES ({marks(26)})", _figure_cells(n, place, figure))
        near = ((indicator, inserted.lastrowid) for indicator in figure.near)
        connection.executemany("INSERT INTO figure_near VALUES (?, ?)", near)


def index(connection: sqlite3.Connection) -> None:
    """Once all rows are in; call it in the same transaction."""
    for statement in filter(str.strip, _INDEXES.split(";")):
        connection.execute(statement)
    connection.execute(
        "UPDATE measure SET telling = telling * ? WHERE text IN "
        "(SELECT text FROM measure GROUP BY text HAVING count(DISTINCT place) >= ?)",
        (_STOCK_WORTH, _STOCK),
    )
    for table in ("measure", "passage"):
        _write_sayings(connection, table)
    connection.execute("ANALYZE")


def _write_sayings(connection: sqlite3.Connection, table: str) -> None:
    rows = connection.execute(f"SELECT place, n, text FROM {table} ORDER BY place, n")
    for _, of_place in groupby(rows.fetchall(), key=lambda row: row[0]):
        numbers, texts = zip(*((n, text) for _, n, text in of_place), strict=True)
        connection.executemany(
            f"UPDATE {table} SET saying = ? WHERE n = ?",
            ((numbers[holder], n) for n, holder in zip(numbers, longest_holders(texts), strict=True)),
        )


def doubt(connection: sqlite3.Connection, figures: Iterable[FigureRow], why: Doubt) -> None:
    connection.executemany(
        "UPDATE figure SET doubt = ? WHERE source = (SELECT n FROM source WHERE report = ?) AND seq = ? AND number = ?",
        ((why.value, one.source.id, one.seq, one.number) for one in figures),
    )


def _write_passage(connection: sqlite3.Connection, source: int, place: str, row: PassageRow) -> None:
    themes = json.dumps(list(zip(row.themes, row.strengths, strict=True)), ensure_ascii=False)
    cells = (None, source, row.seq, place, row.status.value, row.year, row.year_basis, row.span.start, row.span.end)
    n = connection.execute(
        f"INSERT INTO passage VALUES ({marks(13)})", (*cells, row.telling, None, themes, row.text)
    ).lastrowid
    ranked = enumerate(zip(row.themes, row.strengths, strict=True))
    connection.executemany(
        f"INSERT OR IGNORE INTO passage_theme VALUES ({marks(8)})",  # the strongest of a theme that is named twice
        ((theme, place, n, source, row.year, row.status.value, rank, worth) for rank, (theme, worth) in ranked),
    )


def _source_cells(one: Source) -> tuple[object, ...]:
    published = one.published_on.isoformat() if one.published_on else None
    return (
        *(None, one.id, one.column, one.title, one.zone, one.zone_status.value, one.zone_type, one.level, one.province),
        *(one.city, one.year, one.plan_year, one.period, one.guessed, published, one.grade.value),
        *(" ".join(one.flags), one.url, one.digest, " ".join(one.industries)),
    )


def _measure_cells(source: int, place: str, row: MeasureRow) -> tuple[object, ...]:
    return (
        *(None, source, row.seq, row.number, place, row.practice, row.theme, row.status.value, row.year),
        *(row.year_basis, row.span.start, row.span.end, row.telling, None),
        " ".join(map(str, row.figure_numbers)),
        row.text,
    )


def _figure_cells(source: int, place: str, row: FigureRow) -> tuple[object, ...]:
    figure = row.figure
    return (
        *(None, source, row.seq, row.number, place, row.status.value, row.year, figure.indicator, figure.value),
        *(figure.unit, figure.change, figure.rank, figure.scope, figure.period, figure.mask, figure.span.start),
        *(figure.span.end, figure.phrase, figure.kind.value, figure.role.value, figure.year),
        *(figure.period_kind.value if figure.period_kind else None, figure.hedge),
        *(figure.doubt.value if figure.doubt else None, row.text, row.sentence),
    )


def marks(count: int) -> str:
    return ", ".join("?" * count)
