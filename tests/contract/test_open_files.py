"""An open index holds few files, lets go of them at once, and says so where there are no more to be had."""

from __future__ import annotations

import errno
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.codec import SegmentArrays
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.open_index import open_generation
from indexer.errors import NoIndex
from indexer.stores import array_files
from indexer.text.analyser import Analyser
from tests.contract.worlds import a_passage, ask, found


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing is freed but what nobody refers to, as of what a server froze before it forked."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.slow
def test_what_commits_replace_is_closed_at_once(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Segments that waited for the collector held 3,000 files after 200 commits; 1,024 are allowed."""
    monkeypatch.setattr(array_files, "_SMALL", 0)  # everything is mapped
    engine = WhooshEngine(tmp_path, analyser)
    with without_collector():
        before = open_files()
        for number in range(8):
            engine.change([a_passage(f"r{number}", "招商")])
            assert found(engine.search(ask("招商"))) == [f"r{n}" for n in range(number + 1)]
        segment = (open_files() - before) / len(open_generation(tmp_path).tables)
        assert segment > 20, "they are mapped"
        for number in range(8, 64):
            engine.change([a_passage(f"r{number}", "招商")])
            engine.search(ask("招商"))
        assert open_files() - before <= segment * len(open_generation(tmp_path).tables)
        engine.close()
        assert open_files() == before


def test_a_small_segment_holds_no_files_open(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    before = open_files()
    engine.replace_all([a_passage("r1", "招商"), a_passage("r2", "服务企业")])
    assert found(engine.search(ask("招商"))) == ["r1"]
    assert open_files() == before
    engine.close()


def test_an_index_that_may_not_be_opened_is_not_called_damaged(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all([a_passage("r1", "招商")])
    full = OSError(errno.EMFILE, "Too many open files")
    for where, name in ((index_files, "_sha256"), (SegmentArrays, "opened")):
        with monkeypatch.context() as patch:
            patch.setattr(where, name, raising(full))
            with pytest.raises(NoIndex, match=r"打不开索引.*Too many open files.*ulimit"):
                engine.search(ask("招商"))
    assert found(engine.search(ask("招商"))) == ["r1"]
    engine.close()


def raising(error: OSError) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail
