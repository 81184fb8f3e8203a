"""Asking a cluster: one client a process, time limits everywhere, what goes wrong as errors of ours.

A cluster may answer in part: a shard that is lost, a node that was too slow. Its answer then has status 200, and only
``_shards.failed`` and ``timed_out`` tell. Whoever asks through ``Asked`` has that noted.
"""

from __future__ import annotations

import base64
import logging
import os
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy import exceptions as failures

from indexer.errors import BadQuery, BadSetup, NoIndex, NothingBuilt, Unreachable, Unwritable
from indexer.settings import OpenSearchSettings

T = TypeVar("T")
Json = dict[str, Any]

USER, PASSWORD = "DUIBIAO_OPENSEARCH_USER", "DUIBIAO_OPENSEARCH_PASSWORD"
_CONNECTIONS = 16  # at a time to each node; a process has as many threads that ask
_TOO_MANY_CLAUSES = ("too_many_clauses", "too_many_nested_clauses")
_FULL = (
    "create-index blocked",
    "disk usage exceeded",
    "read-only-allow-delete",
    "FORBIDDEN/12",
    "TOO_MANY_REQUESTS/12",
)
_SLACK = 2.0  # seconds that a connection waits beyond what the cluster was given: it is to say itself that it is late


logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what fails is told by our errors


class Connection:
    """The cluster of the settings. Opened when first asked; after a fork, each process has a client of its own.
    ``seconds``: that a request may take."""

    def __init__(self, settings: OpenSearchSettings, seconds: float) -> None:
        self.settings = settings
        self.seconds = seconds
        self._lock = threading.Lock()
        self._clients: dict[int, OpenSearch] = {}

    @property
    def client(self) -> OpenSearch:
        client = self._clients.get(os.getpid())
        if client is None:
            with self._lock:
                client = self._clients.get(os.getpid()) or _client(self.settings, self.seconds + _SLACK)
                self._clients = {os.getpid(): client}  # one inherited by a fork is its parent's: it isn't closed here
        return client

    def ask(self, call: Callable[[OpenSearch], T]) -> T:
        """What ``call`` gives. Raises NoIndex (Unreachable, Unwritable, NothingBuilt), BadQuery, BadSetup."""
        try:
            return call(self.client)
        except failures.OpenSearchException as error:
            raise translated(error) from error

    def close(self) -> None:
        with self._lock:
            client = self._clients.pop(os.getpid(), None)
        if client is not None:
            client.close()


class Asked:
    """One question's requests, and whether any of them was answered in part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seconds = connection.seconds
        self.partial = False

    def search(self, index: str | None, body: Json) -> Json:
        """``index`` None: the body names a point in time."""
        found: Json = self._connection.ask(lambda client: client.search(index=index, body=self._bounded(body)))
        return self._looked_at(found)

    def several(self, index: str, bodies: Sequence[Json]) -> list[Json]:
        """Of each its answer, in one request."""
        if not bodies:
            return []
        lines = [line for body in bodies for line in ({}, self._bounded(body))]
        answered: Json = self._connection.ask(lambda client: client.msearch(index=index, body=lines))
        for one in answered["responses"]:
            if "error" in one:
                raise of_answer(int(one.get("status", 500)), one["error"])
        return [self._looked_at(one) for one in answered["responses"]]

    def open_point(self, index: str, keep_alive: str) -> str:
        """A point in time of ``index``: what is searched in it stays, whatever becomes of the index."""
        opened: Json = self._connection.ask(
            lambda client: client.create_pit(index=index, params={"keep_alive": keep_alive})
        )
        return str(opened["pit_id"])

    def close_point(self, point: str) -> None:
        self._connection.ask(lambda client: client.delete_pit(body={"pit_id": [point]}))

    def _bounded(self, body: Json) -> Json:
        return {"timeout": f"{int(self._seconds * 1000)}ms", **body}

    def _looked_at(self, found: Json) -> Json:
        if found.get("timed_out") or not whole(found):
            self.partial = True
        return found


def whole(answered: Json) -> bool:
    """Whether every shard answered. One that is on no node counts as failed in a search, and as nothing in a count."""
    shards = answered["_shards"]
    return bool(shards["failed"] == 0 and shards["successful"] == shards["total"])


def _client(settings: OpenSearchSettings, seconds: float) -> OpenSearch:
    more: dict[str, Any] = {}
    if user := os.environ.get(USER):  # not http_auth: urllib3 fails over what isn't Latin-1, OpenSearch reads UTF-8
        pair = f"{user}:{os.environ.get(PASSWORD, '')}".encode("utf-8", "surrogateescape")
        more["headers"] = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if settings.ca:
        more["ca_certs"] = _readable(settings.ca)
    return OpenSearch(
        hosts=list(settings.hosts),
        timeout=seconds,
        max_retries=len(settings.hosts),  # on another node each
        retry_on_timeout=False,
        maxsize=_CONNECTIONS,
        http_compress=False,  # beside each other in one rack; packing takes longer than it saves
        verify_certs=True,
        **more,
    )


def _readable(ca: str) -> str:
    """Raises BadSetup where the file holds no certificate."""
    try:
        ssl.create_default_context(cafile=ca)
    except OSError as error:  # ssl.SSLError is one of them
        raise BadSetup("opensearch.tls", reason=f"{ca}: {error.strerror or error}") from error
    return ca


def translated(error: failures.OpenSearchException) -> Exception:
    if isinstance(error, failures.SSLError):
        return BadSetup("opensearch.tls", reason=_short(str(error.error)))
    if isinstance(error, failures.ConnectionError):  # ConnectionTimeout is one of them
        return Unreachable("opensearch.unreachable")
    if isinstance(error, failures.TransportError) and isinstance(error.status_code, int):
        return of_answer(error.status_code, error.info)
    return Unreachable("opensearch.refused", reason=_short(str(error)))


def of_answer(status: int, info: object) -> Exception:
    """An error that the cluster answered with."""
    reason = _reason(info)
    if any(one in reason for one in _TOO_MANY_CLAUSES):
        return BadQuery("opensearch.too_many_clauses")
    if any(one in reason for one in _FULL):  # before 403 is taken for a user's
        return Unwritable("opensearch.full")
    if status == 404:
        return NothingBuilt("opensearch.nothing_built")
    if status in (401, 403):
        return BadSetup("opensearch.not_allowed", user=USER, password=PASSWORD)
    if status in (429, 502, 503, 504):
        return Unreachable("opensearch.unreachable")
    return NoIndex("opensearch.refused", reason=_short(reason))


def _reason(info: object) -> str:
    """All that an error says, types and causes included, as one text."""
    if isinstance(info, Mapping):
        return " ".join(_reason(value) for value in info.values())
    if isinstance(info, (list, tuple)):
        return " ".join(map(_reason, info))
    return str(info)


def _short(reason: str) -> str:
    return reason if len(reason) < 200 else reason[:200] + "…"
