"""What the tests of the command share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import tables
from indexer.cli import duibiao
from indexer.text.analyser import Analyser
from tests.unit.pages import in_folder

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def one_analyser() -> Callable[..., Analyser]:
    """Loading jieba's dictionary takes .7 s, and each command does it anew."""
    return cache(Analyser)


@pytest.fixture
def duibiao_in(monkeypatch: pytest.MonkeyPatch, one_analyser: Callable[..., Analyser]) -> Callable[[Path], Run]:
    """The command over a data folder, in this process."""
    monkeypatch.setattr(tables, "Analyser", one_analyser)

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
def built(run: Run, tmp_path: Path) -> Run:
    """The command over two reports and a copy of one."""
    assert run("add", str(in_folder(tmp_path / "pages"))).exit_code == 0
    assert run("build").exit_code == 0
    return run
