"""Documents as CSV, XLSX and DOCX: the same cells in each, none of which a program runs."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree

from indexer.formats.csv import harmless, to_csv
from indexer.formats.docx import to_docx
from indexer.formats.tables import Document, Sources, Table
from indexer.formats.xlsx import to_xlsx
from tests.unit.rows import a_report, all_rows, passage

_MAIN = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TODAY = date(2026, 11, 20)
EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "\n=1", "http://a.example/", "'quoted")


def a_document(*rows: tuple[str | float | int | None, ...], title: str = "表一") -> Document:
    heads = tuple(f"列{n}" for n in range(len(rows[0])))
    sources = Table("出处", ("编号", "报告"), (("[1]", "某区工作总结"),))
    return Document("对照", (Table(title, heads, rows),), sources, ("一条说明。",), "http://here/compare", TODAY)


def sheets(data: bytes) -> tuple[list[str], list[etree._Element]]:
    """Names of the sheets, and their XML."""
    book = zipfile.ZipFile(io.BytesIO(data))
    names = [str(one.get("name")) for one in etree.fromstring(book.read("xl/workbook.xml")).iter("{*}sheet")]
    return names, [etree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, len(names) + 1)]


# --- csv ---


def test_a_csv_begins_with_a_byte_order_mark_and_ends_its_lines_as_excel_does() -> None:
    data = to_csv(a_document(("甲", 1.5), ("乙，丙", None)))
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.startswith("列0,列1\r\n甲,1.5\r\n乙，丙,\r\n")
    assert "取自 http://here/compare" in text
    assert "导出日期 2026-11-20" in text


def test_several_tables_stand_below_each_other_with_their_titles() -> None:
    table = Table("表二", ("列",), (("丁",),))
    one = a_document(("甲",))
    rows = list(
        csv.reader(io.StringIO(to_csv(Document(one.title, (*one.tables, table), one.sources)).decode("utf-8-sig")))
    )
    assert rows[:6] == [["列0"], ["甲"], [], ["表二"], ["列"], ["丁"]]
    assert ["出处"] in rows


@pytest.mark.parametrize("text", EVIL[:7])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["甲=乙", "3-5月", "", 12.5, -3.0, 0])
def test_other_text_and_numbers_stay_as_they_are(value: str | float) -> None:
    assert harmless(value) == value


@pytest.mark.parametrize("written", [to_xlsx, to_docx])
def test_what_is_no_character_of_xml_leaves_a_whole_file(written: Callable[[Document], bytes]) -> None:
    data = written(a_document(("甲\0\x0b\ufffe\uffff乙",), title="表\ufffe一"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    for part in parts:
        etree.fromstring(part)
    assert any("甲乙".encode() in part for part in parts)


# --- xlsx ---


def test_no_text_of_a_spreadsheet_becomes_a_formula_a_link_or_a_number() -> None:
    data = to_xlsx(a_document(*((text, "2021") for text in EVIL)))
    _, (first, *others) = sheets(data)
    for sheet in (first, *others):
        assert sheet.findall(".//x:f", _MAIN) == []
        assert sheet.findall(".//x:hyperlink", _MAIN) == []
    assert {cell.get("t") for cell in first.findall(".//x:c", _MAIN)} == {"s"}


def test_a_number_is_a_number_and_nothing_is_nothing() -> None:
    _, (first, *_) = sheets(to_xlsx(a_document(("甲", 38.6), ("乙", None))))
    numbers = [
        cell.findtext("x:v", namespaces=_MAIN) for cell in first.findall(".//x:c", _MAIN) if cell.get("t") is None
    ]
    assert numbers == ["38.6"]


def test_the_head_is_frozen_and_sources_and_notes_have_sheets_of_their_own() -> None:
    names, (first, *_) = sheets(to_xlsx(a_document(("甲",))))
    assert names == ["表一", "出处", "说明"]
    pane = first.find(".//x:pane", _MAIN)
    assert pane is not None
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "B2")


def test_names_of_sheets_keep_the_rules_of_excel() -> None:
    one = Table("土地要素/亩均[1]：" + "很长" * 20, ("列",), (("甲",),))
    names, _ = sheets(to_xlsx(Document("对照", (one, one), Table("出处", (), ()))))
    assert len(set(names)) == len(names) == 3
    for name in names:
        assert len(name) <= 31
        assert not set(name) & set("[]:*?/\\")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    broken = a_document(("甲\x00\x0b乙",))
    book = zipfile.ZipFile(io.BytesIO(to_xlsx(broken)))
    assert "甲乙" in book.read("xl/sharedStrings.xml").decode()
    assert docx.Document(io.BytesIO(to_docx(broken))).tables[0].cell(1, 0).text == "甲乙"


# --- docx ---


def test_a_word_file_has_its_table_then_numbered_sources_then_notes() -> None:
    paper = docx.Document(io.BytesIO(to_docx(a_document(("甲", "=1+1"), ("乙", None)))))
    (table,) = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["列0", "列1"], ["甲", "=1+1"], ["乙", ""]]
    said = [one.text for one in paper.paragraphs]
    assert said == [
        "对照",
        "表一",
        "出处",
        "[1] 某区工作总结",
        "一条说明。",
        "取自 http://here/compare",
        "导出日期 2026-11-20",
    ]


def test_the_head_of_a_word_table_stands_on_every_page() -> None:
    paper = docx.Document(io.BytesIO(to_docx(a_document(("甲",)))))
    assert paper.tables[0].rows[0]._tr.findall(".//{*}tblHeader")


def test_a_wide_table_lies_across() -> None:
    across = docx.Document(io.BytesIO(to_docx(a_document(tuple("一二三四五六"))))).sections[0]
    upright = docx.Document(io.BytesIO(to_docx(a_document(tuple("一二"))))).sections[0]
    assert across.orientation == WD_ORIENT.LANDSCAPE
    assert across.page_width is not None
    assert across.page_height is not None
    assert across.page_width > across.page_height
    assert upright.orientation == WD_ORIENT.PORTRAIT


# --- sources ---


def test_reports_get_numbers_in_the_order_in_which_they_are_cited() -> None:
    first, second = (
        one.source for one in all_rows([a_report("a", passage("设驻点三个。")), a_report("b", passage("成立专班。"))])
    )
    sources = Sources("http://here/")
    assert [sources.cite(second, 4), sources.cite(first), sources.cite(second)] == ["[1] ¶5", "[2]", "[1]"]
    rows = sources.table().rows
    assert [row[0] for row in rows] == ["[1]", "[2]"]
    assert [row[-1] for row in rows] == ["http://here/doc/b", "http://here/doc/a"]
