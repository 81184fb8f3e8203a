"""The files that a document can be written as, for pages and commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indexer.formats.csv import to_csv
from indexer.formats.docx import to_docx
from indexer.formats.tables import Document
from indexer.formats.xlsx import to_xlsx

WRITERS: Mapping[str, Callable[[Document], bytes]] = {"csv": to_csv, "xlsx": to_xlsx, "docx": to_docx}
BINARY = ("xlsx", "docx")  # no terminal can show them
