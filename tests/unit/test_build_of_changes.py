"""A build reads and indexes what changed since the one before, and is the same as a build of everything."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.page import RawPage
from indexer.ingest import fingerprints
from indexer.ingest.reading_process import ReadingProcesses
from indexer.library import Library
from indexer.settings import DataSettings, Settings, load
from indexer.stores.builds import BuildFolder, Builds
from tests.unit.pages import OTHER_WORK, WORK, a_page, in_folder

ROOT = Path(__file__).resolve().parents[2]
CLOUD = ("一、工作成效", "在外地设立飞地孵化器两家，全年引进团队九个。", "二、下一步打算", "明年继续推进各项工作。")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With tables of their own, which a test may change."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for table in (ROOT / "corpus" / "tables").glob("*.*"):
        shutil.copy(table, corpus)
    of_all = load(ROOT / "config.toml")
    return replace(of_all, data=DataSettings(str(tmp_path / "var"), str(corpus)))


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    """Over two reports and a copy, built once."""
    with closing(Library(settings)) as library:
        list(library.add([str(in_folder(tmp_path / "pages"))]))
        library.build()
        yield library


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages that are read from now on."""
    names: list[str] = []
    reading = ReadingProcesses.read

    def noted(processes: ReadingProcesses, page: RawPage, beside: Any) -> Any:
        names.append(page.name)
        return reading(processes, page, beside)

    monkeypatch.setattr(ReadingProcesses, "read", noted)
    return names


def put(library: Library, folder: Path, name: str, page: bytes) -> None:
    (folder / name).write_bytes(page)
    list(library.add([str(folder / name)]))


def live(settings: Settings) -> BuildFolder:
    return Builds(settings.data_folder).live()[1]


def contents(folder: BuildFolder) -> dict[str, list[Any]]:
    """All rows of a catalogue but when it was made."""
    with closing(sqlite3.connect(folder.catalogue)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names if name != "fact"}


def answers(library: Library) -> list[Any]:
    questions = ("驻点招商", "飞地孵化器", "", '"专项债项目"')
    asked = [{"q": [question], "sort": [sort]} for question in questions for sort in ("relevance", "date")]
    return [replace(library.search(library.question(params)), took_ms=0) for params in asked]


def as_if_built_whole(library: Library, elsewhere: Path) -> tuple[dict[str, list[Any]], list[Any]]:
    """What a build of everything makes of the same archive."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(library.settings.data_folder, elsewhere, ignore=shutil.ignore_patterns("builds", "current"))
    with closing(Library(library.settings.with_data_folder(elsewhere))) as other:
        other.build(whole=True)
        return contents(live(other.settings)), answers(other)


@pytest.mark.slow
def test_after_every_change_a_build_is_that_of_everything(library: Library, tmp_path: Path, read: list[str]) -> None:
    folder = tmp_path / "pages"
    official = a_page("衡阳高新区2022年工作总结和2023年工作计划")
    official = official.replace(b"<head>", '<head><meta name="SiteName" content="衡阳高新区管委会">'.encode())
    (folder / "parts").mkdir()
    pager = '<div class="page"><a href="next_1.html">下一页</a></div>'.encode()
    steps: list[tuple[str, bytes]] = [
        ("new.html", a_page("长春新区2022年工作总结", CLOUD)),
        ("kunshan.html", a_page("昆山经开区2023年工作总结", (*OTHER_WORK, "专项债项目储备充足。"))),  # a new version
        ("masked.html", a_page("xx高新区2022年工作总结", [line.replace("86.5", "xx.x") for line in WORK])),  # a copy
        ("another.html", official),
        ("empty.html", b"<html><body></body></html>"),
        ("new.html", b"<html><body></body></html>"),  # its last version stays
        ("first.html", a_page("常德经开区2022年工作总结", CLOUD).replace(b"</body>", pager + b"</body>")),
        ("next_1.html", a_page("常德经开区2022年工作总结", OTHER_WORK)),
    ]
    for name, page in steps:
        read.clear()
        put(library, folder, name, page)
        library.build()
        assert len(read) <= 2, "the page that came, and one that had looked for it beside itself"
        here = contents(live(library.settings)), answers(library)
        assert here == as_if_built_whole(library, tmp_path / "whole"), name
    assert [one for one in library.check() if not one.well] == []


def test_what_did_not_change_is_neither_read_nor_written_again(
    library: Library, settings: Settings, tmp_path: Path, read: list[str]
) -> None:
    before = {path.name: path.stat().st_ino for path in live(settings).index.rglob("*.npy")}
    read.clear()
    put(library, tmp_path, "new.html", a_page("长春新区2022年工作总结", CLOUD))
    library.build()
    assert read == ["new.html"], "once, when it was added"
    inodes = {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}
    assert set(before.values()) < inodes, "the segment before is there as it was, beside a new one"
    read.clear()
    library.build(whole=True)
    assert len(read) == 4


def test_a_page_is_read_again_when_what_it_looked_for_beside_itself_has_come(
    library: Library, tmp_path: Path, read: list[str]
) -> None:
    put(
        library,
        tmp_path,
        "notice.html",
        a_page("关于印发总结的通知", ()).replace(b"</body>", b'<p><a href="report.txt">report.txt</a></p></body>'),
    )
    library.build()
    read.clear()
    library.build()
    assert read == []
    put(library, tmp_path, "report.txt", "衡阳高新区2022年工作总结\n全年驻点招商三十场，签约项目十二个。".encode())
    library.build()
    assert sorted(read) == ["notice.html", "report.txt"]


def change(settings: Settings, table: str, line: str) -> None:
    file = settings.corpus_folder / table
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")


def test_a_changed_table_of_the_reading_has_all_pages_read(
    library: Library, settings: Settings, read: list[str]
) -> None:
    before = {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}
    change(settings, "laundering.tsv", "# a remark")
    with closing(Library(settings)) as fresh:
        read.clear()
        fresh.build()
    assert len(read) == 3
    assert before == {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}, "nothing reads otherwise"


def test_a_changed_lexicon_has_all_indexed_and_none_read(library: Library, settings: Settings, read: list[str]) -> None:
    before = {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}
    change(settings, "lexicon.tsv", "链长制招商")
    with closing(Library(settings)) as fresh:
        read.clear()
        fresh.build()
    assert read == []
    assert not before & {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}


def test_another_program_reads_and_indexes_everything(
    library: Library, settings: Settings, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}
    monkeypatch.setattr(fingerprints, "_program", lambda *_: "another")
    read.clear()
    library.build()
    assert len(read) == 3
    assert not before & {path.stat().st_ino for path in live(settings).index.rglob("*.npy")}


def test_what_is_damaged_is_not_taken_over(library: Library, settings: Settings, read: list[str]) -> None:
    folder = live(settings)
    (row,) = folder.index.rglob("letters_row.npy")
    data = bytearray(row.read_bytes())
    data[-1] ^= 1
    row.write_bytes(data)
    with closing(sqlite3.connect(folder.catalogue)) as connection, connection:
        connection.execute(
            "UPDATE stored SET payload = replace(payload, '招商', '招尚') WHERE report IN "
            "(SELECT id FROM report WHERE title LIKE '昆山%')"
        )
    with closing(Library(settings)) as fresh:
        assert [one for one in fresh.check() if not one.well]
        read.clear()
        fresh.build()
        assert read == [], "the readings lie elsewhere, and are whole"
        assert [one for one in fresh.check() if not one.well] == []
        assert contents(live(settings)) == as_if_built_whole(fresh, settings.data_folder / "whole")[0]


def test_a_table_changed_after_the_build_is_told(library: Library, settings: Settings) -> None:
    assert library.stats().changed_tables == ()
    change(settings, "synonyms.tsv", "# it is put into questions, not into the index")
    assert library.stats().changed_tables == ()
    change(settings, "lexicon.tsv", "链长制招商")
    assert library.stats().changed_tables == ("lexicon.tsv",)
    (finding,) = (one for one in library.check() if not one.well)
    assert "lexicon.tsv 在建索引之后改过，请运行 duibiao build" in finding.message
    with closing(Library(settings)) as fresh:
        fresh.build()
        assert fresh.stats().changed_tables == ()


def test_a_running_library_reads_changed_tables_with_the_build_made_with_them(
    library: Library, settings: Settings
) -> None:
    def terms() -> str:
        return next(one.message for one in library.check() if one.part == "词表")

    library.stats()
    before = terms()
    change(settings, "lexicon.tsv", "链长制招商")
    with closing(Library(settings)) as other:
        other.build()
    assert terms() == before
    library.stats()
    assert int(terms().split("，")[-1].split()[0]) == int(before.split("，")[-1].split()[0]) + 1


def test_a_running_library_takes_over_changed_synonyms_with_the_next_build(
    library: Library, settings: Settings
) -> None:
    assert library.question({"q": ["云溪驿"]}).synonyms == ()
    change(settings, "synonyms.tsv", "X1\texact\t云溪驿\t云溪驿|云溪客栈\t")
    with closing(Library(settings)) as other:
        other.build()
    library.stats()
    assert [one.added for one in library.question({"q": ["云溪驿"]}).synonyms] == ["云溪客栈"]


@pytest.mark.parametrize("table", ["zones.tsv", "regions.tsv", "slogans.tsv", "synonyms.tsv", "pinyin.tsv"])
def test_check_names_the_table_that_nobody_can_read(settings: Settings, table: str) -> None:
    (settings.corpus_folder / table).write_bytes(b"\xff\xfe")
    with closing(Library(settings)) as fresh:
        (told,) = (one for one in fresh.check() if one.part == "词表")
    assert not told.well
    assert f"{table} 不是 UTF-8 文本" in told.message


@pytest.mark.parametrize("table", ["zones.tsv", "regions.tsv", "slogans.tsv", "synonyms.tsv"])
def test_check_names_the_table_with_a_line_that_does_not_fit(settings: Settings, table: str) -> None:
    change(settings, table, "一格")
    with closing(Library(settings)) as fresh:
        (told,) = (one for one in fresh.check() if one.part == "词表")
    assert not told.well
    assert f"{table} 有一行不合格式" in told.message


def test_a_damaged_reading_is_read_again(library: Library, settings: Settings, read: list[str]) -> None:
    with closing(sqlite3.connect(settings.data_folder / "readings.sqlite")) as connection, connection:
        connection.execute(
            "UPDATE reading SET payload = CAST(substr(payload, 1, length(payload) - 1) || x'00' AS BLOB)"
        )
    read.clear()
    library.build()
    assert len(read) == 3
    assert [one for one in library.check() if not one.well] == []


def test_readings_that_cannot_be_opened_are_put_aside(settings: Settings, tmp_path: Path, read: list[str]) -> None:
    settings.data_folder.mkdir(parents=True)
    (settings.data_folder / "readings.sqlite").write_bytes(b"no database" * 500)
    with closing(Library(settings)) as library:
        list(library.add([str(in_folder(tmp_path / "pages"))]))
        library.build()
        assert [one for one in library.check() if not one.well] == []
    assert (settings.data_folder / "readings.damaged").is_file()


def test_a_changed_comment_is_no_other_program_and_a_changed_line_is(tmp_path: Path) -> None:
    def meaning(source: str) -> bytes:
        return b"".join(fingerprints._meaning(compile(source, "a.py", "exec", optimize=2)))

    before = meaning('"""What it is for."""\nLIMIT = 3  # because\nNAMES = {"甲", "乙"}\n')
    assert meaning('"""Said otherwise."""\n\n# 2 was too few\nLIMIT = 3\nNAMES = {"甲", "乙"}\n') == before
    assert meaning('"""What it is for."""\nLIMIT = 4  # because\nNAMES = {"甲", "乙"}\n') != before
