"""A page that only says where the real one lies: meta refresh, or a script of a single jump."""

from __future__ import annotations

import re

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
_LARGEST = 50_000  # bytes; such pages are small


def moved_to(data: bytes, charset: str | None) -> str | None:
    """The address, as spelled, that the HTML page ``data`` sends its reader to; None for a page that stays."""
    if len(data) > _LARGEST or not re.search(rb"refresh|location", data, re.IGNORECASE):
        return None
    markup = data.decode(_codec(charset), "replace")
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


def _without_comments(script: str) -> str:
    return re.sub(r"<!--|-->|(?m:^\s*//.*$)", "", script)


def _codec(charset: str | None) -> str:
    if charset and charset.lower() in ("gb2312", "gbk", "gb18030"):
        return "gb18030"
    return "utf-8"
