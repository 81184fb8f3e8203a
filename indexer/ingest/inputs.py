"""What a user names on the command line, as pages: files, folders, addresses."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.crawl.fetcher import is_address
from indexer.domain.page import RawPage
from indexer.errors import FetchFailed, Skip
from indexer.ingest.related_pages import FolderNeighbours
from indexer.pipeline.read import too_large
from indexer.ports import Fetcher

# .doc and .wps can't be read, but whoever has them in a folder should be told so.
_SUFFIXES = {"", ".html", ".htm", ".shtml", ".xhtml", ".txt", ".md", ".pdf", ".docx", ".ofd", ".doc", ".wps"}
_DOCUMENTS = {".txt", ".md", ".pdf", ".docx", ".ofd", ".doc", ".wps"}


@dataclass(frozen=True, slots=True)
class Input:
    """One page that was asked for: ``page`` where its bytes are there, else ``skipped``, why they aren't.

    ``key`` is what the archive knows it by: its address, else its absolute path.
    """

    key: str
    file: str | None
    url: str | None
    page: RawPage | None
    skipped: Skip | None = None
    beside: FolderNeighbours | None = None  # of a file


def pages_of(inputs: Iterable[str | Path], fetcher: Fetcher, max_bytes: int, url: str | None = None) -> Iterator[Input]:
    """Folders are walked in the order of their names; ``url`` is where a file came from, if one knows."""
    for one in inputs:
        if isinstance(one, str) and is_address(one):
            yield _fetched(one, fetcher)
        else:
            root = Path(one)
            for file in files_of(root):
                yield _loaded(file, root if root.is_dir() else file.parent, url, max_bytes)


def files_of(path: Path) -> Iterator[Path]:
    """``path`` itself, or the pages below it; in a folder web pages first, for documents may hang on them.

    Hidden files, READMEs and what no page is called like are passed over.
    """
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names, key=lambda name: (Path(name).suffix.lower() in _DOCUMENTS, name)):
            wanted = Path(name).suffix.lower() in _SUFFIXES
            if wanted and not name.startswith(".") and not name.upper().startswith("README"):
                yield Path(folder) / name


def key_of(file: Path) -> str:
    return readable(str(file.absolute()))


def _loaded(file: Path, root: Path, url: str | None, max_bytes: int) -> Input:
    shown = readable(str(file))
    key = url or key_of(file)
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device would be read for ever
            return Input(key, shown, url, None, Skip("not_a_file", "不是普通文件"))
        if found.st_size > max_bytes:
            return Input(key, shown, url, None, too_large(found.st_size, max_bytes))
        page = RawPage(file.read_bytes(), readable(file.name), url)
        return Input(key, shown, url, page, beside=FolderNeighbours(file, root, max_bytes))
    except (FileNotFoundError, NotADirectoryError):
        return Input(key, shown, url, None, Skip("missing_file", "没有这个文件，请检查路径"))
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = error.strerror if isinstance(error, OSError) else "路径不合法"
        return Input(key, shown, url, None, Skip("unreadable", f"读不到文件（{reason}）"))


def _fetched(url: str, fetcher: Fetcher) -> Input:
    try:
        return Input(url, None, url, fetcher.fetch(url))
    except FetchFailed as error:
        return Input(url, None, url, None, Skip("fetch_failed", str(error)))


def readable(path: str) -> str:
    """A path as text that can be stored and printed: bytes of a name that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
