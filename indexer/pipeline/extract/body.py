"""Where the report stands on its page: a known container, or else where the prose is densest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import html

from indexer.domain.page import BlockKind
from indexer.locale.remarks import remark
from indexer.pipeline.extract.boilerplate import is_disclaimer, letters
from indexer.pipeline.extract.boilerplate_parts import Noise
from indexer.pipeline.extract.entries import end_of_first_entry
from indexer.pipeline.extract.lines import Line

_SENTENCE = re.compile("[。；！？，、：”…;!?]")
_LEAST_PROSE = 25  # characters a line without punctuation needs to count as prose
_MOSTLY_LINKS = 0.5
_CLIMB_GAIN = 0.12  # what an outer element must add to be taken: 0.05 took footers, 0.3 lost sections of wikis
_CLIMB_NOISE = 0.7
_CONTAINER_SHARE = 0.5  # a known container holding less prose than this of the densest place is an empty shell
_NEAR_HEADLINE = 60  # characters of prose between a headline and its text: a caption, a lead
_SAME_START = 15  # characters that the description of a page and the beginning of its text share
_LEAD_LINES = 6  # between a headline and the element of its text
_OF_THE_SITE = re.compile(r"本[站网]|文[档件]|上传|下载|会员|登录|注册|版权")  # what mills print above a text
_TAIL = 8  # lines at the end of a body in which disclaimers are looked for
_BELOW_HEADLINE = 4.0  # a short text right below its headline outweighs up to so many times as much elsewhere
CONTAINER = "正文容器"  # how a body was found: by the name of its element


@dataclass(slots=True)
class _Sum:
    """Of one element: prose and noise in characters, and its lines as the half-open range [first, last)."""

    prose: int = 0
    noise: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """Lines [first, last) of the page belong to it, its prose begins at ``start``; ``kept`` are the report."""

    node: html.HtmlElement
    first: int
    start: int
    last: int
    kept: tuple[Line, ...]
    found: str


@dataclass(frozen=True, slots=True)
class _Page:
    lines: Sequence[Line]
    prose: Sequence[int]  # per line: its length where it is prose outside of the site's parts, else 0
    sums: dict[html.HtmlElement, _Sum]
    noise: Noise
    headlines: frozenset[int]


def find_body(
    lines: Sequence[Line],
    containers: Iterable[html.HtmlElement],
    headlines: Sequence[int] = (),
    description: str = "",
) -> Body | None:
    """None where the page has no prose at all.

    ``headlines``: indices of the lines that repeat the page's title. ``description``: what its head says of it.
    """
    page = _weighed(lines, frozenset(headlines))
    start = _start(page, description)
    dense = _densest(page, start)
    known = max(containers, key=lambda node: page.sums[node].prose if node in page.sums else -1, default=None)
    if known is not None and known in page.sums and _holds_enough(page, known, dense, start):
        return _body(page, known, CONTAINER)
    return _body(page, dense, "文字密度") if dense is not None else None


def _holds_enough(page: _Page, known: html.HtmlElement, dense: html.HtmlElement | None, start: int | None) -> bool:
    total = page.sums[known]
    if start is not None and total.first <= start < total.last:
        return total.prose > 0
    first = next((at for at in range(total.first, total.last) if page.prose[at]), None)
    if first is not None and _is_below_headline(page, first) and total.prose >= _LEAST_PROSE:
        return True
    return total.prose >= max(1, _CONTAINER_SHARE * page.sums[dense].prose if dense is not None else 1)


def _start(page: _Page, description: str) -> int | None:
    """The line a text seems to begin with: the one its description quotes, or else the first prose below its headline.

    Short texts are found by it: on 4 of 95 real pages the lists below are ten times as long as the text.
    """
    quoted = letters(description)[:_SAME_START]
    if len(quoted) == _SAME_START:
        top = min(page.headlines, default=0)
        for index, length in enumerate(page.prose):
            if index >= top and length and quoted in page.lines[index].letters[: 4 * _SAME_START]:
                return index
    return None


def is_prose(line: Line) -> bool:
    if is_linked(line) or line.is_boilerplate or line.is_facts:
        return False
    if line.kind is BlockKind.ROW:
        return True
    return len(line.text) >= _LEAST_PROSE or bool(_SENTENCE.search(line.text))


def is_linked(line: Line) -> bool:
    """Made of links. A whole paragraph in a link is none: some page forgot to close it."""
    if line.link_share <= _MOSTLY_LINKS:
        return False
    whole = line.text.endswith("。") and len(line.text) >= _LEAST_PROSE - 5
    return not whole and line.text.count("。") < 2


def _weighed(lines: Sequence[Line], headlines: frozenset[int]) -> _Page:
    prose = [len(line.text) if at not in headlines and is_prose(line) else 0 for at, line in enumerate(lines)]
    everywhere: dict[html.HtmlElement, int] = {}
    for line, length in zip(lines, prose, strict=True):
        if length:
            for node in _upwards(line.node):
                everywhere[node] = everywhere.get(node, 0) + length
    noise = Noise(everywhere)
    sums: dict[html.HtmlElement, _Sum] = {}
    for index, line in enumerate(lines):
        if prose[index] and noise.around(line.node):
            prose[index] = 0
        dirt = len(line.text) if not prose[index] and (is_linked(line) or line.is_boilerplate) else 0
        for node in _upwards(line.node):
            total = sums.get(node)
            if total is None:
                total = sums[node] = _Sum(first=index)
            total.prose += prose[index]
            total.noise += dirt
            total.last = index + 1
    return _Page(lines, prose, sums, noise, headlines)


def _upwards(node: html.HtmlElement | None) -> Iterable[html.HtmlElement]:
    while node is not None:
        yield node
        node = node.getparent()


def _densest(page: _Page, start: int | None) -> html.HtmlElement | None:
    """The element whose own lines hold the most prose, or the ancestor that adds much to it and little noise."""
    own: dict[html.HtmlElement, int] = {}
    begins: dict[html.HtmlElement, int] = {}
    for index, line in enumerate(page.lines):
        if not page.prose[index] or line.node is None:
            continue
        for place in (line.node, line.node.getparent()):
            if place is not None:
                own[place] = own.get(place, 0) + page.prose[index]
                begins.setdefault(place, index)
    if not own:
        return None
    if start is not None:
        own = {place: length for place, length in own.items() if _begins_at(page, place, begins[place], start)}

    def weight(node: html.HtmlElement) -> float:
        return own[node] * (_BELOW_HEADLINE if _is_below_headline(page, begins[node]) else 1.0)

    return _climbed(page, max(own, key=weight))


def _is_below_headline(page: _Page, first: int) -> bool:
    """Whether nothing but a caption or a lead stands between a headline and the line ``first``.

    The nearest headline above decides: less stands between. Looking up from the line ends soon, whatever the page.
    """
    between = 0
    for at in range(first - 1, -1, -1):
        if at in page.headlines:
            return True
        between += page.prose[at]
        if between > _NEAR_HEADLINE or page.lines[at].ends_the_report:
            return False
    return False


def _begins_at(page: _Page, place: html.HtmlElement, first: int, start: int) -> bool:
    """Whether the line at ``start`` stands in ``place``, or, where that line stands alone, right above it: a lead."""
    if first <= start < page.sums[place].last:
        node = page.lines[start].node
        return node is not None and place in (node, node.getparent())
    if first < start or any(line.ends_the_report for line in page.lines[start:first]):
        return False
    return sum(page.prose[start + 1 : first]) <= _NEAR_HEADLINE


def _climbed(page: _Page, chosen: html.HtmlElement) -> html.HtmlElement:
    """``chosen`` or the outermost ancestor worth it. What follows a 相关阅读 outside of ``chosen`` counts as noise."""
    last = page.sums[chosen].last
    end = next((at for at in range(last, len(page.lines)) if page.lines[at].ends_the_report), len(page.lines))
    for outer in list(_upwards(chosen))[1:]:
        if outer.tag == "html":
            break
        total = page.sums[outer]
        gain = sum(page.prose[total.first : min(total.last, end)]) - page.sums[chosen].prose
        noise = total.noise - page.sums[chosen].noise + sum(page.prose[end : total.last])
        if gain >= _CLIMB_GAIN * page.sums[chosen].prose and noise <= _CLIMB_NOISE * gain:
            chosen = outer
    return chosen


def _body(page: _Page, node: html.HtmlElement, found: str) -> Body:
    total = page.sums[node]
    inside_noise = page.noise.around(node)
    start = next((at for at in range(total.first, total.last) if page.prose[at]), total.first)
    begin = max((at + 1 for at in page.headlines if total.first <= at < start), default=total.first)
    kept = _lead(page, total.first, start)
    end = end_of_first_entry(page.lines, total.first, start, total.last)
    if end is not None:
        found = remark("origin_first", place=found)
    for index in range(begin, total.last if end is None else end):
        line = page.lines[index]
        if line.ends_the_report and sum(page.prose[index : total.last]) < 0.2 * total.prose:
            break
        if is_linked(line) or line.is_boilerplate or (not inside_noise and page.noise.around(line.node)):
            continue
        if index < start and line.is_facts:
            continue
        kept.append(line)
    return Body(node, total.first, start, total.last, _without_disclaimers(kept), found)


def _lead(page: _Page, first: int, start: int) -> list[Line]:
    """Prose between the headline and the body's element: a lead (核心提示) often has an element of its own."""
    headline = max((at for at in page.headlines if first - _LEAD_LINES <= at < first), default=None)
    if headline is None or any(first <= at < start for at in page.headlines):
        return []
    above = (page.lines[at] for at in range(headline + 1, first) if page.prose[at] >= _LEAST_PROSE)
    return [line for line in above if not _OF_THE_SITE.search(line.text) and not is_disclaimer(line.plain)]


def _without_disclaimers(lines: Sequence[Line]) -> tuple[Line, ...]:
    tail = max(1, len(lines) - _TAIL)
    return tuple(line for at, line in enumerate(lines) if at < tail or not is_disclaimer(line.plain))
