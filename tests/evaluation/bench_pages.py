"""How long pages of comparison take over a build of one's own, made anew each time and as the server sends them.

    .venv/bin/python -m tests.evaluation.bench_pages --data DIR [--questions 100]

Zones, themes and indicators are drawn from what the build holds. Prints a table for docs/comparison.md: milliseconds of
the clock and of the processor, and KB before packing. The first page of each kind is left out: it reads the sources.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import random
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from indexer.library import Library
from webapp import create_app
from webapp.server import collect_seldom

SIX = 6


def addresses(library: Library, draw: random.Random) -> dict[str, Callable[[], str]]:
    zones = [label for label, _, _ in library.zones()]
    themes = list(library.themes())
    indicators = [one.id for one, count in library.indicators() if count.rows]

    def compared(**more: str) -> str:
        return f"/compare?{urlencode({'theme': draw.choice(themes), 'zone': draw.sample(zones, SIX), **more}, True)}"

    return {
        "/compare, six zones, one theme, all years": compared,
        "/compare, six zones, by status": lambda: compared(by="status"),
        "/figures, one indicator, all zones and years": lambda: f"/figures?indicator={draw.choice(indicators)}",
        "/figures, GDP, all zones and years": lambda: f"/figures?indicator=gdp&x={draw.random()}",
        "/gaps of one zone, all themes": lambda: f"/gaps?{urlencode({'zone': draw.choice(zones)})}",
        "/zones/… of one zone": lambda: f"/zones/{draw.choice(zones)}",
    }


def asked(client: FlaskClient, address: str) -> tuple[float, float, float]:
    """Milliseconds of the clock and of the processor, KB. Raises AssertionError where no page comes."""
    clock, processor = time.perf_counter(), time.process_time()
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    packed = answer.get_data()
    took = (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000
    assert answer.status_code == 200, (address, answer.status)
    return *took, len(gzip.decompress(packed)) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    with closing(Library.open(data=options.data)) as library:
        client = create_app(library).test_client()
        gc.collect()
        gc.freeze()  # as the server does before it forks, and then each worker
        collect_seldom()
        print("| page | ms, median | p95 | processor, median | p95 | KB, median |\n|---|---|---|---|---|---|")
        for name, address in addresses(library, random.Random(7)).items():
            asked(client, address())
            taken = [asked(client, address()) for _ in range(options.questions)]
            clock, processor, size = (sorted(column) for column in zip(*taken, strict=True))
            times = (f"{statistics.median(one):.0f} | {one[int(len(one) * 0.95)]:.0f}" for one in (clock, processor))
            print(f"| {name} | {' | '.join(times)} | {statistics.median(size):.0f} |", flush=True)


if __name__ == "__main__":
    main()
