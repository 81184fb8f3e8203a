"""The links of a page: where it leads, its next pages, the files that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree, html

_MOST = 5000  # links of one page; a list page has some hundred
_NEXT = re.compile(r"[\[【(<«‹]*\s*(?:下一?页|后一?页|next(?:\s*page)?|[>›»]{1,2})\s*[\]】)>›»]*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\[【(]?\s*\d{1,4}\s*[\]】)]?|(?:尾|末|最后一?)页|last", re.IGNORECASE)
_PAGED = re.compile(r"(?:[_-]|/|page=|p=|pageno=|pageindex=|currpage=|page/)\d{1,4}(?:\.\w{3,5})?$", re.IGNORECASE)
# TRS: createPageHTML(pages, this one from 0, "index", "html"); the first is index.html, then index_1.html on
_TRS = re.compile(
    r"createPageHTML\s*\(\s*[\"']?(\d{1,4})[\"']?\s*,\s*\d{1,4}\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w{3,5})[\"']"
)
_MOST_PAGES = 1000  # of one list
# JCMS puts the rows of a list, and the address of the next rows, into CDATA of a script
_CDATA = re.compile(r"<(record|nextgroup)>\s*<!\[CDATA\[(.{1,20000}?)\]\]>", re.DOTALL)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd)(?:$|[?#&])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download\.jsp|downloadattach|downfile|/attach/|filedown", re.IGNORECASE)
_VIEWER = re.compile(r"[?&](?:file|url|src|pdf)=([^&#]+\.(?:pdf|ofd|docx))", re.IGNORECASE)
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|css|js|json|mp[34]|avi|wmv|flv|mov|zip|rar|7z|gz|tgz|exe|apk|ipa|xlsx?|et|csv|pptx?)$",
    re.IGNORECASE,
)
_ELSEWHERE = ("javascript:", "mailto:", "tel:", "data:", "#", "about:", "weixin:", "blob:")


@dataclass(frozen=True, slots=True)
class Link:
    """``address`` as the page spells it, ``text`` what stands on it, in one line."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """``follow``: false where the page asks for its links not to be followed."""

    pages: tuple[Link, ...]
    next_pages: tuple[str, ...]  # of this list or article
    files: tuple[Link, ...]  # PDF, Word, WPS, OFD
    base: str | None
    follow: bool


def links_of(text: str) -> Links:
    """Of the HTML ``text``."""
    root = _tree(text)
    if root is None:
        return Links((), (), (), None, True)
    pages: dict[str, Link] = {}
    next_pages: dict[str, None] = {}
    files: dict[str, Link] = {}
    for link in _all(root, text):
        if _FILE.search(link.address) or _FILE.search(link.text) or _DOWNLOAD.search(link.address):
            files.setdefault(link.address, link)
        elif not _NOT_PAGES.search(link.address.split("?")[0]):
            pages.setdefault(link.address, link)
            if _NEXT.fullmatch(link.text) or (_PAGE_NUMBER.fullmatch(link.text) and _PAGED.search(link.address)):
                next_pages.setdefault(link.address)
        if len(pages) + len(files) >= _MOST:
            break
    for embedded in _embedded(root):
        files.setdefault(embedded, Link(embedded, ""))
    next_pages |= dict.fromkeys((*_trs_pages(text), *_more_rows(text)))
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return Links(tuple(pages.values()), tuple(next_pages), tuple(files.values()), base, _may_follow(root))


def _tree(text: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", "")))
    except (etree.ParserError, ValueError):
        return None


def _all(root: html.HtmlElement, text: str) -> Iterator[Link]:
    yield from _anchors(root)
    for found in _CDATA.finditer(text):
        if found[1] == "record" and (row := _tree(found[2])) is not None:
            yield from _anchors(row)
    for frame in root.iter("frame", "iframe"):
        address = (frame.get("src") or "").strip()
        if address and not address.lower().startswith(_ELSEWHERE) and not _VIEWER.search(address):
            yield Link(address, "")


def _anchors(root: html.HtmlElement) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        address = (anchor.get("href") or "").strip()
        if address and not address.lower().startswith(_ELSEWHERE) and "nofollow" not in (anchor.get("rel") or ""):
            words = " ".join("".join(anchor.itertext()).split()) or anchor.get("title") or ""
            yield Link(address, words[:200])


def _embedded(root: html.HtmlElement) -> Iterator[str]:
    """Documents shown inside the page: by the browser itself, or by a viewer that is given their address."""
    for element in root.iter("iframe", "embed", "object"):
        address = (element.get("src") or element.get("data") or "").strip()
        viewed = _VIEWER.search(address)
        if viewed:
            yield unquote(viewed[1])
        elif _FILE.search(address):
            yield address


def _trs_pages(text: str) -> Iterator[str]:
    called = _TRS.search(text)
    if called:
        for number in range(1, min(int(called[1]), _MOST_PAGES)):
            yield f"{called[2]}_{number}.{called[3]}"


def _more_rows(text: str) -> Iterator[str]:
    for found in _CDATA.finditer(text):
        if found[1] == "nextgroup" and (row := _tree(found[2])) is not None:
            yield from (link.address for link in _anchors(row))


def _may_follow(root: html.HtmlElement) -> bool:
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "robots":
            return not {"nofollow", "none"} & {word.strip() for word in (meta.get("content") or "").lower().split(",")}
    return True
