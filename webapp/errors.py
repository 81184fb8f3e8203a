"""What goes wrong, said with what to do next: as a page, or as JSON under /api/.

Readers get a sentence for the code of an error; what whoever runs the server has to do about it goes to the log and to
/healthz. Only a library that nobody has filled yet tells everybody how to fill it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    BadQuery,
    BadSetup,
    Damaged,
    DuibiaoError,
    Interrupted,
    NoIndex,
    NotFound,
    NothingBuilt,
    OtherVersion,
    Unreachable,
    Unreadable,
    Unwritable,
)
from indexer.locale import say
from webapp import problems
from webapp.presenters.facets import chips
from webapp.urls import Address
from webapp.views import exports, library

_FOLDERS = re.compile(r"(?<![\w.:/])/(?:[^\s/，。；：（）]+/)+")  # of an absolute path: its last part stays

ADVISED = (404, 405, 500, 503)  # page.advice of the catalogue
# codes of an error.NoIndex that readers are told about: page.unusable of the catalogue
READERS = tuple(
    kind.code for kind in (Damaged, OtherVersion, Unreadable, Unwritable, Unreachable, Interrupted, NoIndex)
)


def install(app: Flask) -> None:
    def known(status: int) -> Callable[[DuibiaoError], Response]:
        return lambda error: failed(status, str(error), problems.code_of(error), problems.parameter_of(error))

    for kind, status in ((BadQuery, 400), (NotFound, 404)):
        app.register_error_handler(kind, known(status))

    @app.errorhandler(NoIndex)
    def unusable(error: NoIndex) -> Response:
        app.logger.error("%s %s: %s: %s", request.method, request.path, error.code, error)
        operators = isinstance(error, NothingBuilt) or request.path == "/healthz"
        return failed(503, str(error) if operators else say(f"page.unusable.{error.code}"), error.code)

    @app.errorhandler(BadSetup)
    def not_set_up(error: BadSetup) -> Response:
        app.logger.error(
            "%s %s: %s", request.method, request.path, error
        )  # for whoever runs it; readers can do nothing
        return failed(500, None)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        answer = failed(status, None)
        if status == 405 and error.get_response().headers.get("Allow"):
            answer.headers["Allow"] = error.get_response().headers["Allow"]
        return answer

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        damaged = library().damaged()  # bytes that have turned may raise anything: then it is they that must be told
        if damaged is None:
            return failed(500, None)
        app.logger.error("%s", damaged)
        return failed(503, say(f"page.unusable.{Damaged.code}"), Damaged.code)


def failed(status: int, message: str | None, code: str | None = None, parameter: str | None = None) -> Response:
    """``message`` None: only what the status itself says. ``code`` and ``parameter`` are for programs (problems.py).
    Where files lie on the machine isn't told."""
    message = _FOLDERS.sub("", message) if message and status == 503 else message
    head = say(f"page.refused.{status if status in ADVISED or status == 400 else 'other'}")
    advice = say(f"page.advice.{status}") if status in ADVISED else ""
    if problems.wanted():
        return problems.problem(status, head, message or advice or head, code, parameter, root=exports.base())
    asked = Address.of("/search", request.args) if request.path == "/search" else None
    page = render_template(
        "failure.html",
        status=status,
        head=head,
        message=message,
        advice=advice if advice != message else "",
        chips=chips(asked) if asked and status == 400 else (),
    )
    return make_response(page, status)
