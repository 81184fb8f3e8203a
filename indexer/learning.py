"""What ``duibiao learn`` and ``duibiao evaluate`` do: an order is learned, measured out of fold, kept if it helps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from indexer.domain.query import Query
from indexer.domain.results import ResultPage
from indexer.engines.ranking import file
from indexer.engines.ranking.judged import CELLS
from indexer.engines.ranking.ranking import Ranking
from indexer.errors import BadInput
from indexer.search.evaluation import DEEPEST, Collection, Evaluation, JudgedQuestion, measured

# Judged questions. On those of the public an order helped from 100 on, but figures over so few are off by some .04
# (docs/relevance.md): below this a ranking is used only if it is asked for.
LEAST_JUDGED = 300
LEAST_TRIED = 5 * CELLS  # below it there is nothing to measure on

Told = Callable[[int, int], None]  # so many, of so many


class RankingEngine(Protocol):
    """An engine that can answer in a learned order."""

    def search(self, query: Query) -> ResultPage: ...

    def use(self, ranking: Ranking | None) -> None: ...

    def learn(
        self, judged: Mapping[str, Sequence[str]], ask: Callable[[str], Query], told: Told | None = None
    ) -> Ranking: ...


@dataclass(frozen=True, slots=True)
class Learned:
    """``used``: whether the ranking was kept; ``why_not``: else, a key of the catalogue under learn.unused.
    ``importance``: feature → share of what the trees gain, the greatest first."""

    questions: int
    evaluation: Evaluation
    importance: tuple[tuple[str, float], ...]
    used: bool
    why_not: str = ""


def ranking_file(data: Path, corpus: Path | None = None, *, apart: bool = False) -> Path:
    """Beside the builds: what is learned outlives them. A corpus has its own, by its content."""
    if corpus is None:
        return data / "ranking.npz"
    try:
        with corpus.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()[:12]
    except OSError as error:
        raise BadInput("input.unreadable", file=corpus, problem=error.strerror) from error
    return data / f"ranking-{digest}{'-apart' if apart else ''}.npz"


def opened(path: Path) -> Ranking | None:
    """None where nothing was learned. Raises NoIndex."""
    try:
        return file.opened(path)
    except FileNotFoundError:
        return None


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Differs as soon as another file is put there; None where there is none."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_ino, there.st_size, there.st_mtime_ns


def evaluated(
    engine: RankingEngine,
    ask: Callable[[str], Query],
    judged: Sequence[JudgedQuestion],
    documents: Mapping[str, str],
    ranking: Ranking | None,
) -> Evaluation:
    """Both orders, over the same index."""

    def search(text: str) -> ResultPage:
        return engine.search(replace(ask(text), limit=DEEPEST, facets=()))

    engine.use(None)
    as_it_comes = measured(search, judged, documents)
    if ranking is None:
        return Evaluation(as_it_comes)
    engine.use(ranking.measuring())
    seen = sum(question.text in ranking.judged.number_of for question in judged)
    return Evaluation(as_it_comes, measured(search, judged, documents), seen)


def learned(
    engine: RankingEngine,
    ask: Callable[[str], Query],
    judged: Sequence[JudgedQuestion],
    collection: Collection,
    path: Path,
    told: Told,
    *,
    anyway: bool = False,
) -> Learned:
    """Learns and measures; puts the ranking into ``path`` if there were enough judgements and it helps, or ``anyway``.
    Raises BadInput, BadSetup."""
    if len(judged) < LEAST_TRIED:
        raise BadInput("learn.too_few_to_try", n=len(judged), least=LEAST_TRIED)
    passage_of = collection.passage_of()
    answers = {
        question.text: sorted(passage_of.get(document, document) for document in question.documents)
        for question in judged
    }
    ranking = engine.learn(answers, ask, told)
    evaluation = evaluated(engine, ask, judged, collection.documents, ranking)
    why_not = "" if anyway else _why_not(len(judged), evaluation)
    if not why_not:
        file.save(ranking, path)
    importance = sorted(ranking.importance.items(), key=lambda pair: -pair[1])
    return Learned(len(judged), evaluation, tuple(importance), not why_not, why_not)


def _why_not(questions: int, evaluation: Evaluation) -> str:
    before, after = evaluation.as_it_comes, evaluation.learned
    if questions < LEAST_JUDGED:
        return "few"
    better = after is not None and after.recall_at_10 >= before.recall_at_10 and after.mrr_at_10 > before.mrr_at_10
    return "" if better else "no_better"
