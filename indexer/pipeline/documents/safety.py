"""Bounds on what a document may cost, and ways to open one that keep them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from indexer.errors import Skip


@dataclass(frozen=True, slots=True)
class Limits:
    """A five-year plan with annexes has about 200 pages and unpacks to 20 MB; the bounds leave room above that."""

    pages: int = 1_000
    unpacked_bytes: int = 200_000_000
    files: int = 10_000
    seconds: float = 60.0


@contextmanager
def open_zip(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """An archive whose declared sizes are within the limits.

    zipfile never inflates a member past the size its directory declares: the sum of those sizes bounds the memory.
    Raises Skip: damaged, encrypted, bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as broken:
        raise Skip("damaged", "文件已损坏，打不开；请重新下载后再加入") from broken
    with archive:
        members = archive.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise Skip("encrypted", "文件加了密码，请去掉密码后再加入")
        if len(members) > limits.files or sum(member.file_size for member in members) > limits.unpacked_bytes:
            raise Skip("bomb", f"文件解开后超过 {limits.unpacked_bytes // 1_000_000} MB，疑为压缩炸弹，未予读取")
        yield archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file in the archive. Raises Skip("damaged") where it is not there or is broken."""
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as broken:
        raise Skip("damaged", f"文件已损坏：其中的 {name} 读不出来") from broken


def xml(data: bytes) -> etree._Element:
    """Root of a piece of XML. Entities stay unexpanded and nothing is loaded from outside.

    A document type is refused outright: neither OOXML nor OFD uses one, and every XML bomb needs one.
    Raises Skip: bomb, damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Skip("damaged", "文件已损坏：内部的 XML 读不通") from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise Skip("bomb", "文件的 XML 带有文档类型声明，疑为 XML 炸弹，未予读取")
    return root
