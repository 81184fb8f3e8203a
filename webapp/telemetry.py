"""What whoever runs the server can watch: counts for Prometheus, an access log, the questions that found nothing.

All of it without personal data: no addresses of readers, no browsers, no words of a question in the access log. Counted
in the front process, which sees every answer, also those that no worker gave.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from indexer.errors import BadSetup

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)  # seconds; a page takes 5 to 60 ms
_LONGEST_PATH = 200  # characters of an address that are logged
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Telemetry:
    """A WSGI application around ``pages``: counts and logs each answer, and answers /metrics itself.

    ``routes``: first parts of the addresses there are; any other is counted as one, so that a scan of made-up
    addresses doesn't make as many series. ``base_path`` is left out of addresses. ``idle`` and ``restarts``: workers
    free now, and replaced so far.
    """

    def __init__(
        self,
        pages: WSGIApplication,
        routes: Collection[str],
        log: logging.Logger | None,
        idle: Callable[[], float] = lambda: 0.0,
        restarts: Callable[[], float] = lambda: 0.0,
        base_path: str = "",
    ) -> None:
        self._pages, self._routes, self._log, self._base_path = pages, frozenset(routes), log, base_path
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._answers = Counter(
            "duibiao_answers", "Answers by page and status", ["page", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "duibiao_answer_seconds", "Seconds until an answer was ready", ["page"], buckets=_BUCKETS,
            registry=self._registry,
        )  # fmt: skip
        self._bytes = Counter("duibiao_answer_bytes", "Bytes of bodies sent", registry=self._registry)
        for name, text, value in (
            ("duibiao_idle_workers", "Processes that are free to make a page", idle),
            ("duibiao_worker_restarts", "Processes that died or took too long, and were replaced", restarts),
        ):
            Gauge(name, text, registry=self._registry).set_function(value)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "").removeprefix(self._base_path)
        if path == "/metrics":
            start_response("200 OK", [("Content-Type", _TYPE), ("Cache-Control", "no-store")])
            return [generate_latest(self._registry)]
        begun = time.perf_counter()
        answered: list[str] = []

        def note_status(status: str, headers: list[tuple[str, str]], *failed: Any) -> Callable[[bytes], object]:
            answered.append(status[:3])
            return start_response(status, headers, *failed)

        body = b"".join(self._pages(environ, note_status))
        self._note(environ, path, answered[-1], time.perf_counter() - begun, len(body))
        return [body]

    def _note(self, environ: dict[str, Any], path: str, status: str, seconds: float, size: int) -> None:
        first = path.split("/", 2)[1] if "/" in path else ""
        page = first if first in self._routes else "other"
        self._answers.labels(page or "home", status).inc()
        self._seconds.labels(page or "home").observe(seconds)
        self._bytes.inc(size)
        if self._log:
            line = {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": environ.get("REQUEST_METHOD"),
                "path": path[:_LONGEST_PATH],
                "status": int(status),
                "ms": round(seconds * 1000, 1),
                "bytes": size,
            }
            self._log.info("%s", json.dumps(line, ensure_ascii=False))


def log_to(file: str, name: str) -> logging.Logger | None:
    """A log of whole lines in ``file`` ("" for none), which may be moved away at any time (logrotate). Raises BadSetup
    where it can't be written."""
    if not file:
        return None
    try:
        handler = WatchedFileHandler(file, encoding="utf-8")
    except OSError as error:
        raise BadSetup("setup.log_unwritable", file=file, why=error.strerror or error) from error
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger(name)
    log.handlers[:] = [handler]
    log.propagate = False
    log.setLevel(logging.INFO)
    return log


def note_unanswered(log: logging.Logger | None, question: str) -> None:
    """A question that found nothing: its words and the day, nothing of who asked."""
    if log and question:
        line = {"day": datetime.now(UTC).date().isoformat(), "question": question}
        log.info("%s", json.dumps(line, ensure_ascii=False))
