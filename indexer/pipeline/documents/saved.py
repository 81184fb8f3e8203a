"""Pages that a browser, a mail program or Word saved as one file: MIME (.mht, .mhtml, .eml, Word's 单个文件网页) and
Safari's .webarchive."""

from __future__ import annotations

import base64
import binascii
import plistlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser
from xml.parsers.expat import ExpatError

from indexer.domain.page import RawPage
from indexer.errors import Skip

_HEAD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t<\"A-Za-z0-9=]")
_MIME = re.compile(rb"^(?:MIME-Version:|Content-Type:\s*multipart/)", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 16_000  # mail heads of 8 KB are seen
_DEEPEST = 4  # multipart within multipart: related, alternative, mixed
_MOST_PARTS = 2_000  # a saved page has some hundred pictures
_LITTLE = 50  # Chinese characters: a page of frames rather than a report
_LOCATION = re.compile(r"https?://\S+$")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page inside, and the address that the file says it was saved from (nobody has checked that)."""

    page: RawPage
    claimed_url: str | None


def saved_page(page: RawPage) -> SavedPage | None:
    """None where ``page`` is no such file. Raises Skip: damaged, no_body."""
    data = page.data
    start = (data[:3].startswith(b"\xef\xbb\xbf") and 3) or 0
    head = data[start : start + _HEAD_BYTES].lstrip(b"\r\n \t")
    if _HEAD.match(head) and _MIME.search(_up_to_blank_line(head)):
        return _from_mime(page, data[start:].lstrip(b"\r\n \t"))
    if data.startswith(b"bplist00") or (b"<plist" in data[:1024] and page.name.lower().endswith(".webarchive")):
        return _from_webarchive(page)
    return None


def _up_to_blank_line(head: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    charset: str | None
    location: str | None
    data: bytes


def _from_mime(page: RawPage, data: bytes) -> SavedPage:
    head, body = _head_and_body(data)
    parts = list(_parts(head, body, 0))
    pages = [part for part in parts if part.kind in ("text/html", "application/xhtml+xml")]
    texts = pages or [part for part in parts if part.kind == "text/plain"]
    if not texts:
        raise Skip("no_body", "mhtml")
    best = texts[0]
    if len(texts) > 1 and _chinese(best) < _LITTLE:  # a page of frames: the text is another part
        best = max(texts, key=_chinese)
    location = best.location or head.get("Snapshot-Content-Location") or head.get("Content-Location")
    inner = RawPage(best.data, _inner_name(page.name, best.kind), page.url, best.charset, page.fetched_at)
    return SavedPage(inner, _address(location))


def _head_and_body(data: bytes) -> tuple[Message, bytes]:
    cut = re.search(rb"\r?\n\r?\n", data[:1_000_000])
    head, body = (data[: cut.start()], data[cut.end() :]) if cut else (data, b"")
    return BytesHeaderParser().parsebytes(head), body


def _parts(head: Message, body: bytes, depth: int) -> Iterator[_Part]:
    """The leaves. Cut at the boundaries by hand: the library's parser keeps a tree and calls itself for each level."""
    kind = head.get_content_type().lower()
    boundary = head.get_boundary() if kind.startswith("multipart/") else None
    if boundary is None:
        yield _Part(kind, head.get_content_charset(), head.get("Content-Location"), _decoded(head, body))
        return
    if depth >= _DEEPEST:
        return
    fence = re.compile(
        rb"^--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*\r?$", re.MULTILINE
    )
    marks = list(fence.finditer(body))[:_MOST_PARTS]
    for at, mark in enumerate(marks):
        if mark[1]:
            break
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        yield from _parts(*_head_and_body(body[mark.end() : end].lstrip(b"\r\n")), depth + 1)


def _decoded(head: Message, body: bytes) -> bytes:
    """Raises Skip("damaged") for what says base64 and isn't."""
    coding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if coding == "quoted-printable":
        return quopri.decodestring(body)
    if coding == "base64":
        try:
            return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=]", b"", body) + b"==")
        except binascii.Error as broken:
            raise Skip("damaged", "mhtml") from broken
    return body


def _chinese(part: _Part) -> int:
    try:
        text = part.data.decode(part.charset or "utf-8", "ignore")
    except LookupError:
        text = part.data.decode("utf-8", "ignore")
    return sum("\u4e00" <= character <= "\u9fff" for character in text)


def _address(location: str | None) -> str | None:
    found = str(location).strip() if location else ""
    return found if _LOCATION.match(found) else None


def _inner_name(name: str, kind: str) -> str:
    """A name that doesn't pass for another kind of document: 总结.doc holds a page."""
    return name + (".txt" if kind == "text/plain" else ".html")


def _from_webarchive(page: RawPage) -> SavedPage:
    damaged = Skip("damaged", "webarchive")
    try:
        main = plistlib.loads(page.data)["WebMainResource"]
        data, charset, location = (
            main["WebResourceData"],
            main.get("WebResourceTextEncodingName"),
            main.get("WebResourceURL"),
        )
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, ExpatError) as broken:
        raise damaged from broken
    if not isinstance(data, bytes):
        raise damaged
    inner = RawPage(data, _inner_name(page.name, "text/html"), page.url, fetched_at=page.fetched_at)
    if isinstance(charset, str):
        inner = replace(inner, charset=charset)
    return SavedPage(inner, _address(location if isinstance(location, str) else None))
