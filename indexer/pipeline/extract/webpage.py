"""The story of one HTML page: its kind, its body, then what stands around the body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lxml import html

from indexer.domain.page import Attachment, Block, Extracted
from indexer.pipeline.extract import dates, sources
from indexer.pipeline.extract import title as titles
from indexer.pipeline.extract.attachments import attachments_of, is_attachment_line
from indexer.pipeline.extract.body import CONTAINER, Body, find_body, is_prose
from indexer.pipeline.extract.boilerplate import is_truncation_notice, letters, without_page_mark
from indexer.pipeline.extract.digests import cited_by
from indexer.pipeline.extract.doubt import doubt_of
from indexer.pipeline.extract.families import family_of
from indexer.pipeline.extract.families.family import CONTAINERS, Family
from indexer.pipeline.extract.fragments import is_fragmented
from indexer.pipeline.extract.hijack import is_hijacked, is_spam, without_spam
from indexer.pipeline.extract.markup import Markup
from indexer.pipeline.extract.page_classification import no_body, refuse
from indexer.pipeline.extract.pagination import pager_of
from indexer.pipeline.extract.unrendered import BODY_ID

_LEAST_BODY = 20  # characters; shorter ones are what a shell page leaves over
_ABOVE = 25  # lines above the body in which a labelled date or source can stand where no headline is found
_NEAR = 8  # the same without a label
_ABOVE_HEADLINE = 4
_BELOW = 8  # lines below the body in which a labelled date still speaks of it
_PAGE_TOP = 3  # a bare date on the first lines is today's
_INTO = 6  # lines of the body in which they can stand: many containers begin with the headline


def extract_markup(markup: Markup, name: str = "") -> Extracted:
    """``name``: of the file. Raises Skip: list_page, soft_404, js_challenge, moved,
    no_body."""
    family = family_of(markup)
    repeated = titles.repeated(markup)
    body = find_body(markup.lines, _containers(markup, family), repeated, _description(markup))
    prose = sum(len(line.text) for line in body.kept if is_prose(line)) if body else 0
    refuse(markup, prose, repeated, in_container=body is not None and body.found.startswith(CONTAINER))
    cited = cited_by(markup)
    files = tuple(file for file in attachments_of(markup) if file.url not in {one.url for one in cited})
    if prose < _LEAST_BODY:
        if not files:
            raise no_body(markup)
        body = None
    site = site_name(markup)
    start = body.first if body else len(markup.lines)
    top = titles.vote(markup, markup.lines[: start + _INTO], family.titles, site)
    origins: dict[str, str] = {}
    if top:
        origins["title"] = top.origin
    blocks = _blocks(body, top.text if top else None, files)
    if body:
        origins["body"] = body.found
    at = _headline_line(markup, top.text if top else None, body)
    published = _published(markup, at, body, origins)
    own_address = None if markup.url else _own_address(markup)
    if own_address:
        origins["url"] = "页面自称"
    source = _source(markup, family, at, body, site, origins)
    return Extracted(
        family=family.name,
        title=top.text if top else None,
        published_on=published,
        source=source,
        blocks=blocks,
        attachments=files,
        cited=cited,
        site_name=site,
        url=markup.url or own_address,
        origins=origins,
        flags=_flags(markup, family, top.text if top else None, blocks),
        doubt=doubt_of(body, markup.lines) if body else None,
        pager=pager_of(markup, name),
    )


def site_name(markup: Markup) -> str | None:
    """As the page says it, or as its <title> ends. None for a name that advertises."""
    said = markup.head.first("sitename", "site_name", "application-name")
    if said:
        return without_spam(said[1])
    parts = titles.title_parts(markup.head.title)
    if len(parts) > 1 and titles.names_its_text(parts[-1], "".join(parts[:-1])):
        return without_spam(parts[0]) if titles.is_site(parts[0], None) else None  # in front, or nowhere
    if len(parts) < 2 or len(parts[-1]) > 20 or is_spam(parts[0]):  # hijackers put their name in front
        return None
    return without_spam(parts[-1])


def _description(markup: Markup) -> str:
    said = markup.head.first("description")
    return said[1] if said else ""


def _containers(markup: Markup, family: Family) -> list[html.HtmlElement]:
    found = [element for path in (f"#{BODY_ID}", *family.bodies, *CONTAINERS) for element in markup.find(path)]
    mark = markup.marks.get("信息内容")
    return [*found, mark] if mark is not None else found


def _blocks(body: Body | None, title: str | None, files: Sequence[Attachment]) -> tuple[Block, ...]:
    if body is None:
        return ()
    blocks: list[Block] = []
    key = letters(title) if title else ""
    told = False
    for line in body.kept:
        text = without_page_mark(line.text)
        if not text or is_attachment_line(line, files):
            continue
        if not told and key and letters(text) == key:
            continue  # the headline again, above its text
        told = told or is_prose(body.kept[len(blocks)])
        blocks.append(Block(line.kind, text))
    return tuple(blocks)


def _headline_line(markup: Markup, title: str | None, body: Body | None) -> int | None:
    """The first line close above the text that spells the title, or the first in its beginning."""
    key = letters(title) if title else ""
    start = body.start if body else len(markup.lines)
    at = [i for i, line in enumerate(markup.lines[: start + _INTO]) if key and _spells(line.text, key)]
    near = [i for i in at if i >= start - _ABOVE] or at[-1:]
    return near[0] if near else None


def _spells(text: str, key: str) -> bool:
    return len(text) <= 2 * len(key) + 20 and letters(titles.cleaned_title(text)) == key


def _around(markup: Markup, at: int | None, body: Body | None) -> tuple[int, int]:
    """The lines in which a page tells of its text: from a little above the headline to a little into the body."""
    start = body.start if body else len(markup.lines)
    first = max(0, start - _ABOVE) if at is None else max(0, at - _ABOVE_HEADLINE)
    return first, min(len(markup.lines), start + _INTO)


def _published(markup: Markup, at: int | None, body: Body | None, origins: dict[str, str]) -> date | None:
    lines = markup.lines
    first, last = _around(markup, at, body)
    start, end = (body.start, body.last) if body else (last, last)
    found = (
        dates.from_head(markup.head)
        or dates.labelled(lines, first, last)
        or dates.beside_headline(lines, at if at is not None else max(_PAGE_TOP, start - _NEAR), start)
        or dates.labelled(lines, end, min(len(lines), end + _BELOW))
        or (at is not None and dates.above_headline(lines, at))
        or dates.posted(lines)
        or dates.from_markup(markup.raw)
        or dates.of_newspaper(markup.text, markup.addresses, markup.url or _own_address(markup))
    )
    if not found:
        return None
    origins["published_on"] = found.origin
    return found.day


def _source(
    markup: Markup, family: Family, at: int | None, body: Body | None, site: str | None, origins: dict[str, str]
) -> str | None:
    first, last = _around(markup, at, body)
    mark = markup.marks.get("信息来源")
    found = (
        sources.from_standard_tag(markup.head)
        or (mark is not None and sources.marked("".join(mark.itertext())))
        or sources.labelled(markup.lines, first, last)
        or sources.from_other_tags(markup.head)
        or (family.unlabelled_source and at is not None and sources.byline(markup.lines, at))
        or (body is not None and sources.in_the_text(body.kept))
        or (body is not None and sources.labelled(markup.lines, body.last, min(len(markup.lines), body.last + _BELOW)))
        or (family.site_is_source and site and sources.Source(site, "站点名称"))
        or None
    )
    if not found:
        return None
    origins["source"] = found.origin
    return found.name


def _own_address(markup: Markup) -> str | None:
    said = markup.head.first("url")
    # http://example.com\.gov.cn/ leads to example.com, whatever it looks like
    return said[1] if said and said[1].startswith("http") and not set(said[1]) & set("\\ ") else None


def _flags(markup: Markup, family: Family, title: str | None, blocks: Sequence[Block]) -> frozenset[str]:
    flags = set()
    said = " ".join(
        [markup.head.title, *(said[1] for name in ("sitename", "keywords") if (said := markup.head.first(name)))]
    )
    if is_hijacked(said, markup.hidden, title):
        flags.add("hijacked")
    if markup.cut or any(is_truncation_notice(line.plain) for line in markup.lines) or markup.find(*family.cut_marks):
        flags.add("truncated")
    if is_fragmented(blocks):
        flags.add("fragmented")
    return frozenset(flags)
