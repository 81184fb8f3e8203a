"""Running heads, feet and page numbers: at the edge of several sheets, at one height, alike but for their digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from indexer.pipeline.documents.layout.rows import Row

# — 3 —, - 3 -, 第 3 页 共 9 页, 3/9, 3, Page 3 of 9, III
PAGE_NUMBER = re.compile(
    r"[-—–－·•~～\s|]*(?:(?:第|共|P(?:age)?\.?)\s*)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}(?=\s*页)|[ivxIVX]{1,6})\s*(?:页)?"
    r"(?:[\s|,，]*(?:[/／]|共|of)\s*\d{1,4}\s*页?)?[-—–－·•~～\s|]*"
)
_DIGITS = re.compile(r"[\d\s|—–\-－·]+")
_SENTENCE_END = ("。", "；", "，", "、", "：", "！", "？")
_ROUNDS = 3  # a head of two lines and a rule's worth of number
_LARGER = 1.2  # times the body: a title, even where each sheet has it
_EDGE = 4.0  # line heights from the outermost print of all sheets


def without_margins(sheets: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of each sheet without those that are its margin's."""
    left = [list(rows) for rows in sheets]
    body = median([row.size for rows in left for row in rows] or [0.0])
    for side in (0, -1):
        outermost = [rows[side] for rows in left if rows]
        if not outermost:
            continue
        edge = min(row.top for row in outermost) if side == 0 else max(row.top for row in outermost)
        for _ in range(_ROUNDS):
            candidates = {at: rows[side] for at, rows in enumerate(left) if rows}
            gone = {
                at
                for at, row in candidates.items()
                if abs(row.top - edge) <= _EDGE * row.size
                and row.size < _LARGER * body
                and _is_margin(at, row, candidates)
            } | {at for at, row in candidates.items() if PAGE_NUMBER.fullmatch(row.text)}
            for at in gone:
                left[at].pop(side)
            if not gone:
                break
    return left if any(left) else [list(rows) for rows in sheets]  # one line a sheet, the same on each, is the text


def _is_margin(at: int, row: Row, candidates: dict[int, Row]) -> bool:
    """The same words at the same place on another sheet, odd and even ones apart."""
    key = _key(row)
    if len(key) < 2 or row.text.endswith(_SENTENCE_END) or len([cell for cell in row.cells if _words(cell.text)]) > 2:
        return False
    alike = [
        other_at
        for other_at, other in candidates.items()
        if _key(other) == key and abs(other.top - row.top) <= row.size and abs(other.size - row.size) <= 0.2 * row.size
    ]
    parity = Counter(other_at % 2 for other_at in candidates)
    share = len(alike) / (len(candidates) if len({one % 2 for one in alike}) == 2 else parity[at % 2])
    return len(alike) >= 2 and share >= 0.4


def _key(row: Row) -> str:
    return _words(row.text)


def _words(text: str) -> str:
    return _DIGITS.sub("", text)
