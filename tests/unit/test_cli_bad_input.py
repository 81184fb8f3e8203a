"""Whatever is put in: a clear sentence, the right status, nothing lost, no traceback."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.unit.pages import a_page

Run = Callable[..., Result]


def one_line(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def refused(result: Result, status: int = 1) -> str:
    """What stderr says: one sentence, in Chinese."""
    assert result.exit_code == status
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_a_missing_file_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(a_page("昆山经开区2022年工作总结"))
    result = run("add", str(tmp_path / "gone.html"), str(tmp_path / "a.html"), "--json")
    assert result.exit_code == 1
    gone, added = (json.loads(line) for line in result.stdout.splitlines())
    assert gone["outcome"] == "skipped"
    assert gone["reason"].startswith("missing_file: ")
    assert added["outcome"] == "added"
    assert run("read", str(tmp_path / "gone.html")).exit_code == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(random.Random(1).randbytes(5000)), "binary"),
        (random.Random(2).randbytes(300).replace(b"\0", b"\1") * 9, ""),
    ],
    ids=["empty", "binary", "no charset"],
)
def test_a_file_that_holds_no_text_is_skipped_with_its_reason(run: Run, tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(data)
    told = one_line(run("add", str(file), "--json"))
    assert told["outcome"] == "skipped"
    assert told["reason"].startswith(code)
    assert one_line(run("read", str(file)))["skipped"] == told["reason"]


def test_a_file_of_50_mb_is_not_even_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    told = one_line(run("add", str(file), "--json"))
    assert told["reason"].startswith("too_large: ")
    assert "reading.max_bytes" in told["reason"]


def test_a_pipe_is_refused_instead_of_waited_for(run: Run, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.html")
    result = run("add", str(tmp_path / "a.html"), "--json")
    assert result.exit_code == 1
    assert one_line(result)["reason"].startswith("not_a_file")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "招商" * 5000), "200"),
        (("search", "招商", "--zone", "火星高新区"), "火星高新区"),
        (("search", "招商", "--year", "去年"), "去年"),
        (("search", "招商", "--page", "-1"), "-1"),
        (("search", "招商", "--theme", "风水"), "风水"),
        (("search", "招商", "--status", "好"), "好"),
        (("search", "招商", "--sort", "随便"), "随便"),
        (("show", "000000000000"), "000000000000"),
        (("show", "../../etc/passwd"), "passwd"),
        (("compare", "--theme", "风水"), "风水"),
        (("compare", "--theme", "招商引资", "--zone", "火星高新区"), "火星高新区"),
        (("compare", "--theme", "招商引资", "--year", "3"), "3"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_a_sentence(built: Run, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(built(*arguments))


def test_unbalanced_quotes_are_read_as_words_with_a_warning(built: Run) -> None:
    result = built("search", '"驻点招商')
    assert result.exit_code == 0
    assert "引号" in result.stderr
    assert "涉及 2 份报告" in result.stdout


@pytest.mark.parametrize("command", [("search", "招商"), ("stats",), ("mirrors",), ("show", "abc")])
def test_before_the_first_build_one_is_told_what_to_do(run: Run, command: tuple[str, ...]) -> None:
    assert "duibiao build" in refused(run(*command))


def test_a_build_of_nothing_says_what_to_do_first(run: Run) -> None:
    assert "duibiao add" in refused(run("build"))


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scrambled(file: Path) -> None:
    file.write_bytes(random.Random(3).randbytes(5000))


@pytest.mark.slow
@pytest.mark.parametrize("harm", [_cut_short, _scrambled, Path.unlink], ids=["cut", "scrambled", "gone"])
@pytest.mark.parametrize("part", ["catalogue.sqlite", "index", "manifest.json"])
def test_a_damaged_build_is_told_from_a_whole_one_and_can_be_made_again(
    built: Run, tmp_path: Path, part: str, harm: Callable[[Path], None]
) -> None:
    before = built("search", "驻点招商", "--json").stdout
    (build,) = (tmp_path / "var" / "builds").iterdir()
    files = [build / part] if (build / part).is_file() else sorted(p for p in (build / part).rglob("*") if p.is_file())
    for file in files:
        harm(file)
    if part != "manifest.json" or harm is Path.unlink:  # what the manifest says is for people
        checked = built("check")
        assert checked.exit_code == 1
        assert "duibiao build" in checked.stdout
    for command in (("search", "驻点招商"), ("stats",)):
        result = built(*command)
        assert result.exit_code == 0 or "duibiao build" in refused(result)
    assert built("build").exit_code == 0
    after = json.loads(built("search", "驻点招商", "--json").stdout)
    assert after["hits"] == json.loads(before)["hits"]


def test_a_damaged_archive_is_refused_and_left_alone(built: Run, tmp_path: Path, pages: Path) -> None:
    file = tmp_path / "var" / "pages.sqlite"
    harmed = b"x" * file.stat().st_size
    file.write_bytes(harmed)
    for command in (("build",), ("add", str(pages))):
        assert "损坏" in refused(built(*command))
    assert file.read_bytes() == harmed
    assert built("search", "驻点招商").exit_code == 0


def test_an_unreadable_current_is_told_in_words(built: Run, tmp_path: Path) -> None:
    for name in (b"\xff\xfe", b"../..", b"9999"):
        (tmp_path / "var" / "current").write_bytes(name)
        assert "duibiao build" in refused(built("search", "招商"))
    assert built("build").exit_code == 0
    assert built("search", "招商").exit_code == 0


def test_a_wrong_config_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[serve]\nprot = 1")
    assert "prot" in refused(run("stats", "--config", str(tmp_path / "my.toml")))
    (tmp_path / "my.toml").write_text("[data]\ncorpus = 'nowhere'")
    assert "nowhere" in refused(run("search", "x", "--config", str(tmp_path / "my.toml")))


def test_an_unknown_option_is_a_usage_error(run: Run) -> None:
    assert run("search", "--colour", "red").exit_code == 2


def test_a_name_that_is_no_text_can_be_added_and_printed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (Path(str(folder)) / b"\xd7\xdc\xbd\xe1.html".decode("utf-8", "surrogateescape")).write_bytes(
        a_page("昆山经开区2022年总结")
    )
    told = one_line(run("add", str(folder), "--json"))
    assert told["outcome"] == "added"
    assert run("build").exit_code == 0
    assert run("show", told["report"]).exit_code == 0
