"""Rows of tables: the label of a row is what its numbers count, their unit stands in cell, label, head or 单位：.

``指标 | 完成额（亿元） | 增速（%）`` over ``规上工业产值 | 418.6 | 7.3`` is read as 规上工业产值完成额418.6亿元 and
规上工业产值增速7.3%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BAR = "|"
LONGEST_TABLE = 500  # rows that are looked back over for a head
NUMBER = r"[-－+]?(?:\d[\d,]*(?:\.\d+)?|[\dxX×*]*[xX×*][\dxX×*]*(?:\.[\dxX×*]+)?)"
CHANGE_WORDS = "增长|下降|上升|减少|增加|提高|降低|增|降|约|超|近|达到?|完成"
CELL = re.compile(rf"\s*(?P<words>(?:{CHANGE_WORDS})?)\s*(?P<number>{NUMBER})\s*(?P<unit>[^\d\s，。；、|]{{0,8}})\s*")
IN_BRACKETS = re.compile(r"[（(]\s*(?:单位[:：]?)?\s*(?P<unit>[^（）()\d，、]{1,8})\s*[)）]")
STATED = re.compile(r"单位[:：]\s*(?P<unit>[^\s，。；、|）)]{1,8})")
SECOND = re.compile(r"[（(][^（）()\d]{1,6}[)）]|增速|增幅|同比|占比")
SERIAL = re.compile(r"\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、.．]?\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: its cells, and the unit that is stated for the whole."""

    cells: tuple[str, ...] = ()
    unit: str = ""


NO_HEAD = Head()


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as it would be told: ``text`` with the number at ``at``; ``start``: the number's place in the passage."""

    text: str
    at: int
    start: int
    label: str
    number: str


def head_over(text: str, at: int) -> Head:
    """Head of the table whose row stands at ``at``: its first row, if that holds words only, and 单位：… above it."""
    first, above = text.rfind("\n", 0, at) + 1, ""
    if BAR not in text[first : text.find("\n", first) if text.find("\n", first) >= 0 else len(text)]:
        return NO_HEAD
    for _ in range(LONGEST_TABLE):
        if first == 0:
            break
        before = text.rfind("\n", 0, first - 1) + 1
        line = text[before : first - 1]
        if BAR not in line:
            above = line
            break
        first = before
    end = text.find("\n", first)
    cells = cells_of(text[first : end if end >= 0 else len(text)])
    stated = STATED.search(above) or STATED.search(" ".join(cells))
    names = _names(cells)
    below = text[end + 1 : text.find("\n", end + 1)] if names and end >= 0 and text.find("\n", end + 1) > 0 else ""
    second = cells_of(below) if BAR in below else ()
    if _names(second) and SECOND.search(below):  # a head of two rows: 2023年 over 完成额（亿元） and 增速（%）
        short = len(names) - len(second)
        first_row = [names[n + short] if 0 <= n + short < len(names) else names[-1] for n in range(len(second))]
        names = tuple(one if one == two else one + two for one, two in zip(first_row, second, strict=True))
    return Head(names, stated.group("unit") if stated else "")


def _names(cells: tuple[str, ...]) -> tuple[str, ...]:
    return cells if cells and not any(CELL.fullmatch(cell) and not _is_year(cell) for cell in cells) else ()


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"\s*(?:19|20)\d\d年?度?\s*", cell) is not None


def cells_of(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split(BAR))


def told_cells(line: str, offset: int, head: Head) -> Iterator[CellText | tuple[str, int]]:
    """Cells of numbers as they would be told, and cells of words as (text, place in the passage)."""
    cells = line.split(BAR)
    places = [offset]
    for cell in cells[:-1]:
        places.append(places[-1] + len(cell) + 1)
    numeric = [CELL.fullmatch(cell) if not _is_year(cell) else None for cell in cells]
    first = next((n for n, match in enumerate(numeric) if match and not (n == 0 and SERIAL.match(cells[0]))), None)
    labels = [cell.strip() for cell in cells[: first or 0] if cell.strip() and not SERIAL.match(cell)]
    label = labels[-1] if labels else ""
    short = len(head.cells) - len(cells)  # a row under a cell of many rows lacks its beginning
    for n, cell in enumerate(cells):
        match = numeric[n]
        if match is None:
            if len(cell.strip()) > 8:
                yield cell, places[n]
            continue
        if first is None or n < first or not label:
            continue
        name = head.cells[n + short] if 0 <= n + short < len(head.cells) else ""
        of_rates = _unit(name) if _unit(name) in ("%", "％", "‰", "个百分点", "百分点") else ""
        unit = match.group("unit") or of_rates or _unit(label) or _unit(name) or head.unit
        before = IN_BRACKETS.sub("", label) + IN_BRACKETS.sub("", name if name != label else "") + match.group("words")
        number = match.group("number")
        yield CellText(before + number + unit, len(before), places[n] + match.start("number"), label, number)


def _unit(words: str) -> str:
    match = IN_BRACKETS.search(words)
    return match.group("unit").strip() if match else ""
