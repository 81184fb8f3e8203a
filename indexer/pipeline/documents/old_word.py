"""Word 97 to 2003 and WPS (.doc, .wps; [MS-DOC]): the main text by its pieces.

Read by hand, for no library that may be used and is kept up does it. What is hidden or deleted isn't told apart (that
would take the tables of formats), and numbers that Word makes itself aren't in the text.
"""

from __future__ import annotations

import re
import struct

from indexer.domain.page import BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.compound import CompoundFile
from indexer.pipeline.documents.safety import Limits, Meter
from indexer.pipeline.documents.written import WrittenLine, extracted_of

_WORD = 0xA5EC
_FIRST_UNICODE = 0xC1  # nFib of Word 97
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_CHARACTERS, _CLX = 0x4C, 0x01A2  # places of ccpText and fcClx in the stream's head
_COMPRESSED = 0x40000000
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_MARKS = str.maketrans({"\x1e": "-", "\xa0": " ", "\x0b": "\n", "\x0c": "\r", "\x0e": "\r"})
_UNSEEN = re.compile("[\x00-\x06\x08\x0f-\x1d\x1f]")
_TITLE = 60


def read(page: RawPage, file: CompoundFile, limits: Limits) -> Extracted:
    """Raises Skip: damaged, encrypted, no_text, old_office, too_large."""
    meter = Meter(limits)
    lines: list[WrittenLine] = []
    for paragraph in _text(file, meter).split("\r"):
        lines += _lines(paragraph, meter)
    if not lines:
        raise Skip("no_text", "word")
    return extracted_of("doc", _with_head(lines), page.url)


def _text(file: CompoundFile, meter: Meter) -> str:
    main = file.stream("WordDocument")
    try:
        magic, version = struct.unpack_from("<HH", main, 0)
        flags = struct.unpack_from("<H", main, 10)[0]
        if magic != _WORD:
            raise struct.error("no Word file")
        if version < _FIRST_UNICODE:
            raise Skip("old_office", "word95")
        if flags & _ENCRYPTED:
            raise Skip("encrypted", "file")
        count = struct.unpack_from("<I", main, _CHARACTERS)[0]
        start, length = struct.unpack_from("<II", main, _CLX)
        table = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        text = "".join(_pieces(main, table[start : start + length], count, meter))
    except struct.error as broken:
        raise Skip("damaged", "word") from broken
    return _shown(text)


def _pieces(main: bytes, clx: bytes, count: int, meter: Meter) -> list[str]:
    """2.9.38 Clx: formats to be passed over (1), then the table of pieces (2)."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise struct.error("no pieces")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    pieces = clx[at + 5 : at + 5 + size]
    number = (len(pieces) - 4) // 12
    if number < 1:
        raise struct.error("no pieces")
    places = struct.unpack_from(f"<{number + 1}I", pieces, 0)
    found = []
    for n in range(number):
        first, last = places[n], min(places[n + 1], count)
        if last <= first:
            continue
        where = struct.unpack_from("<I", pieces, 4 * (number + 1) + 8 * n + 2)[0]
        meter.characters(last - first)
        if where & _COMPRESSED:
            start = (where & ~_COMPRESSED) // 2
            found.append(main[start : start + last - first].decode("cp1252", "replace"))
        else:
            found.append(main[where : where + 2 * (last - first)].decode("utf-16-le", "replace"))
    return found


def _shown(text: str) -> str:
    """Results of fields without their instructions, innermost first."""
    for _ in range(10):
        text, changed = _FIELD.subn(lambda field: field[1] or "", text)
        if not changed:
            break
    return _UNSEEN.sub("", text.translate(_MARKS).replace("\x1f", ""))


def _lines(paragraph: str, meter: Meter) -> list[WrittenLine]:
    """A paragraph ends with \\r, a cell with \\x07, and a row with one more."""
    *rows, text = re.split("\x07\x07", paragraph) if "\x07" in paragraph else [paragraph]
    if "\x07" in text:
        rows, text = [*rows, text], ""
    found = []
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row.split("\x07")]
        if any(cells):
            meter.block(row)
            found.append(WrittenLine(" | ".join(cells), BlockKind.ROW))
    for line in text.split("\n"):
        if line.strip():
            meter.block(line)
            found.append(WrittenLine(line.strip()))
    return found


def _with_head(lines: list[WrittenLine]) -> list[WrittenLine]:
    """Nothing says how the first lines are set: short ones that end like no sentence may be the title."""
    found = list(lines)
    for at, line in enumerate(found[:8]):
        if line.kind is BlockKind.ROW or len(line.text) > _TITLE or line.text.endswith(("。", "；", "：", ":", "，")):
            break
        found[at] = WrittenLine(line.text, line.kind, prominent=True)
    return found
