"""Documents other than pages, each made here on the spot."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from indexer.domain.page import BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents import read_container
from indexer.pipeline.documents.safety import Limits

LIMITS = Limits()
TITLE = "云岭示例高新区工作总结"
BODY = [
    "　　一、招商引资。把小分队派到外地常驻，逐个上门拜访链上企业，全年新",
    "签约项目十九个。",
    "　　二、存在问题。用地指标仍然偏紧，几个项目还在排队等地。",
]


def read(data: bytes, name: str = "report", limits: Limits = LIMITS) -> Extracted:
    found = read_container(RawPage(data, name), limits)
    assert found is not None
    return found


def refusal(data: bytes, name: str = "report", limits: Limits = LIMITS) -> str:
    with pytest.raises(Skip) as skipped:
        read_container(RawPage(data, name), limits)
    return skipped.value.code


def a_pdf(pages: list[list[tuple[int, int, str]]], catalog: str = "") -> bytes:
    """A PDF of lines (size, height above the foot, text), in a font that is named and not embedded."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog}>>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 60 {height} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for size, height, text in lines
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def a_zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


OFD = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">{1}</ofd:{0}>'


def an_ofd(lines: list[tuple[float, float, str]]) -> bytes:
    """An OFD of one page of lines (size, distance from the top, text); the page is named relative to its document."""

    def drawn(number: int, size: float, top: float, text: str) -> str:
        left = 20 + (2 * size if text.startswith("　") else 0)
        text = text.strip("　")
        box = f'ID="{number}" Boundary="{left} {top} {len(text) * size} {size}" Size="{size}"'
        return f'<ofd:TextObject {box}><ofd:TextCode X="0" Y="0">{text}</ofd:TextCode></ofd:TextObject>'

    layer = "".join(drawn(number, *line) for number, line in enumerate(lines))
    return a_zip(
        {
            "OFD.xml": OFD.format("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
            "Doc_0/Document.xml": OFD.format(
                "Document", '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
            ),
            "Doc_0/Pages/Page_0/Content.xml": OFD.format(
                "Page", f"<ofd:Content><ofd:Layer>{layer}</ofd:Layer></ofd:Content>"
            ),
        }
    )


def test_a_pdf_gives_its_title_and_whole_paragraphs() -> None:
    lines = [(24, 760, TITLE)] + [(16, 700 - 28 * n, text) for n, text in enumerate(BODY)] + [(12, 40, "— 1 —")]
    found = read(a_pdf([lines]))
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == [BODY[0].strip("　") + BODY[1], BODY[2].strip("　")]
    assert found.published_on is None


def test_page_numbers_and_running_heads_of_a_pdf_are_left_out() -> None:
    pages = [
        [(16, 800, "云岭文件汇编"), (16, 700, f"第{n}项工作已经办结。"), (16, 40, f"- {n} -")] for n in range(1, 6)
    ]
    text = read(a_pdf(pages)).original
    assert "汇编" not in text
    assert "- 3 -" not in text
    assert text.count("已经办结") == 5


def test_a_pdf_without_text_asks_for_character_recognition() -> None:
    assert refusal(a_pdf([[]])) == "no_text"


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert refusal(a_pdf([[(16, 700, "一页")]] * 4), limits=Limits(pages=3)) == "too_many_pages"


def test_a_broken_pdf_is_said_to_be_damaged() -> None:
    assert refusal(b"%PDF-1.7\nthis is not one") == "damaged"


def test_a_word_file_gives_title_headings_and_table_rows_in_order() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、招商引资", level=1)
    document.add_paragraph("全年新签约项目十九个。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["指标", "完成", "税收", "12亿元"], strict=True):
        cell.text = text
    document.add_paragraph("以上数字为初步统计。")
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue())
    assert found.title == TITLE
    assert [(block.kind, block.text) for block in found.blocks] == [
        (BlockKind.HEADING, "一、招商引资"),
        (BlockKind.PARAGRAPH, "全年新签约项目十九个。"),
        (BlockKind.ROW, "指标 | 完成"),
        (BlockKind.ROW, "税收 | 12亿元"),
        (BlockKind.PARAGRAPH, "以上数字为初步统计。"),
    ]


def test_a_word_file_that_opens_with_a_sentence_has_no_title() -> None:
    document = docx.Document()
    document.add_paragraph("今年以来，全区上下一心抓项目。")
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).title is None


def test_an_ofd_gives_its_title_and_whole_paragraphs() -> None:
    lines = [(8.0, 30.0, TITLE)] + [(5.6, 60.0 + 10 * n, text) for n, text in enumerate(BODY)]
    found = read(an_ofd(lines))
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == [BODY[0].strip("　") + BODY[1], BODY[2].strip("　")]


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    assert refusal(a_zip({"word/document.xml": "0" * 2_000_000}), limits=Limits(unpacked_bytes=1_000_000)) == "bomb"


def test_an_xml_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    assert refusal(a_zip({"word/document.xml": bomb})) == "bomb"
    assert refusal(a_zip({"OFD.xml": bomb})) == "bomb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "damaged"),
        (a_zip({"ppt/presentation.xml": "<x/>"}), "slides"),
        (a_zip({"a.txt": "x"}), "zip"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (a_zip({"OFD.xml": "<ofd:OFD"}), "damaged"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data, "总结.doc") == code


def test_markdown_keeps_headings_and_rows_and_drops_emphasis_but_never_a_mask() -> None:
    source = f"# {TITLE}\n\n## 一、成效\n\n税收**大幅**增长**%，__高新区\n增加[见附件](a.pdf)。\n\n- 第一条\n- 第二条\n"
    source += "\n| 指标 | 值 |\n|---|---|\n| 税收 | 12 |\n"
    found = read(source.encode(), "notes.md")
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == [
        "一、成效",
        "税收大幅增长**%，__高新区增加见附件。",
        "第一条",
        "第二条",
        "指标 | 值",
        "税收 | 12",
    ]


@pytest.mark.parametrize("name", ["_rels/.rels", "word/document.xml"])
def test_a_part_that_does_not_unpack_is_damage_and_no_fault(name: str) -> None:
    data = bytearray(a_zip({"_rels/.rels": "<Relationships/>", "word/document.xml": "<w/>"}))
    data[data.index(name.encode()) + len(name)] = 0xFF  # no kind of block that deflate has
    assert refusal(bytes(data)) == "damaged"


def test_a_page_is_no_container() -> None:
    assert read_container(RawPage("<html><p>正文</p></html>".encode(), "a.pdf.html"), LIMITS) is None
