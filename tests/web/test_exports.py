"""What a page shows, taken home: the same rows as CSV, XLSX and DOCX, and nothing in them that a program would run."""

from __future__ import annotations

import csv
import io
import zipfile
from urllib.parse import unquote

import docx
import pytest
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

PAGES = {
    "compare": "theme=招商引资&zone=湘江示例高新区&zone=示例科技城",
    "figures": "indicator=工业投资",
    "gaps": "zone=湘江示例高新区&with=闽江示例高新区",
    "matrix": "theme=招商引资",
    "tray": "item=r5:2:66-91&item=r1:4:184-221",
    "search": "q=驻点",
}
_MAIN = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_BOM = b"\xef\xbb\xbf"


def taken(client: FlaskClient, page: str, format: str) -> TestResponse:
    answer = client.get(f"/{page}.{format}?{PAGES[page]}")
    assert answer.status_code == 200, answer.text[:200]
    return answer


def csv_rows(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def xlsx_texts(answer: TestResponse) -> list[str]:
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(map(str, si.itertext())) for si in strings.findall("x:si", _MAIN)]


@pytest.mark.parametrize("page", PAGES)
def test_a_csv_has_a_mark_of_its_encoding_and_nothing_a_spreadsheet_runs(client: FlaskClient, page: str) -> None:
    answer = taken(client, page, "csv")
    assert answer.data.startswith(_BOM)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    cells = [cell for row in csv_rows(answer) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


@pytest.mark.parametrize("page", ["compare", "tray", "search"])
def test_a_sentence_that_begins_like_a_formula_is_there_but_harmless(client: FlaskClient, page: str) -> None:
    cells = [cell for row in csv_rows(taken(client, page, "csv")) for cell in row]
    assert [cell for cell in cells if cell.startswith("'-驻点与外出并重")]


@pytest.mark.parametrize("page", PAGES)
def test_an_xlsx_holds_text_only_and_a_frozen_head(client: FlaskClient, page: str) -> None:
    answer = taken(client, page, "xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) >= 2, "a table, and the notes"
    for name in sheets:
        sheet = etree.fromstring(book.read(name))
        assert sheet.findall(".//x:f", _MAIN) == []
        assert sheet.findall(".//x:hyperlink", _MAIN) == []
    first = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert [pane.get("state") for pane in first.findall(".//x:pane", _MAIN)] == ["frozen"]
    assert any("引用前请核对原文" in one for one in xlsx_texts(answer))


@pytest.mark.parametrize("page", PAGES)
def test_a_docx_opens_with_its_tables_and_says_where_it_is_from(client: FlaskClient, page: str) -> None:
    paper = docx.Document(io.BytesIO(taken(client, page, "docx").data))
    assert paper.tables
    said = [one.text for one in paper.paragraphs]
    (address,) = [one for one in said if one.startswith("取自 ")]
    assert unquote(address).startswith(f"取自 http://localhost/{page}?")
    assert f".{'docx'}" not in address


def test_the_three_formats_hold_the_same_cells(client: FlaskClient) -> None:
    rows = csv_rows(taken(client, "gaps", "csv"))
    paper = docx.Document(io.BytesIO(taken(client, "gaps", "docx").data))
    table = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[: len(table)] == table
    texts = set(xlsx_texts(taken(client, "gaps", "xlsx")))
    assert {cell for row in table for cell in row} <= texts


def test_a_comparison_taken_home_cites_numbered_sources_and_says_silences(client: FlaskClient) -> None:
    rows = csv_rows(taken(client, "compare", "csv"))
    assert rows[0][:2] == ["做法", "几家有"]
    (stationed,) = [row for row in rows if row and row[0] == "驻点与外出招商"]
    assert "[1] ¶" in stationed[2]
    (agents,) = [row for row in rows if row and row[0] == "委托中介招商"]
    assert agents[2].startswith("（计划）")
    assert agents[3] == "未提及"
    sources = [row for row in rows if row and row[0] in ("[1]", "[2]")]
    assert [row[1] for row in sources] == ["湘江示例高新区", "示例科技城"]
    assert sources[0][6] == "B 完整转载"
    assert sources[0][-1] == "http://localhost/doc/r1"


def test_figures_are_numbers_in_a_spreadsheet_and_masks_have_none(client: FlaskClient) -> None:
    book = zipfile.ZipFile(io.BytesIO(taken(client, "figures", "xlsx").data))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    numbers = [
        float(c.findtext("x:v", "nan", _MAIN)) for c in sheet.findall(".//x:c", _MAIN) if c.get("t") is None and len(c)
    ]
    assert {38.6, 51.2, 55.0, 58.9} <= set(numbers)
    masked = csv_rows(client.get("/figures.csv?indicator=地区生产总值"))
    head, row = masked[0], masked[1]
    assert row[head.index("数值")] == ""
    assert row[head.index("脱敏")] == "xxx"


def test_filters_are_honoured(client: FlaskClient) -> None:
    rows = csv_rows(client.get("/figures.csv?indicator=工业投资&role=target"))
    told = rows[1 : rows.index([])]
    assert [row[rows[0].index("原文写法")] for row in told] == ["55亿元"]
    narrow = csv_rows(client.get("/search.csv?q=招商&zone=湘江示例高新区"))
    assert {row[0] for row in narrow[1 : narrow.index([])]} == {"湘江示例高新区"}


def test_a_file_is_named_after_what_it_holds(client: FlaskClient) -> None:
    name = taken(client, "compare", "docx").headers["Content-Disposition"]
    assert "招商引资对标情况表" in unquote(name)
    assert 'filename="duibiao.docx"' in name


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare.pdf?theme=招商引资", 404),
        ("/compare.csv", 400),
        ("/figures.csv?indicator=没有的指标", 400),
        ("/gaps.xlsx", 400),
        ("/search.csv?year=去年", 400),
        ("/search.exe?q=招商", 404),
    ],
)
def test_what_cannot_be_written_is_said_in_chinese(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
