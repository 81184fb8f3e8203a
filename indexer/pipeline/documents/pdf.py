"""PDF, through PDFium (the reader inside Chromium)."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import Piece, Row, rows_of, sheets_of, title_and_blocks
from indexer.pipeline.documents.recognition import INSTALL, Recognised, is_available, recognise, refuse, told
from indexer.pipeline.documents.safety import Limits, Meter
from indexer.text.radicals import plain

# PDFium may not be called from two threads at once, not even for two documents (its own documentation).
_ONE_AT_A_TIME = threading.Lock()
_PASSWORD = "password"
_FEW = 40  # characters: a scan may carry the mark of the program that made it
_COVERS = 0.4  # of the page
_OUTLINES = 300
_MOST_OBJECTS = 5_000
_SHARE_EVERYDAY = 0.6
_SHARE_RECOGNISED = 0.1  # of the characters; one scanned page of appendices makes no recognised report
_SHARE_UNREAD = 0.25  # of the pages
_LONGEST_SIDE, _SHARPEST = 2_000, 5.0  # pixels of a rendered page; pixels a point
NOT_PRINTED = "\x00\r\n\x02\ufffe"  # PDFium writes the last two for a hyphen at the end of a line


@dataclass(slots=True)
class _Read:
    """What was read so far of one document, page by page."""

    rows: list[list[Row]] = field(default_factory=list)
    overprinted: bool = False
    printed: int = 0  # characters of text layers
    recognised: list[Recognised] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)  # numbers of the pages that are pictures and were left unread
    garbled: int = 0  # pages among them whose text layer is nonsense
    pages: int = 0


def read(page: RawPage, limits: Limits) -> Extracted:
    """Raises Skip: damaged, encrypted, too_large, too_many_pages, too_slow, no_text."""
    meter = Meter(limits)
    with _ONE_AT_A_TIME:
        found = _read(page.data, limits, meter)
    title, blocks = title_and_blocks(found.rows)
    if not blocks:
        if is_available():
            raise Skip("no_text", "pdf")
        raise refuse("garbled" if found.garbled else "scan")
    meter.check_time()
    return Extracted(
        family="pdf",
        title=title,
        published_on=None,  # 成文日期 at the end is not 发布日期
        source=None,
        blocks=blocks,
        origins=_origins(found) | ({"title": "首页大号字"} if title else {}),
        url=page.url,
        flags=_flags(found),
    )


def _flags(found: _Read) -> frozenset[str]:
    recognised = sum(len(line.text) for sheet in found.recognised for line in sheet.lines)
    flags = {
        "overprinted": found.overprinted,
        "recognised": recognised > _SHARE_RECOGNISED * (recognised + found.printed),
        "truncated": len(found.pictures) > _SHARE_UNREAD * found.pages,
    }
    return frozenset(flag for flag, raised in flags.items() if raised)


def _origins(found: _Read) -> dict[str, str]:
    parts = [f"{len(found.recognised)} 页由{told(found.recognised)}"] if found.recognised else []
    if found.pictures:
        numbers = "、".join(map(str, found.pictures[:10])) + ("等" if len(found.pictures) > 10 else "")
        parts.append(f"第 {numbers} 页是图像，没有读出（要识别，请运行 {INSTALL}）")
    return {"body": "；".join(parts)} if parts else {}


def _read(data: bytes, limits: Limits, meter: Meter) -> _Read:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        if _PASSWORD in str(broken).lower():
            raise Skip("encrypted", "pdf") from broken
        raise Skip("damaged", "pdf") from broken
    with document:
        found = _Read(pages=len(document))
        if len(document) > limits.pages:
            raise Skip("too_many_pages", "pdf", pages=len(document), most=limits.pages)
        for number in range(len(document)):
            meter.check_time()
            try:
                sheet = document[number]
                _read_page(sheet, number, found, limits, meter)
                sheet.close()
            except pypdfium2.PdfiumError as broken:
                raise Skip("damaged", "pdf_page", number=number + 1) from broken
        return found


def _read_page(sheet: pypdfium2.PdfPage, number: int, found: _Read, limits: Limits, meter: Meter) -> None:
    """Its text layer; its picture where there is none, or where it is nonsense."""
    pieces = list(_pieces(sheet, meter))
    printed = sum(piece.printed for piece in pieces)
    garbled = is_nonsense("".join(piece.text for piece in pieces))
    if garbled or (printed < _FEW and _is_picture(sheet)):
        if not is_available():
            found.pictures.append(number + 1)
            found.garbled += garbled
            return
        if len(found.recognised) >= limits.recognised_pages:
            raise Skip("too_many_pages", "recognised", most=limits.recognised_pages)
        before = time.monotonic()
        scale = min(_LONGEST_SIDE / max(*sheet.get_size(), 1.0), _SHARPEST)
        picture = np.array(sheet.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3], np.uint8)
        recognised = recognise([picture], limits, 1 / scale)
        meter.allow(time.monotonic() - before)
        found.recognised += recognised
        found.rows += [one.rows for one in recognised]
        return
    found.printed += printed
    for part in sheets_of(pieces):
        found.rows.append(rows_of(part.pieces))
        found.overprinted = found.overprinted or part.overprinted


def _is_picture(sheet: pypdfium2.PdfPage) -> bool:
    """A scan covers most of its page; a page whose letters were turned into outlines has hundreds of paths."""
    width, height = sheet.get_size()
    area, paths = 0.0, 0
    for count, one in enumerate(sheet.get_objects(max_depth=3)):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            area += max(right - left, 0.0) * max(top - bottom, 0.0)
        paths += one.type == raw.FPDF_PAGEOBJ_PATH
        if area >= _COVERS * width * height or paths > _OUTLINES:
            return True
        if count > _MOST_OBJECTS:
            break
    return False


def is_nonsense(text: str) -> bool:
    """A text layer of a font that tells no characters: private ones, rare ones, Latin with accents.

    Of real text, simplified or Traditional, .95 and more are among the frequent characters of GB 2312 and Big5, of
    characters taken at random .36.
    """
    signs = [sign for sign in plain(text) if not sign.isspace()]
    if len(signs) < _FEW:
        return False
    return sum(map(_is_everyday, signs)) < _SHARE_EVERYDAY * len(signs)


def _is_everyday(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable()
    if not "\u3400" <= sign <= "\u9fff":
        return "\u2010" <= sign <= "\u303f" or "\uff01" <= sign <= "\uff65" or sign in "·×÷°±§²³"
    simplified, traditional = sign.encode("gb2312", "ignore"), sign.encode("big5", "ignore")
    return b"\xb0" <= simplified[:1] < b"\xd8" or b"\xa4" <= traditional[:1] < b"\xc7"


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
