"""Paragraphs, tables, text boxes and notes of a Word document, in the order in which they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from indexer.domain.page import BlockKind
from indexer.pipeline.documents.safety import Meter, local_name
from indexer.pipeline.documents.word.numbering import Numbering
from indexer.pipeline.documents.word.shown import child, children, is_on, number, text_boxes, value
from indexer.pipeline.documents.word.styles import ListPlace, Styles
from indexer.pipeline.documents.written import WrittenLine

_DEEPEST_TABLE = 12  # tables within tables and boxes; three are seen
_WIDEST_CELL = 64  # columns; 63 is the most that Word makes (a file of 1 KB asked for a thousand million)
_LONG_CELL = 120  # characters in several paragraphs: a cell of prose, for the sake of the layout
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds: the text of its own paragraphs, and what can't stand in a row."""

    text: str
    inner: list[WrittenLine]  # of tables in it
    lines: list[WrittenLine]  # all of it, as lines


class Content:
    """Takes in one part after another; ``lines`` is what was read so far."""

    def __init__(self, styles: Styles, numbering: Numbering, meter: Meter) -> None:
        self.lines: list[WrittenLine] = []
        self.notes: list[tuple[str, str]] = []  # (kind of note, id) in the order of their marks
        self._styles = styles
        self._numbering = numbering
        self._meter = meter
        self._fields: list[bool] = []  # of the fields that are open: whether their result has begun

    def take(self, part: etree._Element) -> None:
        """Raises Skip: too_large, too_slow."""
        self.lines += self._blocks(part, 0)

    def take_notes(self, notes: dict[str, etree._Element], part: str) -> None:
        """Footnotes and endnotes stand behind the text, in the order of their marks."""
        kind = "footnoteReference" if "foot" in part else "endnoteReference"
        marks = [mark for of, mark in self.notes if of == kind]
        for count, mark in enumerate(marks, 1):
            if mark in notes:
                text = " ".join(line.text for line in self._blocks(notes[mark], 0)).strip()
                if text:
                    self.lines.append(WrittenLine(f"[{count}] {text}"))

    def _blocks(self, container: etree._Element, depth: int) -> list[WrittenLine]:
        """Paragraphs and rows right below ``container``. A paragraph whose end was deleted goes on in the next one."""
        found: list[WrittenLine] = []
        waiting: list[etree._Element] = []
        for node in children(container):
            name = local_name(node)
            self._meter.cell()  # an empty paragraph costs time as well
            if name == "p":
                waiting.append(node)
                mark = child(node, "pPr", "rPr", "del")
                if mark is None:
                    found += self._paragraph(waiting, depth)
                    waiting = []
            elif name == "tbl" and depth < _DEEPEST_TABLE:
                found += self._table(node, depth + 1)
        return found + (self._paragraph(waiting, depth) if waiting else [])

    def _paragraph(self, nodes: list[etree._Element], depth: int) -> list[WrittenLine]:
        """One paragraph (of several nodes, where the marks between them are deleted), then the boxes on it."""
        properties = child(nodes[-1], "pPr")
        style = value(child(properties, "pStyle"))
        boxes: list[etree._Element] = []
        text = "".join(self._text(node, value(child(node, "pPr", "pStyle")), boxes) for node in nodes)
        self._fields = [begun for begun in self._fields if begun]  # no instruction goes over a paragraph's end
        label = self._label(properties, style) if text.strip() or not boxes else ""
        found = (
            [] if self._styles.name(style).startswith("toc ") else self._lines(text, label, properties, style, nodes)
        )
        for box in boxes if depth < _DEEPEST_TABLE else ():
            found += self._blocks(box, depth + 1)
        return found

    def _lines(
        self, text: str, label: str, properties: etree._Element | None, style: str | None, nodes: list[etree._Element]
    ) -> list[WrittenLine]:
        """A break within a paragraph ends a line."""
        if not text.strip():
            return []
        name = self._styles.name(style)
        own = number(child(properties, "outlineLvl"))
        outline = self._styles.outline(style) if own is None else own
        heading = name.startswith(("heading", "标题 ")) or (outline is not None and outline < 9)
        alignment = value(child(properties, "jc")) or self._styles.alignment(style)
        prominent = name in {"title", "标题"} or alignment == "center"
        size = self._size(nodes, style)
        found = []
        for at, part in enumerate(text.strip().split("\n")):
            line = (_labelled(label, part.strip()) if at == 0 else part.strip()).strip()
            if line:
                self._meter.block(line)
                kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
                found.append(WrittenLine(line, kind, prominent, size))
        return found

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        own = child(properties, "numPr")
        of = value(child(own, "numId"))
        styled = self._styles.list_place(style)
        if of is None:
            level = number(child(own, "ilvl"))
            if styled and level is not None:
                styled = ListPlace(styled.number, level)
            return self._numbering.label(styled)
        if of == "0":
            return ""
        level = number(child(own, "ilvl"))
        return self._numbering.label(ListPlace(of, level or 0))

    def _text(self, node: etree._Element, style: str | None, boxes: list[etree._Element]) -> str:
        """The shown text of a paragraph; ``boxes`` gets what hangs on it."""
        parts: list[str] = []
        for found in children(node):
            name = local_name(found)
            if name == "r":
                parts.append(self._run(found, style, boxes))
            elif name in ("oMath", "oMathPara"):
                parts.append("".join(one.text or "" for one in found.iter() if local_name(one) == "t"))
        return "".join(parts)

    def _run(self, run: etree._Element, style: str | None, boxes: list[etree._Element]) -> str:
        if self._is_hidden(child(run, "rPr"), style):
            return ""
        parts: list[str] = []
        for found in children(run):
            name = local_name(found)
            if name == "fldChar":
                self._field(value(found, "fldCharType"))
            elif not all(self._fields):  # what an instruction works on: { IF { MERGEFIELD x } = 1 "yes" "no" }
                continue
            elif name == "t":
                parts.append(found.text or "")
            elif name in _BREAKS:
                parts.append("" if value(found, "type") in ("page", "column") else _BREAKS[name])
            elif name == "sym":
                code = value(found, "char") or ""
                if len(code) == 4 and not code.upper().startswith(("F0", "E", "D")):  # F0xx: a picture of Wingdings
                    parts.append(_character(code))
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name, value(found, "id") or ""))
            elif name == "r":  # of a ruby's base
                parts.append(self._run(found, style, boxes))
            elif name in ("drawing", "pict", "object"):
                boxes += text_boxes(found)
        return "".join(parts)

    def _field(self, mark: str | None) -> None:
        if mark == "begin":
            self._fields.append(False)
        elif self._fields and mark == "separate":
            self._fields[-1] = True
        elif self._fields and mark == "end":
            self._fields.pop()

    def _is_hidden(self, properties: etree._Element | None, paragraph_style: str | None) -> bool:
        """Hidden, or struck out: a number that is crossed out is no number any more."""
        style = value(child(properties, "rStyle"))
        hidden = is_on(child(properties, "vanish"))
        if hidden is None:
            hidden = bool(style and self._styles.is_hidden(style)) or self._styles.is_hidden(paragraph_style)
        struck = is_on(child(properties, "strike")) or is_on(child(properties, "dstrike"))
        return hidden or (bool(struck) if struck is not None else bool(style and self._styles.is_struck(style)))

    def _size(self, nodes: list[etree._Element], style: str | None) -> float:
        """Of the paragraph's first run with text, in half points; 0 where nothing says it."""
        for node in nodes:
            for run in children(node):
                if local_name(run) == "r" and child(run, "t") is not None:
                    own = number(child(run, "rPr", "sz")) or self._styles.size(value(child(run, "rPr", "rStyle")))
                    return float(own or self._styles.size(style) or 0)
        return 0.0

    def _table(self, table: etree._Element, depth: int) -> list[WrittenLine]:
        """A row a line. A cell merged over columns is given once, one merged over rows in each of them."""
        found: list[WrittenLine] = []
        above: dict[int, str] = {}  # column → text of the cell that is merged downwards from there
        for row in children(table):
            properties = child(row, "trPr")
            if local_name(row) != "tr" or child(properties, "del") is not None:
                continue
            if is_on(child(properties, "hidden")):
                continue
            found += self._row(row, above, depth)
        return found

    def _row(self, row: etree._Element, above: dict[int, str], depth: int) -> list[WrittenLine]:
        cells: list[Cell] = []
        column = min(number(child(row, "trPr", "gridBefore")) or 0, _WIDEST_CELL)
        for node in children(row):
            if local_name(node) != "tc" or child(node, "tcPr", "cellDel") is not None:
                continue
            self._meter.cell()
            cell = self._cell(node, depth)
            merge = child(node, "tcPr", "vMerge")
            if merge is not None and value(merge) != "restart" and not cell.text and not cell.inner:
                cell = Cell(above.get(column, ""), [], [])
                self._meter.characters(len(cell.text))
            else:
                above.pop(column, None)
                if merge is not None:
                    above[column] = cell.text
            cells.append(cell)
            column += min(max(number(child(node, "tcPr", "gridSpan")) or 1, 1), _WIDEST_CELL)
        filled = [cell for cell in cells if cell.text or cell.inner]
        if len(filled) == 1 and filled[0].lines and (len(cells) == 1 or len(filled[0].text) > _LONG_CELL):
            return filled[0].lines  # a frame round the text, or a line of prose across the table
        found = (
            [WrittenLine(" | ".join(cell.text for cell in cells), BlockKind.ROW)] if any(c.text for c in cells) else []
        )
        return found + [line for cell in cells for line in cell.inner]

    def _cell(self, node: etree._Element, depth: int) -> Cell:
        lines = self._blocks(node, depth)
        rows = [line for line in lines if line.kind is BlockKind.ROW]
        own = [line.text for line in lines if line.kind is not BlockKind.ROW]
        return Cell(" ".join(" ".join(own).split()), rows, lines)


def _labelled(label: str, text: str) -> str:
    """``label`` before ``text`` as it is printed: 一、 and （一） touch it, 第一条 stands apart, 1. never makes 1.5 of
    a text that opens with a 5."""
    if not label:
        return text
    if label[-1].isalnum():
        return f"{label}　{text}"
    if label[-1] in ".．" and text[:1].isdecimal():
        return f"{label[:-1]}、{text}"
    return label + text


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""
