"""Text laid out for a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence

import click

from indexer.domain.spans import Span

_WORD = re.compile(r"[!-~]+|.", re.DOTALL)  # a run without a space, or one character
_NOT_AT_START = ",.;:!?)，。、；：？！）”》】%"  # a line that starts with one of these looks broken
_LABEL = 24  # columns of the labels of a table, at most


def width(text: str) -> int:
    """Columns that ``text`` takes."""
    return sum(_width_of(c) for c in text)


def _width_of(c: str) -> int:
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WFA" and ord(c) > 0xFF else 1


def padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def printable(text: str) -> str:
    """``text`` with control characters written out: a file may be called what clears the screen, or forges a line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def cut(text: str, columns: int) -> str:
    """``text`` in at most so many columns, with … where something is left out."""
    if width(text) <= columns:
        return text
    taken = 0
    for at, c in enumerate(text):
        taken += _width_of(c)
        if taken > columns - 2:
            return text[:at] + "…"
    return text


def wrapped(text: str, columns: int) -> list[str]:
    """``text`` in lines of at most so many columns (one more where a line would start with punctuation). Latin words
    stay whole where they fit."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, taken = "", 0
        for word in _WORD.findall(paragraph):
            pieces = [word] if len(word) <= columns // 2 else list(word)
            for piece in pieces:
                wide = width(piece)
                if taken + wide > columns and line and piece[0] not in _NOT_AT_START:
                    lines.append(line)
                    line, taken = "", 0
                line += piece
                taken += wide
        lines.append(line)
    return lines


def wrapped_marked(text: str, marks: Iterable[Span], columns: int) -> list[str]:
    """``text`` wrapped, its marks in bold; click takes the bold away again where there is no terminal."""
    inside = {at for mark in marks for at in range(mark.start, mark.end)}
    lines: list[str] = []
    here = 0
    for line in wrapped(text, columns):
        here = text.index(line, here)
        lines.append("".join(_bold(c) if here + at in inside else c for at, c in enumerate(line)))
        here += len(line)
    return lines


def _bold(text: str) -> str:
    return click.style(text, bold=True, fg="red")


def pairs(rows: Sequence[tuple[str, str | Sequence[str] | None]]) -> None:
    """Names and values, the values below each other; what is not known is left out. Items of a list stay whole."""
    told = [(name, value) for name, value in rows if value]
    edge = max((width(name) for name, _ in told), default=0) + 2
    for name, value in told:
        room = max(20, screen() - edge)
        first, *rest = wrapped(value, room) if isinstance(value, str) else listed(value, room)
        click.echo(click.style(padded(name, edge), dim=True) + first)
        for line in rest:
            click.echo(" " * edge + line)


def listed(items: Sequence[str], columns: int) -> list[str]:
    """Items beside each other, in as many lines as they take."""
    lines = [""]
    for item in items:
        if lines[-1] and width(lines[-1]) + 2 + width(item) > columns:
            lines.append("")
        lines[-1] += ("  " if lines[-1] else "") + item
    return lines


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """A label and a cell per head in each row, labels and cells wrapped side by side."""
    edge = min(max([width(label) for label, _ in rows] + [4]), _LABEL) + 2
    each = max(16, (screen() - edge) // max(1, len(heads)) - 2)
    _row("", [click.unstyle(head) for head in heads], edge, each)
    for label, cells in rows:
        click.echo("─" * min(screen(), edge + (each + 2) * len(heads)))
        _row(label, cells, edge, each)


def _row(label: str, cells: Sequence[str], edge: int, each: int) -> None:
    columns = [wrapped(label, edge - 2), *(wrapped(cell, each) for cell in cells)]
    widths = [edge, *([each + 2] * len(cells))]
    for at in range(max(map(len, columns), default=0)):
        line = "".join(padded(one[at] if at < len(one) else "", w) for one, w in zip(columns, widths, strict=True))
        click.echo(line.rstrip())


def screen() -> int:
    """Columns of the terminal, within what can be read comfortably."""
    return max(60, min(shutil.get_terminal_size((100, 24)).columns, 160))
