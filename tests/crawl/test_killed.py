"""A crawl that is killed at any moment goes on where it was: nothing lost, nothing kept twice, next to nothing again.

``make test-crawl`` and CI run it.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.library import Library
from tests.crawl.site_server import Portal, config, portal, report_path, served

REPORTS = 240
KILLS = 20
CONCURRENCY = 2


def start(file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "indexer", "crawl", "--no-build", "--config", str(file)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_after(process: subprocess.Popen[bytes], site: Portal, pages: int, seconds: float) -> None:
    """``seconds`` after it has asked for ``pages`` more, so that no kill falls into the start of Python."""
    asked = len(site.requests) + pages
    until = time.monotonic() + 60
    while len(site.requests) < asked and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def state(file: Path) -> Counter[str]:
    with closing(sqlite3.connect(file.parent / "var/crawl.sqlite")) as frontier:
        return Counter(row[0] for row in frontier.execute("SELECT state FROM address"))


@pytest.mark.slow
def test_killed_at_any_moment_it_loses_no_page_and_keeps_none_twice(tmp_path: Path) -> None:
    chance = random.Random(20)
    site = portal(REPORTS)
    killed = 0
    with served(site) as url:
        file = config(tmp_path, url, concurrency=CONCURRENCY, delay_seconds=0.002)
        for _ in range(KILLS):
            process = start(file)
            kill_after(process, site, chance.randrange(1, REPORTS // KILLS), chance.uniform(0, 0.03))
            killed += process.returncode == -signal.SIGKILL
        assert killed == KILLS, "the crawl was over before it could be killed"
        assert state(file)["LEASED"] <= CONCURRENCY
        assert start(file).wait(120) == 0
        assert state(file) == {"DONE": state(file).total()}
        with closing(Library.open(file)) as library:
            archive = library._open_archive()
            versions = {outline.key: len(outline.versions) for outline in archive.outlines()}
            assert archive.damage() == []
    assert versions == {url + report_path(number): 1 for number in range(REPORTS)}
    asked = Counter(path for path in site.paths() if path != "/robots.txt")
    assert sum(asked.values()) - len(asked) <= KILLS * CONCURRENCY  # again: only what was being fetched
    captured: Counter[str] = Counter()
    for warc in sorted((tmp_path / "var/warc").iterdir()):
        if warc.name != "lock":
            assert warc.name.endswith(".warc.gz")  # none left open
            with warc.open("rb") as stream:
                captured.update(
                    r.rec_headers.get_header("WARC-Target-URI")
                    for r in ArchiveIterator(stream)
                    if r.rec_type == "response"
                )
    assert {url + path for path in asked} <= set(captured)


@pytest.mark.slow
def test_stopped_by_the_system_it_ends_what_it_is_doing_and_goes_on_later(tmp_path: Path) -> None:
    site = portal(REPORTS)
    with served(site) as url:
        file = config(tmp_path, url, concurrency=CONCURRENCY, delay_seconds=0.01)
        process = start(file)
        while len(site.requests) < 20 and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        states = state(file)
        assert states["LEASED"] == 0
        assert states["PENDING"] > 0
        assert start(file).wait(120) == 0
    asked = Counter(path for path in site.paths() if path != "/robots.txt")
    assert set(asked.values()) == {1}
