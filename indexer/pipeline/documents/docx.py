"""Word since 2007, through python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from indexer.domain.page import Block, BlockKind, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.safety import Limits, member, xml

# What python-docx lets out of a file whose parts are missing, cut or not what they are said to be (found by Hypothesis:
# tests/unit/test_reader_properties.py); it has no error of its own for most of it.
BROKEN = (
    *(OpcError, PythonDocxError, etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(LookupError, ValueError, AttributeError, AssertionError, TypeError),
)
TITLE_LENGTH = 60  # characters; the longest of the field's titles seen has 48


def read(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: damaged, bomb, no_text."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            xml(member(archive, name))  # refuses bombs before python-docx sees them
    try:
        title, blocks = _title_and_blocks(docx.Document(io.BytesIO(page.data)))
    except BROKEN as broken:
        raise Skip("damaged", "这份 Word 文件已损坏，打不开；请用 Word 或 WPS 另存一次后再加入") from broken
    if not blocks:
        raise Skip("no_text", "这份 Word 文件里没有文字，可能只有图片")
    return Extracted(
        family="docx",
        title=title,
        published_on=None,
        source=None,
        blocks=blocks,
        origins={"title": "文首标题段"} if title else {},
        url=page.url,
    )


def _title_and_blocks(document: Document) -> tuple[str | None, tuple[Block, ...]]:
    title: str | None = None
    blocks: list[Block] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks += _rows(item)
        elif text := item.text.strip():
            if title is None and not blocks and _is_title(item, text):
                title = text
            else:
                heading = (item.style.name or "").lower().startswith("heading") if item.style else False
                blocks.append(Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, text))
    return title, tuple(blocks)


def _is_title(paragraph: Paragraph, text: str) -> bool:
    """The first words are the title if they are short, end like one, and stand in the middle or in its style."""
    styled = (paragraph.style.name or "").lower() in {"title", "标题"} if paragraph.style else False
    centred = paragraph.alignment is not None and int(paragraph.alignment) == 1
    return len(text) <= TITLE_LENGTH and not text.endswith(("。", "；", "：", ":")) and (styled or centred)


def _rows(table: Table) -> list[Block]:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(cell.text.split())
            if not cells or text != cells[-1]:  # a merged cell is given once for every column it spans
                cells.append(text)
        if any(cells):
            rows.append(Block(BlockKind.ROW, " | ".join(cells)))
    return rows
