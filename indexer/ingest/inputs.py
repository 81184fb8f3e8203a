"""What a user names on the command line, as pages: files, folders, addresses."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.crawl.addresses import is_address
from indexer.domain.page import RawPage
from indexer.errors import FetchFailed, Skip
from indexer.ingest.related_pages import FolderNeighbours, readable
from indexer.ingest.warc_pages import is_warc, pages_in
from indexer.ingest.zipped import ZIP, Bundle, ZipNeighbours, is_bundle
from indexer.locale import LazyText
from indexer.pipeline.read import too_large
from indexer.ports import Fetcher

ARCHIVE = "pages.sqlite"
_PAGES = {"", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".webarchive"}
# What can't be read without more (an .xls in an odd form, a picture without the extra for recognition) is taken all the
# same: whoever has it in a folder should be told what to do.
_TEXTS = {".txt", ".md", ".pdf", ".docx", ".docm", ".dotx", ".ofd", ".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt"}
_TABLES = {".xls", ".xlsx", ".xlsm", ".et", ".ods"}
_PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}
_DOCUMENTS = _TEXTS | _TABLES | _PICTURES | {".zip"}
_SUFFIXES = _PAGES | _DOCUMENTS
# A saved page's pictures lie in folders called like it (总结_files): boilerplate of the page, no reports.
_PAGE_FOLDER = ("_files", ".files", "_file", "_images", "image", "images", "img", "css", "js", "static", "assets")


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
    beside: FolderNeighbours | ZipNeighbours | None = None  # of a file
    of_crawl: bool = False  # out of a WARC file: what holds no report isn't kept, as in a crawl


def pages_of(inputs: Iterable[str | Path], fetcher: Fetcher, max_bytes: int, url: str | None = None) -> Iterator[Input]:
    """Folders are walked in the order of their names; ``url`` is where a file came from, if one knows."""
    for one in inputs:
        if isinstance(one, str) and is_address(one):
            yield _fetched(one, fetcher)
        else:
            root = Path(one)
            if not str(one).strip():
                yield Input(str(one), str(one), None, None, Skip("missing_file", "no_path"))
                continue
            for file in files_of(root):
                if is_warc(file):
                    yield from _captured(file, max_bytes)
                    continue
                loaded = _loaded(file, root if root.is_dir() else file.parent, url, max_bytes)
                if loaded.page is not None and is_bundle(loaded.page.data):
                    yield from _unpacked(loaded, loaded.page.data, max_bytes)
                else:
                    yield loaded


def is_archive(one: str | Path) -> bool:
    """Whether a user names the archive of a data folder."""
    return not (isinstance(one, str) and is_address(one)) and Path(one).name == ARCHIVE and Path(one).is_file()


def files_of(path: Path) -> Iterator[Path]:
    """``path`` itself, or the pages below it; in a folder web pages first, for documents may hang on them.

    Hidden files, READMEs and what no page is called like are passed over.
    """
    if not path.is_dir():
        yield path
        return
    for folder, names in _walked(path):
        for name in sorted(names, key=lambda name: (Path(name).suffix.lower() in _DOCUMENTS, name)):
            file = folder / name
            # a link out of the folder that was named would take in what nobody named
            if _is_wanted(folder, name) and (not file.is_symlink() or file.resolve().is_relative_to(path.resolve())):
                yield file


def passed_over(inputs: Iterable[str | Path]) -> dict[str, int]:
    """How many files of each suffix lie in the folders among ``inputs`` and are no pages, most frequent first."""
    counts: Counter[str] = Counter()
    for one in inputs:
        if not (isinstance(one, str) and is_address(one)) and Path(one).is_dir():
            for folder, names in _walked(Path(one)):
                counts.update(
                    suffix if (suffix := Path(name).suffix.lower()).isprintable() and len(suffix) < 12 else "…"
                    for name in names
                    if not name.startswith(".") and not _is_wanted(folder, name)
                )
    return dict(counts.most_common())


def _walked(path: Path) -> Iterator[tuple[Path, list[str]]]:
    for folder, folders, names in os.walk(path):
        if ARCHIVE in names:  # a data folder of ours
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield Path(folder), names


def _is_wanted(folder: Path, name: str) -> bool:
    suffix = Path(name).suffix.lower()
    if name.startswith(".") or name.upper().startswith("README"):
        return False
    if suffix not in _SUFFIXES and not is_warc(Path(name)):
        return False
    return suffix not in _PICTURES or not folder.name.lower().endswith(_PAGE_FOLDER)


def _unpacked(loaded: Input, data: bytes, max_bytes: int) -> Iterator[Input]:
    """The pages of a zip, each with a key and a name below the zip's own."""
    try:
        bundle = Bundle(data, max_bytes)
    except Skip as skip:
        yield replace(loaded, skipped=skip, page=None)
        return
    names = [name for name in bundle.names() if _is_wanted(Path(name).parent, Path(name).name)]
    names.sort(key=lambda name: (Path(name).suffix.lower() in _DOCUMENTS, name))
    if not names:
        yield replace(loaded, skipped=Skip("zip", "bundle"), page=None)
    for name in names:
        key, shown = f"{loaded.key}/{name}", f"{loaded.file}/{name}"
        try:
            page = bundle.page(name)
        except Skip as skip:
            yield Input(key, shown, None, None, skip)
            continue
        if page.data.startswith(ZIP) and is_bundle(page.data):
            yield Input(key, shown, None, None, Skip("zip", "nested"))
            continue
        yield Input(key, shown, None, page, beside=ZipNeighbours(bundle, name, loaded.key))
    for name in bundle.too_large:
        large = Skip("too_large", "member", most=max_bytes / 1000000)
        yield Input(f"{loaded.key}/{name}", f"{loaded.file}/{name}", None, None, large)


def key_of(file: Path) -> str:
    """The same for ../pages/a.html as for /srv/pages/a.html, wherever the command was called."""
    return readable(os.path.normpath(file.absolute()))


def _loaded(file: Path, root: Path, url: str | None, max_bytes: int) -> Input:
    shown = readable(str(file))
    key = url or key_of(file)
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device would be read for ever
            return Input(key, shown, url, None, Skip("not_a_file"))
        if found.st_size > max_bytes:
            return Input(key, shown, url, None, too_large(found.st_size, max_bytes))
        page = RawPage(file.read_bytes(), readable(file.name), url)
        return Input(key, shown, url, page, beside=FolderNeighbours(file, root, max_bytes))
    except (FileNotFoundError, NotADirectoryError):
        return Input(key, shown, url, None, Skip("missing_file", "path"))
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = error.strerror if isinstance(error, OSError) else LazyText("input.bad_path")
        return Input(key, shown, url, None, Skip("unreadable", "because", reason=reason))


def _fetched(url: str, fetcher: Fetcher) -> Input:
    try:
        page = fetcher.fetch(url)
        # Under the address that answered: an open redirect would make any page one of the site it stands on.
        return Input(page.url or url, None, page.url or url, page)
    except FetchFailed as error:
        return Input(url, None, url, None, Skip("fetch_failed", "because", problem=error))


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
