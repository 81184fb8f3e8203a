"""What a commit costs, and what several segments cost a question: reports are added one by one to an index."""

from __future__ import annotations

import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.open_index import open_generation
from tests.evaluation.bench import engines
from tests.evaluation.bench.corpus import KINDS, PASSAGES_PER_REPORT, Question, passages, questions

COMMITS = 127  # sizes of segments go by powers of two: the last commit leaves as many of them as there can be
ROUNDS = 5


def section(index: Path, size: int, each: int) -> str:
    """``index``: ours, of the first ``size`` passages. It is left as it is."""
    analyser = engines.our_analyser()
    more = [one.indexed() for one in islice(passages(size + COMMITS * PASSAGES_PER_REPORT), size, None)]
    reports = [more[start : start + PASSAGES_PER_REPORT] for start in range(0, len(more), PASSAGES_PER_REPORT)]
    with tempfile.TemporaryDirectory(dir=index.parent) as folder:
        changed = Path(folder)
        index_files.link(index, changed)
        engine = WhooshEngine(changed, analyser)
        took = []
        for report in reports:
            started = time.perf_counter()
            engine.change(report)
            took.append((time.perf_counter() - started) * 1000)
        sizes = [one.doc_count() for one in open_generation(changed).tables]
        started = time.perf_counter()
        _ = open_generation(changed).index
        opening = (time.perf_counter() - started) * 1000
        asked = questions(each, list(islice(passages(size), 2000)))
        one, several = (_times(engines.Ours(folder, analyser), asked) for folder in (index, changed))
    parts = quantiles(took, n=20)
    ratios = ", ".join(f"{kind} {several[kind] / one[kind]:.1f}" for kind in KINDS)
    return (
        "## What a commit costs\n\n"
        f"To an index of {size:,} passages, {COMMITS} reports of {PASSAGES_PER_REPORT} passages are added, each in a"
        f" commit of its own: {parts[9]:.0f} ms at the median, {parts[18]:.0f} at p95, {max(took):.0f} at most (where"
        f" segments are merged), {sum(took) / 1000:.1f} s in all, everything on the disk after each.\n"
        f"It then has {len(sizes)} segments ({', '.join(f'{size:,}' for size in sizes)} passages), is opened in"
        f" {opening:.0f} ms, and a question takes (median) as a multiple of what it takes in the one segment of before:"
        f" {ratios}.\n"
    )


def _times(engine: engines.Ours, asked: list[Question]) -> dict[str, float]:
    """Kind → the median of its questions in milliseconds, each the middle of some rounds."""
    times: list[list[float]] = [[] for _ in asked]
    for _ in range(ROUNDS):
        for question, of_question in zip(asked, times, strict=True):
            started = time.perf_counter()
            engine.ask(question)
            of_question.append((time.perf_counter() - started) * 1000)
    return {
        kind: median(median(times[n]) for n, question in enumerate(asked) if question.kind == kind) for kind in KINDS
    }
