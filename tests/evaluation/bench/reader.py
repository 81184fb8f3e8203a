"""Readers who ask for the next page as soon as they have the one before, all in one loop over bare sockets.

They share the machine with the server that they measure, so they do as little as they can: .2 ms of CPU a page, where
a thread each with http.client took .6.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Reader:
    """One connection, kept open. ``paths`` are shared: whoever is free takes the next."""

    port: int
    paths: Iterator[str]
    took: list[float]  # ms a page
    _socket: socket.socket = field(init=False)
    _started: float = 0.0
    _head: bytes = b""
    _got: int = 0
    _whole: int = 0  # bytes of the answer, 0 until its head is there

    def __post_init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self.port))

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask(self) -> bool:
        """False where nothing is left to ask."""
        path = next(self.paths, None)
        if path is None:
            self._socket.close()
            return False
        self._head, self._got, self._whole = b"", 0, 0
        self._started = time.perf_counter()
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return True

    def hear(self) -> bool:
        """True where that was the last of the page."""
        data = self._socket.recv(1 << 18)
        self._got += len(data)
        if not self._whole:
            self._head += data
            head, found, _ = self._head.partition(b"\r\n\r\n")
            if found:
                assert head.startswith(b"HTTP/1.1 200 "), head
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                self._whole = len(head) + 4 + int(length.partition(b":")[2])
        assert data, "the server hung up"
        if self._got < self._whole or not self._whole:
            return False
        self.took.append((time.perf_counter() - self._started) * 1000)
        return True


def read(port: int, readers: int, paths: Iterable[str]) -> tuple[list[float], float]:
    """(milliseconds of each page, seconds for all)."""
    left = iter(paths)
    took: list[float] = []
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for reader in [Reader(port, left, took) for _ in range(readers)]:
            if reader.ask():
                selector.register(reader, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                ready = key.fileobj
                assert isinstance(ready, Reader)
                if ready.hear():
                    selector.unregister(ready)
                    if ready.ask():
                        selector.register(ready, selectors.EVENT_READ)
    return took, time.perf_counter() - started
