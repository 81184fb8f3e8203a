"""What was learned of labelled sentences: weights of runs of characters, and how scores become labels.

Made by ``make learn`` (tests/learning); docs/labels.md says from what, and how well it does on what it hasn't seen.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.domain.report import Status
from indexer.errors import BadSetup
from indexer.pipeline.segment.ngrams import Vocabulary, plain

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
STATUSES = (Status.RESULT, Status.MEASURE, Status.PLAN, Status.PROBLEM, Status.BACKGROUND)
CHAPTER_SCORES = 2  # columns between themes and statuses: stands in a chapter of plans; among notes


@dataclass(frozen=True, slots=True, eq=False)
class LabelModel:
    """``weights``: a row a run of the vocabulary; columns: themes, two scores of chapters, statuses.

    ``context``: weights of a sentence's surroundings for its status, a row for each of ``status_context``.
    ``of_status``: how much each of ``status_evidence`` counts for a status, then a bias.
    ``of_sentence`` and ``of_passage``: how much each of ``pooled`` counts for each theme (columns), then a bias.
    """

    themes: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    context: Floats
    of_status: Floats
    of_sentence: Floats
    of_passage: Floats
    threshold: float  # of strength, from which a passage has a theme
    sentence_threshold: float

    @classmethod
    def parse(cls, arrays: bytes, words: str) -> Self:
        """Reads the arrays (.npz, nothing pickled) and the words beside them (.json). Raises BadSetup."""
        try:
            named = np.load(io.BytesIO(arrays), allow_pickle=False)
            said = json.loads(words)
            scales = named["scales"].astype(np.float32)
            return cls(
                tuple(said["themes"]),
                Vocabulary(named["keys"]),
                named["weights"].astype(np.float32) * scales,
                named["bias"].astype(np.float32),
                named["context"].astype(np.float32),
                named["of_status"].astype(np.float32),
                named["of_sentence"].astype(np.float32),
                named["of_passage"].astype(np.float32),
                float(said["threshold"]),
                float(said["sentence_threshold"]),
            )
        except (ValueError, KeyError, TypeError, OSError) as wrong:
            raise BadSetup("table.label_model", problem=wrong) from wrong

    def scores(self, texts: Sequence[str]) -> Floats:
        """A row of scores for each text; above 0 speaks for, below against."""
        return self.vocabulary.scores([plain(text) for text in texts], self.weights) + self.bias

    @property
    def status_columns(self) -> slice:
        return slice(len(self.themes) + CHAPTER_SCORES, None)

    @property
    def chapter_columns(self) -> slice:
        return slice(len(self.themes), len(self.themes) + CHAPTER_SCORES)


@dataclass(frozen=True, slots=True, eq=False)
class GroupScores:
    """Scores of the themes for sentences and for their clauses; ``shares``: of each status; ``lengths``: characters."""

    sentences: Floats
    clauses: Floats
    sentence_of: Places  # of each clause
    shares: Floats
    lengths: Floats


def sigmoid(scores: Floats) -> Floats:
    squashed: Floats = (1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return squashed


def strengths(pooled: Floats, weights: Floats) -> Floats:
    """Strengths (0 to 1) of the themes, from what ``pooled`` gave: groups × themes × features."""
    return sigmoid(np.einsum("gtf,ft->gt", pooled, weights[:-1]) + weights[-1])


def softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


TELLING = (STATUSES.index(Status.PLAN), STATUSES.index(Status.PROBLEM), STATUSES.index(Status.BACKGROUND))
PRINCIPLE = 4.0  # points that a clause loses for a theme where its sentence is background: 坚持绿色发展 tells nothing
HOW_OFTEN = 4  # the feature of ``pooled`` that says how many clauses tell of the theme
STRONGEST = 3  # clauses with the strongest themes: how much a group tells at all


def pooled(
    scores: GroupScores, sentence_starts: Places, clause_starts: Places, leads: Floats, means: Floats, headings: Floats
) -> Floats:
    """What speaks for the themes of each group: groups × themes × features.

    A group is a run of sentences that begins at ``sentence_starts``, its clauses at ``clause_starts``. ``leads``,
    ``means``, ``headings``: scores of the first sentence around it, of all, and of the heading above (0: none).
    """
    sentences, clauses = scores.sentences, scores.clauses
    strongest = np.maximum.reduceat(clauses, clause_starts)
    told = clauses - PRINCIPLE * scores.shares[scores.sentence_of, -1:]
    sizes = scores.lengths[:, None]
    shares = np.add.reduceat(scores.shares * sizes, sentence_starts) / np.add.reduceat(sizes, sentence_starts)
    at_all = np.sort(strongest, axis=1)[:, -STRONGEST:].mean(axis=1)
    of_group = np.column_stack([shares[:, TELLING], at_all])
    return np.concatenate(
        [
            np.stack(
                [
                    np.maximum.reduceat(sentences, sentence_starts),
                    strongest,
                    leads,
                    means,
                    np.minimum(np.add.reduceat(sigmoid(clauses), clause_starts), 4.0),
                    headings,
                    np.maximum.reduceat(told, clause_starts),
                ],
                axis=2,
            ),
            np.repeat(of_group[:, None, :], sentences.shape[1], axis=1),
        ],
        axis=2,
    ).astype(np.float32)


def status_context(chapters: Floats, groups: Places, opening: NDArray[np.bool_], flags: Floats) -> Floats:
    """What surrounds each sentence, a row each: its own chapter scores, those of its group and of the first there.

    ``groups``: number of each sentence's group, ascending; ``opening``: whether it is the first of its group.
    """
    squashed = np.tanh(chapters / 3)
    starts = np.flatnonzero(opening)
    sizes = np.diff(np.append(starts, len(groups)))
    means = np.add.reduceat(squashed, starts, axis=0) / sizes[:, None]
    order = np.cumsum(opening) - 1
    return np.column_stack([squashed, means[order], squashed[starts][order, :1], np.log(sizes)[order], flags]).astype(
        np.float32
    )
