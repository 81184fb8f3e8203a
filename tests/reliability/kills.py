"""kill -9 at a random moment of add, build, commit, merge, swap and crawl.

Afterwards the folder answers as before or as after, nothing is lost or there twice, no process is left, and the next
run makes what an undisturbed one makes."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from indexer.engines.whoosh import engine
from indexer.stores.builds import Builds
from tests.crawl.site_server import PER_LIST, config
from tests.reliability.bench import asked, generator, run, site_of_its_own, state, told, work_folder, write_pages, wrong
from tests.reliability.warm import Forked, started

_REPORTS = PER_LIST + 10  # of the site that is crawled: two lists
_CONCURRENCY = 2
Within = tuple[object, str]  # (module or class, name of the function)


@dataclass(frozen=True, slots=True)
class _Kind:
    """``words`` on the folder ``stage``, killed anywhere, or ``within`` a function; then it answers as one of ``may``.
    ``end``: as what at last, once the pages are added again and built."""

    stage: str
    words: tuple[str, ...]
    may: tuple[str, ...]
    end: str = "after"
    within: Within | None = None


_BOTH = ("built", "after")
_KINDS = {
    "add": _Kind("built", ("add", "PAGES"), ("built",)),
    "first build": _Kind("added", ("build",), ("added", "built"), "built"),
    "build": _Kind("more", ("build",), _BOTH),
    "whole build": _Kind("more", ("build", "--whole"), _BOTH),
    "commit": _Kind("few", ("build",), ("built", "after few"), "after few", (engine, "commit")),
    "commit with merge": _Kind("more", ("build",), _BOTH, within=(engine, "commit")),
    "swap": _Kind("more", ("build",), _BOTH, within=(Builds, "swap_in")),
}


def main() -> None:
    options = asked(kills=16)
    rng = generator(options.seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with work_folder() as folder, site_of_its_own(_REPORTS) as url:
        stages, crawls = _Stages(folder), _Crawls(folder, url, rng, counts, faults)
        rounds: list[Callable[[], None]] = [
            partial(stages.round, name, kind, rng, counts, faults) for name, kind in _KINDS.items()
        ]
        rounds.append(crawls.round)
        until = time.monotonic() + options.seconds
        n = 0
        while _killed(counts) < options.kills and time.monotonic() < until:
            rounds[n % len(rounds)]()
            n += 1
        crawls.finish()
        counts["kills in all"] = _killed(counts)
    told(counts, faults)


def _killed(counts: Counter[str]) -> int:
    return sum(count for name, count in counts.items() if name.endswith(": killed"))


class _Stages:
    """The folders in which a kill may fall, what each answers, and how long each kind of step takes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data, self._pages = folder, folder / "data", {}
        self._states: dict[str, dict[str, Any]] = {}
        self._seconds: dict[str, float] = {}
        self._step("added", "added", ("add", str(write_pages(folder / "pages", 12))))
        self._step("built", "added", ("build",))
        few = shutil.copytree(folder / "pages", folder / "few pages")
        self._step("few", "built", ("add", str(write_pages(few, 1, 12))))
        self._step("after few", "few", ("build",))
        pages = write_pages(folder / "pages", 6, 12)
        for n in (2, 5):  # these are changed
            file = pages / f"{n:03}.html"
            file.write_bytes(file.read_bytes().replace("企业".encode(), "公司".encode()))
        self._step("more", "built", ("add", str(pages)))
        self._step("after", "more", ("build",))
        self._pages = {"built": folder / "pages", "more": folder / "pages", "few": few, "added": None}
        for name, kind in _KINDS.items():
            self._seconds[name] = self._time(kind)

    def _step(self, name: str, after: str, words: tuple[str, ...]) -> None:
        if name != after:
            self._fresh(after)
        done = run(self._data, *words)
        assert done.returncode == 0, (words, done.stderr)
        shutil.copytree(self._data, self._folder / f"stage {name}")
        self._states[name] = state(self._data)

    def _fresh(self, stage: str) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        shutil.copytree(self._folder / f"stage {stage}", self._data)

    def _words(self, kind: _Kind) -> list[str]:
        return [str(self._folder / "pages") if word == "PAGES" else word for word in kind.words]

    def _time(self, kind: _Kind) -> float:
        """Seconds from where a kill may fall to the end."""
        self._fresh(kind.stage)
        entered = _Entered(kind.within)
        process = started(*self._words(kind), "--data", str(self._data), first=entered.hook, keep=entered.pipe)
        entered.wait(process)
        begun = time.monotonic()
        assert process.wait(300) == 0
        return time.monotonic() - begun

    def round(self, name: str, kind: _Kind, rng: random.Random, counts: Counter[str], faults: list[str]) -> None:
        self._fresh(kind.stage)
        entered = _Entered(kind.within)
        process = started(*self._words(kind), "--data", str(self._data), first=entered.hook, keep=entered.pipe)
        entered.wait(process)
        killed, left = kill(process, rng.random() * 1.1 * self._seconds[name], group=rng.random() < 0.4)
        counts[f"{name}: {'killed' if killed else 'was done before'}"] += 1
        now = state(self._data)
        if now not in [self._states[one] for one in kind.may]:
            faults.append(f"{name}: answers as neither of {kind.may}")
        elif killed:
            counts[f"{name}: answers as {next(one for one in kind.may if self._states[one] == now)}"] += 1
        if left:
            faults.append(f"{name}: processes left {left}")
        pages = self._pages[kind.stage]
        for words in ([("add", str(pages))] if pages else []) + [("build",)]:
            done = run(self._data, *words)
            if done.returncode:
                faults.append(f"{name}: afterwards {words[0]} fails: {done.stderr[-200:]}")
        if state(self._data) != self._states[kind.end] or (damage := wrong(self._data)):
            faults.append(f"{name}: the next build makes something else {damage}")


class _Entered:
    """Whether a child has come to a function: it writes a byte when it does."""

    def __init__(self, within: Within | None) -> None:
        self._within = within
        self.pipe = os.pipe()

    def hook(self) -> None:
        """In the child."""
        if self._within is None:
            return
        owner, name = self._within
        function, pipe = getattr(owner, name), self.pipe[1]

        def entered(*args: Any, **named: Any) -> Any:
            os.write(pipe, b".")
            return function(*args, **named)

        setattr(owner, name, entered)

    def wait(self, process: Forked) -> None:
        """Until the child is there, or has ended."""
        while self._within and not select.select([self.pipe[0]], [], [], 0.05)[0] and process.poll() is None:
            pass
        for handle in self.pipe:
            os.close(handle)


class _Crawls:
    """Crawls of one site, each killed until it comes to its end, where it has what an undisturbed one has."""

    def __init__(self, folder: Path, url: str, rng: random.Random, counts: Counter[str], faults: list[str]) -> None:
        self._folder, self._url, self._rng, self._counts, self._faults = folder, url, rng, counts, faults
        self._number = 0
        begun = time.monotonic()
        self._next()
        self._finished()
        self._seconds = time.monotonic() - begun
        self._undisturbed = self._state()
        self._next()

    def _next(self) -> None:
        self._number += 1
        here = self._folder / f"crawl {self._number}"
        here.mkdir()
        self._config = config(here, self._url, seconds=60.0, concurrency=_CONCURRENCY, delay_seconds=0.002)
        self._data = here / "var"

    def round(self) -> None:
        killed, left = kill(self._crawl(), self._rng.random() * self._seconds / 5, group=self._rng.random() < 0.4)
        self._counts[f"crawl: {'killed' if killed else 'was done before'}"] += 1
        if left:
            self._faults.append(f"crawl: processes left {left}")
        if not killed:
            self.finish()
            self._next()

    def finish(self) -> None:
        self._finished()
        if self._state() != self._undisturbed:
            self._faults.append("crawl: has something else than an undisturbed one")
        if wrong(self._data) or any((self._data / "warc").glob("*.open")):
            self._faults.append(f"crawl: damaged {wrong(self._data)}")
        self._counts["crawls brought to their end"] += 1

    def _finished(self) -> None:
        if (code := self._crawl().wait(300)) or run(self._data, "build").returncode:
            self._faults.append(f"crawl: fails with {code}")

    def _crawl(self) -> Forked:
        return started("crawl", "--no-build", "--config", str(self._config))

    def _state(self) -> tuple[Any, ...]:
        """What it answers, and that each page is there once, in one version."""
        return (
            state(self._data),
            self._asked("crawl.sqlite", "SELECT state, count(*) FROM address GROUP BY state"),
            self._asked("pages.sqlite", "SELECT key, count(*) FROM version GROUP BY key ORDER BY key"),
        )

    def _asked(self, database: str, question: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._data / database)) as connection:
            return connection.execute(question).fetchall()


def kill(process: Forked, after: float, *, group: bool) -> tuple[bool, list[int]]:
    """Whether it was still running, and what processes are left of it after half a minute. ``group``: all at once."""
    try:
        process.wait(after)
        return False, []
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 30  # they notice at once, when they get to run
    while (left := _of_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    return True, left


def _of_session(session: int) -> list[int]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                is_dead = "Z" in (path / "stat").read_text().rpartition(")")[2][:3]
                if not is_dead and os.getsid(int(path.name)) == session:
                    found.append(int(path.name))
            except (ProcessLookupError, FileNotFoundError, PermissionError):
                continue
    return found


if __name__ == "__main__":
    main()
