"""Bytes to text. The label on a page is a hint: of 60 real pages labelled gb2312, 49 hold characters outside it."""

from __future__ import annotations

import codecs
import re

from indexer.domain.page import Decoded, RawPage
from indexer.errors import Skip
from indexer.locale import LazyText
from indexer.pipeline.decode.mojibake import decode_double_byte, everyday_share

MAX_BYTES = 20 * 1024 * 1024  # the largest real report page seen has 1.4 MB; what is larger is an archive or a film

_BINARIES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "packed"),
    (b"PK\x05\x06", "packed_empty"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z][\w.:-]{1,30})""")
_GB = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "euc-cn", "cp936", "hz-gb-2312", "x-cp20936"}
_BIG5 = {"big5", "big5-hkscs", "big5hkscs", "big5-tw", "cp950", "x-x-big5", "cn-big5"}
_BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
# GBK text read as UTF-8 gives 4 well-formed three-byte characters to 100 broken ones (60 pages, the most seen).
_WELL_FORMED = 1.5
_LEAST_SHARE = 0.05  # of everyday characters: real Chinese pages have .25 and more, noise under .02
_FEW = 20  # below so many characters beyond ASCII a share says nothing
_SAMPLE = 400_000  # characters looked at to score a charset


def decode(page: RawPage, max_bytes: int = MAX_BYTES) -> Decoded:
    """The text of ``page``. Raises Skip: ``empty``, ``too_large``, ``binary``, ``undecodable``."""
    data = page.data
    if not data.strip():
        raise Skip("empty", "file")
    if len(data) > max_bytes:
        raise Skip("too_large", "page", size=len(data) / 1048576, most=max_bytes / 1048576)
    declared = declared_charset(page)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _finished(data[len(mark) :].decode(name, "replace"), name, declared)
    _refuse_binary(data)
    wide = _unmarked_utf16(data)
    if wide:
        return _finished(data.decode(wide, "replace"), wide, declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best_scoring(data, declared)
    if _looks_two_byte_only(text) and _family_of(declared) != "utf-8":
        return _best_scoring(data, declared)
    return _finished(text, "utf-8", declared)


def declared_charset(page: RawPage) -> str | None:
    """What the HTTP header, or else the page's own label, says; lower case. None where nobody says anything."""
    if page.charset:
        return page.charset.strip().strip("\"'").lower() or None
    label = _LABEL.search(page.data[:4096])
    return label.group(1).decode("ascii").lower() if label else None


def _refuse_binary(data: bytes) -> None:
    for magic, kind in _BINARIES:
        if not data.startswith(magic):
            continue
        if len(magic) > 2 or b"\0" in data[:512]:  # a text may begin with BM or MZ, but holds no NUL
            raise Skip("binary", "kind", kind=LazyText(f"file_kind.{kind}"))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise Skip("binary", "webp")
    sample = data[:65536]
    control = sum(sample.count(bytes([c])) for c in (*range(1, 9), *range(14, 27), 28, 29, 30, 31))
    nuls = sample.count(0)
    if _unmarked_utf16(data) is None and (nuls > len(sample) // 200 or control > len(sample) // 20):
        raise Skip("binary", "bytes")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the ASCII in it is NUL, on one side only."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 20
    if odd > enough and odd > 20 * even:
        return "utf-16-le"
    if even > enough and even > 20 * odd:
        return "utf-16-be"
    return None


def _looks_two_byte_only(text: str) -> bool:
    """A short GBK text can be valid UTF-8 by chance (联通), but then as two-byte characters only."""
    return not text.isascii() and _BEYOND_TWO_BYTES.search(text) is None


def _family_of(charset: str | None) -> str | None:
    if charset is None:
        return None
    if charset in _GB:
        return "gb18030"
    if charset in _BIG5:
        return "big5hkscs"
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return None


def _best_scoring(data: bytes, declared: str | None) -> Decoded:
    """Decode in every plausible charset and keep what reads most like Chinese. The declared one wins ties."""
    broken = data.decode("utf-8", "replace")
    if len(_BEYOND_TWO_BYTES.findall(broken)) >= _WELL_FORMED * broken.count("\ufffd"):
        return _finished(broken, "utf-8", declared)
    candidates = dict.fromkeys([_family_of(declared), "utf-8", "gb18030", "big5hkscs"])
    best: tuple[float, str, str] | None = None
    for name in candidates:
        if name is None or name.startswith(("utf-16", "utf-32")):  # those are told by their bytes, not by a label
            continue
        text = decode_double_byte(data, name) if name in ("gb18030", "big5hkscs") else _decoded(data, name)
        if text is None:
            continue
        score = everyday_share(text[:_SAMPLE])
        if best is None or score > best[0] + 1e-9:
            best = (score, name, text)
    if best is None:
        raise Skip("undecodable", "unknown")
    score, name, text = best
    beyond = sum(1 for c in text if c >= "\x80")
    if score < _LEAST_SHARE and beyond >= _FEW:
        raise Skip("undecodable", "any")
    return _finished(text, name, declared)


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name, "replace")
    except (LookupError, UnicodeError):
        return None


def _finished(text: str, name: str, declared: str | None) -> Decoded:
    text = text.lstrip("\ufeff").replace("\0", "")
    if not text.strip():
        raise Skip("empty", "blank")
    return Decoded(text, name, declared, text.count("\ufffd"))
