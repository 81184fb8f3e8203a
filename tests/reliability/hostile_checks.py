"""What an answer over hostile pages must not hold, by its media type."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml import html as parsed
from werkzeug.test import TestResponse

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{7}")
# None of these stands in a page of ours. (svg does: figures are drawn with it.)
_FOREIGN = frozenset(
    {
        *(
            "applet",
            "audio",
            "area",
            "base",
            "bdo",
            "blink",
            "center",
            "embed",
            "fieldset",
            "font",
            "frame",
            "frameset",
        ),
        *("iframe", "listing", "marquee", "math", "noembed", "object", "picture", "plaintext", "portal", "source"),
        *("style", "template", "track", "video", "xmp", "xss"),
    }
)
_RUNS = re.compile(r"\s*(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_FORMULA = re.compile(r"[\t\r\n]*[=+@＝＋－＠]|[\t\r\n]+|-(?![\d.,]+%?$)")
_HEADERS = {"x-injected", "set-cookie2"}


def faults_of(answer: TestResponse) -> Iterator[str]:
    """Of its status, its headers and its body."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
    yield from _in_headers(answer)
    kind = answer.mimetype or ""
    for known, look in _LOOKS.items():
        if known in kind:
            yield from look(answer.data)


def _in_headers(answer: TestResponse) -> Iterator[str]:
    if names := _HEADERS & {name.lower() for name, _ in answer.headers}:
        yield f"a header of theirs: {names}"
    cookies = [cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")]
    if set(cookies) - {"lang", "tray"}:
        yield f"a cookie of theirs: {cookies}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff" or "Content-Security-Policy" not in answer.headers:
        yield "a header of ours is missing"
    saved = answer.headers.get("Content-Disposition")
    if saved and not re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"(?:; filename\*=UTF-8''[\w.~%-]+)?", saved, re.ASCII
    ):
        yield f"a name of a file: {saved[:100]}"
    if "/raw" in answer.request.path and answer.status_code == 200:
        if not saved or "sandbox" not in answer.headers["Content-Security-Policy"]:
            yield "a raw page that could run"
        if answer.mimetype not in ("text/plain", "application/octet-stream"):
            yield f"a raw page as {answer.mimetype}"


def _in_page(data: bytes) -> Iterator[str]:
    root = parsed.document_fromstring(data.decode("utf-8"))
    assert isinstance(root, parsed.HtmlElement)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _FOREIGN:
            yield f"an element {element.tag}"
        if element.tag == "script" and element.get("type") == "application/ld+json":
            yield from in_json((element.text or "").encode())  # read by search engines, run by nobody
        elif element.tag == "script" and not (element.get("src") or "").startswith("/assets/"):
            yield "a script"
        for name, value in element.attrib.items():
            assert isinstance(name, str)  # lxml gives bytes in Python 2 only
            assert isinstance(value, str)
            if name.startswith("on") or name in ("style", "srcdoc", "ping"):
                yield f"an attribute {name}"
            if name in ("href", "src", "action", "formaction", "poster", "background") and _RUNS.match(value):
                yield f"{name}={value[:40]}"
            if name == "src" and not value.startswith("/assets/"):
                yield f"loads {value[:40]}"
        if element.tag not in ("input", "textarea", "script") and _MARKS.search(element.text or ""):
            yield f"a mark of direction in {element.tag}.{element.get('class')}"
    if _PILE.search(root.text_content()):
        yield "a pile of marks"
    for code in root.iter("code"):
        if (code.text or "").startswith("@online{duibiao"):
            assert isinstance(code, parsed.HtmlElement)
            yield from _in_bibtex(code.text_content())


def _in_bibtex(text: str) -> Iterator[str]:
    """No command of TeX but those that print a character, and no field but ours."""
    if command := re.search(r"\\(?!text(?:backslash|brace(?:left|right)|asciitilde|asciicircum)\b)[A-Za-z]+", text):
        yield f"a command of TeX {command.group()}"
    if text.count("{") != text.count("}"):
        yield "braces of BibTeX that don't match"
    if fields := set(re.findall(r"^\s*(\w+)\s*=", text, re.MULTILINE)) - {
        "title",
        "author",
        "year",
        "url",
        "urldate",
        "note",
    }:
        yield f"a field of theirs in BibTeX: {fields}"


def in_json(data: bytes) -> Iterator[str]:
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        found = json.loads(data, parse_constant=refuse)
    except ValueError as error:
        yield f"no JSON: {error}"
        return
    if isinstance(found, list):
        found = found[1:]  # suggestions repeat in front what was typed, as OpenSearch wants it
    yield from (f"a mark of direction in {path}" for path, text in _texts(found) if _MARKS.search(text))


_AS_WRITTEN = frozenset({"edits", "file", "attachments"})  # what was taken out of a text, names and addresses of files


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its path, but what is there to be told as it was written."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _AS_WRITTEN:
                yield from _texts(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)


def _in_csv(data: bytes) -> Iterator[str]:
    if b"\0" in data:
        yield "a NUL"
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield from (f"a formula {cell[:40]!r}" for cell in row if _FORMULA.match(cell) and len(cell) > 1)


def _in_office(data: bytes) -> Iterator[str]:
    """XLSX and DOCX: whole XML, no formula, no field, no link to anything outside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            try:
                root = etree.fromstring(archive.read(name))
            except etree.XMLSyntaxError as error:
                yield f"{name} is no XML: {error}"
                continue
            tags = {etree.QName(node).localname for node in root.iter() if isinstance(node.tag, str)}
            if wrong := tags & {"f", "instrText", "fldSimple", "hyperlink", "oleObject", "altChunk"}:
                yield f"{wrong} in {name}"
            if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name):
                yield f"a link outside in {name}"


def _in_xml(data: bytes) -> Iterator[str]:
    """Atom, site maps, OpenSearch: whole, and every address is one of the web."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        yield f"no XML: {error}"
        return
    for node in root.iter():
        for address in (node.get("href"), node.text if etree.QName(node).localname == "loc" else None):
            if address is not None and not re.match(r"https?://[^\s<>\"]+$", address):
                yield f"an address {address[:60]!r}"
        if _MARKS.search(node.text or ""):
            yield f"a mark of direction in {node.tag}"


_LOOKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "html": _in_page,
    "json": in_json,
    "csv": _in_csv,
    "officedocument": _in_office,
    "+xml": _in_xml,
    "application/xml": _in_xml,
}
