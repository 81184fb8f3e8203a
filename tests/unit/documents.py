"""Documents of our own, made on the spot: Word with any XML inside, PDF with characters anywhere, old Office."""

from __future__ import annotations

import io
import math
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents import read_container
from indexer.pipeline.documents.compound import compound_file
from indexer.pipeline.documents.safety import Limits

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(data: bytes, name: str = "report", limits: Limits | None = None) -> Extracted:
    found = read_container(RawPage(data, name), limits or Limits())
    assert found is not None
    return found


def texts(data: bytes, name: str = "report") -> list[str]:
    return [block.text for block in read(data, name).blocks]


def refusal(data: bytes, name: str = "report", limits: Limits | None = None) -> str:
    with pytest.raises(Skip) as skipped:
        read_container(RawPage(data, name), limits or Limits())
    return skipped.value.code


def a_zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def a_word_file(body: str, *, numbering: str = "", styles: str = "", footnotes: str = "", namespace: str = W) -> bytes:
    """``body`` is what stands in w:body, in the prefix ``w``."""
    spaces = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="wps"'
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
    }
    for name, inside in (("numbering", numbering), ("styles", styles), ("footnotes", footnotes)):
        if inside:
            files[f"word/{name}.xml"] = f"<w:{name} {spaces}>{inside}</w:{name}>"
    return a_zip(files)


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def paragraph(inside: str, properties: str = "") -> str:
    """``inside``: runs, or bare text."""
    inside = inside if inside.startswith("<") else run(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


CENTRED = '<w:jc w:val="center"/>'


def table(*rows: Sequence[str]) -> str:
    """Of cells; one that starts with ``<`` is the cell's XML."""
    return "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows) + "</w:tbl>"


def cell(inside: str, properties: str = "") -> str:
    if inside.startswith("<w:tc>"):
        return inside
    content = inside if inside.startswith("<") else paragraph(inside) if inside else "<w:p/>"
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Text at a place of a PDF page, ``x``, ``y`` from its lower left corner, turned by ``degrees`` anticlockwise."""

    x: float
    y: float
    size: float
    text: str
    degrees: float = 0.0
    grey: float = 0.0


def a_drawn_pdf(pages: Sequence[Sequence[Drawn]], width: int = 595, height: int = 842) -> bytes:
    """A PDF in a font that is named and not embedded."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for number, drawings in enumerate(pages):
        content = "".join(map(_drawing, drawings))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    return pdf_of(objects)


def _drawing(one: Drawn) -> str:
    cosine, sine = math.cos(math.radians(one.degrees)), math.sin(math.radians(one.degrees))
    matrix = f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {one.x} {one.y}"
    return f"{one.grey} g BT /F1 {one.size} Tf {matrix} Tm <{one.text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf_of(objects: Sequence[str | bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        inside = body.encode("latin-1") if isinstance(body, str) else body
        out.write(f"{number} 0 obj\n".encode() + inside + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def set_in_lines(
    text: Sequence[str], *, top: float = 700, left: float = 90, size: float = 16, measure: int = 26, pitch: float = 28
) -> list[Drawn]:
    """Paragraphs set as an office prints them: two characters in, lines of ``measure`` characters."""
    drawn = []
    y = top
    for one in text:
        rest = "　　" + one
        while rest:
            drawn.append(Drawn(left, y, size, rest[:measure]))
            rest = rest[measure:]
            y -= pitch
    return drawn


def an_old_word_file(pieces: Sequence[str | bytes], *, main: int | None = None, flags: int = 0x0200) -> bytes:
    """A .doc of pieces, those in bytes kept in one byte a character; ``main``: characters of the main text."""
    text, places, table = b"", [0], b""
    for piece in pieces:
        start = 1024 + len(text)
        if isinstance(piece, bytes):
            table += struct.pack("<HIH", 0, start * 2 | 0x40000000, 0)
            text += piece
        else:
            table += struct.pack("<HIH", 0, start, 0)
            text += piece.encode("utf-16-le")
        places.append(places[-1] + len(piece))
    pieces_table = struct.pack(f"<{len(places)}I", *places) + table
    clx = b"\x01\x02\x00xx" + b"\x02" + struct.pack("<I", len(pieces_table)) + pieces_table
    head = bytearray(1024)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, flags)
    struct.pack_into("<I", head, 0x4C, places[-1] if main is None else main)
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound_file({"WordDocument": bytes(head) + text, "1Table": clx})
