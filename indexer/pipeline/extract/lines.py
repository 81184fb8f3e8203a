"""A page as a reader meets it: line after line, each with where in the tree it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from indexer.domain.page import BlockKind
from indexer.pipeline.extract.boilerplate import ends_the_report, is_boilerplate, is_facts, letters_of, plainly
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
# Where an editor broke the lines of its source: no blank was typed there. Word does it anywhere, also inside a number.
_WIDE = "\u2018-\u201d\u2026\u2014\u3001-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003134f"
_SOURCE_BREAK = re.compile(
    rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])"
    rf"|(?<=[{_WIDE}])\r?\n(?=[\w(（])|(?<=[\w%)）])\r?\n(?=[{_WIDE}])"
    r"|(?<=\d\.)\r?\n(?=\d)|(?<=\d)\r?\n(?=\.\d|%)|(?<=\d)\r?\n(?=\d)"
)
_BROKEN_NUMBER = re.compile(r"(?<=\d\.)\s*\n\s*(?=\d)|(?<=\d)\s*\n\s*(?=\.\d)")
_KEPT_AS_TYPED = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_TYPED_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*|(?<=[。！？：；])[ \t\r]*\n[ \t\r]*|\n(?=[ \t]{2}|\u3000)")
_LEAST_LETTERS = 8  # pieces from which a line whose pieces are single characters was spelled out in tags
_SEPARATORS = re.compile(r"[\s、|｜,，·/>»•]+")
_PARAGRAPH = "\v"  # between paragraphs that only a newline parts; control characters were taken out before
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
    def is_boilerplate(self) -> bool:
        return is_boilerplate(self.plain)

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
        self.inside_typed = 0  # pre, and what is styled like it: there a newline is one

    def add(self, text: str | None) -> None:
        if not text:
            return
        if "\n" in text:
            text = _TYPED_PARAGRAPH.sub(_PARAGRAPH, text) if self.inside_typed else text
            text = _SOURCE_BREAK.sub("", text)
            text = self._without_break_before(text)
        self.parts.append(text)
        length = len(text.strip())
        if self.inside_link:
            self.links += length
        if self.inside_bold:
            self.bold += length

    def _without_break_before(self, text: str) -> str:
        """A text that begins on a new line of the source right behind another tag's: as if inside it."""
        if not self.parts or text[0] not in "\r\n" or not text.strip():
            return text
        last = self.parts[-1][-2:]
        joined = _SOURCE_BREAK.sub("", last + text)
        return joined[len(last) :] if joined.startswith(last) else text

    def lines(self, node: html.HtmlElement, tag: str) -> Iterator[Line]:
        raw = self._joined()
        self.parts.clear()
        links, bold = self.links, self.bold
        self.links = self.bold = 0
        alone_in_bold = bold >= len(raw.strip(_EDGES))
        for piece in raw.split(_PARAGRAPH):
            text = _BLANKS.sub(" ", piece).strip(_EDGES)
            if not text:
                continue
            if tag in _HEADINGS or (alone_in_bold and len(text) <= _LONGEST_HEADING):
                kind = BlockKind.HEADING
            else:
                kind = BlockKind.CAPTION if tag in ("figcaption", "caption") else BlockKind.PARAGRAPH
            yield Line(text, min(links, len(text)), kind, node)

    def _joined(self) -> str:
        """Parts side by side; those that are single characters with newlines between are one word spelled out."""
        if len(self.parts) < _LEAST_LETTERS:
            return _BROKEN_NUMBER.sub("", "".join(self.parts)) if len(self.parts) > 1 else "".join(self.parts)
        written = [part for part in self.parts if part.strip()]
        if len(written) >= _LEAST_LETTERS and sum(len(part.strip()) == 1 for part in written) >= 0.9 * len(written):
            return "".join(part for part in self.parts if part.strip() or "\n" not in part)
        return _BROKEN_NUMBER.sub("", "".join(self.parts))


def lines_of(root: html.HtmlElement) -> Iterator[Line]:
    """The lines of the tree in reading order. A data table gives one line a row, its cells joined with `` | ``."""
    gathering = _Gathering()
    open_blocks: list[html.HtmlElement] = [root]
    typed = _typed_in(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        breaks = tag in _BLOCKS
        if event == "start":
            if breaks or tag == "br":
                yield from gathering.lines(open_blocks[-1], str(open_blocks[-1].tag))
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
            gathering.inside_typed += element in typed
            gathering.add(element.text)
            continue
        if breaks:
            yield from gathering.lines(element, tag)
            if len(open_blocks) > 1:
                open_blocks.pop()
        gathering.inside_link -= tag == "a"
        gathering.inside_bold -= tag in _BOLD
        gathering.inside_typed -= element in typed
        if element is not root:
            gathering.add(element.tail)


def _typed_in(root: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """Elements in which a newline is one: pre, and what is styled like it."""
    styled = (one for one in root.xpath("//*[contains(@style, 'pre')]") if _KEPT_AS_TYPED.search(one.get("style")))
    return frozenset((*root.iter("pre"), *styled))
