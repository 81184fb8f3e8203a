"""The title, by vote of what the page says about itself. The name of the site never wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.pipeline.extract.boilerplate import is_furniture, letters, plainly
from indexer.pipeline.extract.hijack import is_spam
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head, Markup

_SUFFIX = re.compile(r"\s*\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|ofd|html?)(?=$|[_\-|—\s])", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[_|｜丨]+\s*|\s+[-–—·]+\s+|-{1,2}(?=[^-]*$)|\s*[—–]{1}(?=[^—–]*$)")
_SITE = re.compile(
    r"(?:网|网站|官网|门户|频道|文库|平台|首页|在线|导航|博客|新闻|客户端)$|\.(?:com|cn|net|org)$|^首页|人民政府$|管理?委员会$"
)
_HEADLINE_CLASS = re.compile(r"title|headline|bt$|biaoti|^tit$", re.IGNORECASE)
_LEAST, _MOST = 2, 120
_LEAST_CONFIRMED = 0.6
_REACH = 40  # lines above the body in which its headline stands
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
        if _LEAST <= len(letters(c.text)) <= _MOST and not is_spam(c.text) and not is_furniture(plainly(c.text))
    ]
    if not candidates:
        return None
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
        yield Candidate(cleaned_title(said[1]), 5, "页面标签 ArticleTitle")
    for name, weight in (("og:title", 3.0), ("title", 1.0), ("twitter:title", 1.0)):
        content = head.meta.get(name)
        if content:
            yield from _cut(content, weight, f"页面标签 {name}")
    if head.title:
        yield from _cut(head.title, 1.5, "网页标题")


def _cut(text: str, weight: float, origin: str) -> Iterable[Candidate]:
    """``text`` whole and its parts: a site hangs its name behind the headline, seldom before it."""
    parts = title_parts(text)[:4]
    if len(parts) > 1:
        for index, part in enumerate(parts):
            yield Candidate(part, weight if index == 0 else weight / 3, origin)
    yield Candidate(cleaned_title(text), weight if len(parts) <= 1 else weight / 3, origin)


def _text_of(element: object) -> str:
    return cleaned_title("".join(element.itertext())) if hasattr(element, "itertext") else ""
