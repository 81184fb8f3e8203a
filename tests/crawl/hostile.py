"""Servers that are slow, endless, lying or broken, on raw sockets: what http.server would put right stays wrong."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answerer = Callable[[socket.socket], None]


@contextmanager
def answering(answer: Answerer) -> Iterator[str]:
    """The address of a server that reads a request's head and lets ``answer`` do with the connection what it likes."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            answer(connection)

    def accept() -> None:
        while not stopped.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/page.html"
    finally:
        stopped.set()
        with suppress(OSError):
            socket.create_connection(listener.getsockname()).close()
        listener.close()


def drip(data: bytes, seconds: float) -> Answerer:
    def answer(connection: socket.socket) -> None:
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            time.sleep(seconds)

    return answer


def repeat(head: bytes, piece: bytes, seconds: float = 0.0) -> Answerer:
    """Without end."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(seconds)

    return answer


def whole(data: bytes) -> Answerer:
    return lambda connection: connection.sendall(data)


def packed(encoding: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def bomb(layers: int, size: int = 50_000_000) -> bytes:
    """``size`` blanks in so many layers of gzip: some hundred bytes in two."""
    body = b" " * size
    for _ in range(layers):
        body = gzip.compress(body, 9)
    return body


def deflate_bomb() -> bytes:
    return zlib.compress(b" " * 50_000_000, 9)
