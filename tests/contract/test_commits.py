"""An index that is changed: it answers as one made at once would, in every thread and process, whatever is killed."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.domain.query import Filters, Query, Sort, YearRange
from indexer.domain.report import Grade, Status
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.open_index import open_generation
from indexer.errors import Busy
from indexer.text.analyser import Analyser
from tests.contract.worlds import a_passage, ask, found

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("招商", "引资", "专项债", "园区", "企业", "开展", "的", "服务", "业务", "5G", "瑶", "溪", "，", "。")


def a_report(name: str, seed: int) -> list[IndexedPassage]:
    """A report of some passages; with another ``seed`` it says something else."""
    choose = random.Random(seed)
    day = date(2020, 1, 1 + choose.randrange(3)) if choose.random() < 0.7 else None
    zone = choose.choice(("云溪高新区", "石门经开区", None))
    shared: dict[str, Any] = {
        "title": f"{zone or '某区'}总结", "zone": zone, "zone_type": choose.choice(("高新区", None)),
        "year": choose.choice((2018, 2019, 2024, None)), "published_on": day, "grade": choose.choice(list(Grade)),
    }  # fmt: skip
    made = []
    for seq in sorted(choose.sample(range(12), choose.randint(1, 6))):
        text = "".join(choose.choices(WORDS, k=choose.randint(1, 12)))
        restored = text.replace("开展", "发展") if choose.random() < 0.3 else None
        themes = tuple(choose.sample(("招商引资", "专项债"), choose.randrange(3)))
        made.append(
            a_passage(f"{name}:{seq}", text, restored=restored, status=choose.choice(list(Status)), themes=themes)
        )
    return [replace(passage, **shared) for passage in made]


questions = [
    ask(text, sort=sort, by_report=by_report, filters=filters, limit=limit)
    for text, limit in (
        ("招商", 50), ("", 7), ("引资 OR 5g OR 的", 20), ("-招商", 20), ("瑶溪", 50), ("发展", 20), ('"商引"', 20),
        ("标题:云溪高新区 服务", 20), ("全文:专项债 园区", 20), ("云溪高新区 业务", 20),
    )
    for sort, by_report in ((Sort.RELEVANCE, True), (Sort.RELEVANCE, False), (Sort.DATE, False))
    for filters in (Filters(), Filters.of(zone=("石门经开区",), years=(YearRange(2019, 2024),), unknown_year=True))
]  # fmt: skip

names = st.sampled_from("abcdefgh")
changes = st.lists(
    st.tuples(st.dictionaries(names, st.integers(0, 10**6), max_size=4), st.sets(names, max_size=3)),
    min_size=1,
    max_size=8,
)


def untimed(page: ResultPage) -> ResultPage:
    return replace(page, took_ms=0)


@pytest.mark.slow
@settings(max_examples=40)
@given(changes, st.sampled_from([0, 2, 10**9]))
def test_after_any_changes_every_answer_is_that_of_an_index_made_at_once(
    analyser: Analyser, drawn: list[tuple[dict[str, int], set[str]]], much_larger: int
) -> None:
    """Whether segments are merged as they are or (by ``much_larger``) never, or all of them at every commit."""
    world: dict[str, list[IndexedPassage]] = {}
    memory = MemoryEngine(analyser)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.engines.whoosh.commits._MUCH_LARGER", much_larger)
        changed, at_once = (WhooshEngine(Path(folder) / name, analyser) for name in ("changed", "at once"))
        for added, gone in drawn:
            passages = [passage for name, seed in added.items() for passage in a_report(name, seed)]
            for engine in (changed, memory):
                engine.change(passages, gone)
            world = {name: said for name, said in world.items() if name not in gone}
            world |= {name: a_report(name, seed) for name, seed in added.items()}
        at_once.replace_all(passage for said in world.values() for passage in said)
        for query in questions:
            expected = untimed(at_once.search(query))
            assert untimed(changed.search(query)) == expected
            assert untimed(memory.search(query)) == expected
        changed.close()
        at_once.close()


def segments(folder: Path) -> list[tuple[int, int]]:
    """(live, deleted) passages of each segment."""
    return [(one.doc_count(), one.deleted_count()) for one in open_generation(folder).tables]


@pytest.mark.slow
def test_the_segments_stay_few_and_each_is_twice_the_next(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    for number in range(70):
        engine.change([a_passage(f"r{number:02}", "招商")])
        sizes = [live for live, _ in segments(tmp_path)]
        assert sum(sizes) == number + 1
        assert all(larger >= 2 * smaller for larger, smaller in pairwise(sizes))
    folders = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert len(folders) == len(sizes), "no segment is left that nobody names"
    assert len(list(tmp_path.glob("*.toc"))) == 1
    engine.close()


def test_a_segment_of_which_more_than_half_is_deleted_is_written_anew(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all(a_passage(f"r{number}", "招商") for number in range(8))
    engine.change([], without=[f"r{number}" for number in range(4)])
    assert segments(tmp_path) == [(4, 4)]
    engine.change([], without=["r5"])
    assert segments(tmp_path) == [(3, 0)]
    engine.change([], without=["r4", "r6", "r7"])
    assert segments(tmp_path) == []
    engine.close()


def test_what_does_not_change_is_not_opened_again(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all(a_passage(f"r{number}", "招商") for number in range(8))
    before = open_generation(tmp_path)
    engine.change([a_passage("new", "招商")], without=["r3"])
    (large,) = before.segments
    after = open_generation(tmp_path, before)
    assert after.segments[large] is before.segments[large]
    assert open_generation(tmp_path, after) is after
    engine.close()


def test_a_second_writer_is_told_to_wait_and_a_reader_is_not(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all([a_passage("r1", "招商")])
    with index_files.writing(tmp_path):
        for write in (engine.replace_all, engine.change):
            with pytest.raises(Busy, match="再试"):
                write([a_passage("r2", "招商")])
        assert found(engine.search(ask("招商"))) == ["r1"]
    engine.change([a_passage("r2", "招商")])
    assert found(engine.search(ask("招商"))) == ["r1", "r2"]
    engine.close()


def test_a_change_that_fails_leaves_everything_as_it_was(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all([a_passage("old", "招商")])
    there = sorted(tmp_path.rglob("*"))
    broken = replace(a_passage("new", "招商"), themes=(object(),))  # type: ignore[arg-type]  # nothing that can be written
    with pytest.raises(TypeError):
        engine.change([broken], without=["old"])
    assert found(engine.search(ask("招商"))) == ["old"]
    assert sorted(tmp_path.rglob("*")) == there
    engine.close()


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_an_index_is_copied_where_there_are_no_hard_links(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    engine = WhooshEngine(tmp_path / "one", analyser)
    engine.replace_all([a_passage("r1", "招商")])
    engine.close()
    monkeypatch.setattr(os, "link", refused)
    index_files.link(tmp_path / "one", tmp_path / "two")
    copied = WhooshEngine(tmp_path / "two", analyser)
    assert found(copied.search(ask("招商"))) == ["r1"]
    copied.close()


def test_an_index_linked_into_another_folder_is_changed_there_alone(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "one", analyser)
    engine.replace_all([a_passage("r1", "招商"), a_passage("r2", "招商"), a_passage("r3", "招商")])
    index_files.link(tmp_path / "one", tmp_path / "two")
    other = WhooshEngine(tmp_path / "two", analyser)
    other.change([a_passage("r4", "招商")], without=["r1", "r2"])
    assert found(other.search(ask("招商"))) == ["r3", "r4"]
    assert found(engine.search(ask("招商"))) == ["r1", "r2", "r3"]
    index_files.check(tmp_path / "one", index_files.read(tmp_path / "one"), thoroughly=True)
    engine.close()
    other.close()


# --- killed ---

CHANGING = """
    import sys, time
    from pathlib import Path
    from indexer.engines.whoosh import commits, index_files
    from indexer.engines.whoosh.engine import WhooshEngine
    from indexer.text.analyser import Analyser
    from tests.contract.worlds import a_passage

    def stop(*_):
        print("now", flush=True)
        time.sleep(60)

    engine = WhooshEngine(Path(sys.argv[1]), Analyser([]), {progress})
    {moment}
    engine.change([a_passage("new", "招商"), a_passage("r0", "招商")], without=["r1"])
"""


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("", False),  # while passages are written
        ("commits.TOC.write = stop", False),
        ("commits.index_files.seal = stop", False),
        ("index_files.os.fsync = stop", False),
        ("Path.replace = stop", False),
        ("commits.index_files.sweep = stop", True),
    ],
)
@pytest.mark.slow
def test_a_change_killed_at_any_moment_is_made_or_not_made(
    analyser: Analyser, tmp_path: Path, moment: str, counts: bool
) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all([a_passage(f"r{number}", "招商工作") for number in range(3)])
    script = textwrap.dedent(CHANGING).format(progress="None" if moment else "stop", moment=moment)
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"now\n"
        with pytest.raises(Busy):
            engine.change([])
        child.send_signal(signal.SIGKILL)
    expected = ["new", "r0", "r2"] if counts else ["r0", "r1", "r2"]
    for asked in (engine, WhooshEngine(tmp_path, analyser)):
        assert sorted(found(asked.search(ask("招商")))) == expected
        asked.close()
    engine.change([a_passage("more", "招商")])
    assert sorted(found(engine.search(ask("招商")))) == sorted([*expected, "more"])
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == open_generation(tmp_path).segments.keys()
    assert len(list(tmp_path.glob("*.toc*"))) == len(list(tmp_path.glob("manifest.json*"))) == 1
    engine.close()


# --- several processes ---

COMMITS = 40


def world(number: int) -> dict[str, int]:
    """Report → seed, after so many commits: one comes with each, some say something new, some go."""
    reports: dict[str, int] = {}
    for step in range(number + 1):
        reports |= {f"r{step:02}": step, f"r{step * 7 % (step + 1):02}": 1000 + step}
        reports.pop(f"r{step * 5 % 11:02}", None)
        reports["count"] = step
    return reports


def change_there(folder: Path) -> None:
    engine = WhooshEngine(folder, Analyser([]))
    before = world(0)
    for number in range(1, COMMITS + 1):
        after = world(number)
        changed = {name: seed for name, seed in after.items() if before.get(name) != seed}
        engine.change(passages_of(changed), before.keys() - after.keys())
        before = after
    engine.close()


def passages_of(reports: dict[str, int]) -> list[IndexedPassage]:
    return [
        passage
        for name, seed in reports.items()
        for passage in ([a_passage(name, f"第{seed}次招商")] if name == "count" else a_report(name, seed))
    ]


def ask_there(folder: Path) -> list[tuple[int, int]]:
    """The (number of the commit, number of the question) of each answer, as long as commits come."""
    engine = WhooshEngine(folder, Analyser([]))
    answers: list[tuple[int, int]] = []
    for question in range(10**9):
        everything = untimed(engine.search(Query(limit=10_000)))
        (count,) = (hit.passage.text for hit in everything.hits if hit.passage.report == "count")
        number = int(count.removeprefix("第").removesuffix("次招商"))
        right = {passage.id: passage for passage in passages_of(world(number))}
        assert {hit.passage.id: hit.passage for hit in everything.hits} == right
        assert everything.total == len(right)
        assert len(answers) == 0 or number >= answers[-1][0], "an older state after a newer one"
        answers.append((number, question))
        if number == COMMITS:
            break
    engine.close()
    return answers


@pytest.mark.slow
def test_processes_that_ask_see_each_commit_of_another_whole_and_never_an_older_one_again(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, Analyser([]))
    engine.replace_all(passages_of(world(0)))
    engine.close()
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        asking = [processes.submit(ask_there, tmp_path) for _ in range(2)]
        processes.submit(change_there, tmp_path).result(timeout=120)
        seen = [number for one in asking for number, _ in one.result(timeout=60)]
    assert len(set(seen)) > 3, "they were asked while commits came"


def test_files_removed_while_they_are_opened_are_looked_for_in_the_newer_generation(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = WhooshEngine(tmp_path, analyser), WhooshEngine(tmp_path, analyser)
    writer.replace_all([a_passage("old", "招商")])
    read = index_files.read

    def slow(folder: Path) -> index_files.Manifest:
        manifest = read(folder)
        monkeypatch.setattr(index_files, "read", read)
        writer.replace_all([a_passage("new", "招商")])
        return manifest

    monkeypatch.setattr(index_files, "read", slow)
    assert found(reader.search(ask("招商"))) == ["new"]
    reader.close()
    writer.close()
