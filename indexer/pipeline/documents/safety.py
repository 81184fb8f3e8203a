"""Bounds on what a document may cost, and ways to open one that keep them."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from indexer.errors import Skip

_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # that documents use; lzma has errors of its own, if it is there
_MOST_TAGS = 2_000_000  # of one piece of XML; 6 MB of Word have 300,000, each takes 150 bytes of memory


@dataclass(frozen=True, slots=True)
class Limits:
    """A five-year plan with annexes has about 200 pages, 150,000 characters and unpacks to 20 MB, its longest piece of
    XML 6 MB; the bounds leave room above that."""

    pages: int = 1_000
    unpacked_bytes: int = 200_000_000
    xml_bytes: int = 32_000_000  # of one piece: lxml takes ten times as much memory
    files: int = 10_000
    seconds: float = 60.0
    blocks: int = 50_000  # paragraphs and rows
    cells: int = 300_000  # of tables, and paragraphs with and without text
    characters: int = 1_000_000  # as of a page in pipeline/read.py
    page_seconds: float = 60.0  # of recognition; a sheet takes 2 to 6 on an idle machine
    recognised_pages: int = 200


class Meter:
    """Counts what a document unfolds to while it is read: whatever its size on disk, no more than the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._deadline = time.monotonic() + limits.seconds
        self._blocks = self._cells = self._characters = 0

    def block(self, text: str) -> None:
        """Raises Skip: too_large, too_slow."""
        self._blocks += 1
        self.characters(len(text))
        if self._blocks > self._limits.blocks:
            raise Skip("too_large", "blocks", most=self._limits.blocks)
        if self._blocks % 200 == 0:
            self.check_time()

    def cell(self) -> None:
        """Raises Skip: too_large, too_slow."""
        self._cells += 1
        if self._cells > self._limits.cells:
            raise Skip("too_large", "cells", most=self._limits.cells)
        if self._cells % 1_000 == 0:
            self.check_time()

    def characters(self, count: int) -> None:
        """Raises Skip: too_large."""
        self._characters += count
        if self._characters > self._limits.characters:
            raise Skip("too_large", "characters", most=self._limits.characters // 10000)

    def allow(self, seconds: float) -> None:
        """Time that has its own bound: recognition of a page."""
        self._deadline += seconds

    def check_time(self) -> None:
        """Raises Skip: too_slow."""
        if time.monotonic() > self._deadline:
            raise Skip("too_slow", "file", seconds=self._limits.seconds)


@contextmanager
def open_zip(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """An archive whose declared sizes are within the limits.

    zipfile never inflates a member past the size its directory declares: the sum of those sizes bounds the memory.
    Raises Skip: damaged, encrypted, bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as broken:
        raise Skip("damaged", "download") from broken
    with archive:
        members = archive.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise Skip("encrypted", "file")
        if len(members) > limits.files or sum(member.file_size for member in members) > limits.unpacked_bytes:
            raise Skip("bomb", "unpacked", most=limits.unpacked_bytes // 1000000)
        yield archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file in the archive. Raises Skip("damaged") where it is not there or is broken."""
    try:
        if archive.getinfo(name).compress_type not in _PACKINGS:
            raise NotImplementedError
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as broken:
        raise Skip("damaged", "member", name=name) from broken


def xml_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element:
    """Root of one piece of XML in the archive. Raises Skip: damaged, bomb."""
    if name in archive.NameToInfo and archive.getinfo(name).file_size > limits.xml_bytes:
        raise Skip("bomb", "member", name=name, most=limits.xml_bytes // 1000000)
    return xml(member(archive, name))


def xml(data: bytes) -> etree._Element:
    """Root of a piece of XML. Entities stay unexpanded and nothing is loaded from outside.

    A document type is refused outright: neither OOXML nor OFD uses one, and every XML bomb needs one.
    Raises Skip: bomb, damaged.
    """
    if data.count(b"<") > _MOST_TAGS:
        raise Skip("bomb", "tags", most=_MOST_TAGS)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Skip("damaged", "xml") from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise Skip("bomb", "doctype")
    return root


def local_name(node: etree._Element) -> str:
    """Name without its namespace; "" for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
