"""What stands before a cluster in earnest: TLS and a user, whose requests are passed on to a node behind it."""

from __future__ import annotations

import base64
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

USER, PASSWORD = "duibiao", "云溪 s3cret:"  # what HTTP can carry, not ASCII alone


@dataclass(frozen=True, slots=True)
class Certificate:
    """Its own authority. ``file``: what a client is given to know it by."""

    file: Path
    key: Path

    @classmethod
    def made(cls, folder: Path, name: str, host: str = "IP:127.0.0.1") -> Certificate:
        """By openssl. Raises FileNotFoundError where that isn't there."""
        made = cls(folder / f"{name}.pem", folder / f"{name}.key")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
        command += ["-addext", f"subjectAltName={host}", "-keyout", str(made.key), "-out", str(made.file)]
        subprocess.run(command, check=True, capture_output=True)
        return made


@dataclass
class Front:
    """``address`` of it; ``users`` are the Authorization headers that came."""

    address: str
    users: list[str | None] = field(default_factory=list)


@contextmanager
def tls_front(certificate: Certificate, node: str) -> Iterator[Front]:
    """On 127.0.0.1, before ``node`` (http://…)."""
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    front = Front("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            given = self.headers.get("Authorization")
            front.users.append(given)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if given != expected:
                self._answer(401, b"Unauthorized", "text/plain")
                return
            request = urllib.request.Request(node + self.path, data=body or None, method=self.command)
            request.add_header("Content-Type", self.headers.get("Content-Type", "application/json"))
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    self._answer(answer.status, answer.read(), answer.headers.get("Content-Type", ""))
            except urllib.error.HTTPError as error:
                self._answer(error.code, error.read(), error.headers.get("Content-Type", ""))

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that refuses the certificate hangs up

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    front.address = f"https://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
