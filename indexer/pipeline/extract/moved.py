"""A page that only says where the real one lies: meta refresh, a script of a single jump, frames."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

_PROSE = 300  # characters; a notice that a page has moved has less, a report more
_SOON = 30  # seconds; a page that loads itself anew every few minutes has not moved
_REFRESH = re.compile(
    r"\s*(\d{1,6})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*[\"']?\s*([^\"'>]*?)\s*[\"']?\s*", re.IGNORECASE
)
_JUMP = re.compile(
    r"""\s*(?:(?:window|top|self|document|parent)\.)*location(?:\.href)?\s*"""
    r"""(?:=\s*|\.(?:replace|assign)\(\s*)["']([^"'+]{1,500})["']\s*\)?\s*;?\s*""",
    re.IGNORECASE,
)
_FRAME = re.compile(r"""<i?frame\b[^>]{0,500}?\bsrc\s*=\s*(["']?)([^"'\s>]{1,500})\1""", re.IGNORECASE)
_FRAMES_WITHIN = 200_000  # characters
_HEAD = 20_000  # bytes; such pages are small


def moved_to(data: bytes, charset: str | None) -> str | None:
    """The address, as spelled, that the HTML page ``data`` sends its reader to; None for a page that stays."""
    if b"<" not in data[:_HEAD] or not re.search(rb"refresh|location", data[:_HEAD], re.IGNORECASE):
        return None
    return address_in(data[:_HEAD].decode(_codec(charset), "replace"))


def address_in(markup: str) -> str | None:
    """As ``moved_to``, of text."""
    try:
        root = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):  # empty; an XML declaration with an encoding
        return None
    scripts = [script.text or "" for script in root.iter("script")]
    text = "".join(
        piece
        for element in root.iter()
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title", "noscript")
        for piece in (element.text or "", element.tail or "")
    )
    if len("".join(text.split())) > _PROSE:
        return None
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            found = _REFRESH.fullmatch(meta.get("content") or "")
            if found and found[2] and int(found[1]) <= _SOON:
                return found[2]
    jumps = [jump for script in scripts if script.strip() for jump in [_JUMP.fullmatch(_without_comments(script))]]
    if len(jumps) == 1 and jumps[0] and not text.strip():
        return jumps[0][1]
    return None


def framed(markup: str) -> tuple[str, ...]:
    """The addresses of what HTML shows in frames, as spelled, in their order."""
    found = (unescape(match[2]).strip() for match in _FRAME.finditer(markup, 0, _FRAMES_WITHIN))
    return tuple(dict.fromkeys(address for address in found if address and not address.startswith(("about:", "java"))))


def _without_comments(script: str) -> str:
    return re.sub(r"<!--|-->|(?m:^\s*//.*$)", "", script)


def _codec(charset: str | None) -> str:
    if charset and charset.lower() in ("gb2312", "gbk", "gb18030"):
        return "gb18030"
    return "utf-8"
