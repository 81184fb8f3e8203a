"""Lines on paper put together again: PDF and OFD know where a line stands, not which paragraph it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from indexer.domain.page import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Distances in the document's own unit, ``top`` growing downwards, ``size`` its height."""

    page: int
    left: float
    right: float
    top: float
    size: float
    text: str


# — 3 —, - 3 -, 第 3 页 共 9 页, 3/9, 3
PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－·\s]*")
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部分])"
)
TITLE_RATIO = 1.2  # a title of 22 pt over a body of 16 pt is 1.37; headings in bold are 1.0


def lines_in_order(pieces: list[Line]) -> list[Line]:
    """Pieces put together to lines, top to bottom; page numbers and running heads gone."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.page, piece.top + piece.size / 2)):
        last = rows[-1][-1] if rows else None
        apart = last and abs(last.top + last.size / 2 - piece.top - piece.size / 2) > 0.5 * max(last.size, piece.size)
        if last is None or last.page != piece.page or apart:
            rows.append([])
        rows[-1].append(piece)
    joined = [line for line in map(_join, rows) if line.text]
    pages = len({line.page for line in joined})
    repeated = Counter(line.text for line in joined)
    return [
        line
        for line in joined
        if not PAGE_NUMBER.fullmatch(line.text) and not (pages > 3 and repeated[line.text] > 0.6 * pages)
    ]


def _join(row: list[Line]) -> Line:
    """Pieces at one height as one line, left to right. A gap of two characters is a table's and is marked " | "."""
    row.sort(key=lambda piece: piece.left)
    size = max(piece.size for piece in row)
    text = ""
    printed: Line | None = None
    for piece in row:
        if piece.text.strip():
            if printed and text.strip() and piece.left - printed.right > 2 * size:
                text = text.rstrip() + " | "
            printed = piece
        text += piece.text
    printed_row = [piece for piece in row if piece.text.strip()] or row
    return Line(
        row[0].page,
        printed_row[0].left,
        max(piece.right for piece in printed_row),
        min(piece.top for piece in printed_row),
        median(piece.size for piece in printed_row),
        text.strip(),
    )


def title_and_blocks(lines: list[Line]) -> tuple[str | None, tuple[Block, ...]]:
    """The title (the largest print at the head of the first page, None where all is alike) and the paragraphs."""
    lines = lines_in_order(lines)
    if not lines:
        return None, ()
    body = median(line.size for line in lines)
    title: list[str] = []
    rest = lines
    for place, line in enumerate(lines[:12]):
        if line.page == lines[0].page and line.size >= TITLE_RATIO * body:
            title.append(line.text.strip())
            rest = lines[place + 1 :]
        elif title:
            break
    return "".join(title) or None, _paragraphs(rest)


def _paragraphs(lines: list[Line]) -> tuple[Block, ...]:
    """A line opens a paragraph where it is indented, follows a short one, or starts with a number of its own."""
    if not lines:
        return ()
    left = median(sorted(line.left for line in lines)[: max(1, len(lines) // 2)])
    right = max(line.right for line in lines)
    blocks: list[Block] = []
    parts: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        opens = (
            before is None
            or line.left > left + 1.2 * line.size
            or before.right < right - 2 * before.size
            or NUMBERED.match(line.text.lstrip()) is not None
            or " | " in line.text
        )
        if opens and parts:
            blocks.append(_block(parts))
            parts = []
        parts.append(line.text)
    return (*blocks, _block(parts))


def _block(parts: list[str]) -> Block:
    text = parts[0].strip()
    for part in parts[1:]:
        part = part.strip()
        needs_space = text[-1:].isascii() and text[-1:].isalnum() and part[:1].isascii() and part[:1].isalpha()
        text += (" " if needs_space else "") + part
    return Block(BlockKind.ROW if " | " in text else BlockKind.PARAGRAPH, text)
