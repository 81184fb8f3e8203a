"""What a user names on the command line, as pages: files, folders, addresses."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.crawl.addresses import is_address
from indexer.domain.page import RawPage
from indexer.errors import FetchFailed, Skip
from indexer.ingest.related_pages import FolderNeighbours
from indexer.ingest.warc_pages import is_warc, pages_in
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
    of_crawl: bool = False  # out of a WARC file: what holds no report isn't kept, as in a crawl


def pages_of(inputs: Iterable[str | Path], fetcher: Fetcher, max_bytes: int, url: str | None = None) -> Iterator[Input]:
    """Folders are walked in the order of their names; ``url`` is where a file came from, if one knows."""
    for one in inputs:
        if isinstance(one, str) and is_address(one):
            yield _fetched(one, fetcher)
        else:
            root = Path(one)
            if not str(one).strip():
                yield Input(str(one), str(one), None, None, Skip("missing_file", "路径是空的"))
                continue
            for file in files_of(root):
                if is_warc(file):
                    yield from _captured(file, max_bytes)
                    continue
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
            file = Path(folder) / name
            wanted = file.suffix.lower() in _SUFFIXES or is_warc(file)
            if not wanted or name.startswith(".") or name.upper().startswith("README"):
                continue
            # a link out of the folder that was named would take in what nobody named
            if not file.is_symlink() or file.resolve().is_relative_to(path.resolve()):
                yield file


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
        page = fetcher.fetch(url)
        # Under the address that answered: an open redirect would make any page one of the site it stands on.
        return Input(page.url or url, None, page.url or url, page)
    except FetchFailed as error:
        return Input(url, None, url, None, Skip("fetch_failed", str(error)))


def _captured(file: Path, max_bytes: int) -> Iterator[Input]:
    """The pages of a WARC file."""
    shown = readable(str(file))
    for url, page in pages_in(file, max_bytes):
        if not url:
            yield Input(shown, shown, None, None, page if isinstance(page, Skip) else None)
        elif isinstance(page, Skip):
            yield Input(url, None, url, None, page, of_crawl=True)
        else:
            yield Input(url, None, url, page, of_crawl=True)


def readable(path: str) -> str:
    """A path as text that can be stored and printed: bytes of a name that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
