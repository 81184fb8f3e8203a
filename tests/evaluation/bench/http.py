"""How long a whole page of results takes over HTTP: question, facets, snippets, HTML; one reader and eight at once.

    python -m tests.evaluation.bench.http [--size 100000] [--keep FOLDER]

The library is the real one with its catalogue and index, the server is ``duibiao serve`` as it comes; the readers are
another process on the same machine.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, groupby, islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from indexer.domain.catalogue import StoredReport, Version
from indexer.domain.report import Figure, Genre, Grade, Passage, Quality, Report, Status, Years
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.ingest.build import indexed_passages
from indexer.settings import ServeSettings
from indexer.stores.builds import Builds
from indexer.stores.catalogue import Catalogue
from tests.evaluation.bench.corpus import PASSAGES_PER_REPORT, MadePassage, passages, questions
from tests.evaluation.bench.engines import our_analyser
from tests.evaluation.bench.reader import read

READERS = (1, 8)
PAGES = {"ten reports": "&limit=10", "twenty reports, as it comes": ""}
_TICKS = os.sysconf("SC_CLK_TCK")
_NOTE = """
{size:,} passages in {reports:,} reports; `duibiao serve` with its {processes} processes on {cores} cores, which the
readers share with it. A reader asks for the next page as soon as it has the one before: with eight of them on two cores
a page takes at least four times the CPU of one. Questions as above (a term, two terms, three with OR); each page is
made anew, with its nine facets, up to three snippets a report, marks, 为何命中 and every link. With eight readers and
fewer cores *had* than there are, something else was running. First answer after start: {first:.1f} s.
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--each", type=int, default=960, help="pages of each kind, for one reader and for eight")
    options.add_argument("--keep", type=Path, help="build here, and use what was built here before")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(section(asked.keep or Path(folder), asked.size, asked.each))


def section(data: Path, size: int, each: int = 960) -> str:
    """A part of docs/benchmark.md; the library is made in ``data`` where it isn't there yet."""
    if not (data / "current").is_file():
        _build(data, size)
    with _serving(data) as (port, server, first):
        rows = [
            (kind, readers, *_measured(port, server, readers, _paths(size, kind), each))
            for kind in PAGES
            for readers in READERS
        ]
    cores = len(os.sched_getaffinity(0))
    facts = {"size": size, "reports": size // PASSAGES_PER_REPORT, "cores": cores, "first": first}
    lines = ["## A page of results over HTTP", _NOTE.format(**facts, processes=ServeSettings().processes)]
    lines += [
        "| page | readers | p50, ms | p95, ms | pages a second | server's CPU, ms a page | reader's | cores had |"
    ]
    lines += ["| --- | --- | --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {kind} | {n} | {' | '.join(f'{one:.1f}' for one in found)} |" for kind, n, *found in rows]
    return "\n".join(lines) + "\n"


def _build(data: Path, size: int) -> None:
    data.mkdir(parents=True, exist_ok=True)
    builds = Builds(data)
    with builds.making() as (number, folder):
        catalogue = Catalogue.new(folder.catalogue)
        catalogue.save_all(_reports(size))
        catalogue.finish((), datetime.now(UTC))
        catalogue.close()
        engine = WhooshEngine(folder.index, our_analyser())
        engine.replace_all(passage for stored in _reports(size) for passage in indexed_passages(stored))
        builds.swap_in(number, {})


def _reports(size: int) -> Iterator[StoredReport]:
    added = datetime(2024, 1, 1, tzinfo=UTC)
    for number, of_report in groupby(passages(size), key=lambda passage: passage.number // PASSAGES_PER_REPORT):
        name = f"{number:012x}"
        yield StoredReport(name, f"{name}.html", _report(list(of_report)), name, (Version(name, added),), witness=name)


def _report(made: list[MadePassage]) -> Report:
    texts = ["".join(passage.words) for passage in made]
    kept, at = [], 0
    for seq, text in enumerate(texts):
        theme = ("招商引资", "营商环境", "科技创新")[seq % 3]
        figure = Figure(
            None, 1.0, "亿元", None, None, None, None, None, Span(at + 4, at + 8)
        )  # one each, as in real ones
        kept.append(Passage(seq, None, list(Status)[seq % 4], (theme,), Span(at, at + len(text)), text, (figure,)))
        at += len(text) + 1
    zone, year = made[0].zone, made[0].year
    return Report(
        title=f"{zone}高新区{year}年工作总结",
        published_on=None,
        source=None,
        genre=Genre.SUMMARY,
        years=Years(report=year),
        zone=ZoneReading(ZoneStatus.NAMED, f"{zone}高新区", f"{zone}高新区", "高新区"),
        quality=Quality(Grade.COPY, ()),
        text="\n".join(texts),
        sections=(),
        passages=tuple(kept),
    )


def _paths(size: int, kind: str) -> list[str]:
    kinds = ("term", "two terms", "OR of three")
    made = [one for one in questions(100, list(islice(passages(size), 400))) if one.kind in kinds]
    spoken = [(" OR " if one.kind == "OR of three" else " ").join(one.words) for one in made]
    return [f"/search?q={quote(question)}{PAGES[kind]}" for question in spoken]


def _measured(port: int, server: int, readers: int, paths: list[str], each: int) -> tuple[float, ...]:
    """p50 and p95 in ms, pages a second, CPU ms a page of the server and of the readers, how many cores they had. No
    address is asked twice: none is a page that was kept."""
    once = [f"{path}&once={readers}-{number}" for number, path in enumerate(islice(cycle(paths), each + each // 3))]
    read(port, readers, once[each:])  # nobody counts those
    cpu, mine = _cpu(server), time.process_time()
    took, seconds = read(port, readers, once[:each])
    parts = quantiles(took, n=20)
    spent, own = _cpu(server) - cpu, time.process_time() - mine
    thousands = len(took) / 1000
    return parts[9], parts[18], len(took) / seconds, spent / thousands, own / thousands, (spent + own) / seconds


def _cpu(server: int) -> float:
    """Seconds that a process and all below it have computed."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid = int(file.parent.name)
        parents.setdefault(int(told[1]), []).append(pid)
        seconds[pid] = (int(told[11]) + int(told[12])) / _TICKS

    def of(pid: int) -> float:
        return seconds[pid] + sum(of(child) for child in parents.get(pid, ()))

    return of(server)


@contextmanager
def _serving(data: Path) -> Iterator[tuple[int, int, float]]:
    """(port, process, seconds to the first answer)."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--data", str(data), "--port", str(port)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            yield port, server.pid, _first_answer(port) - started
        finally:
            server.terminate()


def _first_answer(port: int) -> float:
    for _ in range(600):
        try:
            read(port, 1, ["/search?q=%E6%B2%A1%E6%9C%89"])
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return time.perf_counter()
    raise AssertionError("no server after 30 seconds")


if __name__ == "__main__":
    main()
