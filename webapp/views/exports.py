"""What a page shows, to be taken home: the same address with .csv, .xlsx, .docx or .json behind its path."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from flask import Response, request

from indexer.errors import NotFound
from indexer.formats.files import WRITERS
from indexer.formats.tables import Document
from indexer.locale import listed

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def base() -> str:
    """Of every absolute address that we write: scheme, host and the path under which we are served."""
    return request.url_root.rstrip("/")


def here() -> str:
    """The address of the page that is taken home, as one would open it."""
    path = request.path.rsplit(".", 1)[0]
    query = request.query_string.decode("utf-8", "replace")
    return f"{base()}{path}?{query}" if query else f"{base()}{path}"


def today() -> date:
    return date.today()


def answer(document: Document, format: str) -> Response:
    """Raises NotFound for a format that there isn't."""
    if format not in WRITERS:
        raise NotFound("page.export.no_format", format=format[:10], formats=listed(WRITERS))
    response = Response(WRITERS[format](document), content_type=_KINDS[format])
    name = quote(f"{document.title}.{format}")
    response.headers["Content-Disposition"] = f"attachment; filename=\"duibiao.{format}\"; filename*=UTF-8''{name}"
    return response
