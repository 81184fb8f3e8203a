"""What readings and indexes were made with, so that the next build knows what it may take over.

The version number isn't enough: whoever pulls a newer program or edits it has other code under the same number. The
text of the program is too much: a changed comment reads no page differently. So each part of the program is told by
what Python makes of it, without comments, docstrings and line numbers.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import CodeType

from indexer.compare.embedding_files import FINGERPRINT, ModelFiles
from indexer.settings import Settings

_PACKAGE = Path(__file__).parents[1]
_READS = ("domain", "errors.py", "pipeline", "reference", "text")
_INDEXES = ("domain", "engines", "stores/array_files.py", "text", "ingest/build.py")
# lexicon.tsv is not among them: no page is read differently for it
_OF_TERMS = ("lexicon.tsv",)
_MADE_ANEW = ("pinyin.tsv", "industries.tsv", "practice_weights.npz")  # in every build, from what was read
_OF_QUESTIONS = ("synonyms.tsv", "romanised.tsv")  # not put into a build, so no build is out of date for it
_READING_LIBRARIES = (
    "beautifulsoup4",
    "lxml",
    "numpy",
    "opencc",
    "pyahocorasick",
    "pypdfium2",
    "python-calamine",
    "rapidocr",  # an extra: once it is there, scans that were skipped are read
)
_INDEX_LIBRARIES = ("jieba", "numpy", "whoosh")

MadeWith = Mapping[str, str]


def made_with(settings: Settings) -> dict[str, str]:
    """Everything that decides what a page is read as and what of it is indexed; about 100 ms once a process. Raises
    BadSetup where an embedding model is configured and not there."""
    parts = {"reading": reading(settings), "index": _program(_INDEXES, _INDEX_LIBRARIES), **tables_of(settings)}
    embedding = settings.embedding_folder
    return parts if embedding is None else {**parts, FINGERPRINT: ModelFiles.of(embedding).sha256()}


def reading(settings: Settings) -> str:
    """sha256 of all that decides what a page is read as: code, libraries, tables, limits."""
    parts = [_program(_READS, _READING_LIBRARIES), str(settings.reading.max_bytes)]
    parts += [f"{name} {digest}" for name, digest in _sha256_of(_reading_tables(settings), settings).items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def same_terms(then: MadeWith, now: MadeWith) -> bool:
    return all(then.get(part) == now[part] for part in ("index", *_OF_TERMS))


def changed_tables(then: MadeWith, settings: Settings) -> tuple[str, ...]:
    """The tables that are not what they were; none where ``then`` doesn't say."""
    return tuple(name for name, now in tables_of(settings).items() if then.get(name, now) != now)


def tables_of(settings: Settings) -> dict[str, str]:
    """Name → sha256 of the tables that decide a build. Takes 1 ms."""
    return _sha256_of((*_reading_tables(settings), *_OF_TERMS, *_MADE_ANEW), settings)


def all_tables(settings: Settings) -> dict[str, str]:
    """As tables_of, with those of questions."""
    return tables_of(settings) | _sha256_of(_OF_QUESTIONS, settings)


def _reading_tables(settings: Settings) -> tuple[str, ...]:
    """Every table but those that no reader opens."""
    others = {*_OF_TERMS, *_MADE_ANEW, *_OF_QUESTIONS}
    try:
        names = sorted(path.name for path in settings.corpus_folder.iterdir() if path.is_file())
    except OSError:
        return ()  # whoever needs them will say what is wrong
    return tuple(name for name in names if name not in others)


def _sha256_of(tables: Iterable[str], settings: Settings) -> dict[str, str]:
    return {name: _sha256(settings.corpus_folder / name) for name in tables}


@cache
def _program(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join([sys.version, *(f"{name} {_version(name)}" for name in libraries)]).encode())
    for room in rooms:
        place = _PACKAGE / room
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(str(file.relative_to(_PACKAGE)).encode())
            for part in _meaning(compile(file.read_bytes(), file.name, "exec", optimize=2, dont_inherit=True)):
                digest.update(part)
    return digest.hexdigest()


def _meaning(code: CodeType) -> Iterator[bytes]:
    """What a piece of code does, without where it stands."""
    names = (code.co_name, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_flags)
    yield code.co_code + repr(names).encode()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _meaning(constant)
        elif isinstance(constant, frozenset):  # in an order that differs from run to run
            yield repr(sorted(map(repr, constant))).encode()
        else:
            yield repr(constant).encode()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""  # whoever needs it will say what is wrong
