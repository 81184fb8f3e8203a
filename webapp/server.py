"""Pages made by several processes, so that two cores make two at once: one Python process runs one at a time.

::

    browser ⇄ waitress (reads and writes, slow readers included) → Pages → a worker process (makes the page)
                                                                     └→ nursery: forks workers, never threaded

Any page goes to the first worker that is free, so a connection that is kept open isn't tied to one process: with
forked servers on one port, eight connections fell 7 to 1 as often as 4 to 4, and half of the machine stood idle.
Workers are forked with the tables in memory, which they share. What is opened of a build is opened after that.
Everything ends when its pipe does: no process is left over, whatever way the server went.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import queue
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeAlias

import waitress
from waitress.server import TcpWSGIServer

from indexer.locale import CHINESE, LANGUAGES, say, speaking
from webapp import problems
from webapp.channel import TimedChannel
from webapp.idle_workers import IdleWorkers
from webapp.page_cache import PageCache
from webapp.telemetry import Telemetry

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication
    from flask import Flask

Headers: TypeAlias = list[tuple[str, str]]
Answer: TypeAlias = tuple[str, Headers, bytes]

LONGEST = 60.0  # seconds for a worker to start; a page has what config.toml gives it
_PLAIN: Headers = [("Content-Type", "text/plain; charset=utf-8")]
_LONGEST_BODY = 64 * 1024  # bytes: a pasted text of 5,000 characters, and its form, are 45 KB percent-encoded
_LANG_COOKIE = re.compile(r"(?:^|;\s*)lang=(\w+)")
_LANG_ASKED = re.compile(r"(?:^|&)lang=(\w+)")
_HEALTH_WAITS = 1.0  # seconds; whoever watches over the server wants to know whether it lives, not whether it is busy
_LOOKS = 3_600.0  # seconds between two looks at every byte of the build: .7 s of one core for 100,000 passages
_ALLOCATED = 50_000  # objects between two looks for garbage: at 700 a page was looked through once, for 4% of its time
_log = logging.getLogger(__name__)


def serve(
    app: Flask,
    count: int,
    listening: Sequence[socket.socket],
    *,
    seconds: float = 15.0,
    damaged: Callable[[], str | None] = lambda: None,
    access_log: logging.Logger | None = None,
    base_path: str = "",
    version: Callable[[], Hashable | None] = lambda: None,
) -> None:
    """Until SIGTERM or Ctrl-C. ``seconds`` for an answer. ``damaged`` tells what is wrong with the build, and is asked
    every hour. ``base_path``: left out of what is logged and counted. ``version``: see webapp/page_cache.py. Raises
    OSError where no process can be started.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a page waits a few ms is nothing to tell
    with closing(Pages(app, count, seconds)) as pages:
        threading.Thread(target=_watch, args=(pages, damaged), daemon=True).start()
        # more threads than workers: while one thread sends its page, another has its worker make the next
        TcpWSGIServer.channel_class = TimedChannel
        routes = {rule.rule.split("/")[1].partition(".")[0] for rule in app.url_map.iter_rules()}
        kept = PageCache(pages, lambda: None if pages.damaged else version(), base_path)
        watched = Telemetry(kept, routes, access_log, pages.idle, lambda: pages.restarts, base_path)
        server = waitress.create_server(
            watched,
            sockets=list(listening),
            threads=4 * count,
            max_request_header_size=16_384,
            max_request_body_size=_LONGEST_BODY + 1,
            connection_limit=500,
            channel_timeout=30,
            cleanup_interval=5,
            asyncore_use_poll=True,
            ident=None,
        )
        server.run()


def _watch(pages: Pages, damaged: Callable[[], str | None]) -> None:
    while True:
        try:
            told = damaged()
        except Exception:  # noqa: BLE001 — whoever watches must not stop at the first thing it can't read
            _log.exception("the build could not be looked at")
            told = None
        if told and told != pages.damaged:
            _log.critical("%s", told)
        pages.damaged = told
        time.sleep(_LOOKS if told is None else 5.0)  # a new build takes its place: served as soon as it is there


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets for every address of ``host``. Raises OSError where the port is taken or the host isn't ours."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, address in dict.fromkeys((one[0], one[4]) for one in found):
            sockets.append(socket.create_server(address[:2], family=family, backlog=1024))
    except OSError:
        for opened in sockets:
            opened.close()
        raise
    return sockets


def warm(app: WSGIApplication) -> None:
    """Whatever the first question loads, is loaded; whatever it says, nobody reads."""
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/search", "QUERY_STRING": "q=%E6%8B%9B%E5%95%86%E5%BC%95%E8%B5%84"}
    _made(app, {**asked, "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http"})


def collect_seldom() -> None:
    """Garbage, in a process that makes pages."""
    gc.set_threshold(_ALLOCATED, 10, 10)


class Pages:
    """A WSGI application that has ``app`` run by ``count`` processes. Made before any thread is started, and while
    nothing is open that a fork may not carry over; then any thread may ask. Raises OSError where none can be started.
    """

    def __init__(self, app: WSGIApplication, count: int, seconds: float = 15.0) -> None:
        self._seconds = seconds
        self.restarts = 0  # workers that were replaced
        self.damaged: str | None = None  # what is wrong with the build, for the reader
        gc.collect()  # what is frozen stays for ever
        gc.freeze()  # else the first collection in each worker writes to, and so copies, all that they share
        mine, theirs = socket.socketpair()
        self._orders = mine
        self._lock = threading.Lock()
        self._idle: IdleWorkers[_Worker] = IdleWorkers()
        if os.fork() == 0:
            mine.close()
            _be_nursery(theirs, app)
        theirs.close()
        for worker in [self._new_worker() for _ in range(count)]:
            worker.wait_until_warm()
            self._idle.give(worker)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        status, headers, body = self._made(environ)
        if headers[:1] == _PLAIN and not status.startswith("2") and problems.for_programs(environ.get("PATH_INFO", "")):
            headers = [("Content-Type", problems.KIND), *headers[1:]]
            body = problems.plain(int(status[:3]), body.decode())
        start_response(status, headers)
        return [body]

    def _made(self, environ: dict[str, Any]) -> Answer:
        """A page of a worker, or why there is none, in a sentence."""
        asked = {name: value for name, value in environ.items() if isinstance(value, str)}
        body_asked = _body_of(environ)
        if body_asked is None:
            return "413 Content Too Large", _PLAIN, _said("too_large", environ)
        is_health = environ.get("PATH_INFO") == "/healthz"
        if self.damaged:
            return "503 Service Unavailable", _PLAIN, self.damaged.encode()
        try:
            worker = self._idle.take(_HEALTH_WAITS if is_health else self._seconds)
        except queue.Empty:
            if is_health:
                return *_alive(), b'{"status": "busy"}'
            return "503 Service Unavailable", [*_PLAIN, ("Retry-After", "5")], _said("busy", environ)
        try:
            status, headers, body, worker = self._answer(worker, asked, body_asked)
        finally:
            self._idle.give(worker)
        return status, headers, body

    def _answer(self, worker: _Worker, asked: dict[str, str], body: bytes) -> tuple[str, Headers, bytes, _Worker]:
        """The answer, and who is free for the next: another one where the worker died, or took too long."""
        for _ in range(2):
            try:
                return *worker.ask(asked, body, self._seconds), worker
            except TimeoutError:  # not again: what took too long once would take another worker as long
                _log.error("worker %d took over %g s for %s", worker.pid, self._seconds, asked.get("PATH_INFO"))
                worker.end()
                return "503 Service Unavailable", _PLAIN, _said("too_long", asked), self._replacement()
            except (OSError, EOFError) as died:
                _log.error("worker %d gave no answer (%r), another one takes its place", worker.pid, died)
                worker.end()
                worker = self._replacement()
        return "503 Service Unavailable", _PLAIN, _said("broken", asked), worker

    def idle(self) -> int:
        """Workers that are free."""
        return len(self._idle)

    def close(self) -> None:
        """Ends the workers that are free; one that makes a page ends with it."""
        self._orders.close()
        while len(self._idle):
            self._idle.take(0.0).connection.close()

    def _replacement(self) -> _Worker:
        self.restarts += 1
        return self._new_worker()

    def _new_worker(self) -> _Worker:
        mine, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._orders, [b"!"], [theirs.fileno()])
            except ConnectionError:
                # Killed, by hand or by a kernel short of memory; and with threads about nobody else may fork. A server
                # that has ended is started again by whoever watches over it, one that answers 500 for ever is not.
                _log.critical("the process that starts workers has gone, so the server ends: please start it again")
                os._exit(1)
        return _Worker(Connection(mine.detach()))


def _said(name: str, asked: Mapping[str, Any]) -> bytes:
    """A sentence of the server itself, in the language that ``asked`` (a WSGI environment) asks for: no page of the
    application is there to choose it."""
    found = (
        _LANG_ASKED.search(str(asked.get("QUERY_STRING", ""))),
        _LANG_COOKIE.search(str(asked.get("HTTP_COOKIE", ""))),
    )
    wishes = [one[1] for one in found if one]
    with speaking(next((wish for wish in wishes if wish in LANGUAGES), CHINESE)):
        return say(f"server.{name}").encode()


def _alive() -> tuple[str, Headers]:
    return "200 OK", [("Content-Type", "application/json")]


def _body_of(environ: dict[str, Any]) -> bytes | None:
    """What was sent with the request; None where that is more than any page of ours takes."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > _LONGEST_BODY:
        return None
    return environ["wsgi.input"].read(int(length)) if int(length) else b""


class _Worker:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.pid = 0  # until it says so

    def wait_until_warm(self) -> None:
        """Raises EOFError where it could not be started, OSError where it takes for ever."""
        self.pid = self._heard()

    def ask(self, asked: dict[str, str], body: bytes = b"", seconds: float = LONGEST) -> Answer:
        """Raises OSError or EOFError where there is no answer, TimeoutError where there is none in ``seconds``."""
        if not self.pid:
            self.wait_until_warm()
        self.connection.send((asked, body))
        answer: Answer = self._heard(seconds)
        return answer

    def end(self) -> None:
        self.connection.close()
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _heard(self, seconds: float = LONGEST) -> Any:
        if not self.connection.poll(seconds):
            raise TimeoutError(f"no answer in {seconds:.0f} s")
        return self.connection.recv()


def _be_nursery(orders: socket.socket, app: WSGIApplication) -> None:
    """Never returns. A process without threads, from which a worker can be forked at any time."""
    for told in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C reaches all of a terminal, but it is the server that ends us
        signal.signal(told, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker that ended
    try:
        while handed := socket.recv_fds(orders, 1, 1)[1]:
            if os.fork() == 0:
                orders.close()
                _be_worker(Connection(handed[0]), app)
            os.close(handed[0])
    except OSError as full:
        _log.critical("no process can be started (%r)", full)
    finally:
        os._exit(0)


def _be_worker(connection: Connection, app: WSGIApplication) -> None:
    """Never returns: what stands above us on the stack is a copy of the server's."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    collect_seldom()
    try:
        warm(app)
        connection.send(os.getpid())
        while True:
            connection.send(_made(app, *connection.recv()))
    except (EOFError, OSError):
        pass  # the server has gone
    finally:
        os._exit(0)


def _made(app: WSGIApplication, asked: dict[str, str], body_asked: bytes = b"") -> Answer:
    streams = {"wsgi.input": io.BytesIO(body_asked), "wsgi.errors": sys.stderr}
    kind = {"wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False}
    told: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, failed: Any = None) -> Callable[[bytes], object]:
        told.append((status, headers))
        return lambda written: None

    try:
        parts = app({**asked, **streams, **kind}, start_response)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return *told[-1], body
    except Exception:  # noqa: BLE001 — what Flask itself let through must not end the process
        _log.exception("%s failed", asked.get("PATH_INFO"))
        return "500 Internal Server Error", _PLAIN, _said("broken", asked)
