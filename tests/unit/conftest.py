"""What the tests of the command share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import duibiao
from indexer.library import Library
from tests.unit.pages import in_folder

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports and a copy of one as ``pages/``, and a data folder built over them as ``var/``: to be copied."""
    folder = tmp_path_factory.mktemp("made-once")
    with closing(Library.open(ROOT / "config.toml", folder / "var")) as library:
        assert all(one.report for one in library.add([str(in_folder(folder / "pages"))]))
        library.build()
    return folder


@pytest.fixture
def pages(made_once: Path) -> Path:
    """The folder that was added to what ``built`` and ``library`` are over; nobody writes to it."""
    return made_once / "pages"


@pytest.fixture
def duibiao_in() -> Callable[[Path], Run]:
    """The command over a data folder, in this process."""

    def over(data: Path) -> Run:
        def run(*arguments: str) -> Result:
            return CliRunner().invoke(duibiao, [*arguments, "--data", str(data)], catch_exceptions=False)

        return run

    return over


@pytest.fixture
def run(duibiao_in: Callable[[Path], Run], tmp_path: Path) -> Run:
    """The command over an empty data folder."""
    return duibiao_in(tmp_path / "var")


@pytest.fixture
def built(run: Run, made_once: Path, tmp_path: Path) -> Run:
    """The command over two reports and a copy of one."""
    shutil.copytree(made_once / "var", tmp_path / "var")
    return run
