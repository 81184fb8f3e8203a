"""Reports that come as a document rather than a page: PDF, Word, OFD, Markdown.

One small file per kind. What a file is, its first bytes say; its suffix is believed only where they can't tell.
"""

from __future__ import annotations

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents import docx, markdown, ofd, pdf
from indexer.pipeline.documents.safety import Limits, open_zip

# [MS-CFB] 2.2: the signature of Word, WPS and Excel files before 2007. No library that fits reads them.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_container(page: RawPage, limits: Limits) -> Extracted | None:
    """What a document file says; None where ``page`` is none and is to be read as HTML or plain text.

    Raises Skip for a document that can't be read: old_office, rtf, zip, encrypted, damaged, bomb, too_many_pages,
    too_slow, no_text.
    """
    head = page.data[:1024]
    if b"%PDF-" in head:  # the standard lets up to 1,024 bytes stand before it
        return pdf.read(page, limits)
    if head.startswith(b"PK\x03\x04"):
        return _read_zip(page, limits)
    if head.startswith(OLE):
        raise Skip("old_office", "这是旧版 Word/WPS/Excel 文件（2007 年以前的格式），请另存为 .docx 或 .pdf 后再加入")
    if head.startswith(b"{\\rtf"):
        raise Skip("rtf", "这是 RTF 文件，请另存为 .docx 后再加入")
    if page.name.lower().endswith((".md", ".markdown")):
        return markdown.read(page)
    return None


def _read_zip(page: RawPage, limits: Limits) -> Extracted:
    with open_zip(page.data, limits) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return docx.read(page, archive, limits)
        if "OFD.xml" in names:
            return ofd.read(page, archive, limits)
    raise Skip("zip", "这是压缩包或表格、演示文稿，里面没有可读的正文；请解压后加入其中的网页、PDF、Word 或 OFD")
