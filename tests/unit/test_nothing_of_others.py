"""What others can write is never run or believed: files of an index, a cache in the common folder; and who may read."""

from __future__ import annotations

import os
import pickle
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from indexer.stores.builds import Builds
from indexer.text.analyser import Analyser

Run = Callable[..., Result]


class Runs:
    """What makes a folder where it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_a_table_of_an_index_that_is_a_pickle_is_not_loaded(built: Run, tmp_path: Path) -> None:
    index = Builds(tmp_path / "var").live()[1].index
    (table,) = index.glob("*.toc")
    table.write_bytes(pickle.dumps(Runs(tmp_path / "run")))
    for words in (("search", "招商"), ("check",), ("build",)):
        built(*words)
    assert not (tmp_path / "run").exists()


def test_a_dictionary_in_the_common_folder_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"no dictionary")
    assert Analyser(()).knows("招商")


def test_a_data_folder_is_its_owners(built: Run, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
