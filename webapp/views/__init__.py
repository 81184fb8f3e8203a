"""One blueprint per kind of page: reads the address, asks the library, fills a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from flask import Response, after_this_request, current_app, has_request_context, request

from webapp.telemetry import note_unanswered
from webapp.urls import Address

if TYPE_CHECKING:
    from indexer.library import Library


def library() -> Library:
    """The library that this application was created with."""
    return cast("Library", current_app.extensions["library"])


def unanswered(question: str) -> None:
    """Notes a question that found nothing, where the operator asked for that."""
    log = current_app.extensions["unanswered"]
    note_unanswered(log, question)
    if log:
        not_kept()  # asked again, it is noted again


def not_kept() -> None:
    """Whatever is answered now is kept by nobody."""
    if has_request_context():

        @after_this_request
        def without_store(answer: Response) -> Response:
            answer.headers["Cache-Control"] = "no-store"
            return answer


def mine(address: Address) -> str:
    """我区: the zone that the reader pinned, from the address or else from the cookie that the page's script sets."""
    return address.value("mine") or unquote(request.cookies.get("mine", ""))[:60]
