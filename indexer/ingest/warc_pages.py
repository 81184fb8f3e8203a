"""Pages out of WARC files: our own, from which everything can be built again, and other people's (.warc.gz, .warc,
.wacz)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path
from typing import IO

from warcio.bufferedreaders import ChunkedDataReader

from indexer.crawl.addresses import file_name, is_address, normalised
from indexer.crawl.fetcher import PAGE_STATUSES
from indexer.crawl.guard import Refused
from indexer.crawl.moved import moved_to
from indexer.crawl.unpack import CannotUnpack, TooLarge, unpacked
from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.pipeline.extract.markup import is_markup
from indexer.stores.warc import WarcResponse, responses_in

_SUFFIXES = (".warc", ".warc.gz", ".wacz")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_OURS = ("report", "part", "attachment", "start")  # roles of pages, beside list, sitemap, robots, other
_MOST_FILES = 10_000  # WARC files in one .wacz


def is_warc(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def pages_in(path: Path, max_bytes: int) -> Iterator[tuple[str, RawPage | Skip]]:
    """(address, page) of each answer that may be a report: HTML, PDF, Word, OFD. A Skip says that the page was
    gone then (``vanished``), or can't be read; one with the address "" is about the file. In the order of the file."""
    try:
        if path.name.lower().endswith(".wacz"):
            yield from _in_wacz(path, max_bytes)
        else:
            with path.open("rb") as stream:
                yield from _in_stream(stream, max_bytes)
    except OSError as error:
        yield "", Skip("unreadable", "because", reason=error.strerror or error)
    except (ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        yield "", Skip("damaged", "warc", problem=str(error)[:100])


def _in_wacz(path: Path, max_bytes: int) -> Iterator[tuple[str, RawPage | Skip]]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith((".warc", ".warc.gz"))]
        for name in sorted(names)[:_MOST_FILES]:
            with archive.open(name) as stream:
                yield from _in_stream(stream, max_bytes)


def _in_stream(stream: IO[bytes], max_bytes: int) -> Iterator[tuple[str, RawPage | Skip]]:
    for response in responses_in(stream, max_bytes + 1_000_000):
        if response.role is not None and response.role not in (*_OURS, "other"):
            continue
        if not is_address(response.url):
            continue
        try:
            url = normalised(response.url)
        except Refused:
            continue
        page = _page_of(response, url, max_bytes)
        if page is not None:
            yield url, page


def _page_of(response: WarcResponse, url: str, max_bytes: int) -> RawPage | Skip | None:
    """None for what is no page: pictures, scripts, redirects, errors."""
    if response.block is None:
        return Skip("too_large", "content", most=max_bytes)
    head, _, body = response.block.partition(b"\r\n\r\n")
    found = _STATUS.match(head)
    status = int(found[1]) if found else 0
    if status in (404, 410):
        return Skip("vanished", "status", status=status)
    if status not in PAGE_STATUSES:
        return None
    headers = BytesParser().parsebytes(head.partition(b"\n")[2], headersonly=True)
    if "chunked" in str(headers.get("transfer-encoding", "")).lower():
        body = _joined(body, max_bytes)
    try:
        data = unpacked([body], str(headers.get("content-encoding", "")), max_bytes)
    except TooLarge as error:
        return Skip("too_large", "because", problem=error)
    except CannotUnpack:
        return None
    charset = headers.get_content_charset() if headers.get("content-type") else None
    if not _may_be_report(data) or (response.role == "other" or moved_to(data, charset)):
        return None
    return RawPage(data, file_name(url), url, charset, response.at)


def _joined(body: bytes, max_bytes: int) -> bytes:
    reader = ChunkedDataReader(BytesIO(body))
    joined = bytearray()
    while len(joined) <= max_bytes and (piece := reader.read(1 << 16)):
        joined += piece
    return bytes(joined)


def _may_be_report(data: bytes) -> bool:
    """By its bytes: what servers call a page is often none, and the reverse."""
    return data.startswith(_DOCUMENTS) or is_markup(data[:200_000].decode("latin-1"))
