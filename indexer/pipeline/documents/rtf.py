"""RTF: its text as it is shown, with hidden and deleted words, pictures and fields' instructions left out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from indexer.domain.page import BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.safety import Limits, Meter
from indexer.pipeline.documents.written import WrittenLine, extracted_of

_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_SKIPPED = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"objdata", b"header", b"headerl", b"headerr",
     b"headerf", b"footer", b"footerl", b"footerr", b"footerf", b"footnote", b"annotation", b"atnid",
     b"atnauthor", b"filetbl", b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl", b"generator", b"sp",
     b"themedata", b"colorschememapping", b"datastore", b"latentstyles", b"xmlnstbl", b"fldinst", b"bkmkstart",
     b"bkmkend", b"nonshppict", b"template"}
)  # fmt: skip
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"tab": "\t", b"line": "\n", b"emspace": "\u2003", b"enspace": "\u2002",
}  # fmt: skip
_CHARSETS = {134: "gb18030", 136: "cp950", 128: "cp932", 129: "cp949", 204: "cp1251", 0: "cp1252"}
_DEEPEST = 1_000  # groups
_SHOWN_THOUGH_STARRED = frozenset({b"shpinst", b"shptxt"})  # a text box


@dataclass(frozen=True, slots=True)
class _State:
    skipped: bool = False
    hidden: bool = False
    encoding: str = "cp1252"
    size: int = 0
    after_unicode: int = 1  # characters that repeat a \u for older programs


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    centred: bool = False
    size: int = 0


class _Reader:
    def __init__(self, meter: Meter) -> None:
        self.lines: list[WrittenLine] = []
        self._meter = meter
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._to_skip = 0
        self._paragraph = _Paragraph()
        self._cells: list[str] = []
        self._font_read: int | None = None
        self._in_fonts = 0
        self._starred = False
        self._in_table = False
        self._page = "cp1252"

    def read(self, data: bytes) -> None:
        """Raises Skip: too_large, too_slow, damaged."""
        for count, token in enumerate(_TOKEN.finditer(data)):
            if count % 10_000 == 0:
                self._meter.check_time()
            if token["hex"]:
                self._byte(int(token["hex"], 16))
                continue
            if token["text"]:
                self._plain(token["text"])
                continue
            self._flush()
            if token["brace"] == b"{":
                if len(self._stack) > _DEEPEST:
                    raise Skip("damaged", "rtf")
                self._stack.append(self._state)
                self._to_skip = 0
            elif token["brace"] == b"}":
                self._close()
            elif token["word"]:
                self._word(token["word"], int(token["number"]) if token["number"] else None)
            elif token["sign"]:
                self._sign(token["sign"])
        self._flush()
        self._end_paragraph()
        self._end_row()

    def _close(self) -> None:
        if self._in_fonts and len(self._stack) <= self._in_fonts:
            self._in_fonts = 0
        if self._stack:
            self._state = self._stack.pop()
        self._to_skip = 0

    def _shown(self) -> bool:
        return not (self._state.skipped or self._state.hidden)

    def _byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._shown():
            self._bytes.append(value)

    def _plain(self, text: bytes) -> None:
        if self._to_skip:
            cut = min(self._to_skip, len(text))
            self._to_skip -= cut
            text = text[cut:]
        if self._shown():
            self._bytes += text

    def _flush(self) -> None:
        if self._bytes:
            self._write(self._bytes.decode(self._state.encoding, "replace"))
            self._bytes.clear()

    def _write(self, text: str) -> None:
        if self._shown() and text:
            self._meter.characters(len(text))
            self._paragraph.parts.append(text)
            if not self._paragraph.size and text.strip():
                self._paragraph.size = self._state.size

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            self._end_paragraph()
        elif sign in b"~_{}\\":
            self._write({b"~": " ", b"_": "-"}.get(sign, sign.decode("latin-1")))

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if (starred and word not in _SHOWN_THOUGH_STARRED) or word in _SKIPPED:
            if word == b"fonttbl":
                self._in_fonts = len(self._stack)
            self._state = replace(self._state, skipped=True)
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word == b"uc":
            self._state = replace(self._state, after_unicode=min(max(number or 0, 0), 100))
        elif word == b"ansicpg" and number:
            self._page = _encoding(f"cp{number}")
            self._state = replace(self._state, encoding=self._page)
        elif word == b"f" and number is not None:
            if self._in_fonts:
                self._font_read = number
            self._state = replace(self._state, encoding=self._fonts.get(number, self._page))
        elif word == b"fcharset" and self._in_fonts and self._font_read is not None:
            self._fonts[self._font_read] = _CHARSETS.get(number or 0, self._page) if number else self._page
        elif word in (b"v", b"deleted", b"strike", b"striked"):
            self._state = replace(self._state, hidden=number != 0)
        elif word == b"plain":
            self._state = replace(self._state, hidden=False)
        elif word == b"fs":
            self._state = replace(self._state, size=number or 0)
        else:
            self._layout(word)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        if 0 <= code < 0x110000 and self._shown():
            self._write(chr(code))
        self._to_skip = self._state.after_unicode

    def _layout(self, word: bytes) -> None:
        if word == b"par" and self._in_table:
            self._write(" ")
        elif word in (b"par", b"sect", b"page"):
            self._end_paragraph()
        elif word == b"intbl":
            self._in_table = True
        elif word == b"pard":
            self._paragraph.centred = self._in_table = False
        elif word == b"qc":
            self._paragraph.centred = True
        elif word == b"cell":
            self._meter.cell()
            text = " ".join("".join(self._joined()).split())
            self._cells.append(text)
            self._paragraph = _Paragraph(centred=self._paragraph.centred)
        elif word == b"row":
            self._end_row()
        elif word in _SIGNS:
            self._write(_SIGNS[word])

    def _joined(self) -> str:
        """Halves of a character beyond U+FFFF come as two \\u."""
        text = "".join(self._paragraph.parts)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _end_paragraph(self) -> None:
        centred, size = self._paragraph.centred, self._paragraph.size
        for line in self._joined().split("\n"):
            if line.strip():
                self._meter.block(line)
                self.lines.append(WrittenLine(line.strip(), BlockKind.PARAGRAPH, centred, float(size)))
        self._paragraph = _Paragraph(centred=centred)

    def _end_row(self) -> None:
        if any(self._cells):
            self._meter.block("")
            self.lines.append(WrittenLine(" | ".join(self._cells), BlockKind.ROW))
        self._cells = []


def read(page: RawPage, limits: Limits) -> Extracted:
    """Raises Skip: damaged, no_text, too_large, too_slow."""
    reader = _Reader(Meter(limits))
    reader.read(page.data)
    if not reader.lines:
        raise Skip("no_text", "rtf")
    return extracted_of("rtf", reader.lines, page.url)


def _encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return "gb18030"
    return "gb18030" if name == "cp936" else name
