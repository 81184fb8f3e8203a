"""The engine on a cluster beside the embedded one, over the same made-up passages and questions, in one run.

    make bench-scale [PASSAGES="100000 1000000"] [MINUTES=40]

Three nodes on this machine stand for three machines: they share its cores with each other and with whoever asks. So the
numbers say what a cluster costs, and bound from below what it gives. All answers must count the same; how far their
first ten are the same is measured. A size that wouldn't end within MINUTES, by how long the one before took, is cut to
one that does, and that is said.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import mean, median, quantiles

from indexer.domain.query import Loose, Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.indices import sweep
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.ports import SearchEngine
from indexer.settings import OpenSearchSettings
from tests.evaluation.bench.corpus import Question, passages, questions
from tests.evaluation.bench.engines import filters_of, node_of, our_analyser
from tests.opensearch.cluster import CACHE, Cluster, get, running

ALIAS = "bench-scale"
_HTTP = 9211  # beside a cluster of the tests
_STEP = 100_000  # passages
_GROWTH = 2.0  # of what questions take, over ten times the passages
_SAMPLE = 2000  # passages that phrases and sentences are taken from
_WORDS = 8  # of a sentence
_FIRST = 10  # hits of a page


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, nargs="+", default=[100_000])
    options.add_argument("--minutes", type=float, default=40.0)
    options.add_argument("--each", type=int, default=30, help="questions of each kind")
    options.add_argument("--kinds", nargs="+", help="some kinds of questions only")
    options.add_argument("--replicas", type=int, default=1)
    options.add_argument("--candidates", type=int, default=OpenSearchSettings().candidates)
    asked = options.parse_args()
    settings = OpenSearchSettings(replicas=asked.replicas, candidates=asked.candidates, answer_seconds=30.0)
    begun = time.monotonic()
    loading, asking = 0.0, 0.0  # seconds a passage; seconds of all questions, which grow far less
    with running(CACHE / "bench", _HTTP) as cluster:
        there = replace(settings, hosts=tuple(cluster.hosts))
        for wanted in asked.passages:
            left = begun + asked.minutes * 60 - time.monotonic() - _GROWTH * asking
            size = wanted if wanted * loading <= left else int(left / loading) // _STEP * _STEP
            if size < wanted:
                print(f"\n{wanted:,} passages would not be done in {asked.minutes:.0f} minutes: {size:,} instead")
            if size > 0:
                seconds, asking = _measure(cluster, there, size, _queries(asked.each, size), asked.kinds)
                loading = seconds / size


def _measure(
    cluster: Cluster, settings: OpenSearchSettings, size: int, queries: list[tuple[str, Query]], kinds: list[str] | None
) -> tuple[float, float]:
    """Both engines over ``size`` passages, loaded and asked in turn: the seconds that each took."""
    analyser, started = our_analyser(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        embedded = WhooshEngine(Path(folder), analyser)
        clustered = OpenSearchEngine(settings, ALIAS, analyser, owner=ALIAS)
        with closing(embedded), closing(clustered):
            print(f"\n### {size:,} passages, load {os.getloadavg()[0]:.0f}\n")
            for name, engine in (("embedded", embedded), ("cluster", clustered)):
                begun, ours, theirs = time.perf_counter(), time.process_time(), _cluster_cpu(cluster)
                engine.replace_all(_all(size))
                seconds, ours = time.perf_counter() - begun, time.process_time() - ours
                theirs = _cluster_cpu(cluster) - theirs
                print(
                    f"{name}: loaded in {seconds:.0f} s, {size / seconds:,.0f} a second;"
                    f" CPU {ours:.0f} s here, {theirs:.0f} s of the nodes",
                    flush=True,
                )
            cluster.wait("green", 900)
            print(f"on disk: embedded {_folder_mb(Path(folder)):,.0f} MB, cluster {_cluster_mb(cluster):,.0f} MB")
            loaded = time.monotonic()
            _compare(embedded, clustered, [one for one in queries if not kinds or one[0] in kinds])
            sweep(clustered.loading, "bench", ALIAS, kept=())
    return loaded - started, time.monotonic() - loaded


def _all(size: int) -> Iterator[IndexedPassage]:
    return (passage.indexed() for passage in passages(size))


def _queries(each: int, size: int) -> list[tuple[str, Query]]:
    sample = list(islice(passages(size), _SAMPLE))
    made = [(one.kind, _query(one)) for one in questions(each, sample)]
    for number in range(each):
        words = sample[number * 7 % len(sample)].words[:_WORDS]
        made.append(("sentence", Query(node=Loose("".join(words)), limit=_FIRST, facets=())))
        made.append(("by report", Query(node=made[number][1].node, limit=_FIRST, by_report=True, facets=())))
    return made


def _query(one: Question) -> Query:
    page = 50 if one.kind == "page 50" else 1
    facets = Query().facets if one.kind == "facets" else ()
    return Query(node=node_of(one), filters=filters_of(one), limit=_FIRST, page=page, facets=facets)


def _compare(embedded: SearchEngine, clustered: SearchEngine, asked: Sequence[tuple[str, Query]]) -> None:
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    alike: dict[str, list[float]] = defaultdict(list)
    differing: Counter[str] = Counter()
    furthest = 0.0  # of the reports counted
    for kind, query in asked:
        pages = {}
        for name, engine in (("embedded", embedded), ("cluster, first time", clustered), ("cluster, again", clustered)):
            started = time.perf_counter()
            pages[name] = engine.search(query)
            times[kind, name].append((time.perf_counter() - started) * 1000)
        here, there = pages["embedded"], pages["cluster, again"]
        for what in ("total", "reports", "facets"):
            differing[what] += getattr(here, what) != getattr(there, what)
        furthest = max(furthest, abs(there.reports / here.reports - 1) if here.reports else 0.0)
        alike[kind].append(_overlap(here, there))
    print("\n| ms, middle and slowest twentieth | embedded | cluster, first time | cluster, again | first ten alike |")
    print("|---|---|---|---|---|")
    for kind in dict.fromkeys(kind for kind, _ in asked):
        cells = [
            f"{median(times[kind, name]):.1f} {quantiles(times[kind, name], n=20)[-1]:.1f}"
            for name in ("embedded", "cluster, first time", "cluster, again")
        ]
        print(f"| {kind} | {' | '.join(cells)} | {mean(alike[kind]):.3f} |")
    print(
        f"\nOf {len(asked)} questions {differing['total']} count another total, {differing['facets']} other facets,"
        f" {differing['reports']} other reports (by {furthest:.2%} at most: estimated where many are found).",
        flush=True,
    )


def _overlap(here: ResultPage, there: ResultPage) -> float:
    """The share of the hits of one page that stand on the other."""
    ids = {hit.passage.id for hit in here.hits}
    return len(ids & {hit.passage.id for hit in there.hits}) / len(ids) if ids else 1.0


def _folder_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _cluster_cpu(cluster: Cluster) -> float:
    """Seconds that all nodes were busy."""
    nodes = get(f"{cluster.hosts[0]}/_nodes/stats/process")["nodes"].values()
    return sum(int(node["process"]["cpu"]["total_in_millis"]) for node in nodes) / 1000


def _cluster_mb(cluster: Cluster) -> float:
    return int(get(f"{cluster.hosts[0]}/_stats/store")["_all"]["total"]["store"]["size_in_bytes"]) / 1e6


if __name__ == "__main__":
    main()
