"""Passages, measures and figures as tables of the catalogue, indexed for what comparing asks (row_queries.py).

A comparison of four zones read their whole reports once: 1.8 to 3.3 s over 11,900 passages. From rows it takes a few
milliseconds (docs/comparison.md). ``place`` is the column that a row belongs to: the zone's label, or the id of a
report that hides its zone (Source.column). What is known of the report stands once, in ``source``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
  year INTEGER, year_basis TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, themes TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passage_theme (
  theme TEXT NOT NULL, place TEXT NOT NULL, passage INTEGER NOT NULL, source INTEGER NOT NULL, year INTEGER,
  status TEXT NOT NULL, rank INTEGER NOT NULL, -- 0: the passage's strongest theme
  strength REAL NOT NULL, alone INTEGER NOT NULL, telling REAL NOT NULL,
  saying INTEGER, -- the passage of the same theme and place that says all of it, its own number where no other does
  PRIMARY KEY (theme, place, passage) -- in front: else integrity_check of SQLite 3.40 sees NULLs that aren't there
) WITHOUT ROWID;
CREATE TABLE measure (
  n INTEGER PRIMARY KEY, source INTEGER NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, place TEXT NOT NULL,
  practice TEXT, theme TEXT, status TEXT NOT NULL, year INTEGER, year_basis TEXT,
  first INTEGER NOT NULL, last INTEGER NOT NULL, telling REAL NOT NULL,
  saying INTEGER, -- as in passage_theme
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
    measures = connection.execute("SELECT place, n, text FROM measure ORDER BY place").fetchall()
    for _, of_place in groupby(measures, key=lambda row: row[0]):
        connection.executemany(
            "UPDATE measure SET saying = ? WHERE n = ?", _sayings([(n, text) for _, n, text in of_place])
        )
    passages = connection.execute("SELECT place, n, first, themes, text FROM passage ORDER BY place").fetchall()
    for place, of_place in groupby(passages, key=lambda row: row[0]):
        for theme, told in _by_theme(of_place).items():
            connection.executemany(
                "UPDATE passage_theme SET saying = ? WHERE passage = ? AND theme = ? AND place = ?",
                ((saying, n, theme, place) for saying, n in _sayings(told)),
            )
    connection.execute("ANALYZE")


def _by_theme(passages: Iterable[tuple[str, int, int, str, str]]) -> dict[str, list[tuple[int, str]]]:
    """Of each theme the passages on it, by number, with what they say of it."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _, n, start, themes, text in passages:
        for theme, _, _, first, last in json.loads(themes):
            found[theme].append((n, text if first is None else text[first - start : last - start]))
    return found


def _sayings(texts: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """(number of the one that says it all, number) for each."""
    held = zip(longest_holders([text for _, text in texts]), texts, strict=True)
    return [(texts[holder][0], n) for holder, (n, _) in held]


def doubt(connection: sqlite3.Connection, figures: Iterable[FigureRow], why: Doubt) -> None:
    connection.executemany(
        "UPDATE figure SET doubt = ? WHERE source = (SELECT n FROM source WHERE report = ?) AND seq = ? AND number = ?",
        ((why.value, one.source.id, one.seq, one.number) for one in figures),
    )


def _write_passage(connection: sqlite3.Connection, source: int, place: str, row: PassageRow) -> None:
    spans = [(span.start, span.end) if span else (None, None) for span in row.theme_spans]
    told = list(zip(row.themes, row.strengths, row.telling, spans, strict=True))
    themes = json.dumps([(*one, *span) for *one, span in told], ensure_ascii=False)
    cells = (None, source, row.seq, place, row.status.value, row.year, row.year_basis, row.span.start, row.span.end)
    n = connection.execute(f"INSERT INTO passage VALUES ({marks(11)})", (*cells, themes, row.text)).lastrowid
    connection.executemany(
        f"INSERT INTO passage_theme VALUES ({marks(11)})",
        (
            (theme, place, n, source, row.year, row.status.value, rank, strength, first is not None, worth, None)
            for rank, (theme, strength, worth, (first, _)) in enumerate(told)
        ),
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
