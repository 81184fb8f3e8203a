"""Behind a reverse proxy, and under a path of a site (``serve.base_path = "/duibiao"``).

Pages are made as if they stood at the root. Their links get the path in one place, on the way out: texts of reports are
escaped, so ``href="/`` is only ever ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_IN_PAGES = re.compile(rb'((?:href|src|action|formaction)=")/(?!/)')
_IN_JSON = re.compile(rb'("href": ?")/(?!/)')
_IN_LINK_HEADERS = re.compile(r"(<)/(?!/)")


def install(app: Flask, base_path: str, proxies: int) -> None:
    """``base_path``: "" or a path that begins with / and doesn't end with it. ``proxies``: how many in front of us are
    believed in what they say of scheme, host and path (X-Forwarded-Proto, -Host, -Prefix); 0 believes nobody."""
    application = app.wsgi_app
    if base_path:
        application = _Mounted(application, base_path)
    if proxies:
        application = ProxyFix(application, x_for=0, x_proto=proxies, x_host=proxies, x_prefix=proxies)
    app.wsgi_app = application  # type: ignore[method-assign]

    @app.after_request
    def under_the_path(answer: Response) -> Response:
        root = request.script_root
        if not root:
            return answer
        for header in ("Location", "Link"):
            if header in answer.headers:
                answer.headers[header] = _with_root(answer.headers[header], root)
        pattern = _IN_PAGES if answer.mimetype == "text/html" else _IN_JSON if answer.is_json else None
        if pattern and not (answer.direct_passthrough or answer.is_streamed):
            answer.set_data(pattern.sub(rb"\1" + root.encode() + b"/", answer.get_data()))
        return answer


def _with_root(value: str, root: str) -> str:
    if value.startswith("/") and not value.startswith(("//", f"{root}/")):
        return root + value
    return _IN_LINK_HEADERS.sub(rf"\1{root}/", value)


class _Mounted:
    """``application`` under ``path``, whether the proxy has taken the path away already or not."""

    def __init__(self, application: WSGIApplication, path: str) -> None:
        self._application, self._path = application, path

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == self._path or asked.startswith(f"{self._path}/"):
            environ = {**environ, "PATH_INFO": asked[len(self._path) :] or "/"}
        return self._application({**environ, "SCRIPT_NAME": self._path}, start_response)
