"""Indices on a cluster: made anew beside the one that answers, filled, counted, and put in its place in one call.

An index answers behind an alias. A new one is filled under a name of its own without replicas and refreshes; once it
holds exactly what was sent, it is closed for writing, copied to its replicas, and the alias is moved: questions see the
old one or the new one, never part of either. A change is made in a clone of the index before (hard links on the same
disk), so that it is whole or not there at all.

What an index was made with stands in its ``_meta``: another schema or dictionary is refused, for it would be asked for
words it was never cut into.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from opensearchpy import OpenSearch
from opensearchpy import exceptions as failures

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.indexed_terms import Materials
from indexer.engines.opensearch.connection import Connection, Json, translated, whole
from indexer.engines.opensearch.fields import MAPPING, SCHEMA, document, identifier, plain
from indexer.errors import Damaged, NoIndex, NothingBuilt, OtherVersion, Unreachable, Unwritable
from indexer.text.analyser import Analyser

FORMAT = "duibiao-opensearch/1"
_CHUNK = 4_000_000  # bytes of one bulk request; from 2 to 8 MB it makes no difference, above it strains the heap
_AT_ONCE = 4  # requests under way: while the disks of some nodes take one in, others are made and sent
_LONGEST_WAIT = 20.0  # seconds between two attempts
_AGAIN = frozenset({429, 502, 503, 504})
_CONFLICT = 409
_OWN_STATE = {"local": "true"}  # what the node itself knows: questions are answered while no manager is elected
_ALLOCATED = {"wait_for_active_shards": "all"}  # until every shard has found a node; 30 seconds at most
_REPORTS = 1_000  # looked up at a time
_PAGE = 10_000  # index.max_result_window

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Meta:
    """What an index says of itself; ``passages`` 0 while it is being filled."""

    format: str
    schema: str
    terms: str
    owner: str
    passages: int
    whole: bool

    @classmethod
    def of(cls, mapping: Json) -> Meta:
        told = mapping.get("_meta", {})
        return cls(
            str(told.get("format")),
            str(told.get("schema")),
            str(told.get("terms")),
            str(told.get("owner")),
            int(told.get("passages", 0)),
            bool(told.get("whole", False)),
        )


def terms_of(analyser: Analyser) -> str:
    """What words are cut by: two indices with the same may be asked alike."""
    cut_by = "\n".join((version("jieba"), *analyser.lexicon))
    return hashlib.sha256(cut_by.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Indices:
    """The indices behind one alias."""

    def __init__(self, connection: Connection, alias: str, analyser: Analyser, owner: str = "") -> None:
        self._connection = connection
        self._alias = alias
        self._analyser = analyser
        self._owner = owner

    def current(self) -> str:
        """The index that the alias names. Raises NothingBuilt."""
        named: Json = self._connection.ask(lambda client: client.indices.get_alias(name=self._alias, params=_OWN_STATE))
        if not named:
            raise NothingBuilt("opensearch.nothing_built")
        return str(max(named))

    def check(self, index: str) -> Meta:
        """Raises OtherVersion, Damaged where the index may not be asked."""
        mapping: Json = self._connection.ask(lambda client: client.indices.get_mapping(index=index, params=_OWN_STATE))
        if index not in mapping:
            raise NothingBuilt("opensearch.nothing_built")
        meta = Meta.of(mapping[index]["mappings"])
        if (meta.format, meta.schema) != (FORMAT, SCHEMA):
            raise OtherVersion("opensearch.other_schema", index=index)
        if meta.terms != terms_of(self._analyser):
            raise OtherVersion("opensearch.other_terms", index=index)
        if not meta.whole:
            raise Damaged("opensearch.unfinished", index=index)
        return meta

    def replace(self, passages: Iterable[IndexedPassage], told: Progress) -> None:
        with self._fresh() as index:
            client = self._connection.client
            made = client.indices.create(index=index, body=self._made(), params=_ALLOCATED)
            _there_is_room(made)
            self._publish(index, self.load(index, passages, told))

    def change(self, source: str, passages: Iterable[IndexedPassage], without: Iterable[str], told: Progress) -> None:
        """A clone of ``source`` without these reports, and with these passages."""
        added = list(passages)
        gone = sorted({*without, *(passage.report for passage in added)})
        with self._fresh() as index:
            client = self._connection.client
            settings = {"index.blocks.write": None, "index.number_of_replicas": 0, **_LOADING}
            made = client.indices.clone(index=source, target=index, body={"settings": settings}, params=_ALLOCATED)
            _there_is_room(made)
            self._tell(index, passages=0, whole=False)
            loading = Loading(self._connection, index, self._analyser, told)
            kept = self.count(index) - loading.forget(gone)
            self._publish(index, kept + loading.load(added))

    def begin(self, index: str) -> None:
        """An index that is filled by several: made by whoever comes first, open for writing to all. Raises NoIndex."""
        client = self._connection.client
        try:
            _there_is_room(client.indices.create(index=index, body=self._made(), params=_ALLOCATED))
        except failures.RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise translated(error) from error
            self._connection.ask(
                lambda client: client.indices.put_settings(index=index, body={"index.blocks.write": None})
            )
        except failures.OpenSearchException as error:
            raise translated(error) from error

    def seal(self, index: str, passages: int) -> None:
        """``index`` holds so many passages and is closed for writing: the alias names it. Raises NoIndex."""

        def closed(client: OpenSearch) -> None:
            self._tell(index, passages=passages, whole=True)
            client.indices.put_settings(index=index, body={"index.blocks.write": True})
            client.indices.put_alias(index=index, name=self._alias)

        self._connection.ask(closed)

    def load(self, index: str, passages: Iterable[IndexedPassage], told: Progress) -> int:
        """How many different passages were sent to ``index``."""
        return Loading(self._connection, index, self._analyser, told).load(passages)

    def count(self, index: str) -> int:
        """By looking: every shard must answer. Raises Unreachable where one doesn't."""
        answered: Json = self._connection.ask(lambda client: client.count(index=index))
        if not whole(answered):
            raise Unreachable("opensearch.shards_missing", index=index)
        return int(answered["count"])

    def drop(self, index: str) -> None:
        self._connection.ask(lambda client: client.indices.delete(index=index, params={"ignore_unavailable": "true"}))

    def _fresh(self) -> _Fresh:
        return _Fresh(self, f"{self._alias}-{int(time.time() * 1000):013d}-{uuid.uuid4().hex[:6]}")

    def _made(self) -> Json:
        settings = self._connection.settings
        return {
            "settings": {
                "index.number_of_shards": settings.shards,
                "index.number_of_replicas": 0,
                "index.max_result_window": _PAGE,
                **_LOADING,
            },
            "mappings": {**MAPPING, "_meta": self._meta(passages=0, whole=False)},
        }

    def _meta(self, *, passages: int, whole: bool) -> Json:
        return {
            "format": FORMAT,
            "schema": SCHEMA,
            "terms": terms_of(self._analyser),
            "owner": self._owner,
            "passages": passages,
            "whole": whole,
        }

    def _tell(self, index: str, *, passages: int, whole: bool) -> None:
        meta = self._meta(passages=passages, whole=whole)
        self._connection.client.indices.put_mapping(index=index, body={"_meta": meta})

    def _publish(self, index: str, expected: int) -> None:
        """Count, close for writing, copy, and move the alias. Raises Unwritable where not all of it arrived."""
        client = self._connection.client
        client.indices.refresh(index=index)
        there = self.count(index)
        if there != expected:
            raise Unwritable("opensearch.not_all_there", there=there, sent=expected)
        self._tell(index, passages=there, whole=True)
        replicas = self._connection.settings.replicas
        client.indices.put_settings(
            index=index,
            body={
                "index.number_of_replicas": replicas,
                "index.refresh_interval": None,
                "index.blocks.write": True,
            },
        )
        before = self._behind_alias(client)
        client.indices.update_aliases(
            body={
                "actions": [
                    *({"remove": {"index": one, "alias": self._alias}} for one in before),
                    {"add": {"index": index, "alias": self._alias}},
                ]
            }
        )
        for old in self._names(client):  # the one before stays for the questions that are under way
            if old != index and old not in before:
                client.indices.delete(index=old, params={"ignore_unavailable": "true"})

    def _behind_alias(self, client: OpenSearch) -> list[str]:
        try:
            return sorted(client.indices.get_alias(name=self._alias))
        except failures.NotFoundError:
            return []

    def _names(self, client: OpenSearch) -> list[str]:
        found = client.indices.get(index=f"{self._alias}-*", params={"allow_no_indices": "true"})
        return [name for name in found if _of_alias(name) == self._alias]


class _Fresh:
    """A new index, dropped again where its making fails."""

    def __init__(self, indices: Indices, name: str) -> None:
        self._indices = indices
        self.name = name

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if error is None:
            return
        with suppress(NoIndex):  # the cluster is gone: the next load drops it
            self._indices.drop(self.name)
        if isinstance(error, failures.OpenSearchException):
            raise translated(error) from error


# What was acknowledged must be on the disk: without that, a node that died amid 12,000 passages took 319 along.
_LOADING = {"index.refresh_interval": "-1", "index.translog.durability": "request"}


class Loading:
    """Sends passages to one index, in pieces that may be sent again: each carries a number that only grows, and what
    arrives late or twice changes nothing."""

    def __init__(self, connection: Connection, index: str, analyser: Analyser, told: Progress) -> None:
        self._connection = connection
        self._index = index
        self._materials = Materials(analyser)
        self._told = told
        self._number = time.time_ns() // 1000
        self._ids: list[int] = []

    def load(self, passages: Iterable[IndexedPassage]) -> int:
        """How many different passages were sent."""
        under_way: set[Future[None]] = set()
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for lines in _pieces(self._lines(passages)):
                under_way.add(threads.submit(self._send, lines))
                if len(under_way) >= _AT_ONCE:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    _raise_what_failed(done)
                self._told(len(self._ids), len(self._ids))
            _raise_what_failed(wait(under_way).done)
        return len(np.unique(np.array(self._ids, np.int64)))

    def forget(self, reports: Sequence[str]) -> int:
        """How many passages of these reports were there."""
        client = self._connection.client
        client.indices.refresh(index=self._index)
        gone = 0
        for start in range(0, len(reports), _REPORTS):
            some = [plain(report) for report in reports[start : start + _REPORTS]]
            ids = list(self._ids_of(some))
            for lines in _pieces(self._deletions(ids)):
                self._send(lines)
            gone += len(ids)
        return gone

    def _ids_of(self, reports: Sequence[str]) -> Iterator[str]:
        after: list[Any] = []
        while True:
            body: Json = {
                "size": _PAGE,
                "_source": False,
                "query": {"terms": {"report": reports}},
                "sort": [{"report": "asc"}, {"seq": "asc"}],
                **({"search_after": after} if after else {}),
            }
            answered = self._connection.client.search(index=self._index, body=body)
            hits = answered["hits"]["hits"]
            if not whole(answered):
                raise Unreachable("opensearch.shards_missing", index=self._index)
            yield from (hit["_id"] for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]

    def _lines(self, passages: Iterable[IndexedPassage]) -> Iterator[bytes]:
        for passage in passages:
            name = identifier(passage)
            self._ids.append(hash(name))
            yield _line("index", name, self._next()) + _json(document(passage, self._materials.of(passage))) + b"\n"

    def _deletions(self, ids: Iterable[str]) -> Iterator[bytes]:
        for name in ids:
            yield _line("delete", name, self._next())

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _send(self, lines: list[bytes]) -> None:
        """Again, with longer and longer pauses, what the cluster couldn't take. Raises NoIndex."""
        settings = self._connection.settings
        left = lines
        for attempt in range(settings.load_attempts):
            if attempt:
                time.sleep(min(_LONGEST_WAIT, 0.5 * 2**attempt) * random.uniform(0.5, 1.0))
            try:
                answered: Json = self._connection.client.bulk(
                    body=b"".join(left),
                    index=self._index,
                    params={"filter_path": "errors,items.*.status,items.*.error"},
                )
            except failures.TransportError as error:
                if not _may_pass(error) or attempt == settings.load_attempts - 1:
                    raise translated(error) from error
                continue
            if not answered["errors"]:
                return
            left = [line for line, item in zip(left, answered["items"], strict=True) if _again(item)]
            if not left:
                return
        raise Unwritable("opensearch.not_taken", n=len(left))


def _there_is_room(made: Json) -> None:
    if not made["shards_acknowledged"]:
        raise Unwritable("opensearch.no_room")


def _raise_what_failed(sent: Iterable[Future[None]]) -> None:
    for one in sent:
        one.result()


def _may_pass(error: failures.TransportError) -> bool:
    return isinstance(error, failures.ConnectionError) or error.status_code in _AGAIN


def _again(item: Json) -> bool:
    """Whether one line of a bulk is to be sent again. Raises where it never will be taken."""
    ((_, told),) = item.items()
    status = int(told["status"])
    if status < 300 or status in (_CONFLICT, 404):  # a newer one is there already; gone already
        return False
    if status in _AGAIN and "TOO_MANY_REQUESTS/12" not in json.dumps(told):
        return True
    error = failures.TransportError(status, "bulk", told.get("error", {}))
    raise translated(error)


def _line(action: str, name: str, number: int) -> bytes:
    """``external_gte``: whichever was numbered last stays, in whatever order they arrive and however often."""
    return _json({action: {"_id": name, "version": number, "version_type": "external_gte"}}) + b"\n"


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    piece: list[bytes] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _of_alias(index: str) -> str:
    """The alias that an index was made for: its name without time and number."""
    return index.rsplit("-", 2)[0]


def sweep(connection: Connection, prefix: str, owner: str, kept: Iterable[str]) -> None:
    """Away with the indices of ``owner`` whose alias, ``prefix-…``, is none of ``kept``."""
    aliases = frozenset(kept)
    found: Json = connection.ask(
        lambda client: client.indices.get_mapping(index=f"{prefix}-*", params={"allow_no_indices": "true"})
    )
    for index, one in found.items():
        if Meta.of(one["mappings"]).owner == owner and _of_alias(index) not in aliases:
            connection.ask(
                lambda client, name=index: client.indices.delete(  # type: ignore[misc]
                    index=name, params={"ignore_unavailable": "true"}
                )
            )
