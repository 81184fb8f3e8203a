"""How fast we are beside tantivy, SQLite FTS5 and Xapian, over the same words in one run.

    python -m tests.evaluation.bench [--size 100000 1000000] [--each 100] [--write docs/benchmark.md]

Each index is built and opened in a process of its own; the questions are asked of all engines in turn, after one round
that nobody counts. All must find the same number of passages for every question.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from indexer.domain.query import Query
from indexer.engines.whoosh.engine import WhooshEngine
from tests.evaluation.bench import changes, http, threads
from tests.evaluation.bench.corpus import KINDS, Question, passages, questions
from tests.evaluation.bench.engines import BUILT, LIMIT, OPENED, Ours, filters_of, node_of, our_analyser, versions
from tests.evaluation.bench.report import HEAD, Measured, written

ROUNDS = 5  # a question takes the middle of them, so that what else the machine does weighs less
FAST = ("ours", "tantivy")
_UP_TO = 200_000  # passages; beyond it the others take minutes a question
_SAMPLE = 2000  # passages that phrases are taken from
_WARMING = 10  # questions of a kind before those that are timed: what an index makes when first asked is there


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, nargs="+", default=[100_000])
    options.add_argument("--each", type=int, default=100)
    options.add_argument("--changing", type=int, default=10_000, help="questions asked while the index is changed")
    options.add_argument("--write", type=Path)
    options.add_argument("--keep", type=Path, help="build here, and use what was built here before")
    options.add_argument("--engines", nargs="+", choices=OPENED, help="some of them only")
    options.add_argument("--only", choices=OPENED, help=argparse.SUPPRESS)
    options.add_argument("--step", choices=("build", "open"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.step == "build":
        print(json.dumps(_build(asked.only, asked.keep, *asked.size)))
    elif asked.step == "open":
        print(json.dumps(_open(asked.only, asked.keep)))
    else:
        names = asked.engines or list(versions())
        tables = [HEAD]
        for size in asked.size:
            able = [name for name in names if size <= _UP_TO or name in FAST]
            with tempfile.TemporaryDirectory() as folder:
                place = asked.keep or Path(folder)
                tables.append(written(_all(place, size, asked.each, able)))
                if size == asked.size[0] and "ours" in able:
                    tables.append(changes.section(place / f"ours-{size}" / "index", size, asked.each))
                    tables.append(threads.section(asked.changing))
                    tables.append(http.section(place / f"http-{size}", size))
            print("\n".join(tables), flush=True)
        if asked.write:
            asked.write.write_text("\n".join(tables), encoding="utf-8")


def _all(folder: Path, size: int, each: int, names: list[str]) -> Measured:
    costs: dict[str, dict[str, float]] = {}
    for name in names:
        place = folder / f"{name}-{size}"
        costs[name] = _cost(place, name, size)
    asked = questions(each, list(islice(passages(size), _SAMPLE)))
    times = _asked({name: folder / f"{name}-{size}" for name in names}, asked)
    if "ours" in names:
        ours = folder / f"ours-{size}"
        times |= {f"{kind}, asked first": {"ours": _first_time(ours, asked, kind)} for kind in ("phrase", "filter")}
        times["the whole search"] = {"ours": _whole(ours, asked)}
    machine = f"Python {platform.python_version()}, {platform.machine()}"
    return Measured(size, {name: versions()[name] for name in names}, costs, times, machine)


def _cost(place: Path, name: str, size: int) -> dict[str, float]:
    """Building and opening, each in a process of its own."""
    known = place / "cost.json"
    if not known.is_file():
        place.mkdir(parents=True)
        known.write_text(json.dumps(_step("build", name, place, size)), encoding="utf-8")
    built: dict[str, float] = json.loads(known.read_text(encoding="utf-8"))
    return built | _step("open", name, place, size)


def _step(step: str, name: str, place: Path, size: int) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.evaluation.bench", "--step", step, "--only", name]
    command += ["--keep", str(place), "--size", str(size)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    values: dict[str, float] = json.loads(output.splitlines()[-1])
    return values


def _build(name: str, place: Path, size: int) -> dict[str, float]:
    ready = list(passages(size))
    if name == "ours":
        from tests.evaluation.bench import engines

        analyser = engines.our_analyser()  # jieba's dictionary is loaded once a process, whatever it does then
        engines.our_analyser = lambda: analyser
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index = place / "index"
    index.mkdir()
    started = time.perf_counter()
    BUILT[name](index, ready)
    took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size_on_disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {"build_s": took, "build_mb": (peak - before) / 1024, "disk_mb": size_on_disk / 2**20}


def _open(name: str, place: Path) -> dict[str, float]:
    if name == "ours":
        from tests.evaluation.bench import engines

        analyser = engines.our_analyser()
        engines.our_analyser = lambda: analyser
    before = _resident_mb()
    started = time.perf_counter()
    engine = OPENED[name](place / "index")
    took = time.perf_counter() - started
    engine.ask(Question("term", ("没有",)))
    after = _resident_mb()
    return {
        "open_ms": took * 1000,
        "open_mb": sum(after.values()) - sum(before.values()),
        "open_private_mb": after["RssAnon"] - before["RssAnon"],
    }


def _resident_mb() -> dict[str, float]:
    """Private (RssAnon) and mapped memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    values = dict(line.split(":", 1) for line in status)
    return {name: int(values[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")}


def _asked(places: dict[str, Path], asked: list[Question]) -> dict[str, dict[str, tuple[float, float]]]:
    """Kind → engine → (p50, p95) in milliseconds."""
    opened = {name: OPENED[name](place / "index") for name, place in places.items()}
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    totals: dict[int, int] = {}
    for round_ in range(ROUNDS + 1):
        for name, engine in opened.items():
            for number, question in enumerate(asked):
                started = time.perf_counter()
                total = engine.ask(question)
                took = time.perf_counter() - started
                if round_:
                    times[name, number].append(took * 1000)
                elif (others := totals.setdefault(number, total)) != total:
                    raise AssertionError(f"{name} finds {total} passages and not {others}: {question}")
    return {
        kind: {
            name: _middle_and_slow([median(times[name, n]) for n, one in enumerate(asked) if one.kind == kind])
            for name in opened
        }
        for kind in KINDS
    }


def _first_time(place: Path, asked: list[Question], kind: str) -> tuple[float, float]:
    """Of questions that nobody asked before: quotes and filters are kept once they were looked up."""
    of_kind = [one for one in asked if one.kind == kind]
    times: list[list[float]] = [[] for _ in of_kind[_WARMING:]]
    analyser = our_analyser()
    for _ in range(ROUNDS):
        engine = Ours(place / "index", analyser)  # it has kept nothing yet
        for question in of_kind[:_WARMING]:
            engine.ask(question)
        for question, of_question in zip(of_kind[_WARMING:], times, strict=True):
            started = time.perf_counter()
            engine.ask(question)
            of_question.append((time.perf_counter() - started) * 1000)
    return _middle_and_slow([median(of_question) for of_question in times])


def _whole(place: Path, asked: list[Question]) -> tuple[float, float]:
    engine = WhooshEngine(place / "index", our_analyser())
    queries = [Query(" ".join(q.words), node_of(q), filters_of(q), limit=LIMIT, by_report=True) for q in asked]
    rounds = [[engine.search(query).took_ms for query in queries] for _ in range(ROUNDS + 1)]
    return _middle_and_slow([median(of_query) for of_query in zip(*rounds[1:], strict=True)])


def _middle_and_slow(milliseconds: list[float]) -> tuple[float, float]:
    parts = quantiles(milliseconds, n=20)
    return parts[9], parts[18]


if __name__ == "__main__":
    main()
