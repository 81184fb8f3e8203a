"""A document as Word: a table that an office can hand in, with numbered sources below it."""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from indexer.formats.tables import Document, Table
from indexer.formats.xml_text import xml_text
from indexer.locale import say

_ACROSS = 5  # columns from which the sheet lies across


def to_docx(document: Document) -> bytes:
    paper = docx.Document()
    _style(paper)
    if any(len(table.heads) >= _ACROSS for table in document.tables):
        section = paper.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Cm(2)
    paper.add_heading(xml_text(document.title), level=0)
    for table in document.tables:
        if table.rows:
            paper.add_heading(xml_text(table.title), level=1)
            _table(paper, table)
    if document.sources.rows:
        paper.add_heading(xml_text(document.sources.title), level=1)
        for row in document.sources.rows:
            paper.add_paragraph(xml_text(" ".join(str(value) for value in row if value)))
    for line in document.closing_lines:
        paper.add_paragraph(xml_text(line))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _style(paper: docx.document.Document) -> None:
    """Chinese in FangSong, the body type of official papers (GB/T 9704); Word falls back where it is missing."""
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = say("format.export.font"), Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), say("format.export.font_chinese"))


def _table(paper: docx.document.Document, table: Table) -> None:
    made = paper.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    for cell, text in zip(made.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(xml_text(text)).bold = True
    made.rows[0]._tr.get_or_add_trPr().append(parse_xml(_REPEATED))
    for row in table.rows:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.text = xml_text("" if value is None else str(value))


# the head of a table stands on every page
_REPEATED = '<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
