"""Where the report stands on its page: a known container, or else where the prose is densest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import html

from indexer.domain.page import BlockKind
from indexer.pipeline.extract.furniture import ends_the_report, is_facts, is_furniture
from indexer.pipeline.extract.lines import Line

_SENTENCE = re.compile("[。；！？，、：”…;!?]")
_LEAST_PROSE = 25  # characters a line without punctuation needs to count as prose
_MOSTLY_LINKS = 0.5
_CLIMB_GAIN = 0.12  # what an outer element must add to be taken: 0.05 took footers, 0.3 lost sections of wikis
_CLIMB_NOISE = 0.7
_CONTAINER_SHARE = 0.5  # a known container holding less prose than this of the densest place is an empty shell

_NOISE = re.compile(
    r"(?:^|[\s_-])(?:comment|cmt|footer|foot|bottom|copyright|copyr|sidebar|side|aside|related|relate|relative|recommend|recom|rec|hot|rank|"
    r"nav|navbar|menu|crumb|crumbs|breadcrumb|breadcrumbs|position|weizhi|location|share|bdsharebuttonbox|social|pager|pagination|prenext|"
    r"ad|ads|advert|banner|login|toolbar|tool|tools|tags|tag|print|qrcode|ewm|erweima|links|friendlink|dialog|modal|popup|"
    r"xgyd|xgwz|xgxw|reply|vote|appdown|download|subscribe|disclaimer|statement|shengming|editor-info|right|rightbar|dashang)"
    r"(?:$|[\s_\-\d])",
    re.IGNORECASE,
)
_NOISE_TAGS = frozenset(("footer", "nav", "aside"))
_NOT_NOISE = re.compile(r"article|content|main|body|detail|text|zoom", re.IGNORECASE)


@dataclass(slots=True)
class _Sum:
    """Of one element: its prose and noise in characters, and its lines as the half-open range [first, last)."""

    prose: int = 0
    noise: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """Lines [first, last) of the page belong to it; ``kept`` are those that say something of the report."""

    node: html.HtmlElement
    first: int
    last: int
    kept: tuple[Line, ...]
    found: str


def find_body(lines: Sequence[Line], containers: Iterable[html.HtmlElement]) -> Body | None:
    """None where the page has no prose at all."""
    sums = _sum_up(lines)
    dense = _densest(lines, sums)
    known = max(containers, key=lambda node: sums[node].prose if node in sums else -1, default=None)
    if known is not None and known in sums:
        enough = _CONTAINER_SHARE * sums[dense].prose if dense is not None else 1
        if sums[known].prose >= max(enough, 1):
            return _body(lines, known, sums[known], "正文容器")
    if dense is None:
        return None
    return _body(lines, dense, sums[dense], "文字密度")


def is_prose(line: Line) -> bool:
    if line.link_share > _MOSTLY_LINKS or is_furniture(line.text) or is_facts(line.text):
        return False
    if line.kind is BlockKind.ROW:
        return True
    return len(line.text) >= _LEAST_PROSE or bool(_SENTENCE.search(line.text))


def _sum_up(lines: Sequence[Line]) -> dict[html.HtmlElement, _Sum]:
    sums: dict[html.HtmlElement, _Sum] = {}
    noise_of: dict[html.HtmlElement, bool] = {}
    for index, line in enumerate(lines):
        prose = noise = 0
        length = len(line.text)
        if is_prose(line) and not _in_noise(line.node, None, noise_of):
            prose = length
        elif line.link_share > _MOSTLY_LINKS or is_furniture(line.text):
            noise = length
        node = line.node
        while node is not None:
            total = sums.get(node)
            if total is None:
                total = sums[node] = _Sum(first=index)
            total.prose += prose
            total.noise += noise
            total.last = index + 1
            node = node.getparent()
    return sums


def _densest(lines: Sequence[Line], sums: dict[html.HtmlElement, _Sum]) -> html.HtmlElement | None:
    """The element whose own lines hold the most prose, or the ancestor that adds much to it and little noise."""
    own: dict[html.HtmlElement, int] = {}
    noise_of: dict[html.HtmlElement, bool] = {}
    for line in lines:
        if line.node is None or not is_prose(line) or _in_noise(line.node, None, noise_of):
            continue
        parent = line.node.getparent()
        for place in (line.node, parent):
            if place is not None:
                own[place] = own.get(place, 0) + len(line.text)
    if not own:
        return None
    chosen = max(own, key=lambda node: own[node])
    outer = chosen.getparent()
    while outer is not None and outer.tag not in ("html",):
        gain = sums[outer].prose - sums[chosen].prose
        noise = sums[outer].noise - sums[chosen].noise
        if gain >= _CLIMB_GAIN * sums[chosen].prose and noise <= _CLIMB_NOISE * gain:
            chosen = outer
        outer = outer.getparent()
    return chosen


def _in_noise(node: html.HtmlElement | None, top: html.HtmlElement | None, known: dict[html.HtmlElement, bool]) -> bool:
    """Whether ``node`` or one of its ancestors below ``top`` is named like a part of the site."""
    if node is None or node is top or node.tag in ("body", "html"):
        return False
    answer = known.get(node)
    if answer is None:
        answer = _is_noise(node) or _in_noise(node.getparent(), top, known)
        known[node] = answer
    return answer


def _is_noise(node: html.HtmlElement) -> bool:
    if node.tag in _NOISE_TAGS:
        return True
    for names in (node.get("class"), node.get("id")):
        if names and _NOISE.search(names) and not _NOT_NOISE.search(names):
            return True
    return False


def _body(lines: Sequence[Line], node: html.HtmlElement, total: _Sum, found: str) -> Body:
    inside = lines[total.first : total.last]
    noise_of: dict[html.HtmlElement, bool] = {}
    kept: list[Line] = []
    for index, line in enumerate(inside):
        if ends_the_report(line.text) and _little_prose(inside[index:], total.prose):
            break
        if line.link_share > _MOSTLY_LINKS or is_furniture(line.text) or _in_noise(line.node, node, noise_of):
            continue
        if not any(map(is_prose, kept)) and is_facts(line.text):
            continue
        kept.append(line)
    return Body(node, total.first, total.last, tuple(kept), found)


def _little_prose(rest: Sequence[Line], whole: int) -> bool:
    return sum(len(line.text) for line in rest if is_prose(line)) < 0.2 * whole
