"""Tables of Excel and WPS: .xlsx by its XML, with numbers as the sheet prints them; .xls and .et through calamine."""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import python_calamine
from lxml import etree

from indexer.domain.page import BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.compound import CompoundFile, compound_file
from indexer.pipeline.documents.safety import Limits, Meter, local_name, xml_member
from indexer.pipeline.documents.written import WrittenLine, extracted_of

BOOKS = ("Workbook", "Book")  # since Excel 97, before
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_WIDEST = 256  # columns that are read
_MOST_OLD = 20_000_000  # bytes of an .xls: its cells are laid out whole, 65,536 rows of 256 at most
_MOST_MERGED = 100_000  # rows of merged cells that are filled
_PERCENT = {9: 0, 10: 2}  # number formats of 18.8.30 and their decimals
_DAYS = {14, 15, 16, 17, 22, 27, 30, 31, 36, 50, 57, 58}
_DAY_ZERO = datetime.date(1899, 12, 30)
_TITLE = 60


def read_xlsx(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: bomb, damaged, no_text, too_large, too_slow."""
    meter = Meter(limits)
    strings = _strings(archive, limits)
    formats = _formats(archive, limits)
    lines: list[WrittenLine] = []
    for name in _sheets(archive, limits):
        if name in archive.NameToInfo:
            lines += _lines(_rows(xml_member(archive, name, limits), strings, formats, meter), meter)
    return _extracted(lines, page)


def read_xls(page: RawPage, file: CompoundFile, limits: Limits) -> Extracted:
    """``page`` as ``file``. Raises Skip: damaged, encrypted, no_text, too_large, too_slow."""
    if len(page.data) > _MOST_OLD:
        raise Skip("too_large", "xls")
    meter = Meter(limits)
    lines: list[WrittenLine] = []
    # In a file of our own: calamine follows the tables of theirs without counting, and one changed bit made it ask for
    # 1 GB, which ends the process.
    book_alone = compound_file({name: file.stream(name) for name in BOOKS if name in file.names()})
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(book_alone))
        for sheet in book.sheets_metadata:
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible:
                lines += _lines(_old_rows(book.get_sheet_by_name(sheet.name), meter), meter)
    except python_calamine.PasswordError as locked:
        raise Skip("encrypted", "file") from locked
    except (python_calamine.CalamineError, ValueError, OSError) as broken:
        raise Skip("damaged", "xls") from broken
    except BaseException as panic:  # a panic in Rust is no Exception, and its class can't be imported
        if type(panic).__name__ != "PanicException":
            raise
        raise Skip("damaged", "xls") from panic
    return _extracted(lines, page)


def _extracted(lines: list[WrittenLine], page: RawPage) -> Extracted:
    if not lines:
        raise Skip("no_text", "sheet")
    return extracted_of("spreadsheet", lines, page.url)


def _lines(rows: Iterator[list[str]], meter: Meter) -> list[WrittenLine]:
    """A row with one cell above the table is its title, below it a note."""
    found: list[WrittenLine] = []
    for row in rows:
        while row and not row[-1]:
            row.pop()
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        text = filled[0] if len(filled) == 1 else " | ".join(row)
        meter.block(text)
        alone = len(filled) == 1
        is_title = alone and not found and len(text) <= _TITLE
        found.append(WrittenLine(text, BlockKind.PARAGRAPH if alone else BlockKind.ROW, prominent=is_title))
    return found


def _old_rows(sheet: python_calamine.CalamineSheet, meter: Meter) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        meter.check_time()
        cells = []
        for value in list(row)[:_WIDEST]:
            meter.cell()
            cells.append(_printed(value))
        yield cells


def _printed(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return " ".join(str(value).split())


def _decimal(value: float) -> str:
    """Without the tail that a binary fraction has: 418.6, not 418.60000000000002."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else str(value)


def _strings(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.NameToInfo:
        return []
    return [_text(node) for node in xml_member(archive, name, limits) if local_name(node) == "si"]


def _text(node: etree._Element) -> str:
    """Of a string with its runs, without what is said for its pronunciation."""
    parts = []
    for one in node:
        if local_name(one) == "t":
            parts.append(one.text or "")
        elif local_name(one) == "r":
            parts += [inner.text or "" for inner in one if local_name(inner) == "t"]
    return "".join(parts)


def _sheets(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """The parts of the sheets that are shown, in order."""
    book = xml_member(archive, "xl/workbook.xml", limits)
    relations = xml_member(archive, "xl/_rels/workbook.xml.rels", limits)
    targets = {node.get("Id"): node.get("Target") or "" for node in relations}
    found = []
    for node in book.iter():
        if local_name(node) == "sheet" and node.get("state", "visible") == "visible":
            of = next((value for key, value in node.attrib.items() if str(key).endswith("}id")), None)
            target = targets.get(str(of), "") if of else ""
            found.append(posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return found


def _formats(archive: zipfile.ZipFile, limits: Limits) -> list[int | str]:
    """Of each cell style (cellXfs), its number format: the number of a built-in one, or the code of one of its own."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return []
    own: dict[int, str] = {}
    found: list[int | str] = []
    for node in xml_member(archive, "xl/styles.xml", limits).iter():
        if local_name(node) == "numFmt" and (node.get("numFmtId") or "").isdecimal():
            own[int(node.get("numFmtId") or 0)] = node.get("formatCode") or ""
        elif local_name(node) == "cellXfs":
            numbers = [int(one.get("numFmtId") or 0) if (one.get("numFmtId") or "0").isdecimal() else 0 for one in node]
            found = [own.get(number, number) for number in numbers]
    return found


def _rows(sheet: etree._Element, strings: list[str], formats: list[int | str], meter: Meter) -> Iterator[list[str]]:
    merged = _merged(sheet)
    above: dict[int, str] = {}
    for row in sheet.iter():
        if local_name(row) != "row" or row.get("hidden") in ("1", "true"):
            continue
        cells: list[str] = []
        for cell in row:
            if local_name(cell) != "c":
                continue
            meter.cell()
            place = _PLACE.match(cell.get("r") or "")
            column = _column(place[1]) if place else len(cells)
            if column >= _WIDEST:
                continue
            cells += [""] * (column - len(cells))
            cells[column:] = [" ".join(_value(cell, strings, formats).split())]
        for column in merged.get(row.get("r") or "", ()):
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or above.get(column, "")
        above |= {column: text for column, text in enumerate(cells) if text}
        yield cells


def _merged(sheet: etree._Element) -> dict[str, list[int]]:
    """Row → its columns that are merged with the cell above."""
    found: dict[str, list[int]] = {}
    left = _MOST_MERGED
    for node in sheet.iter():
        if local_name(node) != "mergeCell":
            continue
        first, _, last = (node.get("ref") or "").partition(":")
        one, two = _PLACE.match(first), _PLACE.match(last)
        if one and two and _column(one[1]) < _WIDEST:
            for row in range(int(one[2]) + 1, min(int(two[2]), int(one[2]) + left) + 1):
                found.setdefault(str(row), []).append(_column(one[1]))
                left -= 1
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, strings: list[str], formats: list[int | str]) -> str:
    kind = cell.get("t", "n")
    for node in cell:
        if local_name(node) == "is":
            return _text(node)
        if local_name(node) == "v":
            raw = node.text or ""
            if kind == "s":
                return strings[int(raw)] if raw.isdecimal() and int(raw) < len(strings) else ""
            style = cell.get("s") or ""
            form = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else 0
            return _number(raw, form) if kind == "n" else "" if kind == "e" else raw
    return ""


def _number(raw: str, form: int | str) -> str:
    """As the sheet prints it, for the forms that change what it means: per cent, decimals, days."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not abs(value) < 1e15:
        return raw
    code = form if isinstance(form, str) else ""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    if form in _PERCENT or "%" in plain:
        shown = re.search(r"\.(0+)", plain)
        places = _PERCENT.get(form, 0) if isinstance(form, int) else len(shown[1]) if shown else 0
        return f"{value * 100:.{places}f}%"
    if (form in _DAYS or re.search(r"[yY].*m|m.*d", plain)) and 1 <= value < 100_000:
        return (_DAY_ZERO + datetime.timedelta(days=int(value))).isoformat()
    decimals = re.search(r"0\.(0+)", plain) if plain else None
    shown_places = 2 if form in (2, 4) else len(decimals[1]) if decimals else None
    return _decimal(value) if shown_places is None else f"{value:.{shown_places}f}"
