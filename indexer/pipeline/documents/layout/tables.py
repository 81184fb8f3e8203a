"""Cells of more than one printed line, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pipeline.documents.layout.rows import Row, Run

_SAME_ROW = 0.95  # line heights: rows nearer to each other are lines of neighbouring cells of one row
_NEXT_LINE = 2.0  # line heights from one line of a cell to the next
_SHORT = 8  # characters of a label's second line
_OWN_ROW = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]|\d|其中|合计|总计|小计|注|备注|说明|附|单位"
)
_ENDS = ("：", ":", "。", "；")


def with_whole_cells(rows: Sequence[Row]) -> list[Row]:
    """Rows of one frame; the lines of a cell joined into the row that they belong to."""
    found: list[Row] = []
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        if found and (len(found[-1].cells) > 1 or len(row.cells) > 1):
            table, part = (found[-1], row) if len(found[-1].cells) >= len(row.cells) else (row, found[-1])
            near = row.middle - found[-1].middle < _SAME_ROW * max(row.size, found[-1].size)
            if (places := _places(table, part)) and (
                near or (table is found[-1] and _goes_on(table, part, places, after))
            ):
                found[-1] = _merged(table, part, places, below=table is found[-1])
                continue
        found.append(row)
    return found


def _places(table: Row, part: Row) -> list[int] | None:
    """Which cell of ``table`` each cell of ``part`` stands under; None where one of them stands under none."""
    cells = table.cells
    places = []
    for cell in part.cells:
        at = next(
            (n for n, one in enumerate(cells) if _under(cell, one, cells[n + 1] if n + 1 < len(cells) else None)), None
        )
        if at is None or at in places:
            return None
        places.append(at)
    return places


def _under(cell: Run, above: Run, next_one: Run | None) -> bool:
    tolerance = max(cell.size, above.size)
    fits = next_one is None or cell.right < next_one.left - 0.3 * tolerance
    left = abs(cell.left - above.left) < tolerance
    centred = abs((cell.left + cell.right) / 2 - (above.left + above.right) / 2) < tolerance
    narrow = next_one is not None or cell.right - cell.left < 2 * (above.right - above.left)
    return fits and narrow and (left or centred)


def _goes_on(table: Row, part: Row, places: Sequence[int], after: Row | None) -> bool:
    """Below a row: the second line of one of its cells rather than a row, or a sentence, of its own."""
    if part.top - table.runs[-1].top > _NEXT_LINE * 4 * table.size or len(places) >= len(table.cells):
        return False
    if part.middle - _lowest(table) > _NEXT_LINE * table.size:
        return False
    if 0 not in places:
        return True  # a row begins with its label
    text = part.cells[0].text
    if _OWN_ROW.match(text) or text.endswith(_ENDS) or len(places) > 1:
        return False
    return len(text) <= _SHORT and after is not None and len(after.cells) > 1


def _lowest(row: Row) -> float:
    return max(run.top + run.size / 2 for run in row.runs)


def _merged(table: Row, part: Row, places: Sequence[int], *, below: bool) -> Row:
    cells = list(table.cells)
    for at, cell in zip(places, part.cells, strict=True):
        one, two = (cells[at], cell) if below else (cell, cells[at])
        latin = (
            one.text[-1:].isascii() and one.text[-1:].isalpha() and two.text[:1].isascii() and two.text[:1].isalpha()
        )
        text = one.text + (" " if latin else "") + two.text
        left, right, top = min(one.left, two.left), max(one.right, two.right), max(one.top, two.top)
        cells[at] = Run(left, right, top, one.size, text)
    return Row(tuple(cells))
