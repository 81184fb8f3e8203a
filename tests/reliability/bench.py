"""What the commands of this folder share: pages, a data folder, what it answers, and how faults are told."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from indexer.errors import DuibiaoError
from indexer.formats.json import result_json, stored_json
from indexer.library import Library
from indexer.settings import load
from tests.reliability import warm
from tests.unit.pages import OTHER_WORK, WORK, a_page

ROOT = warm.ROOT
ZONES = ("衡阳高新区", "昆山经开区", "长春新区", "苏州工业园区", "株洲高新区", "佛山高新区")
_SECONDS_THERE = 0.058  # of what slowness() does
QUESTIONS = ("招商", "专项债", "“产业链”", "企业 OR 项目", "企业用地不够怎么办", "园区 -招商", "")


def asked(**options: Any) -> argparse.Namespace:
    """``options``: name → default."""
    parser = argparse.ArgumentParser()
    for name, default in {**options, "seed": 1, "seconds": 110.0}.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


@contextmanager
def work_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="duibiao-reliability-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_pages(folder: Path, count: int, first: int = 0) -> Path:
    """Reports of several zones and years, every fifth a copy of the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(first, first + count):
        one = n - 1 if n % 5 == 4 else n
        zone, year = ZONES[one % len(ZONES)], 2015 + one // len(ZONES) % 9
        text = [
            line.replace("41", str(41 + one)).replace("2023", str(year + 1)) for line in (WORK, OTHER_WORK)[one % 2]
        ]
        page = a_page(f"{zone}{year}年工作总结", text, f"{year}-12-{20 + n % 5}")
        (folder / f"{n:03}.html").write_bytes(page)
    return folder


def command(data: Path, *words: str) -> list[str]:
    """For a process of its own, which starts Python and reads the tables."""
    return [sys.executable, "-W", "ignore", "-m", "indexer", *words, "--data", str(data)]


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """In a child of this process; no other thread may be running."""
    return warm.run(*words, "--data", str(data))


@contextmanager
def site_of_its_own(reports: int) -> Iterator[str]:
    """The address of a site (tests/crawl/site_server.py) in a process of its own: it has threads, and who forks has
    none."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.crawl.site_server", str(reports), "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def opened(data: Path) -> Library:
    return Library(load(ROOT / "config.toml").with_data_folder(data))


def state(data: Path) -> dict[str, Any]:
    """What ``data`` answers, without times: two equal ones are equal to whoever asks."""
    with closing(opened(data)) as asked_one:
        try:
            told: dict[str, Any] = {}
            for question in QUESTIONS:
                query = asked_one.question({"q": [question], "limit": ["100"]})
                page = result_json(asked_one.search(query), query)
                told[question] = _digest({name: value for name, value in page.items() if name != "took_ms"})
            ids = sorted({hit.passage.report for hit in asked_one.search(asked_one.question({"limit": ["100"]})).hits})
            told["reports"] = _digest([_timeless(stored_json(asked_one.report(one))) for one in ids])
            told["suggestions"] = _digest([str(one) for one in asked_one.suggest({"q": ["招"]})])
            told["skipped"] = sorted(asked_one.skipped())
            told["zones"] = _digest([(label, count) for label, _, count in asked_one.zones()])
        except DuibiaoError as error:
            return {"error": str(error)}
        return told


def wrong(data: Path) -> list[str]:
    with closing(opened(data)) as one_library:
        return [f"{one.part} {one.message}" for one in one_library.check() if not one.well]


def _timeless(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "versions"}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:12]


def told(counts: Counter[str], faults: list[str]) -> None:
    """Prints both; ends with status 1 where there is a fault."""
    for name, count in sorted(counts.items()):
        print(f"{count:7}  {name}")
    print(f"{len(faults):7}  FAULTS")
    for fault in faults[:40]:
        print("  ", fault[:300])
    sys.exit(bool(faults))


@cache
def slowness() -> float:
    """How many times as long this machine takes as the one that bounds in seconds were chosen on; never under 1.
    The best of five: what others do on it costs time, and gives none."""

    def seconds() -> float:
        begun, words = time.process_time(), dict[str, int]()
        for n in range(400_000):
            word = f"区{n % 5_000}"
            words[word] = words.get(word, 0) + len(word)
        return time.process_time() - begun

    return max(1.0, min(seconds() for _ in range(5)) / _SECONDS_THERE)


def generator(seed: int) -> random.Random:
    return random.Random(seed)
