"""Lines on paper put together again: PDF, OFD and a scan know where a character stands, not which paragraph it is of.

sheets_of (upright, once, nothing printed across) → rows_of → margins left out → columns one after the other → cells
put together → title and paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from indexer.domain.page import Block
from indexer.pipeline.documents.layout.columns import frames_of
from indexer.pipeline.documents.layout.margins import without_margins
from indexer.pipeline.documents.layout.paragraphs import Line, blocks_of, measured
from indexer.pipeline.documents.layout.pieces import Piece, Sheet, sheets_of
from indexer.pipeline.documents.layout.rows import Row, Run, rows_of
from indexer.pipeline.documents.layout.tables import with_whole_cells
from indexer.pipeline.documents.title import MOST_LINES, HeadLine, find_title

__all__ = ["Piece", "Row", "Run", "Sheet", "rows_of", "sheets_of", "title_and_blocks"]

_TITLE_RATIO = 1.2  # a title of 22 pt over a body of 16 pt is 1.37; headings in bold are 1.0


def title_and_blocks(sheets: Sequence[Sequence[Row]]) -> tuple[str | None, tuple[Block, ...]]:
    """The title (the largest print at the head of the first sheet, else what stands in its middle) and the text."""
    frames = [
        [Line.of(row, sheet) for row in with_whole_cells(frame)]
        for sheet, rows in enumerate(without_margins(sheets))
        for frame in frames_of(rows)
    ]
    lines = measured([frame for frame in frames if frame])
    if not lines:
        return None, ()
    title, taken = find_title(_head(lines))
    return title, blocks_of([line for at, line in enumerate(lines) if at not in taken])


def _head(lines: Sequence[Line]) -> list[HeadLine]:
    body = median(line.size for line in lines for _ in line.text)
    first = [line for line in lines[:MOST_LINES] if line.sheet == lines[0].sheet]
    larger = [line.size >= _TITLE_RATIO * body for line in first]
    return [
        HeadLine(line.text, large if any(larger) else line.is_centred and not line.is_row, line.size)
        for line, large in zip(first, larger, strict=True)
    ]
