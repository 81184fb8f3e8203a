"""A page of HTML, opened: its tree without scripts and hidden parts, what its head says, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from bs4 import BeautifulSoup
from lxml import etree, html

from indexer.pipeline.extract.hidden import drop_hidden
from indexer.pipeline.extract.lines import Line, lines_of
from indexer.pipeline.extract.marks import settle_marks

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|title|meta|span|article|h\d|br)\b", re.IGNORECASE)
_HEAD_TAG = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>|<title\b[^>]*>[^<]*</title\s*>""", re.IGNORECASE)
# libxml2 hangs what follows the first </html> off the tree, where nobody looks; browsers show it.
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_ENCODED_TWICE = re.compile(
    r"&amp;(?=(?:amp;)*(?:nbsp|[lr][sd]quo|quot|m?dash|middot|hellip|times|permil|deg|#\d{2,6}|#x[0-9a-f]{2,5});)",
    re.IGNORECASE,
)
_FULL_OF_CODES = 10  # \\u5de5: fewer may be an example
_CODE_POINT = re.compile(r"\\u((?:[4-9][0-9a-f]|20|30|ff)[0-9a-f]{2})", re.IGNORECASE)
_FULL_OF_THEM = 3  # entities encoded twice; one or two may be spoken of
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DROPPED = (
    *("script", "style", "noscript", "iframe", "object", "embed", "applet", "select", "button", "textarea", "input"),
    *("svg", "canvas", "template", "audio", "video", "map", "datalist", "title"),
)
_EMBEDDING = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_COMMENT_MARK = re.compile(r"<\$\[(标题|信息内容|信息来源|发布日期|发布时间)\]>\s*begin")
_MAX_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says. ``meta`` maps lower-case names to their first non-empty content."""

    title: str
    meta: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> tuple[str, str] | None:
        """(name, content) of the first of ``names`` that says something; its usual prefixes are tried too."""
        for name in names:
            for spelled in (name, f"meta-{name}", f"og:{name}", f"article:{name}", f"dc.{name}"):
                content = self.meta.get(spelled)
                if content:
                    return spelled, content
        return None


@dataclass(frozen=True)
class Markup:
    """``marks``: elements that open with one of JCMS's comments, by its name. ``hidden``: text of what was dropped.
    ``embedded``: addresses of what the page shows inside itself (iframe, embed, object)."""

    raw: str
    root: html.HtmlElement
    head: Head
    hidden: str
    marks: dict[str, html.HtmlElement]
    url: str | None
    cut: bool = (
        False  # libxml2 leaves out what is nested deeper than 2,048 tags, huge_tree or not, and all that follows
    )
    embedded: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(lines_of(self.root))

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Where the page's links lead, as spelled."""
        return tuple(link.get("href").strip() for link in self.root.iter("a") if link.get("href"))

    def find(self, *places: str) -> list[html.HtmlElement]:
        """Elements at the first of ``places`` that leads anywhere: ``.class``, ``#id`` (case ignored, an end as in
        ``#vsb_content*`` left open) or an XPath."""
        for place in places:
            if place.startswith("."):
                found = self._by_class.get(place[1:], [])
            elif place.startswith("#"):
                found = self._with_id(place[1:].lower())
            else:
                found = [element for element in self.root.xpath(place) if isinstance(element, html.HtmlElement)]
            if found:
                return found
        return []

    def _with_id(self, name: str) -> list[html.HtmlElement]:
        if not name.endswith("*"):
            return self._by_id.get(name, [])
        return [element for own, found in self._by_id.items() if own.startswith(name[:-1]) for element in found]

    @cached_property
    def _by_class(self) -> dict[str, list[html.HtmlElement]]:
        found: dict[str, list[html.HtmlElement]] = {}
        for element in self.root.xpath("//*[@class]"):
            for name in element.get("class").split():
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def _by_id(self) -> dict[str, list[html.HtmlElement]]:
        found: dict[str, list[html.HtmlElement]] = {}
        for element in self.root.xpath("//*[@id]"):
            found.setdefault(element.get("id").lower(), []).append(element)
        return found


def is_markup(text: str) -> bool:
    """Told by the text itself: a ``.txt`` may hold HTML and an ``.html`` plain text."""
    return len(list(islice(_MARKUP.finditer(text, 0, _MAX_HEAD), 2))) == 2


def open_markup(text: str, url: str | None) -> Markup:
    text = _decoded_once_more(_CONTROL.sub("", _XML_DECLARATION.sub("", text, count=1)))
    parser = html.HTMLParser(huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(_EARLY_END.sub("", text), parser=parser)
    except etree.ParserError:  # nothing but comments or blanks
        root = html.document_fromstring("<html><body></body></html>")
    cut = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log.filter_from_fatals())
    marks = _comment_marks(root)
    etree.strip_tags(root, etree.Comment)
    embedded = tuple(dict.fromkeys(_embedded(root)))
    sheets = [sheet.text or "" for sheet in root.iter("style")]
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    if text.count("\\u") >= _FULL_OF_CODES:
        _decode_code_points(root)
    head = _read_head(text)
    hidden = drop_hidden(root, sheets, head.title)
    settle_marks(root)
    return Markup(text, root, head, hidden, marks, url, cut, embedded)


def _decode_code_points(root: html.HtmlElement) -> None:
    """\\u5de5\\u4f5c in the text itself, as a system prints what it took out of JSON."""
    for element in root.iter(etree.Element):
        element.text = _CODE_POINT.sub(_character, element.text) if element.text else None
        element.tail = _CODE_POINT.sub(_character, element.tail) if element.tail else None


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _decoded_once_more(text: str) -> str:
    """``&amp;nbsp;`` is ``&nbsp;`` where a page is full of such: its system has encoded it twice."""
    found = len(list(islice(_ENCODED_TWICE.finditer(text), _FULL_OF_THEM)))
    return re.sub(r"&(?:amp;)+(?=[#\w]+;)", "&", text) if found == _FULL_OF_THEM else text


def _embedded(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter(*_EMBEDDING):
        address = (element.get(_EMBEDDING[str(element.tag)]) or "").strip()
        if address and not address.lower().startswith(("about:", "javascript:", "data:")):
            yield address


def _comment_marks(root: html.HtmlElement) -> dict[str, html.HtmlElement]:
    marks: dict[str, html.HtmlElement] = {}
    for comment in root.iter(etree.Comment):
        found = _COMMENT_MARK.search(comment.text or "")
        parent = comment.getparent()
        if found and isinstance(parent, html.HtmlElement):
            marks.setdefault(found.group(1), parent)
    return marks


def _read_head(text: str) -> Head:
    """Only these few tags go through BeautifulSoup: a whole page would take it ten times as long as lxml.

    They are gathered wherever they stand: heads are broken off by extensions, comments and stray closing tags.
    """
    tags = _HEAD_TAG.findall(text, 0, _MAX_HEAD)
    soup = BeautifulSoup("".join(tags), "lxml")
    meta: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop")
        content = " ".join(str(tag.get("content") or "").split())
        if name and content:
            meta.setdefault(str(name).strip().lower(), content)
    titles = (" ".join(title.get_text().split()) for title in soup.find_all("title"))
    return Head(next(filter(None, titles), ""), meta)
