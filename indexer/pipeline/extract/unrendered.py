"""A report that its page holds but doesn't show without a script: in JSON, in a hidden textarea, in <noscript>.

Asked only where nothing else of the page is a body. What is found is put into the page's mark-up, and read from there
like any other: title, date and source by the same rules.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indexer.locale.remarks import remark
from indexer.pipeline.extract.raw_elements import raw_elements

BODY_ID = "duibiao-unrendered"

_ASIDES = ("noscript", "textarea", "template")
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|div|span|br|section)\b", re.IGNORECASE)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.){60,}"|\'(?:[^\'\\]|\\.){60,}\'', re.DOTALL)
_CHINESE = re.compile("[一-鿿]")
_TAG = re.compile(r"<[^>]*>")
_LEAST = 50  # Chinese characters
_LEAST_STOPS = 2  # 。 and its like: a list of names or of menus has none
_TITLES = ("title", "headline", "articletitle", "newstitle", "doctitle", "subject", "name")
_DAYS = (
    *("publishtime", "publishdate", "pubdate", "pubtime", "datepublished", "releasetime", "releasedate", "docreltime"),
    *("published_time", "publish_time", "displaydate", "issuetime", "createtime", "create_time"),
)
_SOURCES = ("source", "sourcename", "contentsource", "docsource", "origin", "publisher", "author")


@dataclass(frozen=True, slots=True)
class Unrendered:
    """``content`` may be mark-up; ``place`` says in Chinese where the page keeps it."""

    content: str
    place: str
    title: str | None = None
    day: str | None = None
    source: str | None = None


def unrendered_body(raw: str) -> Unrendered | None:
    """The longest Chinese text that ``raw``, a page's mark-up, keeps out of sight; None where there is none."""
    return max(_candidates(raw), key=lambda one: _weight(one.content), default=None)


def shown(raw: str, body: Unrendered) -> str:
    """``raw`` with the text as an element of its own, id ``BODY_ID``, and what goes with it in the head and above."""
    metas = "".join(
        f'<meta name="{name}" content="{html.escape(value)}">'
        for name, value in (("PubDate", body.day), ("source", body.source))
        if value
    )
    content = (
        body.content
        if "<" in body.content
        else "".join(f"<p>{html.escape(line)}</p>" for line in body.content.splitlines())
    )
    headline = f"<h1>{html.escape(body.title)}</h1>" if body.title and "<h1" not in raw.lower() else ""
    return f'{metas}{_without_asides(raw)}<div>{headline}<div id="{BODY_ID}">{content}</div></div>'


def _without_asides(raw: str) -> str:
    kept, here = [], 0
    for aside in raw_elements(raw, *_ASIDES):
        kept.append(raw[here : aside.start])
        here = aside.end
    return "".join([*kept, raw[here:]])


def _candidates(raw: str) -> Iterator[Unrendered]:
    for aside in raw_elements(raw, *_ASIDES):
        content = aside.content
        if aside.name != "noscript" and _ESCAPED_MARKUP.search(content):
            content = html.unescape(content)
        if _is_prose(content):
            yield Unrendered(content, remark("origin_element", name=aside.name))
    for script in raw_elements(raw, "script"):
        if "\\u" in script.content or _CHINESE.search(script.content):
            yield from _in_script(script.content)


def _in_script(script: str) -> Iterator[Unrendered]:
    found = False
    for data in _json_in(script):
        for owner, text in _strings(data):
            if _is_prose(text):
                found = True
                yield Unrendered(
                    text, "网页脚本中的数据", _said(owner, _TITLES), _said(owner, _DAYS), _said(owner, _SOURCES)
                )
    if found:
        return
    for literal in _LITERAL.finditer(script):
        text = _unquoted(literal.group())
        if _is_prose(text):
            yield Unrendered(text, "网页脚本中的数据")


def _json_in(script: str) -> Iterator[Any]:
    """The objects written in ``script``: the whole of it, or what is assigned to something."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(20):
        at = min((place for mark in "{[" if (place := script.find(mark, at)) >= 0), default=-1)
        if at < 0:
            return
        try:
            data, end = decoder.raw_decode(script, at)
        except (json.JSONDecodeError, RecursionError):
            at += 1
            continue
        if isinstance(data, (dict, list)) and data:
            yield data
        at = end


def _strings(data: Any, owner: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Every string with the object that holds it."""
    waiting: list[tuple[dict[str, Any], Any]] = [(owner or {}, data)]
    while waiting:
        holder, value = waiting.pop()
        if isinstance(value, str):
            yield holder, value
        elif isinstance(value, dict):
            waiting += [(value, inner) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(holder, inner) for inner in value]


def _said(owner: dict[str, Any], names: tuple[str, ...]) -> str | None:
    own = {str(key).lower(): value for key, value in owner.items()}
    for name in names:
        value = own.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, (str, int)) and str(value).strip():
            return str(value).strip()[:200]
    return None


def _unquoted(literal: str) -> str:
    inner = literal[1:-1] if literal[0] == '"' else literal[1:-1].replace('"', '\\"').replace("\\'", "'")
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except json.JSONDecodeError:
        return inner


def _is_prose(text: str) -> bool:
    if text.count("。") + text.count("；") < _LEAST_STOPS:
        return False
    return _weight(text) >= _LEAST


def _weight(text: str) -> int:
    return len(_CHINESE.findall(_TAG.sub("", text)))
