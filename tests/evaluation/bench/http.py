"""How long a whole page of results takes over HTTP: question, facets, snippets, HTML; eight readers at once.

    python -m tests.evaluation.bench.http [--size 100000] [--keep FOLDER]

The library is the real one with its catalogue and index, the server waitress with the threads of config.toml; the
readers are another process on the same machine.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import waitress

from indexer.assembly import Library
from indexer.building import indexed_passages
from indexer.domain.catalogue import StoredReport, Version
from indexer.domain.report import Genre, Grade, Passage, Quality, Report, Status, Years
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.stores.builds import Builds
from indexer.stores.catalogue import Catalogue
from tests.evaluation.bench.corpus import PASSAGES_PER_REPORT, MadePassage, passages, questions
from tests.evaluation.bench.engines import our_analyser
from webapp import create_app

READERS = 8
PORT = 8765


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--each", type=int, default=40, help="questions of each reader")
    options.add_argument("--keep", type=Path, help="build here, and use what was built here before")
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        waitress.serve(create_app(Library.open(data=asked.keep)), host="127.0.0.1", port=PORT, threads=READERS)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = asked.keep or Path(folder)
        if not (data / "current").is_file():
            _build(data, asked.size)
        command = [sys.executable, "-W", "ignore", "-m", "tests.evaluation.bench.http", "--serve", "--keep", str(data)]
        server = subprocess.Popen(command)
        try:
            took = _read(asked.size, asked.each)
        finally:
            server.terminate()
            server.wait()
    parts = quantiles(took, n=20)
    print(f"{len(took)} pages, {READERS} readers: p50 {parts[9]:.1f} ms, p95 {parts[18]:.1f} ms")


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
        kept.append(Passage(seq, None, list(Status)[seq % 4], (theme,), Span(at, at + len(text)), text, ()))
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


def _read(size: int, each: int) -> list[float]:
    kinds = ("term", "two terms", "OR of three", "facets")
    made = [one for one in questions(each * 2, list(islice(passages(size), 400))) if one.kind in kinds]
    paths = [f"/search?q={quote((' OR ' if one.kind == 'OR of three' else ' ').join(one.words))}" for one in made]
    _wait_for_server()
    took: list[float] = []
    readers = [threading.Thread(target=_reader, args=(paths[place::READERS], took)) for place in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return took


def _reader(paths: list[str], took: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise AssertionError(f"{answer.status} for {path}")


def _wait_for_server() -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            connection.request("GET", "/search?q=%E6%B2%A1%E6%9C%89")
            connection.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("no server after 30 seconds")


if __name__ == "__main__":
    main()
