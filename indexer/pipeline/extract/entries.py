"""Pages of many postings: forum threads, a month of a blog, comments. What the page is about is its first one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pipeline.extract.lines import Line

# A moment with its clock, which chronicles and minutes don't print line after line.
_MOMENT = re.compile(
    r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?[\sT,，]*(?:[上下]午\s?)?\d{1,2}[:：]\d{2}"
)
_FLOOR = re.compile(r"(?:^|\s)(?:第?\s?\d{1,4}\s?(?:楼|#|L)|沙发|板凳|地板|楼主|#\s?\d{1,4})(?=\s|$|[:：])")
_LONGEST_MARK = 90  # characters of the line that opens or closes a posting
_LEAST_POSTINGS = 3
_HEADING = 60  # characters
_AT_START = 3  # lines above a body in which the mark of its first posting stands


def end_of_first_entry(lines: Sequence[Line], first: int, start: int, last: int) -> int | None:
    """The line before which the first posting ends, of several in ``lines[first:last]``; None on any other page.

    ``start``: where the prose begins. The mark stands above each posting or below it.
    """
    marks = [at for at in range(max(0, first - _AT_START), last) if _is_mark(lines[at])]
    inside = [at for at in marks if at > start]
    if len(marks) < _LEAST_POSTINGS or len(inside) < _LEAST_POSTINGS - 1:
        return None
    if marks[0] > start:
        return marks[0]
    end = inside[0]
    while end > start + 1 and _is_heading(lines[end - 1]):
        end -= 1
    return end


def _is_mark(line: Line) -> bool:
    text = line.plain
    if len(text) > _LONGEST_MARK or "。" in text:
        return False
    return len(_MOMENT.findall(text)) == 1 and (line.is_facts or bool(_FLOOR.search(text)) or len(text) <= _HEADING)


def _is_heading(line: Line) -> bool:
    return len(line.text) <= _HEADING and not re.search(r"[。！？；…”]$", line.text)
