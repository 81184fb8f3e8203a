"""A document as CSV: UTF-8 with BOM, as Excel wants it, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

from indexer.formats.tables import Document, Value

# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, CSV injection); a plain number may begin so.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(document: Document) -> bytes:
    """All tables below each other, then the sources and the notes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for table in (*document.tables, document.sources):
        if not table.rows:
            continue
        if table is not document.tables[0]:
            writer.writerow([])
            writer.writerow([harmless(table.title)])
        writer.writerow([harmless(head) for head in table.heads])
        writer.writerows([harmless(value) for value in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([harmless(line)] for line in document.closing_lines)
    return out.getvalue().encode("utf-8-sig")


def harmless(value: Value) -> str | float | int:
    """Text that begins like a formula gets an apostrophe in front, which spreadsheets don't show."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return value
