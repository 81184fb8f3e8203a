"""Tables that hold data, told from tables that hold the page together; and laid on their grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

_LONGEST_CELL = 300  # layout cells hold whole articles; of data cells 99% have fewer characters
_LONG_ALLOWED = 3  # filled cells in most rows: a table of tasks may tell one at length
_LEAST_ROWS = 2
_MOST_SPANNED = 200  # cells a span is repeated over; <td colspan="9999"> is a slip
_LONGEST_REPEATED = 30  # characters: a label speaks for each of its columns, a text stands once …
_HEAD_ROWS = 4  # … and so does what spans columns further down: a note, a value of both
_BREAKING = frozenset(("br", "p", "div", "li", "ul", "ol", "dd", "dt", "dl", "section", "h1", "h2", "h3", "h4"))
_STOPPED = re.compile(r"[。；，、：！？;,:!?（(—-]$")
_UPRIGHT = 2  # characters
_LONGEST_LABEL = 16  # characters
_COUNTS = re.compile(r"\d+(?:\.\d+)?\s*(?:[万亿]|个|家|%|元|项|户|人)|；")
_BETWEEN = "；"  # between the lines of one cell, which else would run together: 签约41个；协议投资190亿元
_SEPARATOR = " | "
_BLANKS = re.compile(r"\s+")
_SPACE_IN_CHINESE = re.compile(r"(?<=[一-鿿，。；、：（）])[ \t\r]*\n\s*(?=[一-鿿，。；、：（）])")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    links: int
    first: bool  # whether the row is the one it is written in, not one that its rowspan reaches into


def is_data_table(table: html.HtmlElement) -> bool:
    """At least two rows of two or more filled cells, no table inside, no cell as long as an article.

    A cell may be long where the table is wide: the rows of a list of tasks, one of them told in full.
    """
    if table.find(".//table") is not None:
        return False
    wide = long = broad = filled = 0
    for row in table.iter("tr"):
        lengths = [length for cell in row if cell.tag in ("td", "th") and (length := _length(cell))]
        long += any(length > _LONGEST_CELL for length in lengths)
        wide += len(lengths) >= 2
        broad += len(lengths) >= _LONG_ALLOWED
        filled += bool(lengths)
    if wide < _LEAST_ROWS:
        return False
    return not long or (broad >= _LEAST_ROWS and broad >= 0.6 * filled)


def rows_of(table: html.HtmlElement) -> Iterator[tuple[str, int]]:
    """(cells joined with `` | ``, link characters) for each row that says anything.

    A cell that spans rows, or columns of the head, stands in each; a line across the whole table stands once."""
    spanned: dict[int, tuple[_Cell, int]] = {}  # column → what reaches into it from above, and how many rows more
    for number, row in enumerate(table.iter("tr")):
        cells: list[_Cell] = []
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            _fill(cells, spanned)
            cell = _Cell(_text(element, label=not number or not cells or element.tag == "th"), _links(element), True)
            below = min(_span(element, "rowspan"), _MOST_SPANNED) - 1
            for column in range(_span(element, "colspan")):
                if column and (len(cell.text) > _LONGEST_REPEATED or number >= _HEAD_ROWS):
                    cell = _Cell("", 0, False)
                if below:
                    spanned[len(cells)] = (cell, below)
                cells.append(cell)
        _fill(cells, spanned)
        if any(cell.text and cell.first for cell in cells):
            texts = [cell.text for cell in cells]
            links = sum(cell.links for cell in dict.fromkeys(cells))
            yield (texts[0] if len(set(filter(None, texts))) == 1 and len(row) == 1 else _SEPARATOR.join(texts)), links


def _fill(cells: list[_Cell], spanned: dict[int, tuple[_Cell, int]]) -> None:
    """The cells from above that come next."""
    while (reaching := spanned.pop(len(cells), None)) is not None:
        cell, more = reaching
        if more > 1:
            spanned[len(cells)] = (cell, more - 1)
        cells.append(_Cell(cell.text, 0, False))


def _span(element: html.HtmlElement, name: str) -> int:
    written = (element.get(name) or "").strip()
    return max(1, min(int(written), _MOST_SPANNED)) if written.isdecimal() else 1


def _text(cell: html.HtmlElement, *, label: bool) -> str:
    """Its lines side by side, a separator between them and behind the last of several. A ``label``, of a column or a
    row, that is broken over lines stays one: 规上工业<br>产值（亿元）."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BREAKING and element is not cell:
            parts.append("\v")
        if event == "start":
            parts.append(element.text or "")
        elif element is not cell:
            parts.append(element.tail or "")
    lines = [_BLANKS.sub(" ", _SPACE_IN_CHINESE.sub("", line)).strip() for line in "".join(parts).split("\v")]
    lines = [line for line in lines if line]
    if len(lines) < 2 or all(len(line) <= _UPRIGHT for line in lines):
        return "".join(lines)  # a label written downwards, a character a line
    if label and sum(map(len, lines)) <= _LONGEST_LABEL and not any(map(_COUNTS.search, lines)):
        return "".join(lines)
    return "".join(line if _STOPPED.search(line) else line + _BETWEEN for line in lines)


def _links(cell: html.HtmlElement) -> int:
    return sum(len(" ".join("".join(link.itertext()).split())) for link in cell.iter("a"))


def _length(cell: html.HtmlElement) -> int:
    return len("".join("".join(cell.itertext()).split()))
