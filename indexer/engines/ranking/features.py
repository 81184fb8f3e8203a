"""What the order is learned from: cheap properties of the first candidates of a question, a row each.

Words, pairs of characters and characters of the question apart, as shares of what they could earn at most; where the
candidate stands in the order as it comes; what its report and its neighbours hold; what judged questions say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.evaluation.matching import K1, Postings, rarity
from indexer.engines.evaluation.postings import Floats, Numbers, Occurrences, Scores
from indexer.engines.ranking.judged import Near, Vector, looked_up
from indexer.text.analyser import Analyser
from indexer.text.evidence import WORD, evidence, telling_words

# in the order of the columns; what each means is said to people in the catalogue under learn.feature.*
NAMES = (
    "words_earned", "words_held", "pairs_earned", "pairs_held", "characters_earned", "characters_held", "rarest_held",
    "context_held",
    "score", "score_share", "score_gap", "best_score", "rank", "length", "question_length", "origin",
    "report_candidates", "report_best", "report_mean", "report_rank", "report_share", "before", "behind",
    "near_sum", "near_best", "near_report", "nearest", "prior", "report_prior",
)  # fmt: skip

Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the question: where it stands, its weight as evidence and its rarity in the index."""

    text: str
    found: Occurrences
    weight: float
    rarity: float

    @property
    def kind(self) -> int:
        """0 a word, 1 a pair of characters, 2 a character."""
        if len(self.text) == 1:
            return 2
        return 0 if self.weight >= WORD else 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. ``context``: passages in whose title, zone, region or year each telling word stands."""

    pieces: tuple[Piece, ...]
    context: tuple[tuple[Numbers, float], ...]

    @classmethod
    def of(cls, text: str, postings: Postings, analyser: Analyser) -> Asked:
        pieces = []
        for piece, weight in evidence(text, analyser).items():
            found = postings.having("terms", piece)
            pieces.append(Piece(piece, found, weight, rarity(len(found), postings.total)))
        context = []
        for word in telling_words(text, analyser):
            passages = postings.having("context", word).passages
            if len(passages):
                context.append((passages, rarity(len(passages), postings.total)))
        return cls(tuple(pieces), tuple(context))

    @property
    def vector(self) -> Vector:
        """Piece → weight × rarity, by which near questions are found."""
        return {one.text: one.weight * one.rarity for one in self.pieces}


def rows(asked: Asked, candidates: Scores, kept: Scores, postings: Postings, near: Near) -> Rows:
    """A row for each of ``candidates``, which go by their score. ``kept``: all passages found, ascending."""
    passages, scores = candidates.passages, candidates.scores
    columns = postings.columns
    found: dict[str, npt.NDArray[np.floating]] = {}
    found.update(_words(asked, passages, postings.lengths_held_against.take(passages)))
    found["context_held"] = _context(asked, passages)
    best = float(scores[0]) or 1.0
    found["score"] = scores
    found["score_share"] = scores / best
    found["score_gap"] = best - scores
    found["best_score"] = np.full(len(scores), best)
    found["rank"] = np.log1p(np.arange(len(scores)))
    found["length"] = np.log1p(columns.length.take(passages))
    found["question_length"] = np.full(len(scores), len(asked.pieces))
    found["origin"] = columns.worth.take(passages) if columns.worth is not None else np.ones(len(scores))
    reports = columns.report.take(passages)
    found.update(_reports(reports, scores, best))
    for name, step in (("before", -1), ("behind", 1)):
        beside = np.clip(passages + step, 0, len(columns) - 1)
        score = looked_up(kept.passages, kept.scores, beside) / best
        found[name] = score * (columns.report.take(beside) == reports) * (beside != passages)
    found["near_sum"] = looked_up(near.passages, near.sums, passages)
    found["near_best"] = looked_up(near.passages, near.best, passages)
    found["near_report"] = looked_up(near.reports, near.report_sums, reports)
    found["nearest"] = np.full(len(scores), near.nearest)
    found["prior"] = near.prior.at(passages)
    found["report_prior"] = near.report_prior.at(reports)
    return np.column_stack([found[name] for name in NAMES]).astype(np.float32)


def _words(asked: Asked, passages: Numbers, penalties: Floats) -> Mapping[str, Floats]:
    """What each kind of piece earns by BM25 and how much of it is held, as shares of all; the rarest held."""
    order = np.argsort(passages)
    ordered = passages.take(order)
    pieces = [one for one in asked.pieces if len(one.found)]
    counts = np.zeros((len(pieces), len(passages)), np.float32)
    for row, one in zip(counts, pieces, strict=True):
        row[order] = _counts(one.found, ordered)
    worth = np.array([one.weight * one.rarity for one in pieces], np.float32)[:, None]
    earned = counts * np.float32(K1 + 1) / (counts + penalties) * worth
    held = (counts > 0) * worth
    kinds = np.array([one.kind for one in pieces], np.intp)
    shares: dict[str, Floats] = {}
    for kind, name in enumerate(("words", "pairs", "characters")):
        mine = kinds == kind
        whole = float(worth[mine].sum()) or 1.0
        shares[f"{name}_earned"] = earned[mine].sum(axis=0) / whole
        shares[f"{name}_held"] = held[mine].sum(axis=0) / whole
    rare = np.array([one.rarity * (one.kind < 2) for one in pieces], np.float32)[:, None]
    shares["rarest_held"] = ((counts > 0) * rare).max(axis=0, initial=0) / (float(rare.max(initial=0)) or 1.0)
    return shares


def _counts(found: Occurrences, ordered: Numbers) -> npt.NDArray[np.integer]:
    """How often each of a few passages has it: 340 are looked up in 20 µs, however many have it."""
    if found.spread is not None:
        return found.spread.take(ordered)
    at = np.minimum(found.passages.searchsorted(ordered), len(found.passages) - 1)
    return found.counts.take(at) * (found.passages.take(at) == ordered)  # type: ignore[no-any-return]


def _context(asked: Asked, passages: Numbers) -> Floats:
    held = np.zeros(len(passages), np.float32)
    for there, worth in asked.context:
        at = np.minimum(there.searchsorted(passages), len(there) - 1)
        held += np.float32(worth) * (there.take(at) == passages)
    return held / np.float32(sum(worth for _, worth in asked.context) or 1.0)


def _reports(reports: Numbers, scores: Floats, best: float) -> Mapping[str, npt.NDArray[np.floating]]:
    """Of each candidate's report: how many candidates, their best and mean, its own place among them."""
    _, first, at, sizes = np.unique(reports, return_index=True, return_inverse=True, return_counts=True)
    sums = np.bincount(at, scores)
    grouped = np.argsort(at, kind="stable")  # within a report still by score
    starts = np.cumsum(sizes) - sizes
    place = np.empty(len(reports), np.int64)
    place[grouped] = np.arange(len(reports)) - np.repeat(starts, sizes)
    top = scores.take(first).take(at)
    return {
        "report_candidates": np.log(sizes.take(at)),
        "report_best": top / best,
        "report_mean": sums.take(at) / sizes.take(at) / best,
        "report_rank": place,
        "report_share": scores / np.maximum(top, np.float32(1e-6)),
    }
