"""A build in shards is the build of one machine: whoever breaks off repeats, and nothing answers that isn't whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import duibiao
from indexer.errors import BadQuery, BadSetup, Busy, Damaged, NothingBuilt, OtherVersion
from indexer.ingest.sharding import Shard, shard_folder
from indexer.library import Library
from indexer.settings import Settings, load
from indexer.stores.builds import Builds
from indexer.tables import Tables
from tests.sharding import Pool, SharedInMemory, carry, contents, copy_archive, is_that_of, join, machines, make_shards
from tests.unit.pages import OTHER_WORK, WORK, a_page

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ("驻点招商", "飞地孵化器", "", '"专项债项目"', "全文:(链长 储备)", "明年怎样做好人才公寓")
PAGER = '<div class="page"><a href="next_1.html">下一页</a></div>'.encode()
FIRST = a_page("常德经开区2022年工作总结", ("一、工作成效", "在外地设立飞地孵化器两家，全年引进团队九个。"))
PAGES = {
    "hengyang.html": a_page("衡阳高新区2022年工作总结和2023年工作计划"),
    "mirror.html": a_page("衡阳高新区2022年工作总结和2023年工作计划", date="2023-02-01"),
    "masked.html": a_page("xx高新区2022年工作总结", [line.replace("86.5", "xx.x") for line in WORK]),
    "corrected.html": a_page("衡阳高新区2022年工作总结", [line.replace("86.5", "87.5") for line in WORK]),
    "kunshan.html": a_page("昆山经开区2022年工作总结和2023年工作计划", OTHER_WORK),
    "kunshan_again.html": a_page("昆山经开区2022年工作总结", OTHER_WORK),
    "first.html": FIRST.replace(b"</body>", PAGER + b"</body>"),
    "next_1.html": a_page("常德经开区2022年工作总结", ("二、重点举措", "压减审批环节，企业开办实现半天办结。")),
    "empty.html": b"<html><body></body></html>",
    "empty_too.html": b"<html><body> </body></html>",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """All pages, built by one machine once."""
    folder = tmp_path_factory.mktemp("pages")
    for name, page in PAGES.items():
        (folder / name).write_bytes(page)
    settings = load(ROOT / "config.toml").with_data_folder(tmp_path_factory.mktemp("whole"))
    with closing(Library(settings)) as library:
        list(library.add([str(folder)]))
        library.build()
    return settings


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pool:
    """Stands for the cluster, of every library."""
    made = Pool(tmp_path / "pool", Tables(ROOT / "corpus" / "tables").analyser)
    monkeypatch.setattr(Library, "_shared_index", lambda _, run, progress: made.index(run, progress))
    return made


@pytest.fixture
def whole(built: Settings) -> Iterator[Library]:
    with closing(Library(built)) as library:
        yield library


@pytest.fixture
def three(whole: Library, tmp_path: Path) -> list[Settings]:
    return machines(whole, tmp_path / "three", 3)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_a_build_in_shards_is_the_build_of_one_machine(whole: Library, pool: Pool, tmp_path: Path, count: int) -> None:
    settings = machines(whole, tmp_path / "several", count)
    make_shards(settings)
    join(carry(settings))
    copies = whole.clusters()
    assert sorted(len(one.reports) for one in copies) == [2, 4]
    is_that_of(whole, settings[0], QUESTIONS)
    assert not pool.passages, "what was shared is dropped"
    assert not list(shard_folder(settings[0].data_folder).glob("*.sqlite"))


def test_every_page_is_of_exactly_one_shard_and_new_versions_change_nothing(whole: Library) -> None:
    outlines = list(whole._open_archive().outlines())
    for of in (1, 2, 5):
        for one in outlines:
            mine = [number for number in range(1, of + 1) if Shard(number, of).holds(one)]
            assert len(mine) == 1
            assert Shard(mine[0], of).holds(replace(one, sha256="another"))


def test_a_shard_that_was_killed_is_repeated_and_so_may_be_one_that_wasnt(
    whole: Library, pool: Pool, three: list[Settings]
) -> None:
    make_shards(three, [1, 3])
    pool.breaks_after = 2
    with pytest.raises(KeyboardInterrupt):
        make_shards(three, [2])
    pool.breaks_after = None
    with pytest.raises(NothingBuilt, match="2/3"):
        join(carry(three))
    make_shards(three, [2])
    make_shards(three, [3])
    join(carry(three))
    is_that_of(whole, three[0], QUESTIONS)


def test_a_shard_that_is_missing_is_named_with_the_command_that_makes_it(
    whole: Library, pool: Pool, three: list[Settings]
) -> None:
    with pytest.raises(NothingBuilt, match="duibiao build --shard"):
        join(three[0])
    make_shards(three, [2])
    with pytest.raises(NothingBuilt, match=r"1/3.*3/3.*duibiao build --shard 1/3"):
        join(carry(three))
    assert not Builds(three[0].data_folder).is_serving()


def test_shards_of_two_ways_to_part_are_not_mixed(whole: Library, pool: Pool, three: list[Settings]) -> None:
    make_shards(three)
    make_shards(three[:2])
    with pytest.raises(NothingBuilt, match=r"1-of-2.*1-of-3"):
        join(carry(three))


def test_a_shard_made_with_another_dictionary_is_refused_with_the_command_that_mends_it(
    whole: Library, pool: Pool, three: list[Settings], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(three[1].corpus_folder, other)
    with (other / "lexicon.tsv").open("a", encoding="utf-8") as lexicon:
        lexicon.write("飞地孵化器\n")
    elsewhere = replace(three[1], data=replace(three[1].data, corpus=str(other)))
    make_shards([three[0], elsewhere, three[2]])
    with pytest.raises(OtherVersion, match=r"2/3.*lexicon\.tsv.*duibiao build --shard 2/3"):
        join(carry(three))
    make_shards(three, [2])
    join(carry(three))
    is_that_of(whole, three[0], QUESTIONS)


def test_a_shard_of_other_pages_is_refused(whole: Library, pool: Pool, three: list[Settings], tmp_path: Path) -> None:
    (tmp_path / "more.html").write_bytes(a_page("长春新区2022年工作总结", OTHER_WORK[:2]))
    with closing(Library(three[2])) as library:
        list(library.add([str(tmp_path / "more.html")]))
    make_shards(three)
    with pytest.raises(OtherVersion, match=r"3/3.*pages\.sqlite"):
        join(carry(three))


def test_a_file_under_the_name_of_another_shard_is_refused(whole: Library, pool: Pool, three: list[Settings]) -> None:
    make_shards(three)
    settings = carry(three)
    shutil.copy(Shard(1, 3).file(settings.data_folder), Shard(2, 3).file(settings.data_folder))
    with pytest.raises(OtherVersion, match="duibiao build --shard 2/3"):
        join(settings)


def test_passages_that_went_missing_on_the_cluster_are_found_out(
    whole: Library, pool: Pool, three: list[Settings]
) -> None:
    make_shards(three)
    settings = carry(three)
    (there,) = pool.passages.values()
    there.popitem()
    with pytest.raises(Damaged, match="--shard"):
        join(settings)
    assert not Builds(settings.data_folder).is_serving()
    pool.lose()
    make_shards(three, [1])
    with pytest.raises(Damaged, match=r"2/3.*3/3.*duibiao build --shard 2/3"):
        join(carry(three))
    make_shards(three, [2, 3])
    join(carry(three))
    is_that_of(whole, settings, QUESTIONS)


def test_a_file_of_a_shard_that_was_cut_is_named(whole: Library, pool: Pool, three: list[Settings]) -> None:
    make_shards(three)
    settings = carry(three)
    file = Shard(2, 3).file(settings.data_folder)
    kept = file.read_bytes()
    file.write_bytes(kept[:4096])
    with pytest.raises(Damaged, match="duibiao build --shard 2/3"):
        join(settings)
    file.write_bytes(kept)
    join(settings)
    is_that_of(whole, settings, QUESTIONS)


def test_a_build_after_shards_were_joined_reads_nothing_again(
    whole: Library, pool: Pool, three: list[Settings], tmp_path: Path
) -> None:
    make_shards(three)
    join(carry(three))
    (tmp_path / "new.html").write_bytes(a_page("长春新区2022年工作总结", OTHER_WORK[:2]))
    shutil.copytree(whole.settings.data_folder, tmp_path / "more")
    with closing(Library(whole.settings.with_data_folder(tmp_path / "more"))) as more:
        list(more.add([str(tmp_path / "new.html")]))
        more.build()
        copy_archive(more, three[0])
        read: list[int] = []
        with closing(Library(three[0])) as library:
            library.build(lambda stage, done, of: read.append(of) if stage == "read" else None)
        assert set(read) == {1}
        is_that_of(more, three[0], QUESTIONS)


def test_joining_leaves_the_build_before_where_it_fails(whole: Library, pool: Pool, three: list[Settings]) -> None:
    make_shards(three)
    settings = carry(three)
    join(settings)
    before = Builds(settings.data_folder).current()
    make_shards(three)
    (there,) = pool.passages.values()
    there.clear()
    with pytest.raises(Damaged):
        join(carry(three))
    assert Builds(settings.data_folder).current() == before
    is_that_of(whole, settings, QUESTIONS)


def test_the_same_shard_twice_at_a_time_is_refused(whole: Library, pool: Pool, three: list[Settings]) -> None:
    class Meanwhile(SharedInMemory):
        def identity(self) -> str:
            with closing(Library(three[0])) as second, pytest.raises(Busy, match="1/3"):
                second.build_shard(Shard(1, 3))
            refused.append(self.run)
            return super().identity()

    refused: list[str] = []
    kinds = iter([Meanwhile])
    pool.index = lambda run, _: next(kinds, SharedInMemory)(pool, run)  # type: ignore[method-assign]  # of this pool only
    with closing(Library(three[0])) as library:
        library.build_shard(Shard(1, 3))
    assert len(refused) == 1


def test_without_a_cluster_there_are_no_shards(whole: Library) -> None:
    with pytest.raises(BadSetup, match="opensearch"):
        whole.build_shard(Shard(1, 2))


@pytest.mark.parametrize("text", ["", "2", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b", "1/1001", "１/２", "01/3"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="2/4"):
        Shard.named(text)


def test_the_command_makes_shards_and_joins_them(
    whole: Library, pool: Pool, three: list[Settings], tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[data]\ncorpus = "{whole.settings.corpus_folder}"\n', encoding="utf-8")
    folder = ["--config", str(config), "--data", str(three[0].data_folder)]
    run = CliRunner().invoke
    for number in (1, 2):
        made = run(duibiao, ["build", "--shard", f"{number}/2", *folder])
        assert made.exit_code == 0, made.output
        assert f"{number}-of-2.sqlite" in made.output
    joined = run(duibiao, ["build", "--join", *folder])
    assert joined.exit_code == 0, joined.output
    assert run(duibiao, ["build", "--join", "--whole", *folder]).exit_code == 2
    assert "2/4" in run(duibiao, ["build", "--shard", "3/2", *folder]).output
    assert contents(three[0]) == contents(whole.settings)


def test_what_machines_added_apart_is_put_together_without_reading_it_again(
    whole: Library, pool: Pool, tmp_path: Path
) -> None:
    """As where each takes in the WARC files of some sites."""
    folder = tmp_path / "pages"
    for number, (name, page) in enumerate(sorted(PAGES.items())):
        there = folder / str(number % 2 if "next" not in name and "first" not in name else 0)
        there.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(page)
    apart = [whole.settings.with_data_folder(tmp_path / f"apart{number}") for number in range(2)]
    for number, settings in enumerate(apart):
        with closing(Library(settings)) as library:
            list(library.add([str(folder / str(number))]))
    read: list[int] = []
    with closing(Library(apart[0])) as library:
        added = list(library.add([str(tmp_path / "apart1" / "pages.sqlite")]))
        assert {one.outcome.value for one in added} == {"added", "skipped"}
        stats = library.build(lambda stage, done, of: read.append(of) if stage == "read" else None)
        assert set(read) == {0}
        assert (stats.reports, stats.passages, stats.skipped) == (
            whole.stats().reports,
            whole.stats().passages,
            whole.stats().skipped,
        )


@pytest.mark.slow
def test_the_sample_in_three_shards_is_the_sample_built_whole(pool: Pool, tmp_path: Path) -> None:
    settings = load(ROOT / "config.toml").with_data_folder(tmp_path / "whole")
    with closing(Library(settings)) as library:
        list(library.add([str(ROOT / "corpus" / "sample" / "pages")]))
        library.build()
        several = machines(library, tmp_path / "three", 3)
        make_shards(several)
        join(carry(several))
        assert library.clusters()
        is_that_of(library, several[0], QUESTIONS)
