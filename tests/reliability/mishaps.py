"""A full disk, a folder that turns read-only, a clock that goes back, two builds at once, a build while a crawl runs:
a clear sentence, nothing lost, and the next run with room makes what an undisturbed one makes.

Disks of a few MB are mounted, so it runs in a name space of its own where it isn't root; where the machine allows
neither, those two are told as not tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from indexer.ingest import build
from indexer.pipeline.extract import dates
from indexer.stores import archive
from tests.crawl.site_server import config
from tests.reliability import warm
from tests.reliability.bench import asked, generator, run, site_of_its_own, state, told, work_folder, write_pages, wrong

_MEGABYTE = 1 << 20
_FEWEST_DISKS = 3  # one for each command, however long the rest took


class _Back:
    """A clock so many days back, for the three modules that ask what time it is while pages are added and built; files
    keep the machine's own times."""

    def __init__(self, days: int) -> None:
        self._days = timedelta(days)

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) - self._days

    def __call__(self, *parts: Any) -> datetime:
        return datetime(*parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(datetime, name)

    def set(self) -> None:
        """In the child that runs a command."""
        for module in (archive, build, dates):
            module.datetime = self  # type: ignore[attr-defined]  # in the place of the class


def main() -> None:
    options = asked(disks=24)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with work_folder() as folder:
        stages = _Stages(folder)
        until = time.monotonic() + options.seconds
        _clock_goes_back(stages, counts, faults)
        _two_builds(stages, counts, faults)
        _build_while_a_crawl_runs(folder, counts, faults)
        if not _may_mount(folder):
            counts["disks could not be mounted here: not tried"] += 1
        else:
            _read_only(stages, counts, faults)
            rng = generator(options.seed)
            for n in range(options.disks):
                if n >= _FEWEST_DISKS and time.monotonic() > until:
                    break
                _full_disk(stages, ("add", "build", "build --whole")[n % 3], rng.random(), counts, faults)
    told(counts, faults)


class _Stages:
    """Copies of a data folder: built from 12 pages; with 6 more added; with those built. ``pages``: all 18."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.pages = folder, folder / "data", folder / "pages"
        write_pages(self.pages, 12)
        self._step("built", ("add", str(self.pages)), ("build",))
        write_pages(self.pages, 6, 12)
        self._step("more", ("add", str(self.pages)))
        self._step("after", ("build",))
        self.states = {name: state(folder / name) for name in ("built", "after")}

    def _step(self, keep: str, *commands: tuple[str, ...]) -> None:
        for words in commands:
            done = run(self.data, *words)
            assert done.returncode == 0, (words, done.stderr)
        shutil.copytree(self.data, self.folder / keep)

    def output(self, number: int) -> Path:
        folder = self.folder / f"output {number}"
        folder.mkdir(exist_ok=True)
        return folder

    def fresh(self, stage: str, data: Path | None = None) -> Path:
        """``stage`` as it was, in ``data``."""
        data = data or self.data
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.folder / stage, data)
        return data

    def finish(self, data: Path, what: str, faults: list[str]) -> None:
        """With room again, everything comes out as if nothing had been."""
        for words in (("add", str(self.pages)), ("build",)):
            done = run(data, *words)
            if done.returncode:
                faults.append(f"{what}: afterwards {words[0]} fails: {done.stderr[-200:]}")
        if state(data) != self.states["after"] or wrong(data):
            faults.append(f"{what}: afterwards it answers something else {wrong(data)}")


def _said_clearly(done: subprocess.CompletedProcess[str], what: str, faults: list[str]) -> None:
    if "Traceback" in done.stderr or not done.stderr.strip():
        faults.append(f"{what}: no clear sentence: {done.stderr[-300:]}")


def _full_disk(stages: _Stages, name: str, share: float, counts: Counter[str], faults: list[str]) -> None:
    """A disk with room for the folder and ``share`` of what the command would add to it."""
    stage = "built" if name == "add" else "more"
    words = ("add", str(stages.pages)) if name == "add" else tuple(name.split())
    room = _size(stages.folder / stage)
    with _disk(stages.folder / "disk", room + int(share * 1.6 * (room if name != "add" else _MEGABYTE))) as disk:
        data = stages.fresh(stage, disk / "data")
        done = run(data, *words)
        counts[f"full disk, {name}: {'refused' if done.returncode else 'had room'}"] += 1
        what = f"full disk, {name}, {share:.3f}"
        if done.returncode:
            _said_clearly(done, what, faults)
        now = state(data)
        if now not in stages.states.values():
            faults.append(f"{what}: answers as neither before nor after: {now}")
        _mount(disk, "remount,size=64m")
        stages.finish(data, what, faults)


def _read_only(stages: _Stages, counts: Counter[str], faults: list[str]) -> None:
    for name in ("add", "build"):
        stage = "built" if name == "add" else "more"
        with _disk(stages.folder / "disk", 64 * _MEGABYTE) as disk:
            data = stages.fresh(stage, disk / "data")
            _mount(disk, "remount,ro")
            done = run(data, *(("add", str(stages.pages)) if name == "add" else ("build",)))
            counts[f"read-only folder, {name}: {'refused' if done.returncode else 'took no notice'}"] += 1
            if not done.returncode:
                faults.append(f"read-only folder, {name}: nothing was said")
            _said_clearly(done, f"read-only folder, {name}", faults)
            if state(data) != stages.states["built"]:
                faults.append(f"read-only folder, {name}: it doesn't answer as before: {state(data)}")
            _mount(disk, "remount,rw")
            stages.finish(data, f"read-only folder, {name}", faults)


def _clock_goes_back(stages: _Stages, counts: Counter[str], faults: list[str]) -> None:
    for days in (1, 400):  # further back, a report's date lies in the future, and isn't believed
        data = stages.fresh("built")
        for words in (("add", str(stages.pages)), ("build",), ("check",)):
            done = warm.run(*words, "--data", str(data), first=_Back(days).set)
            if done.returncode:
                faults.append(f"clock {days} days back, {words[0]}: {done.stderr[-300:]}")
        counts[f"clock back by {days} days"] += 1
        stages.finish(data, f"clock {days} days back", faults)


def _two_builds(stages: _Stages, counts: Counter[str], faults: list[str]) -> None:
    for n in range(3):
        data = stages.fresh("more")
        both = []
        for at in range(2):
            both.append(warm.started("build", "--data", str(data), output=stages.output(at)))
            time.sleep(0.1 * n)
        ended = [(one.wait(300), stages.output(at)) for at, one in enumerate(both)]
        refused = [(output / "stderr").read_text() for code, output in ended if code]
        counts[f"two builds at once: {len(refused)} refused"] += 1
        if len(refused) == 2 or any("Traceback" in said or not said.strip() for said in refused):
            faults.append(f"two builds at once: {ended}")
        stages.finish(data, "two builds at once", faults)


def _build_while_a_crawl_runs(folder: Path, counts: Counter[str], faults: list[str]) -> None:
    """Builds one after the other while pages come in; at the end all of them answer, each once."""
    here = folder / "crawled"
    here.mkdir()
    with site_of_its_own(60) as url:
        config_file = str(config(here, url, seconds=60.0, concurrency=2, delay_seconds=0.05))
        crawl = warm.started("crawl", "--no-build", "--config", config_file, output=here)
        while crawl.poll() is None:
            done = warm.run("build", "--config", config_file)
            counts[f"build while a crawl runs: {'done' if not done.returncode else 'refused'}"] += 1
            if done.returncode:
                _said_clearly(done, "build while a crawl runs", faults)
        if crawl.returncode:
            faults.append(f"crawl while builds run: {(here / 'stderr').read_text()[-300:]}")
        warm.run("build", "--config", config_file)
        stats = run(here / "var", "stats", "--json")
        if '"reports": 60' not in stats.stdout or wrong(here / "var"):
            faults.append(f"build while a crawl runs: {stats.stdout[:200]} {wrong(here / 'var')}")


def _size(folder: Path) -> int:
    return sum(4_096 * (1 + path.stat().st_size // 4_096) for path in folder.rglob("*"))


@contextmanager
def _disk(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", how, str(folder)], check=True)


def _may_mount(folder: Path) -> bool:
    try:
        with _disk(folder / "disk", _MEGABYTE):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False


def _in_a_name_space() -> bool:
    """Whether the rest was done by another process, which may mount because its name space is its own."""
    unshare = shutil.which("unshare")
    if os.geteuid() == 0 or unshare is None or subprocess.run([unshare, "-rm", "true"], check=False).returncode:
        return False
    sys.exit(
        subprocess.run([unshare, "-rm", sys.executable, "-m", __spec__.name, *sys.argv[1:]], check=False).returncode
    )


if __name__ == "__main__":
    _in_a_name_space()
    main()
