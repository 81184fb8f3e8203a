"""The wire: connections to checked addresses only, one deadline over all of an exchange, its bytes as they went.

httpcore asks a network backend for its connections. Ours resolves and checks through the guard and connects to the very
address that was checked; httpcore goes on using the host's name for ``Host`` and TLS (SNI, certificate).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx

from indexer.crawl.guard import Guard
from indexer.crawl.unpack import TooLarge
from indexer.errors import FetchFailed

_CONNECTS = 3  # addresses of one host that are tried


class OutOfTime(FetchFailed):
    """The whole exchange took longer than it may."""

    code = "timeout"


@dataclass(slots=True)
class Exchange:
    """One request and its answer. ``deadline``: of time.monotonic(), over name, connection, headers, body; ``idle``:
    seconds without a byte. The bytes are those inside TLS."""

    deadline: float
    idle: float
    max_received: int
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)

    def left(self) -> float:
        """Seconds that the next step may take. Raises OutOfTime."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime("fetch.out_of_time")
        return min(left, self.idle)


# httpcore's synchronous side does everything of a request in the thread that asked for it.
_EXCHANGE: ContextVar[Exchange] = ContextVar("exchange")


class _Stream(httpcore.NetworkStream):
    """A connection that writes down what goes over it and keeps to the deadline of the exchange it serves."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        exchange = _EXCHANGE.get()
        data = self._stream.read(max_bytes, exchange.left())
        exchange.received += data
        if len(exchange.received) > exchange.max_received:
            raise TooLarge("fetch.too_many_bytes", most=exchange.max_received)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        exchange = _EXCHANGE.get()
        exchange.sent += buffer
        self._stream.write(buffer, exchange.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _EXCHANGE.get().left()))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        exchange = _EXCHANGE.get()
        addresses = self._guard.addresses(host, port, exchange.left())[:_CONNECTS]
        for tried, address in enumerate(addresses, 1):
            try:
                return _Stream(self._plain.connect_tcp(address, port, exchange.left(), None, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tried == len(addresses):
                    raise
        raise FetchFailed("fetch.no_host", host=host)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class GuardedTransport(httpx.BaseTransport):
    """A transport of httpx over a pool of httpcore. No proxies: one would resolve the names by itself, past the guard.

    Every request runs inside ``exchange``.
    """

    def __init__(self, guard: Guard, connections: int = 10, ssl_context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=10.0,
            network_backend=_Backend(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
            )
        )
        stream = response.stream
        assert isinstance(stream, Iterable)
        return httpx.Response(response.status, headers=response.headers, stream=_Body(stream))

    def close(self) -> None:
        self._pool.close()


@contextmanager
def exchange(deadline: float, idle: float, max_received: int) -> Iterator[Exchange]:
    """One request and its answer within these limits (of Exchange)."""
    this = Exchange(deadline, idle, max_received)
    token = _EXCHANGE.set(this)
    try:
        yield this
    finally:
        _EXCHANGE.reset(token)
