"""Old Word and WPS, RTF, OpenDocument and tables: what they show is read, what can't be is said."""

from __future__ import annotations

import struct

from indexer.domain.page import BlockKind
from indexer.pipeline.documents.compound import compound_file
from indexer.pipeline.documents.safety import Limits
from tests.unit.documents import a_zip, an_old_word_file, read, refusal, texts

TITLE = "松涛湖高新区2022年工作总结"


def test_an_old_word_file_is_read_from_its_pieces() -> None:
    body = f"{TITLE}\r上半年签约\x13 DOCPROPERTY n \x1417\x15个。\r"
    body += "指标\x07完成\x07\x07税收\x079亿元\x07\x07以上。\x0b另起\r"
    data = an_old_word_file([body[:9], body[9:40], body[40:], b"GDP 5.2%\r", "页脚文字"], main=len(body) + 9)
    found = read(data, "总结.wps")
    assert (found.family, found.title) == ("doc", TITLE)
    assert [(block.kind, block.text) for block in found.blocks] == [
        (BlockKind.PARAGRAPH, "上半年签约17个。"),
        (BlockKind.ROW, "指标 | 完成"),
        (BlockKind.ROW, "税收 | 9亿元"),
        (BlockKind.PARAGRAPH, "以上。"),
        (BlockKind.PARAGRAPH, "另起"),
        (BlockKind.PARAGRAPH, "GDP 5.2%"),
    ]


def test_a_locked_a_broken_or_another_old_file_says_what_to_do() -> None:
    assert refusal(an_old_word_file(["文"], flags=0x0300)) == "encrypted"
    assert refusal(compound_file({"PowerPoint Document": b"x"})) == "slides"
    assert refusal(compound_file({"VisioDocument": b"x"})) == "old_office"
    assert refusal(compound_file({"EncryptedPackage": b"x"})) == "encrypted"
    assert refusal(compound_file({"WordDocument": struct.pack("<HH", 0xA5EC, 0x68)})) == "old_office"
    assert refusal(compound_file({"WordDocument": b"x"})) == "damaged"
    assert refusal(an_old_word_file(["文" * 900]), limits=Limits(characters=800)) == "too_large"
    whole = an_old_word_file(["文字" * 3_000])
    assert refusal(whole[:5_000]) == "damaged"


def test_rtf_gives_its_shown_text_in_any_of_its_spellings() -> None:
    gbk = "".join(f"\\'{byte:02x}" for byte in "投产项目九个".encode("gbk"))
    unicode = "".join(f"\\u{ord(character)}?" for character in "，另有两个试产。")
    data = (
        "{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fcharset0 Arial;}}"
        "{\\info{\\title none}}{\\header head}\\pard\\qc\\fs44\\f0 "
        + "".join(f"\\'{byte:02x}" for byte in TITLE.encode("gbk"))
        + f"\\par\\pard\\fs32 {gbk}{unicode}{{\\v \\'ce\\'de}}{{\\deleted \\'ce\\'de}}{{\\strike 3}}\\par"
        + "{\\field{\\*\\fldinst PAGE}{\\fldrslt 12}}{\\*\\generator x}{\\pict 010203}\\par"
        + "\\pard\\intbl A\\par B\\cell C\\cell\\row\\pard end\\par}"
    )
    found = read(data.encode("latin-1"))
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == ["投产项目九个，另有两个试产。", "12", "A B | C", "end"]
    assert refusal(b"{\\rtf1 }") == "no_text"
    assert refusal(b"{\\rtf1 " + b"{" * 5_000 + b"x") == "damaged"


OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f" xmlns:draw="d"'


def an_odt(body: str, styles: str = "") -> bytes:
    inside = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body>"
    return a_zip({"mimetype": "application/vnd.oasis", "content.xml": f"<office:c {OFFICE}>{inside}</office:c>"})


def test_opendocument_is_read_with_lists_tables_boxes_and_notes() -> None:
    styles = (
        '<style:style style:name="C"><style:paragraph-properties fo:text-align="center"/></style:style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style>'
    )
    body = (
        f'<text:p text:style-name="C">{TITLE}</text:p>'
        "<text:tracked-changes><text:p>删去</text:p></text:tracked-changes>"
        '<text:list text:style-name="L"><text:list-item><text:p>成效</text:p></text:list-item>'
        "<text:list-item><text:p>问题</text:p></text:list-item></text:list>"
        '<text:p>出口<text:span>25</text:span><text:span text:style-name="H">无</text:span>亿元'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>海关口径。</text:p></text:note-body>"
        "</text:note>。<draw:frame><draw:text-box><text:p>专栏一则。</text:p></draw:text-box></draw:frame></text:p>"
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>37</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="900000000"/></table:table-row>'
        "</table:table>"
    )
    found = read(an_odt(body, styles))
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == [
        *("一、成效", "二、问题", "出口25亿元。", "专栏一则。", "37 | 37", "[1] 海关口径。"),
    ]
    assert refusal(an_odt("")) == "no_text"


M = 'xmlns="m" xmlns:r="r"'


def an_xlsx(rows: str, *, strings: str = "", formats: str = "", state: str = "visible") -> bytes:
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {M}><sheets><sheet name="s" state="{state}" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="a" Target="worksheets/sheet1.xml"/></R>',
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet>{formats}</styleSheet>",
            "xl/worksheets/sheet1.xml": f"<worksheet>{rows}</worksheet>",
        }
    )


def test_a_table_is_read_with_numbers_as_the_sheet_prints_them() -> None:
    strings = (
        "<si><t>指标</t></si><si><r><t>出口</t></r><r><t>额</t></r><rPh><t>ke</t></rPh></si><si><t>主要指标表</t></si>"
    )
    formats = (
        '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/>'
        '<xf numFmtId="170"/><xf numFmtId="14"/><xf numFmtId="2"/></cellXfs>'
    )
    rows = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>增长</t></is></c></row>'
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>418.60000000000002</v></c>'
        '<c r="C3" s="2"><v>0.073</v></c></row>'
        '<row r="4"><c r="B4" s="4"><v>5</v></c><c r="C4" s="1"><v>-0.05</v></c><c r="D4" s="3"><v>44926</v></c></row>'
        '<row r="5" hidden="1"><c r="A5"><v>1</v></c></row><row r="6"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A3:A4"/></mergeCells>'
    )
    found = read(an_xlsx(rows, strings=strings, formats=formats))
    assert found.title == "主要指标表"
    assert [block.text for block in found.blocks] == [
        "指标 |  | 增长",
        "出口额 | 418.6 | 7.3%",
        "出口额 | 5.00 | -5% | 2022-12-31",
    ]
    assert refusal(an_xlsx(rows, strings=strings, state="hidden")) == "no_text"


def an_xls(cells: dict[tuple[int, int], str | float]) -> bytes:
    """A workbook of BIFF8 with one sheet."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def written(place: tuple[int, int], value: str | float) -> bytes:
        if isinstance(value, float):
            return record(0x0203, struct.pack("<HHHd", *place, 0, value))
        return record(0x0204, struct.pack("<HHHHB", *place, 0, len(value), 1) + value.encode("utf-16-le"))

    start = struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)
    sheet = record(0x0809, start) + b"".join(written(*one) for one in cells.items()) + record(0x000A, b"")
    name = struct.pack("<BB", 2, 0) + b"s1"
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    place = len(head) + 4 + 6 + len(name) + 4
    book = head + record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + record(0x000A, b"")
    return compound_file({"Workbook": book + sheet})


def test_an_old_table_is_read() -> None:
    data = an_xls({(0, 0): "指标", (0, 1): "完成", (1, 0): "税收", (1, 1): 9.3, (2, 0): "注：快报数"})
    assert texts(data, "表.et") == ["指标 | 完成", "税收 | 9.3", "注：快报数"]
    assert refusal(compound_file({"Workbook": b"\xff\xff\xff\xff"})) in ("damaged", "no_text")


def test_an_old_table_whose_sectors_follow_themselves_is_read_once() -> None:
    data = bytearray(an_xls({(0, 0): "指标", (0, 1): "完成", (1, 0): "税收", (1, 1): 9.3}))
    struct.pack_into("<I", data, len(data) - 4096, 0)  # the table is its last sector: 0 is followed by 0
    assert texts(bytes(data), "表.xls") == ["指标 | 完成", "税收 | 9.3"]
