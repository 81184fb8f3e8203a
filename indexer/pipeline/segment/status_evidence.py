"""What speaks for the status of a sentence inside its report: its own words, the chapter, and the sentences around it.

None of them decides alone. A heading says of its chapter what most of it is, and each chapter also holds what is
something else: of labelled paragraphs under a heading of plans a fifth is background (principles, what year it is).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.domain.report import Status
from indexer.pipeline.segment.chapters import Chapter
from indexer.pipeline.segment.label_model import STATUSES, Floats, LabelModel, Places, softmax

KINDS = (Chapter.REVIEW, Chapter.PLAN, Chapter.PROBLEMS, Chapter.MIXED, Chapter.NOTES)
OF_KIND = {kind: np.eye(len(KINDS), dtype=np.float32)[place] for place, kind in enumerate(KINDS)}
OF_KIND[Chapter.REPORT] = OF_KIND[Chapter.UNKNOWN] = np.zeros(len(KINDS), dtype=np.float32)
AROUND = (2, 8)  # pieces on each side, of the same kind of chapter, whose own chapter scores are averaged
EVIDENCE = len(STATUSES) + 2 + 2 + 2 * len(AROUND) + len(KINDS)  # columns of status_evidence
TAKEN = {Chapter.REVIEW: 0.45, Chapter.REPORT: 0.4}  # how much of the plan's share is a measure where a text looks back
RESULT, MEASURE, PLAN = (STATUSES.index(status) for status in (Status.RESULT, Status.MEASURE, Status.PLAN))


def status_evidence(
    scores: Floats, chapter_scores: Floats, flags: Floats, piece_of: Places, chapters: Sequence[Chapter]
) -> Floats:
    """A row for each sentence: its scores of the statuses, ``flags``, its chapter scores, their means around it, and
    the kind of its chapter.

    ``chapter_scores``: how much each sentence reads like a plan, like a note; ``chapters``: of each piece.
    """
    squashed = np.tanh(chapter_scores / 3)
    starts = np.flatnonzero(np.concatenate([[True], piece_of[1:] != piece_of[:-1]]))
    sizes = np.diff(np.append(starts, len(piece_of)))
    of_pieces = np.add.reduceat(squashed, starts, axis=0) / sizes[:, None]
    runs = _runs(chapters)
    around = [_means_around(of_pieces, radius, runs)[piece_of] for radius in AROUND]
    kinds = np.array([OF_KIND[chapter] for chapter in chapters])[piece_of]
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.column_stack([centred, flags, squashed, *around, kinds]).astype(np.float32)


def status_shares(model: LabelModel, evidence: Floats, piece_of: Places, chapters: Sequence[Chapter]) -> Floats:
    """The share of each status in each sentence. In a chapter of plans nothing is reached or done yet, whatever the
    verbs: what reads so is planned. Where a text looks back, a bare action (no verb says when) was taken."""
    shares = softmax(evidence @ model.of_status[:-1] + model.of_status[-1])
    of_chapter = np.array([chapter.value for chapter in chapters])[piece_of]
    planned = of_chapter == Chapter.PLAN.value
    shares[planned, PLAN] += shares[planned, RESULT] + shares[planned, MEASURE]
    shares[np.ix_(planned, [RESULT, MEASURE])] = 0.0
    for chapter, taken in TAKEN.items():
        there = of_chapter == chapter.value
        shares[there, MEASURE] += taken * shares[there, PLAN]
        shares[there, PLAN] *= 1 - taken
    return shares


def _runs(chapters: Sequence[Chapter]) -> tuple[Places, Places]:
    """Of each piece where the run of pieces of its kind of chapter begins, and where it ends."""
    kinds = np.array([chapter.value for chapter in chapters])
    begins = np.flatnonzero(np.concatenate([[True], kinds[1:] != kinds[:-1]]))
    sizes = np.diff(np.append(begins, len(kinds)))
    return np.repeat(begins, sizes), np.repeat(begins + sizes, sizes)


def _means_around(values: Floats, radius: int, runs: tuple[Places, Places]) -> Floats:
    """The mean of each row and of up to ``radius`` rows on either side, all of one run."""
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    places = np.arange(len(values))
    low, high = np.maximum(places - radius, runs[0]), np.minimum(places + radius + 1, runs[1])
    means: Floats = ((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32)
    return means
