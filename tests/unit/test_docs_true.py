"""What the documents name is there, and what the program offers stands in them."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import click
import pytest

from indexer.cli import duibiao
from indexer.cli.common import Told
from indexer.domain.report import FLAGS
from indexer.errors import NoIndex
from indexer.formats import report_words
from tests import docs_tables
from webapp.calls import CALLS

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"[\w.-]+(?:/[\w.*-]+)*/?")
NAMES = re.compile(r"[\w.*-]+\.(?:py|md|toml|tsv|html|css|js|sh)")  # files named alone; others are of the data folder
NO_PATHS = re.compile(r"(?:var|text/(?:html|plain|csv))(?:/|$)")  # made at run time; kinds of media
FOLDERS = ("indexer", "webapp", "tests", "corpus", "docs", "requirements", ".ci")


@cache
def repository() -> frozenset[str]:
    """Files and folders of the repository, each by every end of its path: edits.py, domain/edits.py …"""
    there = [*ROOT.iterdir(), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    parts = [path.relative_to(ROOT).parts for path in there if "__pycache__" not in path.parts]
    return frozenset("/".join(one[start:]) for one in parts for start in range(len(one)))


def named_paths(document: str) -> list[str]:
    """What stands in backticks, or in a list of rooms, and looks like a path of this repository."""
    text = (ROOT / document).read_text(encoding="utf-8")
    quoted = [piece for span in re.findall(r"`([^`\n]+)`", text) for piece in _braces(span)]
    linked = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    return [one for one in quoted if _is_path(one)] + linked


def _braces(span: str) -> list[str]:
    """`ingest/{add,inputs}.py` names two."""
    if found := re.fullmatch(r"([^{}]*)\{([^{}]+)\}([^{}]*)", span):
        return [f"{found[1]}{part.strip()}{found[3]}" for part in found[2].split(",")]
    return [span]


def _is_path(span: str) -> bool:
    if not PATH.fullmatch(span) or NO_PATHS.match(span):
        return False
    return bool(NAMES.fullmatch(span)) or ("/" in span and span.partition("/")[0] in repository())


def _is_there(path: str) -> bool:
    """As it stands, or where it is meant in the folder that the sentence is about; ``*`` for any of them."""
    plain = path.removeprefix("./").rstrip("/")
    return plain in repository() or ("*" in plain and any(fnmatch(one, plain) for one in repository()))


DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/changes-touch.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    named = named_paths(document)
    assert named
    assert sorted({one for one in named if not _is_there(one)}) == []


def test_what_looks_like_a_path_is_told_from_what_does_not() -> None:
    assert all(map(_is_path, ["indexer/domain", "domain/edits.py", "tests/unit/test_*.py", "docs/gone.md", "gone.py"]))
    assert not any(map(_is_path, ["make test", "a/b", "--data", "var/current", "text/html", "Skip", "1/2"]))
    assert _is_there("domain/edits.py")
    assert _is_there("tests/unit/test_docs_*.py")
    assert not any(map(_is_there, ["domain/gone.py", "gone.py", "tests/unit/gone_*.py"]))


@pytest.mark.parametrize("document", ["api.md", "commands.md"])
def test_tables_of_the_documents_are_those_of_the_code(document: str) -> None:
    written = (docs_tables.DOCS / document).read_text(encoding="utf-8")
    assert docs_tables.MARKED.search(written)
    assert written == docs_tables.with_tables(written), "python -m tests.docs_tables --write"


def test_every_name_of_the_glossary_stands_in_the_code() -> None:
    rows = re.findall(r"^\| .+? \| (`.+?`) \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert len(names) > 50
    code = "\n".join(f"{file.stem} {file.read_text(encoding='utf-8')}" for file in (ROOT / "indexer").rglob("*.py"))
    assert sorted(names - set(re.findall(r"\w+", code))) == []


def test_every_endpoint_tells_what_it_answers() -> None:
    rows = [row.split(" | ") for row in docs_tables.api() if row.startswith("| `GET")]
    assert len(rows) == len(CALLS) >= 12
    assert [row for row in rows if len(row[2]) < 20 or len(row[4]) < 5] == []


def test_every_option_tells_what_it_takes() -> None:
    rows = [row.split(" | ") for row in docs_tables.command_options()][1:]
    assert [row for row in rows if len(row[2].rstrip(" |")) < 2] == []


def test_exit_codes_are_named_with_the_commands_that_give_them() -> None:
    text = (docs_tables.DOCS / "commands.md").read_text(encoding="utf-8")
    section = text.partition("## Exit codes")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\d)`", section, re.MULTILINE) == [
        str(code) for code in (0, Told.exit_code, click.UsageError.exit_code)
    ]
    without_error = section.partition("1 without an error:")[2]
    soft = {name for name, command in duibiao.commands.items() if docs_tables.returns_a_status(command)}
    assert soft == set(re.findall(r"`([a-z]+)`", without_error))


def test_every_flag_is_named_and_explained() -> None:
    assert tuple(report_words.FLAGS) == tuple(docs_tables.FLAG_MEANINGS) == FLAGS


def test_every_code_of_an_unusable_library_has_its_line() -> None:
    text = (docs_tables.DOCS / "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", text.partition("<!-- table: problems -->")[2], re.MULTILINE)
    assert {NoIndex.code, *(kind.code for kind in NoIndex.__subclasses__())} <= set(documented)
