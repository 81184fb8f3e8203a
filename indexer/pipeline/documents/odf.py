"""OpenDocument text and tables (.odt, .ods; ISO/IEC 26300): a zip of XML that says what it shows."""

from __future__ import annotations

import zipfile

from lxml import etree

from indexer.domain.page import BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.safety import Limits, Meter, local_name, xml_member
from indexer.pipeline.documents.word.numbering import spelled
from indexer.pipeline.documents.written import WrittenLine, extracted_of

_DEEPEST = 40  # elements of text within each other; lists in tables in frames reach twenty
_GONE = frozenset({"tracked-changes", "annotation", "ruby-text", "note-citation", "hidden-paragraph", "hidden-text"})
_MOST_REPEATED = 64  # of one cell or row: the blank rest of a sheet is said in a single one
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: bomb, damaged, encrypted, no_text, too_large, too_slow."""
    content = xml_member(archive, "content.xml", limits)
    styles = xml_member(archive, "styles.xml", limits) if "styles.xml" in archive.NameToInfo else None
    body = next((node for node in content.iter() if local_name(node) == "body"), None)
    if body is None:
        raise Skip("damaged", "odf")
    reader = _Reader([root for root in (styles, content) if root is not None], Meter(limits))
    lines = [*reader.blocks(body, 0), *reader.notes]
    if not lines:
        raise Skip("no_text", "odf")
    return extracted_of("odf", lines, page.url)


def _get(node: etree._Element, name: str) -> str | None:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _times(node: etree._Element, name: str) -> int:
    found = _get(node, name) or "1"
    return min(max(int(found), 1), _MOST_REPEATED) if found.isdecimal() and len(found) < 10 else 1


class _Reader:
    def __init__(self, roots: list[etree._Element], meter: Meter) -> None:
        self.notes: list[WrittenLine] = []
        self._meter = meter
        self._styles: dict[str, etree._Element] = {}
        self._lists: dict[str, list[etree._Element]] = {}
        for root in roots:
            for node in root.iter():
                if local_name(node) == "style":
                    self._styles[_get(node, "name") or ""] = node
                elif local_name(node) == "list-style":
                    self._lists[_get(node, "name") or ""] = [one for one in node if isinstance(one.tag, str)]

    def blocks(self, container: etree._Element, depth: int, label: str = "") -> list[WrittenLine]:
        found: list[WrittenLine] = []
        if depth > _DEEPEST:
            return found
        for node in container:
            name = local_name(node)
            if name in ("p", "h"):
                found += self._paragraph(node, depth, label if not found else "")
            elif name == "list":
                found += self._list(node, depth + 1, 0, _get(node, "style-name"))
            elif name == "table":
                found += self._table(node, depth + 1)
            elif name and name not in _GONE and name not in ("forms", "sequence-decls", "table-of-content"):
                found += self.blocks(node, depth + 1)
        return found

    def _paragraph(self, node: etree._Element, depth: int, label: str) -> list[WrittenLine]:
        boxes: list[etree._Element] = []
        text = self._text(node, boxes, depth)
        style = _get(node, "style-name")
        kind = BlockKind.HEADING if local_name(node) == "h" else BlockKind.PARAGRAPH
        prominent = self._property(style, "text-align") == "center" or (style or "").lower() == "title"
        size = (self._property(style, "font-size") or "").removesuffix("pt")
        found = []
        for part in text.split("\n"):
            line = (label + part.strip()) if part.strip() else ""
            if line:
                label = ""
                self._meter.block(line)
                number = float(size) if size.replace(".", "", 1).isdecimal() else 0.0
                found.append(WrittenLine(line, kind, prominent, number))
        return found + [line for box in boxes for line in self.blocks(box, depth + 1)]

    def _text(self, node: etree._Element, boxes: list[etree._Element], depth: int) -> str:
        parts = [node.text or ""]
        for one in node:
            name = local_name(one)
            if name == "s":
                parts.append(" " * _times(one, "c"))
            elif name in ("tab", "line-break"):
                parts.append("\t" if name == "tab" else "\n")
            elif name == "note":
                body = [line.text for line in self.blocks(one, depth + 1)] if depth < _DEEPEST else []
                self.notes += [WrittenLine(f"[{len(self.notes) + 1}] {' '.join(body)}")] if body else []
            elif name in ("frame", "custom-shape", "g"):
                boxes.append(one)
            elif name and name not in _GONE and depth < _DEEPEST and not self._is_hidden(_get(one, "style-name")):
                parts.append(self._text(one, boxes, depth + 1))
            parts.append(one.tail or "")
        return "".join(parts)

    def _list(self, node: etree._Element, depth: int, level: int, style: str | None) -> list[WrittenLine]:
        found: list[WrittenLine] = []
        count = 0
        for item in node:
            if local_name(item) not in ("list-item", "list-header") or depth > _DEEPEST:
                continue
            label = ""
            if local_name(item) == "list-item":
                start = _get(item, "start-value") or ""
                count = int(start) if start.isdecimal() and len(start) < 6 else count + 1
                label = self._label(style, level, count)
            for one in item:
                if local_name(one) == "list":
                    found += self._list(one, depth + 1, level + 1, _get(one, "style-name") or style)
                elif local_name(one) in ("p", "h"):
                    found += self._paragraph(one, depth + 1, label)
                    label = ""
        return found

    def _label(self, style: str | None, level: int, count: int) -> str:
        levels = [one for one in self._lists.get(style or "", ()) if _get(one, "level") == str(level + 1)]
        if not levels or local_name(levels[0]) != "list-level-style-number":
            return ""
        form = _get(levels[0], "num-format") or ""
        if not form:
            return ""
        name = "chineseCounting" if form.startswith("一") else "decimalEnclosedCircle" if form[0] == "①" else ""
        written = spelled(count, name or _FORMS.get(form, "decimal"))
        return (_get(levels[0], "num-prefix") or "") + written + (_get(levels[0], "num-suffix") or "")

    def _table(self, table: etree._Element, depth: int) -> list[WrittenLine]:
        found: list[WrittenLine] = []
        for row in _below(table, "table-row", depth):
            cells: list[str] = []
            inner: list[WrittenLine] = []
            for cell in row:
                if local_name(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                lines = self.blocks(cell, depth + 1)
                inner += [line for line in lines if line.kind is BlockKind.ROW]
                text = " ".join(line.text for line in lines if line.kind is not BlockKind.ROW)
                for _ in range(_times(cell, "number-columns-repeated")):
                    self._meter.cell()
                    if local_name(cell) == "table-cell":
                        cells.append(" ".join(text.split()))
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                times = _times(row, "number-rows-repeated")
                for _ in range(times):
                    self._meter.block("".join(cells))
                found += [WrittenLine(" | ".join(cells), BlockKind.ROW)] * times
            found += inner
        return found

    def _is_hidden(self, style: str | None) -> bool:
        return self._property(style, "display") == "none"

    def _property(self, style: str | None, name: str) -> str | None:
        """Of a style or of those it is made from."""
        for _ in range(20):
            node = self._styles.get(style or "")
            if node is None:
                return None
            for one in node:
                if local_name(one) in ("paragraph-properties", "text-properties") and (value := _get(one, name)):
                    return value
            style = _get(node, "parent-style-name")
        return None


def _below(node: etree._Element, name: str, depth: int) -> list[etree._Element]:
    """Elements of that name in ``node`` and its groups, not those of a table inside."""
    found = []
    for one in node:
        if local_name(one) == name:
            found.append(one)
        elif local_name(one) in ("table-rows", "table-header-rows", "table-row-group") and depth < _DEEPEST:
            found += _below(one, name, depth + 1)
    return found
