"""PDF, through PDFium (the reader inside Chromium)."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import Piece, Row, rows_of, sheets_of, title_and_blocks
from indexer.pipeline.documents.safety import Limits, Meter

# PDFium may not be called from two threads at once, not even for two documents (its own documentation).
_ONE_AT_A_TIME = threading.Lock()
_PASSWORD = "password"
NOT_PRINTED = "\x00\r\n\x02\ufffe"  # PDFium writes the last two for a hyphen at the end of a line


def read(page: RawPage, limits: Limits) -> Extracted:
    """Raises Skip: damaged, encrypted, too_large, too_many_pages, too_slow, no_text."""
    meter = Meter(limits)
    with _ONE_AT_A_TIME:
        sheets, overprinted = _sheets(page.data, limits, meter)
    title, blocks = title_and_blocks(sheets)
    if not blocks:
        raise Skip("no_text", "这份 PDF 是扫描图片，没有文字层；请先做文字识别（OCR）后再加入")
    meter.check_time()
    return Extracted(
        family="pdf",
        title=title,
        published_on=None,  # 成文日期 at the end is not 发布日期
        source=None,
        blocks=blocks,
        origins={"title": "首页大号字"} if title else {},
        url=page.url,
        flags=frozenset({"overprinted"} if overprinted else ()),
    )


def _sheets(data: bytes, limits: Limits, meter: Meter) -> tuple[list[list[Row]], bool]:
    """The rows of each sheet, and whether on any of them text is printed upon text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        if _PASSWORD in str(broken).lower():
            raise Skip("encrypted", "这份 PDF 加了密码，请去掉密码后再加入") from broken
        raise Skip("damaged", "这份 PDF 已损坏，打不开；请重新下载后再加入") from broken
    with document:
        if len(document) > limits.pages:
            raise Skip("too_many_pages", f"这份 PDF 有 {len(document)} 页，超过上限 {limits.pages} 页")
        rows: list[list[Row]] = []
        overprinted = False
        for number in range(len(document)):
            meter.check_time()
            try:
                sheet = document[number]
                pieces = list(_pieces(sheet, meter))
                sheet.close()
            except pypdfium2.PdfiumError as broken:
                raise Skip("damaged", f"这份 PDF 的第 {number + 1} 页已损坏，读不出来；请重新下载后再加入") from broken
            for part in sheets_of(pieces):
                rows.append(rows_of(part.pieces))
                overprinted = overprinted or part.overprinted
        return rows, overprinted


def _pieces(sheet: pypdfium2.PdfPage, meter: Meter) -> Iterator[Piece]:
    """Every character with its box.

    PDFium's own rectangles follow the runs of fonts, and a page set by a browser changes its font subset within a word:
    only the places of the characters give the line back.
    """
    height = sheet.get_height()
    text = sheet.get_textpage()
    count = text.count_chars()
    meter.characters(count)
    for index in range(count):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character in NOT_PRINTED or "\ud800" <= character <= "\udfff":  # half of a pair can't be stored or shown
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        angle = raw.FPDFText_GetCharAngle(text, index)
        yield Piece(left, right, height - top, top - bottom, character, max(angle, 0.0), _shade(text, index))
    text.close()


def _shade(text: pypdfium2.PdfTextPage, index: int) -> float:
    """From 0 (black) to 1 (white); what is half transparent is paler."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha):
        return 0.0
    light = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255
    return 1 - (1 - light) * alpha.value / 255
