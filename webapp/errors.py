"""What goes wrong, said in Chinese with what to do next: as a page, or as JSON under /api/.

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

ADVICE = {
    404: "地址可能写错了，或者报告已随新的目录更换了编号。可以从上方重新检索。",
    405: "请从上方的检索框或导航重新进入。",
    500: "错误已记入日志，数据没有受损。请稍后重试；若总是出现，请把这个地址和时间告诉维护者。",
    503: "请过一会儿刷新本页；若总是这样，请把这个地址和时间告诉维护者。",
}
READERS = {  # code of an error.NoIndex → what a reader is told
    Damaged.code: "目录里有读不出来的地方，维护者重建之前不能检索。",
    OtherVersion.code: "目录与程序的版本不一致，维护者重建之前不能检索。",
    Unreadable.code: "目录暂时打不开。",
    Unwritable.code: "目录暂时写不进。",
    Unreachable.code: "目录所在的检索集群暂时没有应答。",
    Interrupted.code: "目录刚刚换成新的，请再试一次。",
    NoIndex.code: "目录暂时用不了。",
}


def install(app: Flask) -> None:
    def known(status: int) -> Callable[[DuibiaoError], Response]:
        return lambda error: failed(status, str(error), problems.code_of(error), problems.parameter_of(error))

    for kind, status in ((BadQuery, 400), (NotFound, 404)):
        app.register_error_handler(kind, known(status))

    @app.errorhandler(NoIndex)
    def unusable(error: NoIndex) -> Response:
        app.logger.error("%s %s: %s: %s", request.method, request.path, error.code, error)
        operators = isinstance(error, NothingBuilt) or request.path == "/healthz"
        return failed(503, str(error) if operators else READERS[error.code], error.code)

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
        return failed(503, READERS[Damaged.code], Damaged.code)


def failed(status: int, message: str | None, code: str | None = None, parameter: str | None = None) -> Response:
    """``message`` None: only what the status itself says. ``code`` and ``parameter`` are for programs (problems.py).
    Where files lie on the machine isn't told."""
    message = _FOLDERS.sub("", message) if message and status == 503 else message
    head = say(f"page.refused.{status if status in ADVICE or status == 400 else 'other'}")
    advice = ADVICE.get(status, "")
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
