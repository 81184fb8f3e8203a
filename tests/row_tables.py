"""Rows of reports in tables of their own, asked as those of a catalogue are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from indexer.domain.rows import ReportRows
from indexer.stores import row_tables
from indexer.stores.row_queries import RowTables


def tables_of(rows: Iterable[ReportRows]) -> RowTables:
    connection = sqlite3.connect(":memory:")
    connection.executescript(row_tables.SCHEMA)
    for one in rows:
        row_tables.write(connection, one)
    row_tables.index(connection)

    def query(statement: str, *values: object) -> list[Any]:
        return connection.execute(statement, values).fetchall()

    return RowTables(query)
