"""Only what was named is taken in, and a name can't forge what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import duibiao
from indexer.cli.terminal import printable
from indexer.ingest.inputs import files_of
from tests.unit.pages import a_page


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.html").write_bytes(a_page("澄江高新区工作总结"))
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / "own.html").write_bytes(a_page("宁溪高新区工作总结"))
    (folder / "inside.html").symlink_to(folder / "own.html")
    (folder / "outside.html").symlink_to(tmp_path / "elsewhere.html")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    assert [file.name for file in files_of(folder)] == ["inside.html", "own.html"]
    assert list(files_of(folder / "outside.html"))  # named itself


def test_an_empty_path_is_not_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(a_page("宁溪高新区工作总结"))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(duibiao, ["add", "", "--data", str(tmp_path / "var")])
    assert done.exit_code == 1
    assert "路径是空的" in done.output


def test_control_characters_of_a_name_are_written_out(tmp_path: Path) -> None:
    assert printable("总结\x1b[2J\n新增.html") == "总结\\x1b[2J\\n新增.html"
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / "a\x1b]0;x\x07\n新增.html").write_bytes(a_page("宁溪高新区工作总结"))
    (folder / "b.\x1b[2J\n好").write_bytes(b"of no kind that is read")
    done = CliRunner().invoke(duibiao, ["add", str(folder), "--data", str(tmp_path / "var")])
    assert "\x1b" not in done.output
    assert len(done.output.strip().splitlines()) == 3  # the page, the count, the file that was passed over
