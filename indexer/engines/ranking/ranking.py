"""The learned order: the first candidates of a question, put in order by trees over what is known of each.

It never finds what the question doesn't, with one exception: a sentence, of which any part counts, is answered too by
what answers the judged questions nearest to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from indexer.domain.query import Loose, Query, Sort
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.matching import Field, Postings
from indexer.engines.evaluation.postings import Floats, Numbers, Occurrences, Scores
from indexer.engines.ranking.features import Asked, rows
from indexer.engines.ranking.judged import CELLS, FOLDS, JudgedQuestions, Judgements, Near
from indexer.engines.ranking.trees import Trees
from indexer.text.analyser import Analyser

DEPTH = 300  # candidates: with the answers of near questions they hold .88 of the answers, 600 without them .86


@dataclass(frozen=True)
class Ranking:
    """``trees``: for new questions. ``of_folds``: for the judged ones of each fold, which they never saw.
    ``importance``: feature → its share of what the trees gain."""

    judged: JudgedQuestions
    trees: Trees
    of_folds: tuple[Trees, ...]
    importance: Mapping[str, float]
    out_of_fold: bool = False  # judged questions are answered as if they were new: to measure

    def measuring(self) -> Ranking:
        return replace(self, out_of_fold=True)

    def over(self, postings: Postings, load: Callable[[int], IndexedPassage], analyser: Analyser) -> BoundRanking:
        """``load``: a passage of the index by its number."""
        wanted = {answer for answers in self.judged.answers for answer in answers}
        numbers = numbers_of(wanted, postings.columns.report, load)
        return BoundRanking(self, Judgements.over(self.judged, numbers, postings.columns.report), analyser)


@dataclass(frozen=True)
class BoundRanking:
    """A ranking over one index. Safe to use from many threads at once."""

    ranking: Ranking
    judgements: Judgements
    analyser: Analyser

    @staticmethod
    def applies(query: Query) -> bool:
        return query.node is not None and query.sort is Sort.RELEVANCE and bool(query.text.strip())

    def found(self, query: Query, matched: Scores, postings: Postings) -> Ordered:
        """``matched``, and what near questions were answered by where any part of the words is enough."""
        asked = Asked.of(query.text, postings, self.analyser)
        trees, judgements = self._for(query.text)
        near = judgements.near(asked.vector)
        if isinstance(query.node, Loose) and query.node.least is None:
            matched = with_answers(matched, near)
        return Ordered(matched, asked, near, trees, postings)

    def _for(self, text: str) -> tuple[Trees, Judgements]:
        number = self.judgements.judged.number_of.get(text) if self.ranking.out_of_fold else None
        if number is None:
            return self.ranking.trees, self.judgements
        fold = int(self.judgements.judged.cells[number]) % FOLDS
        return self.ranking.of_folds[fold], self.judgements.leaving_out(cells_of(fold))


@dataclass(frozen=True)
class Ordered:
    """What a question found, to be put in order once its filters have been applied."""

    found: Scores
    asked: Asked
    near: Near
    trees: Trees
    postings: Postings

    def reordered(self, kept: Scores) -> Scores:
        """``kept`` with the candidates before all others, best first."""
        if len(kept) < 2:
            return kept
        places = candidates(kept, self.near)
        chosen = kept.at(places)
        ranked = np.argsort(-self.trees.scores(rows(self.asked, chosen, kept, self.postings, self.near)), kind="stable")
        top = np.float32(max(float(chosen.scores[0]), 1.0))
        scores = kept.scores.copy()
        # the candidates take the scores from twice the best down to it: above all others and apart from each other
        scores[places[ranked]] = top * (2 - np.arange(len(places), dtype=np.float32) / np.float32(len(places)))
        return Scores(kept.passages, scores)


def candidates(kept: Scores, near: Near) -> np.typing.NDArray[np.intp]:
    """Places in ``kept`` of the DEPTH best and of the answers of near questions, best first."""
    scores = kept.scores
    best = np.arange(len(scores)) if len(scores) <= DEPTH else np.argpartition(-scores, DEPTH)[:DEPTH]
    at = np.minimum(kept.passages.searchsorted(near.passages), len(kept) - 1)
    both = np.union1d(best, at[kept.passages.take(at) == near.passages])
    return both[np.argsort(-scores.take(both), kind="stable")]


def with_answers(matched: Scores, near: Near) -> Scores:
    """The passages that answered near questions as well, those that ``matched`` lacks with score 0."""
    missing = near.passages[~np.isin(near.passages, matched.passages)]
    passages = np.concatenate((matched.passages, missing))
    order = np.argsort(passages, kind="stable")
    return Scores(
        passages.take(order), np.concatenate((matched.scores, np.zeros(len(missing), np.float32))).take(order)
    )


def cells_of(fold: int) -> frozenset[int]:
    return frozenset(range(fold, CELLS, FOLDS))


def numbers_of(wanted: set[str], report_of: Numbers, load: Callable[[int], IndexedPassage]) -> dict[str, int]:
    """Passage id → number, for those of ``wanted`` that the index has. Reports stand in the order of their ids and
    passages of one in that of their places: each is looked for by halving."""
    starts = np.flatnonzero(np.diff(report_of, prepend=-1))
    ends = np.append(starts[1:], len(report_of))
    found: dict[str, int] = {}
    for report, ids in _by_report(wanted).items():
        at = bisect_left(starts, report, key=lambda number: load(int(number)).report)
        if at == len(starts) or load(int(starts[at])).report != report:
            continue
        start, end = int(starts[at]), int(ends[at])
        for seq in ids:
            number = start + bisect_left(range(start, end), seq, key=lambda number: load(number).seq)
            if number < end and load(number).seq == seq:
                found[f"{report}:{seq}"] = number
    return found


def _by_report(wanted: set[str]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for one in sorted(wanted):
        report, _, seq = one.rpartition(":")
        if report and seq.isdecimal():
            ids.setdefault(report, []).append(int(seq))
    return ids


class Remembering:
    """Postings that are looked up once a question: the order asks for what finding asked."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._terms: dict[tuple[Field, str], Occurrences] = {}
        self.columns = postings.columns

    @property
    def total(self) -> int:
        return self._postings.total

    @property
    def lengths_held_against(self) -> Floats:
        return self._postings.lengths_held_against

    def having(self, field: Field, term: str) -> Occurrences:
        found = self._terms.get((field, term))
        if found is None:
            found = self._terms[field, term] = self._postings.having(field, term)
        return found

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        return self._postings.holding(words, restored=restored)
