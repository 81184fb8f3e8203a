"""What lies beside a page: files on the disk, pages in the archive. Only what was given is ever looked at."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from indexer.crawl.addresses import is_address, normalised
from indexer.crawl.guard import Refused
from indexer.domain.page import RawPage


@dataclass(frozen=True, slots=True)
class Part:
    """A file that a report took in: what the archive knows it by, its bytes, and its name as shown."""

    key: str
    page: RawPage
    file: str


class FolderNeighbours:
    """Of the page in ``file``: the same folder, or a path inside ``root``, the folder that was added. Never outside."""

    def __init__(self, file: Path, root: Path, max_bytes: int) -> None:
        self._folder = Path(os.path.normpath(file.absolute())).parent
        self._root = Path(os.path.normpath(root.absolute()))
        self._own = file.resolve()
        self._max_bytes = max_bytes

    def given(self, link: str) -> RawPage | None:
        found = self.file(link)
        return RawPage(found.read_bytes(), found.name) if found else None

    def part(self, link: str) -> Part | None:
        found = self.file(link)
        if found is None:
            return None
        return Part(readable(str(found)), RawPage(found.read_bytes(), readable(found.name)), readable(str(found)))

    def file(self, link: str) -> Path | None:
        """Where ``link`` leads; None where there is nothing, or nothing that may be read."""
        for path in paths_of(link):
            for start in (self._folder, self._root):
                named = Path(os.path.normpath(start / path))
                try:
                    found = named.resolve()  # a symbolic link may lead outside
                    known = found.stat()
                except (OSError, ValueError, RuntimeError):  # not there, too long, a NUL byte, links in a circle
                    continue
                inside = found.is_relative_to(self._root.resolve()) or found.parent == self._folder.resolve()
                small = stat.S_ISREG(known.st_mode) and known.st_size <= self._max_bytes
                if inside and small and found != self._own and os.access(found, os.R_OK):
                    return named
        return None


class ArchivedNeighbours:
    """Of the archived page ``key``: the pages whose key its links lead to. ``get`` gives None for one not archived."""

    def __init__(self, key: str, get: Callable[[str], RawPage | None] = lambda _: None) -> None:
        self._key = key
        self._get = get

    def given(self, link: str) -> RawPage | None:
        return next((page for key in self.keys(link) if (page := self._get(key))), None)

    def keys(self, link: str) -> Iterator[str]:
        """The keys that ``link`` may be archived under, the likeliest first; never the page's own."""
        if is_address(self._key):
            try:  # as it is spelled, and as it is fetched: 附件 1.pdf becomes %E9%99%84%E4%BB%B6%201.pdf
                found = [urldefrag(urljoin(self._key, link)).url, normalised(link, self._key)]
            except (ValueError, Refused):  # [ in a host; mail, scripts
                return
        else:
            folder = posixpath.dirname(self._key)
            # Which folder was added isn't remembered: a path is looked for from each one above, /upload/a.pdf being
            # meant from the top of the site that was saved.
            above = [str(one) for one in PurePosixPath(folder).parents]
            found = [
                posixpath.normpath(posixpath.join(start, path))
                for path in paths_of(link)
                for start in ([folder, *above] if "/" in path else [folder])
            ]
        yield from (key for key in dict.fromkeys(found) if key != self._key)


def paths_of(link: str) -> Iterator[str]:
    """The names ``link`` may be saved under, from the page's folder on: its last part, with its query as some savers
    name files (c.html?page=2), and the whole of its path."""
    try:
        parts = urlsplit(link)
    except ValueError:  # [ in a host
        return
    path = unquote(parts.path).lstrip("/")
    last = path.rsplit("/", 1)[-1]
    queried = f"{last}?{parts.query}" if parts.query else ""
    yield from (one for one in dict.fromkeys((queried, last, path)) if one.rsplit("/", 1)[-1] not in ("", ".", ".."))


def readable(path: str) -> str:
    """A path as text that can be stored and printed: bytes of a name that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
