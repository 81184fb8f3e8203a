"""The title, by vote of what the page says about itself. The name of the site never wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.locale.remarks import remark
from indexer.pipeline.extract.boilerplate import is_boilerplate, letters, plainly
from indexer.pipeline.extract.hijack import is_spam
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head, Markup

_SUFFIX = re.compile(r"\s*\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|ofd|html?)(?=$|[_\-|—\s])", re.IGNORECASE)
# Where a site hangs its name behind a headline. A dash between digits is none (2021—2023年, 1-6月).
_BARS = re.compile(r"\s*[_|｜丨]+\s*|\s+[-–—·]+\s+")
_SEPARATOR = re.compile(
    _BARS.pattern + r"|(?<!\d)-{1,2}(?!\d)(?=[^-]*$)|(?<!\d)\s*[—–]{1}(?!\d)(?=[^—–]*$)|(?<=\d)-(?=\D*(?:网|政府|委)$)"
)
_SITE = re.compile(
    r"(?:网|网站|官网|门户|频道|文库|平台|首页|在线|导航|博客|新闻|客户端)$|\.(?:com|cn|net|org)$|^首页|人民政府$|管理?委员会$|管委会$|[日晚早周]报$|[网报]社$"
)
# Names of columns, in front of a headline in brackets or behind it: 【图说】…, …_工作动态
_COLUMN = re.compile(
    r"(?:动态|要闻|公告|公示|通知|公开|快讯|资讯|聚焦|专栏|专题|头条|时政|财经|图片|图说|视频|观点|评论|人物|解读|政策|文件|总结|报告|简报|信息|数据|详情|正文|内容|页面|国内|国际|社会|经济|科技|文化|教育|体育|生活|综合)$"
)
_LONGEST_COLUMN = 8  # characters
_ZONE = re.compile(
    r"(?:高新|经开|开发|保税|综保|合作|示范|自贸|实验|功能|工业|产业|新)(?:技术|经济)?(?:产业)?(?:开发)?(?:区|园)|科技城"
)
_OFFICE = re.compile(r"(?:区|园|城)(?:管|网|门户|官|政府)")
_YEAR = re.compile(r"(?:19|20)\d\d|[年季月]度")
_BRACKETED_COLUMN = re.compile(r"^\s*[【\[［〔]([^】\]］〕]{2,10})[】\]］〕]\s*(?=\S{6})")
_HEADLINE_CLASS = re.compile(r"title|headline|bt$|biaoti|^tit$", re.IGNORECASE)
_LEAST, _MOST = 2, 120
_LEAST_CONFIRMED = 0.6
_REACH = 40  # lines above the body in which its headline stands
_MOST_CANDIDATES = 200  # each is compared with each; 60,000 headlines in one page took 8 s
_LEAST_REPEATED = 5  # shorter ones are names of columns and sites


@dataclass(frozen=True, slots=True)
class Candidate:
    text: str
    weight: float
    origin: str


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    origin: str


def cleaned_title(text: str) -> str:
    """Without a file's suffix and repeated blanks."""
    return " ".join(_SUFFIX.sub("", text).split())


def title_parts(title: str) -> list[str]:
    """The <title> cut at its separators: the headline, the column, the site."""
    return [part for part in (cleaned_title(part) for part in _SEPARATOR.split(title)) if part]


def without_tail(title: str, site: str | None = None) -> str:
    """The <title> without the names of column and site behind it; those of the text's own zone and year stay."""
    pieces: list[str] = []
    here = 0
    for cut in _SEPARATOR.finditer(title):
        pieces += [title[here : cut.start()], cut.group()]
        here = cut.end()
    pieces.append(title[here:])
    while len(pieces) > 1 and _falls_off(pieces[-1], pieces[-2], "".join(pieces[:-2]), site):
        del pieces[-2:]
    while len(pieces) > 1 and is_site(pieces[0], site) and len(letters("".join(pieces[2:]))) > len(letters(pieces[0])):
        del pieces[:2]
    return cleaned_title("".join(pieces))


def _falls_off(tail: str, separator: str, rest: str, site: str | None) -> bool:
    if not letters(rest):
        return False
    if not letters(tail) or is_site(tail, site):
        return True
    if names_its_text(tail, rest):
        return False
    if len(letters(tail)) <= _LONGEST_COLUMN and _COLUMN.search(tail.strip()):
        return True
    return bool(_BARS.fullmatch(separator)) and len(letters(tail)) < len(letters(rest))


def names_its_text(tail: str, rest: str) -> bool:
    """Whether ``tail`` names the zone or the year of the text, which ``rest`` doesn't: no site's name."""
    return not _OFFICE.search(tail) and any(one.search(tail) and not one.search(rest) for one in (_ZONE, _YEAR))


def is_site(part: str, site: str | None) -> bool:
    own = letters(part)
    return bool(own) and (
        (site is not None and own == letters(site)) or (bool(_SITE.search(part.strip())) and len(own) <= 20)
    )


def repeated(markup: Markup) -> list[int]:
    """Indices of the lines that say what the <title> says: where a text can begin."""
    whole = letters(markup.head.title)
    found: list[tuple[int, int]] = []
    for index, line in enumerate(markup.lines):
        if len(line.text) <= _MOST and line.link_share < 0.9:
            key = line.letters
            if len(key) >= _LEAST_REPEATED and key in whole:
                found.append((len(key), index))
    longest = max((length for length, _ in found), default=0)
    return [index for length, index in found if length >= 0.8 * longest]


def vote(markup: Markup, before_body: Sequence[Line], known: Sequence[str], site: str | None) -> Headline | None:
    """The best supported candidate. ``known``: XPaths of the family for its headline."""
    candidates = [
        c
        for c in _candidates(markup, before_body, known)
        if _LEAST <= len(letters(c.text)) <= _MOST and not is_spam(c.text) and not is_boilerplate(plainly(c.text))
    ]
    if not candidates:
        return None
    del candidates[_MOST_CANDIDATES:]
    whole = letters(markup.head.title)
    keys = [letters(c.text) for c in candidates]
    site_key = letters(site) if site else ""

    def support(index: int) -> float:
        candidate, key = candidates[index], keys[index]
        score = candidate.weight
        for other, other_key in zip(candidates, keys, strict=True):
            if other is not candidate and key in other_key:
                score += other.weight * (1.0 if other_key == key else 0.3)
        if key in whole and not candidate.origin.startswith(("网页标题", "页面标签")):
            score += 2
        if key == site_key or (_SITE.search(candidate.text) and len(candidate.text) <= 12):
            score -= 8
        return score

    best = max(range(len(candidates)), key=lambda i: (round(support(i), 6), candidates[i].weight, -i))
    return _confirmed(candidates[best], markup.head)


def _confirmed(best: Candidate, head: Head) -> Headline:
    """Without what stands glued behind a headline (a counter, an edit link), where the <title> shows its end."""
    key = letters(best.text)
    column = _BRACKETED_COLUMN.match(best.text)
    if column and _COLUMN.search(column[1]) and best.origin.startswith(("网页标题", "页面标签")):
        return Headline(best.text[column.end() :], best.origin)  # 【图说】…: no line of the page spells it so
    if key not in letters(head.title):
        for part in title_parts(head.title):
            own = letters(part)
            if key.startswith(own) and len(own) >= _LEAST_CONFIRMED * len(key):
                return Headline(part, best.origin)
    return Headline(best.text, best.origin)


def _candidates(markup: Markup, before_body: Sequence[Line], known: Sequence[str]) -> Iterable[Candidate]:
    yield from _from_head(markup.head)
    mark = markup.marks.get("标题")
    if mark is not None:
        yield Candidate(_text_of(mark), 4, "正文标题标记")
    for path in known:
        for element in markup.find(path)[:2]:
            yield Candidate(_text_of(element), 4, "正文标题")
    for element in markup.root.iter("h1"):
        yield Candidate(_text_of(element), 3, "正文标题 h1")
    for distance, line in enumerate(reversed(before_body[-_REACH:])):
        if line.node is None or line.link_share > 0.5 or line.is_facts:
            continue
        named = _HEADLINE_CLASS.search(f"{line.node.get('class') or ''} {line.node.get('id') or ''}")
        if named or line.node.tag in ("h2", "h3"):
            below = before_body[len(before_body) - distance : len(before_body) - distance + 1]
            told = any(following.is_facts for following in below)
            yield Candidate(cleaned_title(line.text), 3.5 if told else 2.0 if distance < 12 else 1.0, "正文标题")
    for index in repeated(markup):
        if index < len(before_body):
            yield Candidate(cleaned_title(markup.lines[index].text), 2, "正文标题")


def _from_head(head: Head) -> Iterable[Candidate]:
    said = head.first("articletitle")
    if said:
        yield Candidate(cleaned_title(said[1]), 5, remark("origin_tag", name="ArticleTitle"))
    for name, weight in (("og:title", 3.0), ("title", 1.0), ("twitter:title", 1.0)):
        content = head.meta.get(name)
        if content:
            yield from _cut(content, weight, remark("origin_tag", name=name))
    if head.title:
        yield from _cut(head.title, 1.5, "网页标题")


def _cut(text: str, weight: float, origin: str) -> Iterable[Candidate]:
    """``text`` without the site's name behind it; then its parts and the whole, for a headline of the page to
    confirm."""
    parts = title_parts(text)[:4]
    own = without_tail(text)
    yield Candidate(own, weight, origin)
    if len(parts) > 1:
        for part in parts:
            if part != own:
                yield Candidate(part, weight / 3, origin)
        if cleaned_title(text) != own:
            yield Candidate(cleaned_title(text), weight / 3, origin)


def _text_of(element: object) -> str:
    return cleaned_title("".join(element.itertext())) if hasattr(element, "itertext") else ""
