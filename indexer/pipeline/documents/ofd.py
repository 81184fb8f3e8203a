"""OFD, the national fixed-layout format (GB/T 33190-2016): a zip of XML, each line with the place where it stands."""

from __future__ import annotations

import math
import posixpath
import time
import zipfile

from lxml import etree

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.documents.layout import Line, title_and_blocks
from indexer.pipeline.documents.safety import Limits, member, xml


def read(page: RawPage, archive: zipfile.ZipFile, limits: Limits) -> Extracted:
    """Raises Skip: damaged, bomb, too_many_pages, too_slow, no_text."""
    deadline = time.monotonic() + limits.seconds
    lines: list[Line] = []
    sheets = [sheet for root in _documents(archive) for sheet in _sheets(archive, root)]
    if len(sheets) > limits.pages:
        raise Skip("too_many_pages", f"这份 OFD 有 {len(sheets)} 页，超过上限 {limits.pages} 页")
    for number, name in enumerate(sheets):
        if time.monotonic() > deadline:
            raise Skip("too_slow", f"这份 OFD 读了 {limits.seconds:.0f} 秒仍未读完，已放弃")
        lines += _lines(xml(member(archive, name)), number)
    if not lines:
        raise Skip("no_text", "这份 OFD 里没有文字，可能是扫描图片；请先做文字识别（OCR）后再加入")
    title, blocks = title_and_blocks(lines)
    return Extracted(
        family="ofd",
        title=title,
        published_on=None,
        source=None,
        blocks=blocks,
        origins={"title": "首页大号字"} if title else {},
        url=page.url,
    )


def _documents(archive: zipfile.ZipFile) -> list[str]:
    """Where the documents of the package have their roots (7.4 of the standard: OFD.xml, DocBody/DocRoot)."""
    return [_path("", node.text or "") for node in _all(xml(member(archive, "OFD.xml")), "DocRoot")]


def _sheets(archive: zipfile.ZipFile, root: str) -> list[str]:
    """The pages of one document in reading order (7.6: Pages/Page/@BaseLoc)."""
    folder = posixpath.dirname(root)
    document = xml(member(archive, root))
    return [
        _path(folder, node.get("BaseLoc", ""))
        for pages in _all(document, "Pages")
        for node in _all(pages, "Page")
        if node.get("BaseLoc")
    ]


def _lines(sheet: etree._Element, number: int) -> list[Line]:
    lines = []
    for text_object in _all(sheet, "TextObject"):
        text = "".join(node.text or "" for node in _all(text_object, "TextCode"))
        try:
            left, top, width, _ = (float(part) for part in text_object.get("Boundary", "").split())
            size = float(text_object.get("Size", "0"))
            if not all(map(math.isfinite, (left, top, width, size))):
                raise ValueError("not finite")
        except ValueError as broken:
            raise Skip("damaged", "这份 OFD 的版面坐标读不出来") from broken
        lines.append(Line(number, left, left + width, top, size, text))
    return lines


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    """Elements of that name below ``node``, whichever of the standard's two namespaces they are in."""
    return [found for found in node.iter() if isinstance(found.tag, str) and etree.QName(found).localname == name]


def _path(folder: str, location: str) -> str:
    """ST_Loc: from the package's root where it starts with a slash, else from the file that names it."""
    joined = location if location.startswith("/") else posixpath.join("/", folder, location)
    return posixpath.normpath(joined).lstrip("/")
