"""PDF, Word, OFD, Markdown and bare text go the whole way: added, built, searched, shown, saved as they came."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result
from docx.enum.text import WD_ALIGN_PARAGRAPH

from indexer.library import Library
from indexer.pipeline.documents.compound import compound_file
from indexer.settings import load
from tests.unit.pages import WORK
from tests.unit.test_containers import a_pdf, an_ofd
from webapp import create_app

Run = Callable[..., Result]
TITLE = "衡阳高新区2022年工作总结和2023年工作计划"
ROOT = Path(__file__).resolve().parents[2]


def a_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for paragraph in WORK:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: a_pdf([[(24, 760, TITLE)] + [(12, 700 - 28 * n, text) for n, text in enumerate(WORK)]]),
    "docx": a_docx,
    "ofd": lambda: an_ofd([(8.0, 30.0, TITLE)] + [(4.0, 60.0 + 10 * n, text) for n, text in enumerate(WORK)]),
    "md": lambda: "\n\n".join([f"# {TITLE}", *WORK]).encode(),
    "txt": lambda: "\n".join([TITLE, *WORK]).encode("gb18030"),
}


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("suffix", sorted(MADE))
def test_a_document_is_read_added_built_and_found(run: Run, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"总结.{suffix}"
    file.write_bytes(MADE[suffix]())
    (read,) = lines(run("read", str(file)))
    assert (read["title"], read["skipped"], read["years"]["report"]) == (TITLE, None, 2022)
    assert read["zone"]["name"] == "衡阳高新技术产业开发区"
    assert read["quality"]["masks"] == {}
    assert [one["heading"] for one in read["sections"] if one["level"] == 1] == [WORK[n] for n in (0, 2, 5, 7)]
    assert "".join(read["text"].split("\n")) == "".join(WORK)
    (added,) = lines(run("add", str(file), "--json"))
    assert added["outcome"] == "added"
    assert run("build").exit_code == 0
    assert lines(run("search", "驻点招商", "--json"))[0]["hits"][0]["report"] == added["report"]
    (shown,) = lines(run("show", added["report"], "--json"))
    assert shown["text"] == read["text"]
    assert shown["family"] == read["family"] != ""
    assert run("check").exit_code == 0


@pytest.mark.parametrize(("suffix", "saved"), [("pdf", "pdf"), ("docx", "docx"), ("ofd", "ofd"), ("md", "txt")])
def test_a_document_is_saved_from_the_browser_as_it_came(run: Run, tmp_path: Path, suffix: str, saved: str) -> None:
    file = tmp_path / f"总结.{suffix}"
    file.write_bytes(MADE[suffix]())
    (added,) = lines(run("add", str(file), "--json"))
    run("build")
    library = Library(load(ROOT / "config.toml").with_data_folder(tmp_path / "var"))
    answer = create_app(library).test_client().get(f"/doc/{added['report']}/raw")
    assert answer.data == file.read_bytes()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{added["report"]}.{saved}"'
    assert answer.mimetype == ("text/plain" if saved == "txt" else "application/octet-stream")
    library.close()


def test_a_very_old_word_file_is_skipped_and_the_reason_says_what_to_do(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "总结.wps"
    file.write_bytes(compound_file({"WordDocument": b"\xec\xa5\x68\x00"}))
    (added,) = lines(run("add", str(file), "--json"))
    assert added["outcome"] == "skipped"
    assert added["reason"].startswith("old_office: ")
    assert ".docx" in added["reason"]
