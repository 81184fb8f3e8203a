"""A page as a reader meets it: line after line, each with where in the tree it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from indexer.domain.page import BlockKind
from indexer.pipeline.extract.boilerplate import ends_the_report, is_facts, is_furniture, letters_of, plainly
from indexer.pipeline.extract.tables import is_data_table, rows_of

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SEPARATORS = re.compile(r"[\s、|｜,，·/>»•]+")
_EDGES = " \t\r\n\u00a0\u3000\u200b\ufeff"
_LONGEST_HEADING = 60


@dataclass(frozen=True, eq=False)
class Line:
    """One block of text. ``links`` counts its characters that are link text; ``node`` is the block it stands in."""

    text: str
    links: int
    kind: BlockKind
    node: html.HtmlElement | None  # None in a plain text

    @cached_property
    def plain(self) -> str:
        return plainly(self.text)

    @cached_property
    def is_furniture(self) -> bool:
        return is_furniture(self.plain)

    @cached_property
    def is_facts(self) -> bool:
        return is_facts(self.plain)

    @cached_property
    def ends_the_report(self) -> bool:
        return ends_the_report(self.plain)

    @cached_property
    def letters(self) -> str:
        return letters_of(self.plain)

    @cached_property
    def link_share(self) -> float:
        """Between 0 and 1; what only separates links (、 | >) doesn't count."""
        if not self.links:
            return 0.0
        return min(1.0, self.links / max(len(_SEPARATORS.sub("", self.text)), 1))


class _Gathering:
    """Collects inline text until the block ends."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links = 0
        self.bold = 0
        self.inside_link = 0
        self.inside_bold = 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        length = len(text.strip())
        if self.inside_link:
            self.links += length
        if self.inside_bold:
            self.bold += length

    def line(self, node: html.HtmlElement, tag: str) -> Line | None:
        raw = "".join(self.parts)
        self.parts.clear()
        links, bold = self.links, self.bold
        self.links = self.bold = 0
        text = _BLANKS.sub(" ", raw).strip(_EDGES)
        if not text:
            return None
        alone_in_bold = bold >= len(raw.strip(_EDGES)) and len(text) <= _LONGEST_HEADING
        if tag in _HEADINGS or alone_in_bold:
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.CAPTION if tag in ("figcaption", "caption") else BlockKind.PARAGRAPH
        return Line(text, min(links, len(text)), kind, node)


def lines_of(root: html.HtmlElement) -> Iterator[Line]:
    """The lines of the tree in reading order. A data table gives one line a row, its cells joined with `` | ``."""
    gathering = _Gathering()
    open_blocks: list[html.HtmlElement] = [root]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        breaks = tag in _BLOCKS
        if event == "start":
            if breaks or tag == "br":
                line = gathering.line(open_blocks[-1], str(open_blocks[-1].tag))
                if line:
                    yield line
            if tag == "table" and is_data_table(element):
                for row, links in rows_of(element):
                    yield Line(row, min(links, len(row)), BlockKind.ROW, element)
                walk.skip_subtree()
                open_blocks.append(element)
                continue
            if breaks:
                open_blocks.append(element)
            gathering.inside_link += tag == "a"
            gathering.inside_bold += tag in _BOLD
            gathering.add(element.text)
            continue
        if breaks:
            line = gathering.line(element, tag)
            if line:
                yield line
            if len(open_blocks) > 1:
                open_blocks.pop()
        gathering.inside_link -= tag == "a"
        gathering.inside_bold -= tag in _BOLD
        if element is not root:
            gathering.add(element.tail)
