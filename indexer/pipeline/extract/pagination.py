"""Which page of a longer article this is: 上一页 and 下一页 that lead to the same address with another number.

Three of 95 real pages are the first of several. A pager of a gallery, of comments or of a script (``#``, ``\\``) leads
nowhere and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from indexer.domain.page import Pager
from indexer.pipeline.extract.boilerplate import plainly
from indexer.pipeline.extract.markup import Markup
from indexer.text.addresses import parts_of

_NEXT = re.compile(r"[\[【(<]?(?:下一?页|后一?页|next\s?(?:page)?)[\]】)]?\s*[>›»]*", re.IGNORECASE)
_BACK = re.compile(r"[<‹«]*\s*[\[【(]?(?:上一?页|前一?页|prev(?:ious)?\s?(?:page)?)[\]】)>]?", re.IGNORECASE)
_FILE = re.compile(r"(?P<stem>.+?)(?:[_-](?P<number>\d{1,2}))?(?P<suffix>\.[a-z]{3,5})?", re.IGNORECASE)
_NUMBERED = ("page", "p", "pageno", "pageindex", "pagenum", "currentpage")  # what an address calls its page
_PAGE_NUMBER = re.compile(r"[0-9]{1,4}")
# TRS: createPageHTML(pages, this one from 0, "t20220105_123", "html"); newer versions name an element first
_TRS = re.compile(
    r"createPage(?:HTML\d?)?\s*\(\s*(?:[\"'][\w-]*[\"']\s*,\s*)?[\"']?(\d{1,3})[\"']?\s*,\s*[\"']?(\d{1,3})[\"']?\s*,"
    r"\s*[\"']([\w-]+)[\"']\s*,\s*[\"']\.?(\w{3,5})[\"']"
)
# TRS before that, and systems after it: var currentPage = 0; var countPage = 4; … "t20220105_123_" + nextPage + ".html"
_CURRENT = re.compile(r"var\s+(?:currentPage|m_nCurrPage|curPage)\s*=\s*[\"']?(\d{1,3})")
_COUNT = re.compile(r"var\s+(?:countPage|m_nPageCount|pageCount|totalPage)\s*=\s*[\"']?(\d{1,3})")
_NEXT_NAME = re.compile(
    r"[\"'\\]([\w-]+)_[\"']\s*\+\s*\(?\s*(?:nextPage|currentPage|i\b)[^\"']*\+\s*[\"']\.([a-z]{3,5})\b"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """An address without its page number, and the number; None on a first page."""

    article: str
    number: int | None


def pager_of(markup: Markup, name: str) -> Pager | None:
    """None for a page that stands alone. ``name``: the file's, or the last part of its address."""
    called = _TRS.search(markup.raw)
    if called:
        count, index, stem, suffix = int(called[1]), int(called[2]), called[3], called[4]
        if count < 2 or index >= count:
            return None
        return Pager(index == 0, f"{stem}_{index + 1}.{suffix}" if index + 1 < count else None)
    return _by_variables(markup.raw) or _by_links(markup, markup.url or name)


def _by_variables(raw: str) -> Pager | None:
    if "urrPage" not in raw and "currentPage" not in raw and "curPage" not in raw:
        return None
    here, count, named = _CURRENT.search(raw), _COUNT.search(raw), _NEXT_NAME.search(raw)
    if here is None or count is None or named is None or int(count[1]) < 2:
        return None
    following = int(here[1]) + 1
    return Pager(following == 1, f"{named[1]}_{following}.{named[2]}" if following < int(count[1]) else None)


def _by_links(markup: Markup, own: str) -> Pager | None:
    following = back = None
    for link in markup.root.iter("a"):
        address = (link.get("href") or "").strip()
        if not address or address.startswith(("#", "\\", "javascript:")):
            continue
        words = plainly("".join(link.itertext()))
        if len(words) > 12:
            continue
        if _NEXT.fullmatch(words):
            following = following or address
        elif _BACK.fullmatch(words):
            back = back or address
    here = _place(own)
    next_place = _place(following) if following else None
    back_place = _place(back) if back else None
    if next_place and (next_place.number is None or (back_place and back_place.article != next_place.article)):
        return None
    known = next_place or back_place
    if known is None:
        return None
    if here.article == known.article and next_place and (here.number or 1) >= (next_place.number or 0) > 1:
        next_place = following = None  # the last page of many sites has a 下一页 that leads to itself
    if next_place is None and (back_place is None or back_place == here):
        return None
    if back_place is None or (here.article == known.article and back_place == here):
        first = True
    elif here.article == known.article:
        first = here.number is None
    else:  # saved under another name: only the first page of all has its 上一页 lead to a page without a number
        first = back_place.number is None and next_place is not None and next_place.number == 2 and _is_first(markup)
    return Pager(first, following if next_place else None)


def _is_first(markup: Markup) -> bool:
    """Whether the pager marks page 1 as the one shown: it alone is no link, or is named for it."""
    for element in markup.root.iter("span", "b", "strong", "em", "a"):
        if plainly("".join(element.itertext())) == "1":
            marked = f"{element.get('class') or ''} {(element.getparent().get('class') or '')}"
            if element.tag != "a" or re.search(r"cur|active|selected|\bon\b", marked, re.IGNORECASE):
                return True
    return False


def _place(address: str) -> _Place:
    parts = parts_of(address)
    asked = parse_qsl(parts.query)
    numbered = [value for name, value in asked if name.lower() in _NUMBERED and _PAGE_NUMBER.fullmatch(value)]
    others = sorted(pair for pair in asked if pair[0].lower() not in _NUMBERED)
    last = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    if numbered:
        return _Place(f"{last}?{others}", int(numbered[0]) if int(numbered[0]) > 1 else None)
    found = _FILE.fullmatch(last)
    if found is None:
        return _Place(last, None)
    return _Place(f"{found['stem']}{found['suffix'] or ''}?{others}", int(found["number"]) if found["number"] else None)
