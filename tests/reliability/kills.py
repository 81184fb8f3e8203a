"""kill -9 at a random moment of add, build and the swap: afterwards the folder answers as before or as after, nothing
is lost or there twice, no process is left, and the next run makes what an undisturbed one makes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.reliability.bench import ROOT, asked, command, generator, run, state, told, work_folder, write_pages, wrong


def main() -> None:
    options = asked(rounds=12)
    rng = generator(options.seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with work_folder() as folder:
        stages, times = _stages(folder)
        states = {name: state(data) for name, data in stages.items()}
        plans = {
            "add": ("built", ("add", str(folder / "pages")), ("built",), True),
            "first build": ("added", ("build",), ("added", "built"), False),
            "build": ("more", ("build",), ("built", "after"), True),
            "whole build": ("more", ("build", "--whole"), ("built", "after"), True),
        }
        until = time.monotonic() + options.seconds
        for n in range(options.rounds):
            if time.monotonic() > until:
                break
            name = list(plans)[n % len(plans)]
            stage, words, may, more = plans[name]
            data = folder / "data"
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(stages[stage], data)
            killed, left = _killed(data, words, 0.3 + rng.random() * 0.9 * times[name], whole=rng.random() < 0.4)
            now = state(data)
            counts[f"{name}: {'killed' if killed else 'was done before'}"] += 1
            if now not in [states[one] for one in may]:
                faults.append(f"{n} {name}: answers as neither {may}")
            if left:
                faults.append(f"{n} {name}: processes left {left}")
            if more:
                run(data, "add", str(folder / "pages"))
            done = run(data, "build")
            if done.returncode or wrong(data):
                faults.append(f"{n} {name}: next build {done.stderr[-200:]} {wrong(data)}")
            if state(data) != states["after" if more else "built"]:
                faults.append(f"{n} {name}: the next build makes something else")
    told(counts, faults)


def _stages(folder: Path) -> tuple[dict[str, Path], dict[str, float]]:
    """The states between which a kill may fall, and how long each step takes."""
    data, stages, times = folder / "data", dict[str, Path](), dict[str, float]()

    def step(name: str, *words: str, keep: str | None = None) -> None:
        begun = time.monotonic()
        done = run(data, *words)
        assert done.returncode == 0, (words, done.stderr)
        times[name] = time.monotonic() - begun
        if keep:
            stages[keep] = folder / keep
            shutil.copytree(data, stages[keep])

    write_pages(folder / "pages", 12)
    step("first add", "add", str(folder / "pages"), keep="added")
    step("first build", "build", keep="built")
    write_pages(folder / "pages", 6, 12)
    step("add", "add", str(folder / "pages"), keep="more")
    step("build", "build", keep="after")
    step("whole build", "build", "--whole")
    return stages, times


def _killed(data: Path, words: tuple[str, ...], after: float, *, whole: bool) -> tuple[bool, list[int]]:
    """Whether it was still running, and the processes that are left after 3 s. ``whole``: the group at once."""
    process = subprocess.Popen(
        command(data, *words), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(after)
        return False, []
    except subprocess.TimeoutExpired:
        (os.killpg if whole else os.kill)(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 3
    while (left := _of_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    return True, left


def _of_session(session: int) -> list[int]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if (
                    os.getsid(int(path.name)) == session
                    and "Z" not in (path / "stat").read_text().rpartition(")")[2][:3]
                ):
                    found.append(int(path.name))
            except (ProcessLookupError, FileNotFoundError, PermissionError):
                continue
    return found


if __name__ == "__main__":
    main()
