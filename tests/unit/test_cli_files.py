"""``--format``: what a command lists, written as a file to standard output."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import Result

Run = Callable[..., Result]

COMMANDS = {
    "search": ("search", "驻点招商"),
    "compare": ("compare", "--theme", "招商引资", "--zone", "衡阳高新区", "--zone", "昆山经开区"),
    "gaps": ("gaps", "--zone", "衡阳高新区", "--with", "昆山经开区"),
    "figures": ("figures", "--indicator", "签约项目数"),
    "matrix": ("matrix", "--theme", "招商引资"),
}
WORD = ("search", "compare", "gaps")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_listing_command_writes_a_table_for_a_spreadsheet(built: Run, command: str) -> None:
    data = built(*COMMANDS[command], "--format", "csv").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbf")
    assert "引用前请核对原文" in data.decode("utf-8-sig")
    book = zipfile.ZipFile(io.BytesIO(built(*COMMANDS[command], "--format", "xlsx").stdout_bytes))
    assert "xl/worksheets/sheet1.xml" in book.namelist()


@pytest.mark.parametrize("command", WORD)
def test_search_compare_and_gaps_write_a_word_file(built: Run, command: str) -> None:
    paper = docx.Document(io.BytesIO(built(*COMMANDS[command], "--format", "docx").stdout_bytes))
    assert paper.paragraphs[0].text


@pytest.mark.parametrize("command", ["figures", "matrix"])
def test_what_is_only_numbers_makes_no_word_file(built: Run, command: str) -> None:
    result = built(*COMMANDS[command], "--format", "docx")
    assert result.exit_code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_format_json_says_what_json_says(built: Run, command: str) -> None:
    asked = COMMANDS[command]
    told = [json.loads(line) for line in built(*asked, "--format", "json").stdout.splitlines()]
    other = [json.loads(line) for line in built(*asked, "--json").stdout.splitlines()]
    for one in (*told, *other):
        one.pop("took_ms", None)
    assert told == other


def test_a_comparison_as_csv_holds_its_practices_and_sources(built: Run) -> None:
    text = built(*COMMANDS["compare"], "--format", "csv").stdout_bytes.decode("utf-8-sig")
    assert text.startswith("做法,几家有,衡阳高新区,昆山经开区\r\n")
    assert "[1]" in text


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_terminal_is_not_filled_with_bytes(tmp_path: Path, form: str) -> None:
    ours, theirs = pty.openpty()
    asked = [sys.executable, "-m", "indexer", *COMMANDS["search"], "--format", form, "--data", str(tmp_path)]
    try:
        done = subprocess.run(asked, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert f"请写进文件：在命令后面加 > 文件名.{form}" in done.stderr.decode()
