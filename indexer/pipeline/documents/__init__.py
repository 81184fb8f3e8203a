"""Reports that come as a document: PDF, Word, WPS, OFD, OpenDocument, RTF, tables, Markdown, pictures.

One small file or folder per kind. What a file is, its first bytes say; its suffix is believed only where they can't.
"""

from __future__ import annotations

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents import markdown, odf, ofd, old_word, pdf, rtf, spreadsheet, word
from indexer.pipeline.documents.compound import SIGNATURE, CompoundFile
from indexer.pipeline.documents.recognition import picture
from indexer.pipeline.documents.safety import Limits, open_zip


def read_container(page: RawPage, limits: Limits) -> Extracted | None:
    """What a document file says; None where ``page`` is none and is to be read as HTML or plain text.

    Raises Skip for a document that can't be read: old_office, zip, slides, encrypted, damaged, bomb, too_many_pages,
    too_large, too_slow, no_text.
    """
    head = page.data[:1024]
    if b"%PDF-" in head:  # the standard lets up to 1,024 bytes stand before it
        return pdf.read(page, limits)
    if head.startswith(b"PK\x03\x04"):
        return _read_zip(page, limits)
    if head.startswith(SIGNATURE):
        return _read_old_office(page, limits)
    if head.startswith(b"{\\rtf"):
        return rtf.read(page, limits)
    if picture.is_picture(head):
        return picture.read(page, limits)
    if page.name.lower().endswith((".md", ".markdown")):
        return markdown.read(page)
    return None


def _read_zip(page: RawPage, limits: Limits) -> Extracted:
    with open_zip(page.data, limits) as archive:
        names = archive.NameToInfo
        if word.is_word(archive):
            return word.read(page, archive, limits)
        if "OFD.xml" in names:
            return ofd.read(page, archive, limits)
        if "xl/workbook.xml" in names:
            return spreadsheet.read_xlsx(page, archive, limits)
        if "content.xml" in names:
            return odf.read(page, archive, limits)
        if "ppt/presentation.xml" in names:
            raise Skip("slides", "pdf")
    raise Skip("zip", "inside")


def _read_old_office(page: RawPage, limits: Limits) -> Extracted:
    """Before 2007 all of Office, and WPS, wrote files of one outer form."""
    file = CompoundFile(page.data)
    names = file.names()
    if "WordDocument" in names:
        return old_word.read(page, file, limits)
    if names & set(spreadsheet.BOOKS):
        return spreadsheet.read_xls(page, file, limits)
    if "EncryptedPackage" in names:
        raise Skip("encrypted", "file")
    if "PowerPoint Document" in names:
        raise Skip("slides", "pdf")
    raise Skip("old_office", "save_as")
