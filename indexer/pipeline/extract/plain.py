"""A page saved as bare text: navigation, facts, report and footer are told apart by their lines alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.page import Block, BlockKind, Extracted
from indexer.errors import Skip
from indexer.pipeline.extract import dates, sources
from indexer.pipeline.extract.boilerplate import (
    ends_the_report,
    is_boilerplate,
    is_facts,
    is_truncation_notice,
    letters,
    plainly,
    without_page_mark,
)
from indexer.pipeline.extract.fragments import is_fragmented
from indexer.pipeline.extract.hijack import is_hijacked, is_spam, without_spam
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.title import cleaned_title

_LONG = 60  # characters that make a line prose by length alone
_SENTENCE_END = re.compile("[。！？；!?;…”：:]$")
_SHORT_BODY = 20
_PAUSE = re.compile("[，,、]")
_CRUMB = re.compile(r"位置\s*[:：].*[>›»](.+)$|^首页\s*[>›»].*[>›»](.+)$")
_OWN_TITLE = re.compile(r"^本文标题\s*[:：]\s*(.+)$")
_ADDRESS = re.compile(r"(?:链接地址|本文链接|原文链接|本文地址)\s*[:：]\s*(https?://\S+(?:\s+\.html?)?)")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|txt|ofd)$", re.IGNORECASE)
_SITE = re.compile(r"(?:网|文库|官网|门户|网站|首页|频道)(?:\s*(?:导航|首页|登录))?$")
_PICTURE = re.compile(r"_第\d+页$")
_GREETING = re.compile(r"欢迎(?:访问|光临|来到)\s*(\S{2,20})$")
_RIGHTS = re.compile(r"(?:^|\s)([^\s©]{2,20}?)(?:网站)?版权所有$")
_MILL = re.compile(r"^本文标题\s*[:：]|文档编号\s*[:：]")
_REPORT = re.compile(r"总结|汇报|报告|计划|思路|要点|安排|讲话|方案|意见|规划|通知|情况|体会|亮点|成效|打算|纲要|公报")
_LONGEST_TITLE = 60
_COMMENT = re.compile(r"<!--.*-->")
# Markdown that a saved text still carries around a whole line: **政府工作报告**, > **…的通知**, ## 政府工作报告.
# **高新区总结 alone has a mask in front: only a pair is emphasis.
_SET_OFF = re.compile(r"^(?:>\s*)?(?:#{1,6}\s+)?(?:\*{2,3}(?!\*)((?:(?!\*\*).)+?)\*{2,3}|(.*?))$")
_WAS_TITLED = re.compile(r"^原标题\s*[:：]\s*|[—―─]+$")
# Between a title and the address of a speech: when and where it was given, and by whom. No title, and no fact of
# the page either: 166 of 184 work reports begin with such a line.
_GIVEN_AT = re.compile(
    r"(?:人民代表大会|人大|政协|委员会|全会|大会).{0,16}(?:会议|全会)(?:上|通过|批准)?[)）]?(?:\s*\S{0,8}\s+\S{2,4})?$"
    r"|会议上(?:\S{0,10}[长席]\s*\S{2,4})?[)）]?$"
)
_GIVEN_BY = re.compile(
    r"^\S{0,24}(?:省\s?长|市\s?长|州\s?长|盟长|县长|区长|旗长|自治区主席|人民政府主席|管委会主任)"
    r"(?:\s*[\u4e00-\u9fff]{2,4}|\s+[\u4e00-\u9fff](?:\s[\u4e00-\u9fff]){1,2}|\s*[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,8})+)?$"
)
_SUBTITLE = re.compile(r"^(?:[—―─–]|--)+")
_SIGNED = re.compile(r"^[（(]\s*(?:(?:19|20)\d\d|[一二][〇○零Ｏ0一二三四五六七八九十]{3})\s*年.{1,24}[）)]$")


def extract_plain(text: str, url: str | None) -> Extracted:
    """Raises Skip: no_body."""
    rows = [row for row in (_stripped(row) for row in text.splitlines()) if not _COMMENT.fullmatch(row)]
    lines = tuple(Line(row, 0, BlockKind.PARAGRAPH, None) for row in rows if row)
    span = _body_span([line.text for line in lines])
    if span is None:
        raise Skip("no_body", "text", n=len(text.strip()))
    first, last = span
    title, title_origin, first = _title(lines, first, last)
    origins = {"body": "文字密度"}
    if title:
        origins["title"] = title_origin
    facts_end = min(len(lines), first + 2)
    published = dates.labelled(lines, 0, facts_end) or dates.beside_headline(lines, 0, first)
    if published:
        origins["published_on"] = published.origin
    outside = [*lines[:first], *lines[last:]]
    site = without_spam(_site(outside, title))
    source = sources.labelled(lines, 0, first)
    if source is None and site and any(_MILL.search(line.text) for line in outside):
        source = sources.Source(site, "站点名称")
    if source:
        origins["source"] = source.origin
    blocks = _blocks(lines[first:last], title)
    own_address = None if url else _own_address(lines)
    if own_address:
        origins["url"] = "页面自称"
    return Extracted(
        family="text",
        title=title,
        published_on=published.day if published else None,
        source=source.name if source else None,
        blocks=blocks,
        site_name=site,
        url=url or own_address,
        origins=origins,
        flags=_flags(lines, first, last, title, blocks),
    )


def _stripped(row: str) -> str:
    return row.strip(" \t\r\u3000\u00a0\ufeff")


def _bare(text: str) -> str:
    """``text`` without the Markdown that sets its whole line off."""
    found = _SET_OFF.match(text)
    bare = (found[1] or found[2] or text) if found else text
    return _WAS_TITLED.sub("", bare) or text


def _is_preamble(text: str) -> bool:
    """Session, speaker or day, between a title and the address."""
    text = _bare(text)
    return len(text) <= _LONGEST_TITLE and bool(
        _SUBTITLE.match(text) or _SIGNED.match(text) or _GIVEN_BY.match(text) or _GIVEN_AT.search(text)
    )


def _is_prose(text: str) -> bool:
    if is_boilerplate(plainly(text)) or is_spam(text):
        return False
    return len(text) >= _LONG or (
        len(text) >= _SHORT_BODY and bool(_SENTENCE_END.search(text)) and bool(_PAUSE.search(text))
    )


def _body_span(rows: Sequence[str]) -> tuple[int, int] | None:
    """From the first to the last prose line, widened to the short lines beside them that belong to the report."""
    prose = [index for index, row in enumerate(rows) if _is_prose(row) and not is_facts(plainly(row))]
    if not prose:
        return None
    first, last = prose[0], prose[-1] + 1
    total = sum(len(rows[index]) for index in prose)
    for index in range(first, last):  # 相关文章 in the middle: a related list with long teasers
        if ends_the_report(plainly(rows[index])) and sum(len(rows[i]) for i in prose if i > index) < 0.2 * total:
            last = index
            break
    while first > 0 and not _is_above(rows[first - 1]):
        first -= 1
    while last < len(rows) and not _is_below(rows[last]):
        last += 1
    return first, last


def _is_above(row: str) -> bool:
    """Of the page's head: no short line of the report."""
    if _is_preamble(row) and not _REPORT.search(row):
        return False
    return _is_below(row) or is_facts(plainly(row)) or bool(_FILE.search(row))


def _is_below(row: str) -> bool:
    return is_boilerplate(plainly(row)) or ends_the_report(plainly(row)) or bool(_SITE.search(row)) or is_spam(row)


def _title(lines: Sequence[Line], first: int, last: int) -> tuple[str | None, str, int]:
    """(title, where it was found, where the body now begins)."""
    scores: dict[str, float] = {}
    spelled: dict[str, tuple[str, str]] = {}
    for weight, text, origin in _candidates(lines, first, last):
        text = cleaned_title(_bare(text))
        key = letters(text)
        if _is_preamble(text) and not _REPORT.search(text):
            continue
        if not 4 <= len(key) <= _LONGEST_TITLE or is_spam(text):
            continue
        scores[key] = scores.get(key, 0.0) + weight
        spelled.setdefault(key, (text, origin))
    if not scores:
        return None, "", first
    best = max(scores, key=lambda key: scores[key])
    if scores[best] < 1:
        return None, "", first
    text, origin = spelled[best]
    own = _opening_spelled_alike(_bare(lines[first].text), best)
    while first < last - 1 and letters(cleaned_title(lines[first].text)) == best:
        first += 1
    return (own or text), origin, first


def _candidates(lines: Sequence[Line], first: int, last: int) -> list[tuple[float, str, str]]:
    found: list[tuple[float, str, str]] = []
    for line in [*lines[:first], *lines[last:]]:
        crumb = _CRUMB.search(line.text)
        if crumb:
            found.append((2.0, (crumb.group(1) or crumb.group(2)).strip(), "导航路径"))
        own = _OWN_TITLE.match(line.text)
        if own:
            found.append((4.0, own.group(1), "“本文标题”一行"))
    for index, line in enumerate(lines[: min(first + 2, last)]):
        text = line.text
        if len(text) > _LONGEST_TITLE or is_boilerplate(plainly(text)) or _PICTURE.search(text):
            continue
        if index < first and is_facts(plainly(text)) and not _FILE.search(text):
            continue
        if index >= first and (
            text.endswith(("。", "！", "；", "：", ":", ";"))
            or re.match(r"[(（]?[一二三四五六七八九十]+[)）、.]|▲", text)
        ):
            continue
        weight = (
            1.0 + 1.5 * bool(_REPORT.search(text)) + 1.0 * bool(_FILE.search(text)) - 3.0 * bool(_SITE.search(text))
        )
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if is_facts(plainly(following)):
            weight += 2.0
        found.append((weight, text, "正文前的标题行"))
    return found


def _opening_spelled_alike(opening: str, key: str) -> str | None:
    """The start of ``opening`` with the letters of ``key``: the text's own spelling, brackets and all."""
    if not letters(opening[: 2 * len(key) + 20]).startswith(key):
        return None
    end = len(key)
    while end <= len(opening) and letters(opening[:end]) != key:
        end += 1
    closing = {"(": ")", "（": "）", "“": "”", "《": "》"}
    while (
        end < len(opening)
        and opening[end] in closing.values()
        and opening[:end].count(opening[end])
        < sum(opening[:end].count(mark) for mark, close in closing.items() if close == opening[end])
    ):
        end += 1
    return opening[:end]


def _blocks(lines: Sequence[Line], title: str | None) -> tuple[Block, ...]:
    key = letters(title) if title else ""
    blocks = []
    for index, line in enumerate(lines):
        text = without_page_mark(line.text)
        if not text or is_boilerplate(plainly(text)) or is_spam(text) or _PICTURE.search(text):
            continue
        if index == 0 and key and letters(text) == key:
            continue
        kind = BlockKind.CAPTION if text.startswith("▲") else BlockKind.PARAGRAPH
        blocks.append(Block(kind, text))
    return tuple(blocks)


def _site(lines: Sequence[Line], title: str | None) -> str | None:
    """From the greeting, the line of rights, or a first line that names a site."""
    for line in lines:
        found = _GREETING.search(line.text) or _RIGHTS.search(line.text)
        if found:
            return found.group(1)
    for line in lines[:2]:
        name = re.sub(r"\s*导航$", "", line.text)
        if 2 <= len(name) <= 20 and name != title and _SITE.search(name):
            return name
    return None


def _own_address(lines: Sequence[Line]) -> str | None:
    for line in lines:
        found = _ADDRESS.search(line.text)
        if found:
            return re.sub(r"\s+", "", found.group(1))
    return None


def _flags(lines: Sequence[Line], first: int, last: int, title: str | None, blocks: Sequence[Block]) -> frozenset[str]:
    flags = set()
    outside = [*lines[:first], *lines[last:]]
    if is_hijacked(" ".join(line.text for line in outside if len(line.text) <= 40), "", title):
        flags.add("hijacked")
    if any(is_truncation_notice(plainly(line.text)) for line in outside):
        flags.add("truncated")
    shared = any(line.text in ("文档介绍", "文档简介") for line in outside)
    if shared and last < len(lines) and plainly(lines[last].text).startswith("查看更多"):
        flags.add("truncated")
    if is_fragmented(blocks):
        flags.add("fragmented")
    return frozenset(flags)
