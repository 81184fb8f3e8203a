"""Pages in a .zip, as portals and mail programs hand them out: opened within bounds, each page an input of its own."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.ingest.related_pages import Part, paths_of
from indexer.pipeline.documents.safety import Limits, member, open_zip

ZIP = b"PK\x03\x04"
_DOCUMENT_PARTS = ("[Content_Types].xml", "OFD.xml", "mimetype")  # Word, Excel, OFD, OpenDocument: one document each
_RATIO = 200  # times its size on disk; pages of text come to 20
_SMALL = 5_000_000  # bytes unpacked, below which the ratio says nothing


def is_bundle(data: bytes) -> bool:
    """A zip of files rather than a document that is a zip inside."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not any(name in archive.NameToInfo for name in _DOCUMENT_PARTS)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return False


class Bundle:
    """The files of one zip by their names. Raises Skip where it isn't within the bounds: damaged, encrypted, bomb."""

    def __init__(self, data: bytes, max_bytes: int) -> None:
        limits = Limits()
        self._data = data
        self._max_bytes = max_bytes
        self.too_large: list[str] = []
        self._names: dict[str, str] = {}  # as shown → as the archive spells it
        with open_zip(data, limits) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
            if unpacked > _SMALL and unpacked > _RATIO * len(data):
                raise Skip("bomb", "ratio", ratio=unpacked // len(data))
            for one in archive.infolist():
                name = posixpath.normpath("/" + _spelled(one).replace("\\", "/")).lstrip("/")
                if one.is_dir() or not name or any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
                    continue
                if one.file_size > max_bytes:
                    self.too_large.append(name)
                else:
                    self._names[name] = one.filename

    def names(self) -> list[str]:
        return sorted(self._names)

    def page(self, name: str) -> RawPage:
        """Raises Skip: damaged."""
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            return RawPage(member(archive, self._names[name]), PurePosixPath(name).name)

    def __contains__(self, name: str) -> bool:
        return name in self._names


class ZipNeighbours:
    """Of the page ``name`` in a zip: what its links lead to inside of the same zip."""

    def __init__(self, bundle: Bundle, name: str, key: str) -> None:
        self._bundle = bundle
        self._name = name
        self._key = key  # of the zip

    def given(self, link: str) -> RawPage | None:
        found = self.part(link)
        return found.page if found else None

    def part(self, link: str) -> Part | None:
        for name in self._candidates(link):
            if name in self._bundle and name != self._name:
                try:
                    return Part(f"{self._key}/{name}", self._bundle.page(name), f"{self._key}/{name}")
                except Skip:
                    return None
        return None

    def _candidates(self, link: str) -> Iterator[str]:
        for path in paths_of(link):
            for start in (posixpath.dirname(self._name), ""):
                yield posixpath.normpath(posixpath.join("/", start, path)).lstrip("/")


def _spelled(one: zipfile.ZipInfo) -> str:
    """A name as whoever packed it saw it: without the flag for UTF-8 it is in the code page of a Chinese Windows."""
    if one.flag_bits & 0x800:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return one.filename
