"""PDF, through PDFium (the reader inside Chromium)."""

from __future__ import annotations

import threading
import time

import pypdfium2
import pypdfium2.raw as raw

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import Line, title_and_blocks
from indexer.pipeline.documents.safety import Limits

# PDFium may not be called from two threads at once, not even for two documents (its own documentation).
_ONE_AT_A_TIME = threading.Lock()
_PASSWORD = "password"
NOT_PRINTED = "\x00\r\n\x02\ufffe"  # PDFium writes the last two for a hyphen at the end of a line


def read(page: RawPage, limits: Limits) -> Extracted:
    """Raises Skip: damaged, encrypted, too_many_pages, too_slow, no_text."""
    with _ONE_AT_A_TIME:
        lines = _lines(page.data, limits)
    if not lines:
        raise Skip("no_text", "这份 PDF 是扫描图片，没有文字层；请先做文字识别（OCR）后再加入")
    title, blocks = title_and_blocks(lines)
    return Extracted(
        family="pdf",
        title=title,
        published_on=None,  # 成文日期 at the end is not 发布日期
        source=None,
        blocks=blocks,
        origins={"title": "首页大号字"} if title else {},
        url=page.url,
    )


def _lines(data: bytes, limits: Limits) -> list[Line]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        if _PASSWORD in str(broken).lower():
            raise Skip("encrypted", "这份 PDF 加了密码，请去掉密码后再加入") from broken
        raise Skip("damaged", "这份 PDF 已损坏，打不开；请重新下载后再加入") from broken
    with document:
        if len(document) > limits.pages:
            raise Skip("too_many_pages", f"这份 PDF 有 {len(document)} 页，超过上限 {limits.pages} 页")
        deadline = time.monotonic() + limits.seconds
        lines: list[Line] = []
        for number in range(len(document)):
            if time.monotonic() > deadline:
                raise Skip("too_slow", f"这份 PDF 读了 {limits.seconds:.0f} 秒仍未读完，已放弃")
            try:
                lines += _page_lines(document[number], number)
            except pypdfium2.PdfiumError as broken:
                raise Skip("damaged", f"这份 PDF 的第 {number + 1} 页已损坏，读不出来；请重新下载后再加入") from broken
        return lines


def _page_lines(sheet: pypdfium2.PdfPage, number: int) -> list[Line]:
    """Every character with its box.

    PDFium's own rectangles follow the runs of fonts, and a page set by a browser changes its font subset within a word:
    only the places of the characters give the line back.
    """
    height = sheet.get_height()
    text = sheet.get_textpage()
    lines = []
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character in NOT_PRINTED or "\ud800" <= character <= "\udfff":  # half of a pair can't be stored or shown
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        lines.append(Line(number, left, right, height - top, top - bottom, character))
    return lines
