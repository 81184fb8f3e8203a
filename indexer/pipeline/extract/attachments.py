"""Files that hang on a page, or that it shows inside itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, unquote

from indexer.domain.page import Attachment
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Markup
from indexer.text.addresses import parts_of

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rar|zip|7z|txt|csv|rtf)(?:$|[?#&])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download\.jsp|downloadattach|downfile|attachment|/attach/|filedown", re.IGNORECASE)
_LABEL = re.compile(r"^[\s【\[]*附\s*(?:件|表|图)(?:下载)?\s*\d*\s*[：:】\]]?")
# What hands a viewer its file: pdf.js, Office Online, PDFObject and the flash papers before them.
_HANDED = ("file", "src", "url", "pdf", "fileurl", "filepath", "pdfurl", "ofd", "path", "doc")
_CALLED = re.compile(
    r"""(?:PDFObject\.embed|DEFAULT_URL\s*=|pdfUrl\s*[=:]|pdfurl\s*[=:]|new\s+Pdfh5\([^,]+,\s*\{[^}]*?pdfurl\s*:|(?:fileUrl|filePath)\s*[=:])"""
    r"""\s*\(?\s*["']([^"'\s]+\.(?:pdf|ofd|docx?))["']""",
    re.IGNORECASE,
)
_CALLERS = ("PDFObject", "DEFAULT_URL", "pdfUrl", "pdfurl", "Pdfh5", "fileUrl", "filePath")


def attachments_of(markup: Markup) -> tuple[Attachment, ...]:
    """Links to files and files in frames and viewers, each once. The address stays as the page spells it."""
    found: dict[str, Attachment] = {}
    for link in markup.root.iter("a"):
        address = (link.get("href") or "").strip()
        name = " ".join("".join(link.itertext()).split())
        if not address or address.lower().startswith(("javascript:", "mailto:", "#")):
            continue
        if _FILE.search(address) or _FILE.search(name) or (_DOWNLOAD.search(address) and name):
            address = _file_in(address) or address
            found.setdefault(address, Attachment(name or address.rsplit("/", 1)[-1], address))
    for address in _shown_inside(markup):
        found.setdefault(address, Attachment(unquote(parts_of(address).path).rsplit("/", 1)[-1] or address, address))
    return tuple(found.values())


def _shown_inside(markup: Markup) -> Iterator[str]:
    for address in markup.embedded:
        handed = _file_in(address)
        if handed or _FILE.search(address) or _DOWNLOAD.search(address):
            yield handed or address
    if any(name in markup.raw for name in _CALLERS):  # the expression alone takes 10 ms of a page of 300 KB
        for called in _CALLED.finditer(markup.raw):
            yield called[1]


def _file_in(address: str) -> str | None:
    """The file that a viewer's address names: ``viewer.html?file=%2Ffiles%2Fa.pdf`` shows ``/files/a.pdf``."""
    parts = parts_of(address)
    for query in (parts.query, parts.fragment):
        for name, value in parse_qsl(query):
            value = unquote(value).strip()
            if name.lower() in _HANDED and _FILE.search(value):
                return value
    return None


def is_attachment_line(line: Line, files: Sequence[Attachment]) -> bool:
    """A line that only names the files: 附件：1.主要指标.xlsx 已下载 3 次."""
    rest = line.text
    named = bool(_LABEL.match(rest))
    for file in files:
        if file.name in rest:
            rest, named = rest.replace(file.name, ""), True
    rest = re.sub(r"附\s*件|下载|已|\d+|次|[\W_]", "", rest)
    return named and len(rest) <= 4
