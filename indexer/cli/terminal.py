"""Text laid out for a terminal, where a Chinese character is two columns wide.

Widths, styles and tables are rich's. It drops colours by itself where no terminal is written to; lines are never padded
at their end, so that what is piped stays plain. Breaking lines is ours: rich breaks at spaces, of which Chinese has
none, and elsewhere wherever the width ends. In 24 columns it makes 全市新签约项目总投资达1,│234.5亿元，同比增长 of a
sentence, and in 8 招商引资│，做法: a number in two, and a comma at the start of a line.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Sequence

from rich.box import HORIZONTALS
from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from indexer.domain.spans import Span
from indexer.locale import listed

_WORD = re.compile(r"[!-~]+|.", re.DOTALL)  # a run without a space, or one character
_NOT_AT_START = " ,.;:!?)，。、；：？！）”》】%"  # a line that starts with one of these looks broken
_LABEL = 24  # columns of the labels of a table, at most
_GAP = 2  # columns between two columns of text


def width(text: str) -> int:
    """Columns that ``text`` takes."""
    return cell_len(text)


def padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def printable(text: str) -> str:
    """``text`` with control characters written out: a file may be called what clears the screen, or forges a line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def cut(text: str, columns: int) -> str:
    """``text`` in at most so many columns, with … where something is left out."""
    return text if width(text) <= columns else set_cell_size(text, columns - 1).rstrip() + "…"


def wrapped(text: str, columns: int) -> list[str]:
    """``text`` in lines of at most so many columns (one more where a line would start with punctuation). Latin words
    stay whole where they fit."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, taken = "", 0
        for word in _WORD.findall(paragraph):
            pieces = [word] if len(word) <= columns else list(word)
            for piece in pieces:
                wide = width(piece)
                if taken + wide > columns and line and piece[0] not in _NOT_AT_START:
                    lines.append(line)
                    line, taken = "", 0
                line += piece
                taken += wide
        lines.append(line)
    return lines


def wrapped_marked(text: str, marks: Iterable[Span], columns: int) -> list[Text]:
    """``text`` wrapped, its marks in bold."""
    marked = Text(text)
    for mark in marks:
        marked.stylize("bold red", mark.start, mark.end)
    lines: list[Text] = []
    at = 0
    for line in wrapped(text, columns):
        at = text.index(line, at)
        lines.append(marked[at : at + len(line)])
        at += len(line)
    return lines


def console() -> Console:
    """Of standard output as it is now: tests put another in its place."""
    return Console(file=sys.stdout, width=screen(), markup=False, highlight=False, emoji=False, soft_wrap=True)


def show(*parts: str | Text | tuple[str, str]) -> None:
    """A line of ``parts``: plain text, or a text with its style."""
    console().print(Text.assemble(*parts))


def heading(text: str) -> None:
    show((text, "bold"))


def pairs(rows: Sequence[tuple[str, str | Sequence[str] | None]]) -> None:
    """Names and values, the values below each other; what is not known is left out. Items of a list stay whole."""
    known = [(name, value) for name, value in rows if value]
    room = max(20, screen() - max((width(name) for name, _ in known), default=0) - _GAP)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    for name, value in known:
        lines = wrapped(value, room) if isinstance(value, str) else in_lines(value, room)
        table.add_row(name, Text("\n".join(lines)))
    _put(table)


def in_lines(items: Sequence[str], columns: int) -> list[str]:
    """Items beside each other, in as many lines as they take."""
    lines = [""]
    for item in items:
        if lines[-1] and width(lines[-1]) + _GAP + width(item) > columns:
            lines.append("")
        lines[-1] += (" " * _GAP if lines[-1] else "") + item
    return lines


def side_by_side(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """A label and a cell per head in each row, labels and cells wrapped side by side."""
    edge = min(max([width(label) for label, _ in rows] + [4]), _LABEL)
    each = max(16, (screen() - edge - _GAP) // max(1, len(heads)) - _GAP)
    table = Table(box=HORIZONTALS, show_edge=False, show_header=False, show_lines=True, padding=0, pad_edge=False)
    for columns in (edge, *([each] * len(heads))):
        table.add_column(width=columns + _GAP, overflow="fold")  # in the gap hangs the punctuation of a full line
    for label, cells in (("", heads), *rows):
        table.add_row(_in(label, edge), *(_in(cell, each) for cell in cells))
    _put(table)


def _in(text: str, columns: int) -> Text:
    return Text("\n".join(wrapped(text, columns)))


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Short cells below short heads."""
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="")
    for head in heads:
        table.add_column(Text(head), no_wrap=True)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _put(table)


def _put(table: RenderableType) -> None:
    out = console()
    wide = out.options.update(width=max(screen(), 1000))  # the columns say how wide it is; nothing is cut
    for segments in out.render_lines(table, wide, pad=False):
        line = Text.assemble(*((segment.text, segment.style or "") for segment in segments if not segment.control))
        line.rstrip()
        out.print(line)


def counts(counted: Iterable[tuple[str, int]]) -> str:
    """甲 3、乙 1."""
    return listed(f"{name} {count}" for name, count in counted)


def screen() -> int:
    """Columns of the terminal, within what can be read comfortably."""
    return max(60, min(shutil.get_terminal_size((100, 24)).columns, 160))
