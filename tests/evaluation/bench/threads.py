"""10,000 questions from eight threads while the index is replaced again and again: how many were answered wrongly?

python -m tests.evaluation.bench.threads [--questions 10000]
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

from indexer.domain.query import Query
from indexer.domain.results import ResultPage
from indexer.engines.whoosh_engine import WhooshEngine
from tests.evaluation.bench.corpus import passages, questions
from tests.evaluation.bench.engines import filters_of, node_of, our_analyser

THREADS = 8
WORLDS = (1500, 2000)  # passages of the two indexes that take turns


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=10_000)
    count = options.parse_args().questions
    made = list(passages(max(WORLDS)))
    worlds = [[passage.indexed() for passage in made[:size]] for size in WORLDS]
    asked = [
        Query(" ".join(one.words), node_of(one), filters_of(one), by_report=number % 2 == 0)
        for number, one in enumerate(questions(40, list(islice(made, 1000))))
    ]
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), our_analyser())
        right: list[list[ResultPage]] = []
        for world in worlds:
            engine.replace_all(world)
            right.append([_untimed(engine.search(query)) for query in asked])
        outcome: Counter[str] = Counter()

        def ask(first: int) -> None:
            for number in range(first, count, THREADS):
                place = number % len(asked)
                try:
                    page = _untimed(engine.search(asked[place]))
                except Exception as error:  # noqa: BLE001 — whatever it is, it is what we count
                    outcome[repr(error)] += 1
                else:
                    outcome["right" if any(page == of_world[place] for of_world in right) else "wrong"] += 1

        askers = [threading.Thread(target=ask, args=(first,)) for first in range(THREADS)]
        started = time.perf_counter()
        for asker in askers:
            asker.start()
        replaced = 0
        while any(asker.is_alive() for asker in askers):
            engine.replace_all(worlds[replaced % len(worlds)])
            replaced += 1
        took = time.perf_counter() - started
    print(f"{dict(outcome)}; the index was replaced {replaced} times in {took:.0f} s")


def _untimed(page: ResultPage) -> ResultPage:
    return replace(page, took_ms=0)


if __name__ == "__main__":
    main()
