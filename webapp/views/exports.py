"""What a page shows, to be taken home: the same address with .csv, .xlsx, .docx or .json behind its path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from flask import Response, request

from indexer.errors import NotFound
from indexer.formats.csv import to_csv
from indexer.formats.docx import to_docx
from indexer.formats.tables import Document
from indexer.formats.xlsx import to_xlsx

_WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
FORMATS = tuple(_WRITERS)


def base() -> str:
    return request.host_url.rstrip("/")


def here() -> str:
    """The address of the page that is taken home, as one would open it."""
    path = request.path.rsplit(".", 1)[0]
    query = request.query_string.decode("utf-8", "replace")
    return f"{base()}{path}?{query}" if query else f"{base()}{path}"


def today() -> date:
    return date.today()


def answer(document: Document, format: str) -> Response:
    """Raises NotFound for a format that there isn't."""
    if format not in _WRITERS:
        raise NotFound(f"没有 .{format[:10]} 这种格式，可用：{'、'.join(FORMATS)}。")
    write, kind = _WRITERS[format]
    response = Response(write(document), content_type=kind)
    name = quote(f"{document.title}.{format}")
    response.headers["Content-Disposition"] = f"attachment; filename=\"duibiao.{format}\"; filename*=UTF-8''{name}"
    return response
