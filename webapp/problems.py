"""Errors as programs get them: problem+json (RFC 9457).

``code`` is stable: the key of the catalogue's sentence where a question is at fault (``query.too_long``), else a word
for the status, or for why the library can't be asked (``damaged``). ``type`` leads to the explanation of the class on
the page /api. ``error`` and ``message`` are title and detail under the names they had before.
"""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, request
from msgspec import json

from indexer.errors import DuibiaoError, NoIndex
from indexer.locale import say

KIND = "application/problem+json"
STATUSES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    500: "broken",
    503: "unavailable",
}
# codes of an error.NoIndex: the library can't be asked
UNUSABLE = (NoIndex.code, *(kind.code for kind in NoIndex.__subclasses__()))
CLASSES = (*STATUSES.values(), *UNUSABLE)


def wanted() -> bool:
    """Whether a program asks: of the API, for a .json twin or a feed, for the health of the server."""
    return for_programs(request.path)


def for_programs(path: str) -> bool:
    """``path`` with or without the base path under which we are served."""
    return "/api/" in path or path.endswith(("/healthz", ".json", ".atom"))


def code_of(error: DuibiaoError) -> str:
    return error.key


def parameter_of(error: DuibiaoError) -> str | None:
    """The parameter at fault, where the error says: ``raise BadQuery("query.year_unreadable", parameter="year")``."""
    parameter = error.values.get("parameter")
    return str(parameter) if parameter else None


def body(
    status: int, title: str, detail: str, code: str | None = None, parameter: str | None = None, *, root: str = ""
) -> dict[str, Any]:
    """``root``: the address of the server, without / behind."""
    kind = code if code in UNUSABLE else STATUSES.get(status, "bad_request")
    told: dict[str, Any] = {
        "type": f"{root}/api#problem-{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code or kind,
    }
    if parameter:
        told["parameter"] = parameter
    return told | {"error": title, "message": detail}


def problem(
    status: int, title: str, detail: str, code: str | None = None, parameter: str | None = None, *, root: str
) -> Response:
    """``parameter``: which one of the request is at fault, where that is known."""
    answer = make_response(json.encode(body(status, title, detail, code, parameter, root=root)), status)
    answer.content_type = KIND
    return answer


def plain(status: int, detail: str) -> bytes:
    """Of an answer that no page made: nobody is there to say it in another language."""
    known = status if status in STATUSES and status != 413 else "other"
    return json.encode(body(status, say(f"page.refused.{known}"), detail))


def schema() -> dict[str, Any]:
    """Of such an answer, for the API's description."""
    text = {"type": "string"}
    return {
        "title": "Problem",
        "description": "RFC 9457; `error` and `message` repeat `title` and `detail`.",
        "type": "object",
        "properties": {
            "type": text | {"format": "uri-reference"},
            "title": text,
            "status": {"type": "integer", "enum": sorted(STATUSES)},
            "detail": text,
            "code": text,
            "parameter": text,
            "error": text,
            "message": text,
        },
        "required": ["type", "title", "status", "detail", "code", "error", "message"],
    }
