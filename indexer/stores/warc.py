"""What was fetched, as WARC 1.1 (ISO 28500:2017): request and answer as they went over the wire, a gzip member each.

A file that is being written ends in ``.open``; a crawl that was killed leaves one, and the next one cuts it behind its
last whole record and gives it its name.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from indexer import __version__
from indexer.errors import Busy, Unwritable
from indexer.stores.locks import held

SOFTWARE = f"Duibiao/{__version__}"
ROLE = "X-Duibiao-Role"  # a named field of our own, which readers pass over: what the page was fetched as
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NAME = re.compile(r"duibiao-\d{17}-(\d{5})\.warc\.gz(?:\.open)?")


@dataclass(frozen=True, slots=True)
class Capture:
    """Where and when an answer was written whole: what a revisit refers to."""

    url: str
    date: str  # WARC-Date
    record: str  # WARC-Record-ID
    payload_digest: str  # sha1, base32, of the body as it came

    @staticmethod
    def digest_of(received: bytes) -> str:
        """The payload digest of an answer as it came."""
        return _digest(_body(received))


class WarcWriter:
    """The WARC files of one data folder. One process writes at a time; safe from several threads of it."""

    def __init__(self, folder: Path, max_bytes: int, user_agent: str) -> None:
        """Raises Busy where another process writes."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._user_agent = user_agent
        self._threads = threading.Lock()
        self._file: IO[bytes] | None = None
        self._held = ExitStack()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._held.enter_context(held(folder / "lock", Busy("store.crawl_busy", folder=folder)))
        except OSError as error:
            raise Unwritable("store.unwritable", folder=folder, reason=error.strerror) from error
        for left in sorted(folder.glob("*.warc.gz.open")):
            _close_left_open(left)

    def close(self) -> None:
        with self._threads:
            self._finish()
            self._held.close()

    def response(self, url: str, sent: bytes, received: bytes, at: datetime, role: str) -> Capture:
        """Request and answer, both whole."""
        payload = Capture.digest_of(received)
        head = {"WARC-Payload-Digest": payload, ROLE: role}
        response = _record("response", url, received, at, head)
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        self._write(response, _record("request", url, sent, at, {"WARC-Concurrent-To": record_id}))
        return Capture(url, response.rec_headers.get_header("WARC-Date"), record_id, payload)

    def revisit(
        self, url: str, sent: bytes, received: bytes, at: datetime, role: str, before: Capture, *, not_modified: bool
    ) -> None:
        """An answer that says what ``before`` said: of it the head is kept."""
        head, blank, _ = received.partition(b"\r\n\r\n")
        fields = {
            "WARC-Profile": _NOT_MODIFIED if not_modified else _SAME_PAYLOAD,
            "WARC-Refers-To": before.record,
            "WARC-Refers-To-Target-URI": before.url,
            "WARC-Refers-To-Date": before.date,
            "WARC-Payload-Digest": before.payload_digest,
            ROLE: role,
        }
        revisit = _record("revisit", url, head + blank, at, fields)
        record_id = revisit.rec_headers.get_header("WARC-Record-ID")
        self._write(revisit, _record("request", url, sent, at, {"WARC-Concurrent-To": record_id}))

    def _write(self, *records: ArcWarcRecord) -> None:
        """Both or, where the machine stops in between, a rest that the next crawl cuts off."""
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        for record in records:
            writer.write_record(record)
        try:
            with self._threads:
                file = self._opened()
                file.write(buffer.getvalue())
                file.flush()
                os.fsync(file.fileno())
                if file.tell() >= self._max_bytes:
                    self._finish()
        except OSError as error:
            raise Unwritable("store.unwritable", folder=self._folder, reason=error.strerror) from error

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            numbers = [int(found[1]) for path in self._folder.iterdir() if (found := _NAME.fullmatch(path.name))]
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
            name = f"duibiao-{stamp}-{max(numbers, default=0) + 1:05d}.warc.gz"
            self._file = (self._folder / f"{name}.open").open("wb")
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            info = {
                "software": SOFTWARE,
                "format": "WARC File Format 1.1",
                "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
                "robots": "obey",
                "http-header-user-agent": self._user_agent,
            }
            writer.write_record(writer.create_warcinfo_record(name, info))
        return self._file

    def _finish(self) -> None:
        if self._file is not None:
            self._file.close()
            path = Path(self._file.name)
            path.rename(path.with_suffix(""))
            self._file = None


def _record(kind: str, url: str, block: bytes, at: datetime, fields: dict[str, str]) -> ArcWarcRecord:
    """Put together by hand: warcio itself would parse the heads and write them anew, no longer as they came."""
    writer = WARCWriter(BytesIO(), warc_version="1.1")
    headers = writer._init_warc_headers(
        url,
        kind,
        {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "WARC-Block-Digest": _digest(block)}
        | (
            {}
            if "WARC-Payload-Digest" in fields or kind == "revisit"
            else {"WARC-Payload-Digest": _digest(_body(block))}
        )
        | fields,
    )
    message = "request" if kind == "request" else "response"
    record = ArcWarcRecord(
        "warc", kind, headers, BytesIO(block), None, f"application/http; msgtype={message}", len(block)
    )
    record.payload_length = len(block)
    return record


def _body(block: bytes) -> bytes:
    return block.partition(b"\r\n\r\n")[2]


def _digest(data: bytes) -> str:
    """As warcio and its like write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def _close_left_open(file: Path) -> None:
    """Cuts ``file`` behind its last whole gzip member and gives it its name; one without any is removed."""
    whole = _whole_bytes(file)
    if whole == 0:
        file.unlink()
        return
    with file.open("r+b") as opened:
        opened.truncate(whole)
        os.fsync(opened.fileno())
    file.rename(file.with_suffix(""))


def _whole_bytes(file: Path) -> int:
    """Where the last whole gzip member of ``file`` ends."""
    whole = read = 0
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with file.open("rb") as opened:
        rest = b""
        while True:
            if not rest:
                rest = opened.read(1 << 20)
                if not rest:
                    return whole
            before = len(rest)
            try:
                inflate.decompress(rest, 1 << 20)
            except zlib.error:
                return whole
            rest = inflate.unconsumed_tail or inflate.unused_data
            read += before - len(rest)
            if inflate.eof:
                whole = read
                inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)


@dataclass(frozen=True, slots=True)
class WarcResponse:
    """An answer as a WARC file holds it. ``block``: its head and body as they came, None where they are larger than may
    be. ``role``: of ours what it was fetched as, else None."""

    url: str
    at: datetime
    block: bytes | None
    role: str | None


def responses_in(stream: IO[bytes], max_bytes: int) -> Iterator[WarcResponse]:
    """The answers of a WARC file, plain or gzip, in their order. Raises ValueError where it is damaged, after what
    could be read."""
    try:
        for record in ArchiveIterator(stream, no_record_parse=True):
            if record.rec_type not in ("response", "resource"):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            at = _date(record.rec_headers.get_header("WARC-Date"))
            block: Any = record.raw_stream.read(max_bytes + 1)
            while block is not None and len(block) <= max_bytes and (more := record.raw_stream.read(max_bytes + 1)):
                block += more
            if record.rec_type == "resource":
                kind = record.rec_headers.get_header("Content-Type") or "application/octet-stream"
                block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + block
            role = record.rec_headers.get_header(ROLE)
            yield WarcResponse(url.strip("<>"), at, block if len(block) <= max_bytes else None, role)
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error


def _date(written: str | None) -> datetime:
    try:
        return datetime.fromisoformat((written or "").replace("Z", "+00:00"))
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
