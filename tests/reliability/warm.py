"""The command in a child of this process, which has imported everything and read the tables: to start Python and read
them takes 3 s of CPU, what the attacks do in between .2 s.

What runs is the command itself (``indexer.cli``), in a session of its own as a shell would start it. The processes it
reads pages with are forked like it, keep no file of its open but their two pipes, and run what they always run
(``reading_process.main``). Fork from one thread only: call this where no other thread runs.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import indexer.tables
from indexer.cli import duibiao
from indexer.ingest import reading_process
from indexer.library import Library, parts
from indexer.settings import load
from tests.unit.pages import in_folder

ROOT = Path(__file__).resolve().parents[2]
_STANDARD = (0, 1, 2)


class Forked:
    """A child that does ``work`` and ends, as subprocess.Popen would know it. ``keep``: the only files left open."""

    def __init__(self, work: Callable[[], object], keep: Collection[int] = (), *, leads: bool = False) -> None:
        sys.stdout.flush()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _work(work, sorted({*_STANDARD, *keep}), leads=leads)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        until = time.monotonic() + (timeout if timeout is not None else 3_600)
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("a forked child", timeout or 0)
            time.sleep(0.001)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _work(work: Callable[[], object], keep: list[int], *, leads: bool) -> NoReturn:
    """In the child."""
    status = 70
    with suppress(BaseException):
        gc.freeze()  # what the parent had open must not be closed here once more
        if leads:
            os.setsid()
        for before, after in zip(keep, [*keep[1:], os.sysconf("SC_OPEN_MAX")], strict=True):
            os.closerange(before + 1, after)
        try:
            work()
            status = 0
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else int(left.code is not None)
        except BaseException:  # noqa: BLE001 — told as Python tells it at its end
            sys.excepthook(*sys.exc_info())
            status = 1
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def started(
    *words: str, output: Path | None = None, first: Callable[[], None] | None = None, keep: Collection[int] = ()
) -> Forked:
    """``duibiao`` with ``words``, leader of its session. ``output``: a folder for its stdout and stderr; ``first``:
    what it does before, ``keep``: the files that this needs."""

    def work() -> None:
        os.chdir(ROOT)
        for handle, name in ((1, "stdout"), (2, "stderr")):
            file = os.open(output / name if output else os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(file, handle)
        if first:
            first()
        duibiao.main(args=list(words), prog_name="duibiao")

    read_tables()
    return Forked(work, keep, leads=True)


def run(*words: str, first: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="duibiao-output-") as name:
        folder = Path(name)
        status = started(*words, output=folder, first=first).wait(300)
        stdout, stderr = ((folder / one).read_text(errors="replace") for one in ("stdout", "stderr"))
    return subprocess.CompletedProcess(words, status, stdout, stderr)


@cache
def _tables_of(folder: Path) -> indexer.tables.Tables:
    return indexer.tables.Tables(folder)


def _tables(folder: Path) -> indexer.tables.Tables:
    return _tables_of(folder.resolve())


@cache
def read_tables() -> None:
    """And import what is imported late, by adding and building three pages here, before anything is forked."""
    with tempfile.TemporaryDirectory(prefix="duibiao-warm-") as name:
        settings = load(ROOT / "config.toml").with_data_folder(Path(name) / "data")
        with closing(Library(settings)) as library:
            assert len(list(library.add([str(in_folder(Path(name) / "pages"))]))) == 3
            library.build()
            assert library.search(library.question({"q": ["招商"]})).hits
        reading_process.reading_processes(settings).close()


def _reader(command: list[str], stdin: int, pass_fds: tuple[int, int]) -> Forked:
    return Forked(lambda: reading_process.main(*command[-3:]), pass_fds)


# In place of what the modules import: that is why types are ignored.
parts.Tables = _tables  # type: ignore[attr-defined,assignment]
reading_process.reader_of = lambda settings: indexer.tables.reader_of(settings, _tables(settings.corpus_folder))  # type: ignore[attr-defined,assignment,misc]
reading_process.subprocess = SimpleNamespace(  # type: ignore[attr-defined,assignment]
    Popen=_reader, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired
)
