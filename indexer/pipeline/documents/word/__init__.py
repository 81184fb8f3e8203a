"""Word since 2007: what the document shows, read from its XML.

python-docx is not asked: it looks into the direct children of a paragraph, a row and a cell only, so that what stands
in content controls, insertions, fields and text boxes is lost without a word.
"""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.safety import Limits, Meter, local_name, member, xml, xml_member
from indexer.pipeline.documents.word.content import Content
from indexer.pipeline.documents.word.numbering import Numbering
from indexer.pipeline.documents.word.shown import child, value
from indexer.pipeline.documents.word.styles import Styles
from indexer.pipeline.documents.written import extracted_of

DOCUMENT = "word/document.xml"


def read(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: damaged, bomb, too_large, too_slow, no_text."""
    document = xml_member(archive, main_part(archive), limits)
    body = child(document, "body")
    if body is None:
        raise Skip("damaged", "word_body")
    styles = Styles(_part(archive, "word/styles.xml", limits))
    content = Content(styles, Numbering(_part(archive, "word/numbering.xml", limits), styles), Meter(limits))
    content.take(body)
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _part(archive, name, limits) if content.notes else None
        if notes is not None:
            content.take_notes({value(note, "id") or "": note for note in notes if value(note, "type") is None}, name)
    if not content.lines:
        raise Skip("no_text", "word")
    return extracted_of("docx", content.lines, page.url)


def main_part(archive: zipfile.ZipFile) -> str:
    """Where the document's text is: named in _rels/.rels, word/document.xml in all but a few files."""
    names = archive.NameToInfo
    if "_rels/.rels" in names and archive.getinfo("_rels/.rels").file_size < 1_000_000:
        try:
            root = xml(member(archive, "_rels/.rels"))
        except Skip:
            return DOCUMENT
        for relation in root:
            if local_name(relation) == "Relationship" and (relation.get("Type") or "").endswith("/officeDocument"):
                target = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
                if target in names:
                    return target
    return DOCUMENT


def is_word(archive: zipfile.ZipFile) -> bool:
    return main_part(archive) in archive.NameToInfo and main_part(archive).startswith("word/")


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element | None:
    return xml_member(archive, name, limits) if name in archive.NameToInfo else None
