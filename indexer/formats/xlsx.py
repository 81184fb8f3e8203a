"""A document as an Excel workbook, through XlsxWriter: no text becomes a formula or a link."""

from __future__ import annotations

import io
import re

import xlsxwriter

from indexer.formats.tables import Document, Table
from indexer.formats.xml_text import xml_text
from indexer.locale import say

_WIDE = 48  # characters of a column at most; text wraps
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet


def to_xlsx(document: Document) -> bytes:
    """A sheet a table with a frozen head, then the sources (出处) and the notes (说明)."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for table in (*document.tables, document.sources):
            if table.rows:
                _sheet(book, _name(table.title, names), table, head, body)
        notes = book.add_worksheet(_name(say("format.export.notes"), names))
        notes.set_column(0, 0, 100)
        for row, line in enumerate((document.title, *document.closing_lines)):
            notes.write_string(row, 0, _clean(line), body)
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    table: Table,
    head: xlsxwriter.format.Format,
    body: xlsxwriter.format.Format,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for column, text in enumerate(table.heads):
        sheet.write_string(0, column, _clean(text), head)
        longest = max([len(text), *(_longest(row[column]) for row in table.rows)])
        sheet.set_column(column, column, min(_WIDE, 2 + 2 * longest))
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, _clean(value), body)
            elif value is not None:
                sheet.write_number(number, column, value, body)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _longest(value: object) -> int:
    return max((len(line) for line in str(value if value is not None else "").split("\n")), default=0)


def _clean(text: str) -> str:
    return xml_text(text)[:32_767]  # the most that a cell holds


def _name(title: str, taken: set[str]) -> str:
    """Of a sheet: at most 31 characters, none forbidden, none twice."""
    plain = _FORBIDDEN.sub(" ", _clean(title)).strip("' ")[:28] or say("format.export.sheet")
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain} {number}", number + 1
    taken.add(name)
    return name
