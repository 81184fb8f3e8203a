"""What holds for the reading of any page whatever: it never crashes, points right, and loses nothing."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.domain.edits import original_of, original_span
from indexer.domain.page import Block, BlockKind, Extracted, RawPage
from indexer.domain.report import Report
from indexer.errors import Skip
from indexer.formats.json import report_json
from indexer.ingest.verify import wrong_spans
from indexer.pipeline.clean import clean
from indexer.pipeline.decode import decode
from indexer.pipeline.documents import read_container
from indexer.pipeline.documents.safety import Limits
from indexer.pipeline.extract import extract
from indexer.pipeline.read import Reader
from indexer.settings import ReadingSettings
from indexer.tables import Tables
from tests.shared import IN_CI
from tests.unit.documents import an_old_word_file
from tests.unit.pages import a_page
from tests.unit.test_containers import a_pdf, an_ofd
from tests.unit.test_documents_end_to_end import a_docx
from tests.unit.test_other_documents import an_odt, an_xls, an_xlsx
from tests.unit.test_saved_pages import mime

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@cache
def reader() -> Reader:
    tables = Tables(CORPUS / "tables")
    return Reader(tables.gazetteer, tables.laundering, tables.segmenting, ReadingSettings())


def read(data: bytes, name: str) -> Report | None:
    """None where the page is skipped. Anything else that is raised is the finding of the test."""
    try:
        return reader().read(RawPage(data, name))
    except Skip:
        return None


PIECES = st.sampled_from(
    [
        "全年完成固定资产投资86.5亿元，同比增长7.2%，新签约项目41个。",
        "推行链长制招商，由班子成员担任链长，每月调度在谈项目。",
        "力争明年新开工项目三十个，确保年底前二期投用。",
        "专项债储备不足，部分企业反映融资难。",
        "xx高新区完成产值xx.x亿元，引进XX县区项目**个，__家企业落户。",
        "一、主要成效", "二、存在的主要问题成绩面前，",
        "（一）抓招商。", "1.减时限。", "一是走出去。", "2、", "第7页 共7页",
        "衡阳高新区2022年工作总结和2023年工作计划", "2023年", "1-2023月份", "1-11月", "缺口2022亩", "建国70周年",
        "開展標（biāo）準（zhǔn）化建設，發展產業", "全區實現產值１２３億元", "效劳 开展 工程", "推 进 项 目 建 设",
        "发布时间：2022-12-30 来源：区管委会",
        "相关阅读", "版权所有", "扫一扫", "下一页", "——在大会上", "**", "__", "# ",
        "<p>", "</p>", "<div class='TRS_Editor'>", "</div>", "<br>", "<table><tr><td>指标<td>值</table>", "<b>", "</b>",
        "<title>总结_网", "</title>", "<meta name='PubDate' content='2022-12-30'>", "<h1>", "</h1>",
        "<!--", "-->", "<a href=t_2.html>",
        "</a>", "&nbsp;", "&#20013;", "<script>", "</script>", "<![CDATA[",
        "\n", "\n\n", " ", "\u3000", "|", "\x00", "\ufeff", "\ufffd", "\u200b",
        "\ud7ff", "\U00020000", "\U0001f600",
    ]
)  # fmt: skip
PAGES = st.builds(
    lambda pieces, encoding, mark: (mark + "".join(pieces)).encode(encoding, "replace"),
    st.lists(PIECES | st.text(max_size=12), max_size=60),
    st.sampled_from(["utf-8", "gb18030", "big5hkscs", "utf-16", "utf-16-le"]),
    st.sampled_from(["", "<html><body>", '<html><meta charset="gb2312"><body>']),
)
NAMES = st.sampled_from(["a.html", "a.txt", "a.md", "a.pdf", "a.docx", "", "无后缀"])


def flipped(data: bytes, at: int, byte: int) -> bytes:
    place = at % (len(data) + 1)
    return data[:place] + bytes([byte]) + data[place + 1 :]


HITS = st.tuples(st.integers(0, 10**6), st.integers(0, 255))
RELAXED = settings(
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "60" if IN_CI else "25")),
    suppress_health_check=[HealthCheck.too_slow],
)


@RELAXED
@given(st.binary(max_size=3000), NAMES)
def test_any_bytes_are_read_or_skipped(data: bytes, name: str) -> None:
    read(data, name)


PDF = a_pdf([[(24, 760, "云岭示例高新区工作总结"), (12, 700, "全年新签约项目十九个，完成投资三亿元，稳中向好。")]])
OFD = an_ofd([(8.0, 30.0, "云岭示例高新区工作总结"), (5.0, 60.0, "全年新签约项目十九个，稳中向好。")])

SHEET = an_xlsx('<sheetData><row r="1"><c r="A1" s="1"><v>0.5</v></c></row></sheetData>')
ODT = an_odt("<text:p>全年新签约项目十九个，稳中向好。</text:p>")
DOCUMENTS = (
    PDF,
    OFD,
    a_docx(),
    SHEET,
    ODT,
    an_old_word_file(["全年新签约项目十九个\r指标\x07完成\x07\x07", b"GDP"]),
    an_xls({(0, 0): "指标", (1, 0): "税收", (1, 1): 9.3}),
    b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 S;}}\\f0\\u20840?\\'c8\\'ab\\intbl a\\cell\\row\\par}",
    mime(a_page("衡阳高新区2022年工作总结"), "quoted-printable"),
)


@RELAXED
@given(st.sampled_from(range(len(DOCUMENTS))), st.lists(HITS, max_size=6), st.none() | st.integers(1, 2000))
def test_a_damaged_document_is_read_or_skipped(number: int, hits: list[tuple[int, int]], cut: int | None) -> None:
    document = DOCUMENTS[number]
    for at, byte in hits:
        document = flipped(document, at, byte)
    read(document[:cut], "a.pdf")


@RELAXED
@given(st.sampled_from([OFD, a_docx(), SHEET, ODT]), st.lists(HITS, min_size=1, max_size=4), st.data())
def test_a_document_with_strange_insides_is_read_or_skipped(
    document: bytes, hits: list[tuple[int, int]], data: st.DataObject
) -> None:
    """As above, but the archive itself is whole: the damage reaches the XML."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    victim = data.draw(st.sampled_from(sorted(files)))
    for at, byte in hits:
        files[victim] = flipped(files[victim], at, byte)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    read(out.getvalue(), "a.docx")


@RELAXED
@given(PAGES, NAMES, st.lists(HITS, max_size=2))
def test_any_page_is_read_with_every_span_on_its_place(data: bytes, name: str, hits: list[tuple[int, int]]) -> None:
    for at, byte in hits:
        data = flipped(data, at, byte)
    report = read(data, name)
    if report is None:
        return
    assert list(wrong_spans(report)) == []
    told = json.loads(json.dumps(report_json(report)))
    text = told["text"]
    for passage in told["passages"]:
        start, end = passage["span"]
        assert text[start:end] == passage["text"]
        for figure in passage["figures"]:
            assert start <= figure["span"][0] < figure["span"][1] <= end
            assert figure["mask"] is None or figure["value"] is None
    for section in told["sections"]:
        assert text[slice(*section["span"])].startswith(section["heading"])
    for one in told["mask_spans"] + told["restorations"] + [e for e in told["years"]["evidence"] if e["span"]]:
        assert 0 <= one["span"][0] < one["span"][1] <= len(text)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


def extracted_of(data: bytes, name: str) -> Extracted | None:
    page = RawPage(data, name)
    try:
        return read_container(page, Limits()) or extract(page, decode(page))
    except Skip:
        return None


@RELAXED
@given(PAGES, NAMES)
def test_the_original_is_rebuilt_from_text_and_history(data: bytes, name: str) -> None:
    report, extracted = read(data, name), extracted_of(data, name)
    if report is None or extracted is None:
        return
    assert original_of(report.text, report.history) == extracted.original
    for passage in report.passages:
        back = original_span(passage.span, report.history)
        assert 0 <= back.start < back.end <= len(extracted.original)


@RELAXED
@given(PAGES, NAMES)
def test_what_was_cleaned_is_cleaned_again_without_a_change(data: bytes, name: str) -> None:
    extracted = extracted_of(data, name)
    if extracted is None:
        return
    once = clean(extracted, reader().laundering)
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in once.text.split("\n"))
    again = clean(replace(extracted, title=once.title, blocks=blocks), reader().laundering)
    assert again.text == once.text
    assert again.title == once.title


MEGABYTE = 1_000_000
SENTENCE = "全年完成固定资产投资八十六亿元，新签约项目四十一个。"


@pytest.mark.slow
@pytest.mark.parametrize("text", ["甲" * MEGABYTE, "x" * MEGABYTE], ids=["one character", "x"])
def test_a_megabyte_of_one_character_is_read_in_seconds(text: str) -> None:
    """Four to six on an idle core."""
    before = time.process_time()
    read(text.encode(), "a.html")
    assert time.process_time() - before < 20


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["*", "_", "1", "1.", " ", "\n", "<",
     "一、", "（一）", "2023年", "甲 ", "<div>", "<!--", "<a href='", "。", "，", "第1页", "xx.x%", "某市", SENTENCE],
)  # fmt: skip
def test_a_hostile_page_costs_no_more_than_its_length(unit: str) -> None:
    """A hundred thousand characters; `<!--`, whose every sign ends a sentence, once took 17 s."""
    before = time.process_time()
    read((unit * (100_000 // len(unit))).encode(), "a.html")
    assert time.process_time() - before < 8


def nested(depth: int, before: str = "") -> bytes:
    return (
        f"<html><body>{before}{'<div>' * depth}{SENTENCE * 3}{'</div>' * depth}<p>{SENTENCE}</p></body></html>".encode()
    )


def test_deep_nesting_is_read_whole_as_far_as_the_parser_goes() -> None:
    report = read(nested(2_000), "a.html")
    assert report is not None
    assert report.text.count(SENTENCE) == 4


@pytest.mark.parametrize("depth", [2_100, 90_000])  # more tags than 200,000 are refused as too large
def test_what_is_nested_too_deep_does_not_pass_for_a_whole_text(depth: int) -> None:
    """libxml2 leaves out what is below 2,048 tags and all that follows, whatever it is told."""
    report = read(nested(depth, f"<p>{SENTENCE * 3}</p>"), "a.html")
    assert report is not None
    assert "truncated" in report.quality.flags
    with pytest.raises(Skip) as refused:
        reader().read(RawPage(nested(depth), "a.html"))
    assert refused.value.code == "too_deep"
