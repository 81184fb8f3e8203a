"""Builds are made beside each other: whatever happens to one, the one before goes on serving."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.domain.page import Restoration
from indexer.domain.report import Status
from indexer.domain.spans import Span
from indexer.errors import BadQuery, Busy, NoIndex
from indexer.ingest import build
from indexer.library import Library
from indexer.settings import Settings, load
from indexer.stores.builds import Builds
from tests.unit.pages import a_page
from tests.unit.stored import a_stored

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(ROOT / "config.toml").with_data_folder(tmp_path / "var")


@pytest.fixture
def library(settings: Settings, made_once: Path) -> Iterator[Library]:
    """Over two reports and a copy, built once."""
    shutil.copytree(made_once / "var", settings.data_folder)
    with closing(Library(settings)) as library:
        yield library


def build_elsewhere(library: Library) -> None:
    """As another process would, over the same data folder."""
    with closing(Library(library.settings)) as other:
        other.build()


def total(library: Library, question: str = "驻点招商") -> int:
    """Passages that answer in full: behind so few stand those that come nearest."""
    found = library.search(library.question({"q": [question]}))
    return found.total if found.full is None else found.full


def add_page(library: Library, folder: Path, name: str, title: str, text: str) -> None:
    (folder / name).write_bytes(a_page(title, ["一、工作成效", text, "二、下一步打算", "明年继续推进各项工作。"]))
    list(library.add([str(folder / name)]))


def test_a_running_library_notices_a_new_build(library: Library, tmp_path: Path) -> None:
    assert total(library, "飞地孵化器") == 0
    add_page(library, tmp_path, "new.html", "长春新区2022年工作总结", "在外地设立飞地孵化器两家，全年引进团队九个。")
    assert total(library, "飞地孵化器") == 0, "what is added is found only after the build"
    build_elsewhere(library)
    assert total(library, "飞地孵化器") == 1


def test_questions_are_answered_while_builds_are_swapped(library: Library) -> None:
    stop = threading.Event()
    answers: list[int] = []

    def ask() -> None:
        while not stop.is_set():
            answers.append(total(library))
            library.stats()

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        for _ in range(3):
            build_elsewhere(library)
        stop.set()
        for one in asking:
            one.result()  # raises what was raised there
    assert len(answers) > 3
    assert set(answers) == {2}


def test_a_question_that_has_begun_is_answered_though_its_build_is_swept_away(library: Library) -> None:
    with library.one_build():
        before = library.stats().built_at  # opens the build
        build_elsewhere(library)
        build_elsewhere(library)
        assert total(library) > 0
        assert library.stats().built_at == before
    assert library.stats().built_at != before


def test_only_the_live_build_and_the_one_before_are_kept(library: Library, tmp_path: Path) -> None:
    for _ in range(3):
        library.build()
    assert sorted(one.name for one in (tmp_path / "var" / "builds").iterdir()) == ["0003", "0004"]


def test_a_second_build_at_the_same_time_is_refused(library: Library, tmp_path: Path) -> None:
    with (tmp_path / "var" / "build.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="duibiao build"):
            library.build()
    library.build()


def test_a_build_that_fails_leaves_the_old_one_and_no_rest(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = Builds(tmp_path / "var").current()
    monkeypatch.setattr(build, "cluster", failing)
    with pytest.raises(NoIndex, match="No space"):
        library.build()
    assert Builds(tmp_path / "var").current() == before
    assert [one.name for one in (tmp_path / "var" / "builds").iterdir()] == [before]
    assert total(library) == 2


def test_a_build_puts_a_name_in_place_of_one_that_nobody_can_read(library: Library, tmp_path: Path) -> None:
    (tmp_path / "var" / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(NoIndex, match="duibiao build"):
        total(library)
    library.build()
    assert total(library) == 2


def test_a_page_skipped_in_a_build_is_counted_with_its_reason(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"<html><body></body></html>")
    list(library.add([str(tmp_path / "empty.html")]))
    assert library.build().skipped == 1
    ((key, code, _),) = library.skipped()
    assert key.endswith("empty.html")
    assert code


def test_a_report_can_be_followed_back_to_its_bytes(library: Library, pages: Path) -> None:
    report = library.search(library.question({"zone": ["昆山经开区"]})).hits[0].passage.report
    assert library.raw(report) == ((pages / "kunshan.html").read_bytes(), "utf-8")


def test_zones_come_with_their_reports_and_copies_count_once(library: Library) -> None:
    assert {(label, zone.province if zone else None, count) for label, zone, count in library.zones()} == {
        ("衡阳高新区", "湖南", 1),
        ("昆山经开区", "江苏", 1),
    }


def test_a_laundered_passage_is_indexed_with_its_words_put_back() -> None:
    stored = a_stored("a", (Status.MEASURE, "先说一句。", ()), (Status.MEASURE, "大力开展产业。", ()))
    at = stored.report.text.index("开展")
    report = replace(stored.report, restorations=(Restoration(Span(at, at + 2), "发展"),))
    first, second = build.indexed_passages(replace(stored, report=report))
    assert first.restored is None
    assert (second.text, second.restored) == ("大力开展产业。", "大力发展产业。")


def test_a_passage_is_indexed_with_level_and_site_of_its_report() -> None:
    stored = a_stored("a", (Status.MEASURE, "先说一句。", ()))
    told = replace(stored.report, url="http://www.jia.example/1.html", zone=replace(stored.report.zone, level="省级"))
    (passage,) = build.indexed_passages(replace(stored, report=told))
    assert (passage.level, passage.site) == ("省级", "jia.example")


def test_a_site_or_level_that_the_build_has_not_is_refused_with_those_it_has(library: Library, tmp_path: Path) -> None:
    page = a_page("长春新区2022年工作总结", ["一、工作成效", "在外地设立飞地孵化器两家，全年引进团队九个。"])
    told = b'<meta name="Url" content="http://www.cc.example/1.html"><title>'
    (tmp_path / "new.html").write_bytes(page.replace(b"<title>", told))
    list(library.add([str(tmp_path / "new.html")]))
    library.build()
    assert library.question({"site": ["WWW.cc.example"], "level": ["国家级"]}).filters.values("site") == ("cc.example",)
    with pytest.raises(BadQuery, match=r"没有“无此站\.example”这个来源网站，可用：cc\.example。"):
        library.question({"site": ["无此站.example"]})
    with pytest.raises(BadQuery, match="没有“宇宙级”这个级别，可用：国家级。"):
        library.question({"level": ["宇宙级"]})


# --- killed ---


def start_build(data: Path, config: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "indexer", "build", "--data", str(data), "--config", str(config), *options]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def kill_at(process: subprocess.Popen[str], line: str, later: float = 0.0) -> None:
    """SIGKILL once it tells ``line`` of its progress."""
    assert process.stderr is not None
    with process:
        for told in process.stderr:
            if told.startswith(line):
                time.sleep(later)
                process.kill()
                return
        raise AssertionError(f"the build never said {line}")


@pytest.fixture
def two_processes(tmp_path: Path) -> Path:
    """Settings with which two processes read the pages."""
    file = tmp_path / "config.toml"
    file.write_text(f"[data]\ncorpus = '{ROOT / 'corpus' / 'tables'}'\n[reading]\nparallel_above = 2\n")
    return file


@pytest.mark.parametrize(
    ("line", "later", "options"),
    [
        ("读网页 1", 0.0, ["--whole"]),  # else nothing is left to read: `add` has read it
        ("入目录 3", 0.01, []),
        ("建索引 2", 0.0, []),
        ("启用 0", 0.002, []),
    ],
)
@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_old_one_serving(
    library: Library, tmp_path: Path, line: str, later: float, options: list[str]
) -> None:
    data = tmp_path / "var"
    add_page(library, tmp_path, "new.html", "长春新区2022年工作总结", "在外地设立飞地孵化器两家，全年引进团队九个。")
    kill_at(start_build(data, ROOT / "config.toml", *options), line, later)
    number = Builds(data).current()
    with closing(Library(library.settings)) as fresh:
        assert (total(fresh), total(fresh, "飞地孵化器")) == ((2, 0) if number == "0001" else (2, 1))
        assert [one for one in fresh.check() if not one.well] == []
        fresh.build()
        assert total(fresh, "飞地孵化器") == 1
    assert len(list((data / "builds").iterdir())) <= 2


@pytest.mark.slow
def test_the_helpers_of_a_killed_build_end_with_it(library: Library, tmp_path: Path, two_processes: Path) -> None:
    process = start_build(tmp_path / "var", two_processes, "--whole")
    kill_at(process, "读网页 1")
    until = time.monotonic() + 10
    while left := descendants_running(str(tmp_path / "var")):
        assert time.monotonic() < until, f"still running: {left}"
        time.sleep(0.05)
    library.build()


def descendants_running(data: str) -> list[int]:
    """Processes that hold a file of the data folder open or were started for it."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            handles = [str(one.readlink()) for one in (folder / "fd").iterdir()]
            words = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # ended meanwhile, or not ours to look at
        if data in words or any(handle.startswith(data) for handle in handles):
            found.append(int(folder.name))
    return found


@pytest.mark.slow
def test_two_processes_read_the_same_as_one(library: Library, tmp_path: Path, two_processes: Path) -> None:
    report = library.search(library.question({"zone": ["昆山经开区"]})).hits[0].passage.report
    alone = library.report(report)
    options = ("--whole", "--data", str(tmp_path / "var"), "--config", str(two_processes))
    command = [sys.executable, "-m", "indexer", "build", *options]
    parallel = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "3 份报告" in parallel.stdout
    assert library.report(report) == alone
    manifest = json.loads((tmp_path / "var" / "builds" / "0002" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["reports"] == 3


def test_skipped_pages_of_one_name_from_two_folders_are_both_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are named as the user named them, and that name stands for two pages."""
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "short.txt").write_text("太短", "utf-8")
        monkeypatch.chdir(tmp_path / folder)
        list(library.add(["short.txt"]))
    library.build()
    assert [key for key, code, _ in library.skipped() if code == "no_body"] == [
        str(tmp_path / folder / "short.txt") for folder in ("east", "west")
    ]


def test_suggestions_come_with_the_build_that_serves(library: Library, tmp_path: Path) -> None:
    assert library.suggest({"q": ["hengyang"]})[0].text == "衡阳高新区"
    add_page(library, tmp_path, "new.html", "长春新区2022年工作总结", "设立飞地孵化器两家，全年引进团队九个。")
    assert library.suggest({"q": ["changchun"]}) == ()
    build_elsewhere(library)
    assert library.suggest({"q": ["changchun"]})[0].text == "长春新区"


def test_suggestions_respect_the_filters_beside_them(library: Library) -> None:
    def offered(**params: list[str]) -> list[tuple[str, int]]:
        return [(one.text, one.count) for one in library.suggest({"q": ["zhudian"], **params})]

    assert offered() == [("驻点招商", 2)]
    assert offered(zone=["昆山经开区"]) == [("驻点招商", 1)]
    assert offered(year=["2021"]) == []
    assert [one.text for one in library.suggest({"q": ["链长制 zhudian"]})] == ["链长制 驻点招商"]


def test_a_build_of_a_time_before_suggestions_serves_without_them_and_check_says_so(
    library: Library, tmp_path: Path
) -> None:
    (live,) = (tmp_path / "var" / "builds").iterdir()
    shutil.rmtree(live / "suggestions")
    with closing(Library(library.settings)) as fresh:
        assert total(fresh) == 2
        assert fresh.suggest({"q": ["招"]}) == ()
        query = fresh.question({"q": ["住点招商"]})
        assert fresh.meant(query, fresh.search(query)) == ()
        assert [one.message for one in fresh.check() if "联想" in one.message and "duibiao build" in one.message]


def test_damaged_suggestions_are_told_and_searches_go_on(library: Library, tmp_path: Path) -> None:
    (live,) = (tmp_path / "var" / "builds").iterdir()
    (live / "suggestions" / "keys.bytes").write_bytes(b"")
    with closing(Library(library.settings)) as fresh:
        query = fresh.question({"q": ["住点招商"]})
        assert fresh.meant(query, fresh.search(query)) == ()
        with pytest.raises(NoIndex, match="duibiao build"):
            fresh.suggest({"q": ["招"]})
        assert [one for one in fresh.check() if not one.well]
