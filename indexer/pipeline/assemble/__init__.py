"""A report that its page doesn't hold alone: its next pages, or the file that hangs on it, where they are given too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from indexer.domain.page import Attachment, Extracted, RawPage
from indexer.errors import Skip
from indexer.locale.remarks import remark
from indexer.pipeline.extract import join_pages
from indexer.pipeline.extract.boilerplate import letters
from indexer.ports import Neighbours
from indexer.text.addresses import parts_of

Open = Callable[[RawPage], Extracted]  # raises Skip

_MOST_PAGES = 100  # the longest article seen in pages has 12; a pager that runs in a circle ends here
_MOST_FILES = 10
_NOT_TEXT = re.compile(r"\.(?:xlsx?|et|csv|pptx?|zip|rar|7z|jpe?g|png|gif)$", re.IGNORECASE)
_LONGEST_INTRODUCTION = 150  # characters
_INTRODUCES = re.compile(r"附件|如下|公布|公开|公示|发布|详见|见下|查看|查阅|下载|点击|全文|印发")
_PAGE_OF = re.compile(r"[(（_\-]?第?\d{1,2}页?[)）]?$")


def whole(page: Extracted, beside: Neighbours, open_page: Open) -> tuple[Extracted, tuple[str, ...]]:
    """``page`` with what belongs to it, and the addresses (as pages spell them) of what was taken in."""
    if page.pager is not None:
        return _with_next_pages(page, beside, open_page)
    if page.attachments and (not page.blocks or _only_introduces(page)):
        return _with_attachment(page, beside, open_page)
    return page, ()


def _only_introduces(page: Extracted) -> bool:
    """A line or two over the files that are the report: 现将年度工作总结予以公开，详见附件."""
    return len(page.original) <= _LONGEST_INTRODUCTION and bool(_INTRODUCES.search(page.original))


def _with_next_pages(first: Extracted, beside: Neighbours, open_page: Open) -> tuple[Extracted, tuple[str, ...]]:
    """All pages or only the first: with one missing the text would jump, so it isn't joined and says it is cut."""
    cut = replace(first, flags=first.flags | {"truncated"})
    if first.pager is None or not first.pager.first:
        return cut, ()
    pages, addresses = [first], list[str]()
    here = first
    while here.pager and here.pager.following and len(pages) < _MOST_PAGES:
        address = here.pager.following
        found = beside.given(address) if address not in addresses else None
        if found is None:
            return cut, ()
        try:
            here = open_page(found)
        except Skip:
            return cut, ()
        if here.pager is None or here.pager.first or not _same_article(first.title, here.title):
            return cut, ()
        pages.append(here)
        addresses.append(address)
    joined = join_pages(pages)
    told = remark("origin_joined", place=first.origins.get("body", "正文"), n=len(pages))
    return replace(joined, pager=None, origins=joined.origins | {"body": told}), tuple(addresses)


def _same_article(one: str | None, other: str | None) -> bool:
    """Titles of the later pages may be missing or carry their number: …工作总结(2)."""
    if one is None or other is None:
        return True
    return letters(_PAGE_OF.sub("", one)) == letters(_PAGE_OF.sub("", other))


def _with_attachment(page: Extracted, beside: Neighbours, open_page: Open) -> tuple[Extracted, tuple[str, ...]]:
    """The longest text among the files that are given. Facts stay the page's own; what can't be read is told."""
    best: tuple[Attachment, Extracted] | None = None
    unread: list[str] = []
    for file in [one for one in page.attachments if not _NOT_TEXT.search(_file_name(one))][:_MOST_FILES]:
        found = beside.given(file.url)
        if found is None:
            continue
        try:
            read = open_page(found)
        except Skip as skip:
            unread.append(f"附件 {_file_name(file)} 没有读出：{skip.message}")
            continue
        if best is None or len(read.original) > len(best[1].original):
            best = file, read
    origins = page.origins | ({"attachments": "；".join(unread)} if unread else {})
    if best is None:
        return replace(page, origins=origins), ()
    file, read = best
    if not page.title and read.title:
        origins |= {"title": remark("origin_file", name=_file_name(file))}
    origins |= {"body": remark("origin_body_file", name=_file_name(file))}
    whole_text = replace(page, title=page.title or read.title, blocks=(*page.blocks, *read.blocks), doubt=read.doubt)
    return replace(whole_text, origins=origins, flags=page.flags | read.flags), (file.url,)


def _file_name(file: Attachment) -> str:
    """As the page calls it; with the suffix of its address where the name says none."""
    last = unquote(parts_of(file.url).path).rsplit("/", 1)[-1]
    return file.name if re.search(r"\.\w{2,5}$", file.name) or "." not in last else f"{file.name}（{last}）"
