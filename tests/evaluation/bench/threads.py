"""10,000 questions from eight threads while another process changes the index: how many were answered wrongly?

    python -m tests.evaluation.bench.threads [--questions 10000]

The other process commits as fast as it can: reports come, say something new, go; segments are merged and written anew.
Which commits an asker may have seen is known from what was committed before it asked and what was begun before it had
its answer. Afterwards each of these states is indexed at once, and the answer has to be that of one of them, to the
last score and count.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.open_index import open_generation
from tests.evaluation.bench.corpus import PASSAGES_PER_REPORT, SEED, passages, questions
from tests.evaluation.bench.engines import filters_of, node_of, our_analyser

THREADS = 8
REPORTS = 120  # from which the index has about half at any time
World = dict[str, int]  # report → which text it has: that of so many reports later


@dataclass(frozen=True, slots=True)
class Answered:
    question: int
    earliest: int  # the state that was committed when it was asked
    latest: int  # the one that was begun when it was answered
    digest: bytes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=10_000)
    print(section(options.parse_args().questions))


def section(count: int) -> str:
    """What docs/benchmark.md says of it."""
    texts, asked = _texts(), _questions()
    context = multiprocessing.get_context("spawn")
    told, stop = context.Array("i", 4), context.Event()  # told: see _commit
    outcome: Counter[str] = Counter()
    answered: list[Answered] = []
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "changed"
        analyser = our_analyser()
        reader = WhooshEngine(index, analyser)
        reader.replace_all(_of(next(worlds()), texts))
        writer = context.Process(target=_commit, args=(index, told, stop))
        writer.start()
        while not told[0]:  # the first commit: it has loaded its dictionary
            time.sleep(0.01)

        def ask(first: int) -> None:
            for number in range(first, count, THREADS):
                place, earliest = number % len(asked), told[0]
                try:
                    page = reader.search(asked[place])
                except Exception as error:  # noqa: BLE001 — whatever it is, it is what we count
                    outcome[repr(error)] += 1
                else:
                    answered.append(Answered(place, earliest, told[1], _digest(page)))

        askers = [threading.Thread(target=ask, args=(first,)) for first in range(THREADS)]
        started = time.perf_counter()
        first = told[0]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        took, commits = time.perf_counter() - started, told[0] - first
        stop.set()
        writer.join()
        outcome += _judged(answered, asked, WhooshEngine(Path(folder) / "whole", analyser), texts)
    wrong = {kind: number for kind, number in outcome.items() if kind != "right"}
    return (
        "## Questions while the index is changed\n\n"
        f"{count:,} questions from {THREADS} threads in {took:.0f} s, while another process made {commits} commits:"
        f" reports added, replaced and deleted, segments written anew in {told[2]} of them, up to {told[3]} segments.\n"
        "Each answer is compared with that of an index made at once, for every state it may have seen:"
        f" {outcome['right']:,} right, {sum(wrong.values())} wrong or errors{f' ({wrong})' if wrong else ''}.\n"
    )


def worlds() -> Iterator[World]:
    """The states of the index, one commit after another: always the same. About half the reports are there."""
    choose = random.Random(SEED)
    names = [f"r{number:06}" for number in range(REPORTS)]
    world = dict.fromkeys(names[: REPORTS // 2], 0)
    while True:
        yield world
        gone = choose.sample(sorted(world), choose.randrange(min(4, len(world))))
        come = {name: choose.randrange(REPORTS) for name in choose.sample(names, choose.randrange(5))}
        world = {name: text for name, text in world.items() if name not in gone} | come


def _commit(index: Path, told: Any, stop: Event) -> None:
    """``told``: commits made, commits begun, those that wrote segments anew, the most segments."""
    texts, engine = _texts(), WhooshEngine(index, our_analyser())
    segments = open_generation(index).segments.keys()
    for before, after in pairwise(worlds()):
        if stop.is_set():
            break
        told[1] += 1
        changed = {name: text for name, text in after.items() if before.get(name) != text}
        engine.change(_of(changed, texts), before.keys() - after.keys())
        told[0] += 1
        then, segments = segments, open_generation(index).segments.keys()
        told[2] += bool(then - segments)
        told[3] = max(told[3], len(segments))


def _judged(
    answered: list[Answered], asked: list[Query], whole: WhooshEngine, texts: list[list[IndexedPassage]]
) -> Counter[str]:
    """Goes through the states one by one, and sees which answers are theirs."""
    outcome: Counter[str] = Counter()
    open_answers: dict[int, list[Answered]] = defaultdict(list)
    for one in answered:
        open_answers[one.earliest].append(one)
    for state, world in enumerate(islice(worlds(), max(one.latest for one in answered) + 1)):
        waiting = open_answers.pop(state, [])
        if not waiting:
            continue
        whole.replace_all(_of(world, texts))
        right = {number: _digest(whole.search(asked[number])) for number in {one.question for one in waiting}}
        for one in waiting:
            if one.digest == right[one.question]:
                outcome["right"] += 1
            elif state < one.latest:
                open_answers[state + 1].append(one)
            else:
                outcome["wrong"] += 1
    return outcome


def _questions() -> list[Query]:
    return [
        Query(" ".join(one.words), node_of(one), filters_of(one), by_report=number % 2 == 0)
        for number, one in enumerate(questions(40, list(islice(passages(1000), 1000))))
    ]


def _texts() -> list[list[IndexedPassage]]:
    made = [one.indexed() for one in passages(REPORTS * PASSAGES_PER_REPORT)]
    return [made[start : start + PASSAGES_PER_REPORT] for start in range(0, len(made), PASSAGES_PER_REPORT)]


def _of(world: World, texts: list[list[IndexedPassage]]) -> list[IndexedPassage]:
    return [
        replace(passage, report=name)
        for name, later in world.items()
        for passage in texts[(int(name[1:]) + later) % REPORTS]
    ]


def _digest(page: ResultPage) -> bytes:
    return hashlib.sha256(repr(replace(page, took_ms=0)).encode()).digest()


if __name__ == "__main__":
    main()
