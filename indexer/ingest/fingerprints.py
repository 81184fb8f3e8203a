"""What a build was made with: the program and the tables, each by its sha256, so that the next build knows what it may
take over and a library can tell that a table was changed since.

The version number isn't enough: whoever pulls a newer program or edits it has other code under the same number.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.settings import Settings

PROGRAM = "program"
_LIMIT = "reading.max_bytes"
_OF_READING = ("regions.tsv", "slogans.tsv", "zones.tsv", "laundering.tsv", "themes.toml")
_OF_TERMS = ("lexicon.tsv",)
_OF_SUGGESTIONS = ("pinyin.tsv",)  # made anew in every build
_OF_QUESTIONS = ("synonyms.tsv",)  # not put into a build, so no build is out of date for it
_LIBRARIES = ("beautifulsoup4", "jieba", "lxml", "numpy", "opencc", "pypdfium2", "python-docx", "whoosh")

MadeWith = Mapping[str, str]


def made_with(settings: Settings) -> dict[str, str]:
    """Everything that decides what a page is read as and what of it is indexed. Takes about 20 ms."""
    return {PROGRAM: _program(), _LIMIT: str(settings.reading.max_bytes), **tables_of(settings)}


def same_reading(then: MadeWith, now: MadeWith) -> bool:
    return _same((PROGRAM, _LIMIT, *_OF_READING), then, now)


def same_terms(then: MadeWith, now: MadeWith) -> bool:
    return _same((PROGRAM, *_OF_TERMS), then, now)


def changed_tables(then: MadeWith, settings: Settings) -> tuple[str, ...]:
    """The tables that are not what they were; none where ``then`` doesn't say."""
    return tuple(name for name, now in tables_of(settings).items() if then.get(name, now) != now)


def _same(parts: tuple[str, ...], then: MadeWith, now: MadeWith) -> bool:
    return all(then.get(part) == now[part] for part in parts)


def tables_of(settings: Settings) -> dict[str, str]:
    """Name → sha256 of the tables that decide it. Takes 1 ms."""
    return _sha256_of((*_OF_READING, *_OF_TERMS, *_OF_SUGGESTIONS), settings)


def all_tables(settings: Settings) -> dict[str, str]:
    """As tables_of, with those of questions."""
    return tables_of(settings) | _sha256_of(_OF_QUESTIONS, settings)


def _sha256_of(tables: tuple[str, ...], settings: Settings) -> dict[str, str]:
    return {name: _sha256(settings.corpus_folder / name) for name in tables}


def _program() -> str:
    parts = [sys.version, *(f"{name} {_version(name)}" for name in _LIBRARIES)]
    package = Path(__file__).parents[1]
    parts += [f"{file.relative_to(package)} {_sha256(file)}" for file in sorted(package.rglob("*.py"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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
