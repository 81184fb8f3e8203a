"""Learns the weights of labels, ``make learn``: seeded, on one thread.

Five times over it learns from four fifths of the regions and labels the last fifth: from these labels, never learned
from, the small weights of what is pooled and the thresholds are fitted, and the tables of docs/labels.md are counted.
The weights that are shipped are then learned from all of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from indexer.pipeline.segment.label_model import (
    STATUSES,
    GroupScores,
    LabelModel,
    pooled,
    softmax,
    strengths,
)
from indexer.pipeline.segment.status_evidence import EVIDENCE
from tests.learning.learner import FOLDS, Learner, matrix
from tests.learning.surroundings import facts_of, surrounded

ROOT = Path(__file__).resolve().parents[2]
APART = 0.1  # how easily what is pooled counts otherwise for one theme than for all
# Precision that the threshold of passages must have, and that of sentences. It is counted over all labelled paragraphs
# together; those of cities alone in ../shared are some five points below it.
RIGHT_ENOUGH = 0.88
SENTENCES_RIGHT_ENOUGH = 0.82


@dataclass(slots=True)
class Scores:
    """What sentences and clauses were given by weights that never saw their region."""

    sentences: Any
    clauses: Any
    statuses: Any  # shares of the five
    headings: Any  # of each group


def score(learner: Learner, weights: Any, bias: Any, context: Any) -> Scores:
    sentences = learner.rows.sentences @ weights + bias
    clauses = learner.rows.clauses @ weights[:, : len(learner.themes)] + bias[: len(learner.themes)]
    themes = len(learner.themes)
    logits = sentences[:, themes + 2 :] + learner.context(sentences[:, themes : themes + 2]) @ context
    said = [group.heading for group in learner.units.groups]
    headings = matrix(learner.vocabulary, said) @ weights[:, :themes] + bias[:themes]
    headings[[not heading for heading in said]] = 0.0
    return Scores(sentences[:, :themes], clauses, softmax(logits), np.maximum(headings, 0.0))


def unseen(learner: Learner) -> tuple[Scores, list[tuple[Any, Any, Any]]]:
    """Scores of every sentence by the weights of the fold that leaves its region out; and the weights of each fold."""
    units = learner.units
    folds = []
    total: Scores | None = None
    for fold in range(FOLDS):
        folds.append(learner.learn(fold))
        part = score(learner, *folds[-1])
        total = total or part
        here = learner.fold == fold
        sentences, clauses = here[units.group_of], here[units.group_of[units.sentence_of]]
        total.sentences[sentences] = part.sentences[sentences]
        total.statuses[sentences] = part.statuses[sentences]
        total.clauses[clauses] = part.clauses[clauses]
        total.headings[here] = part.headings[here]
        sys.stderr.write(f"learned without fold {fold}\n")
    assert total is not None
    return total, folds


def group_scores(learner: Learner, scores: Scores) -> GroupScores:
    units = learner.units
    lengths = np.array([len(sentence) for sentence in units.sentences], dtype=np.float32)
    return GroupScores(scores.sentences, scores.clauses, units.sentence_of, scores.statuses, lengths)


def pooled_groups(learner: Learner, scores: Scores, *, headings: bool) -> Any:
    """groups × themes × features."""
    units = learner.units
    sentence_starts = np.searchsorted(units.group_of, np.arange(len(units.groups)))
    clause_starts = np.searchsorted(units.group_of[units.sentence_of], np.arange(len(units.groups)))
    means = np.add.reduceat(scores.sentences, sentence_starts)
    means /= np.bincount(units.group_of)[:, None]
    above = scores.headings if headings else np.zeros_like(scores.headings)
    leads = scores.sentences[sentence_starts]
    return pooled(group_scores(learner, scores), sentence_starts, clause_starts, leads, means, above)


def pooled_sentences(learner: Learner, scores: Scores, *, headings: bool) -> Any:
    """sentences × themes × features."""
    units = learner.units
    group_starts = np.searchsorted(units.group_of, np.arange(len(units.groups)))
    means = np.add.reduceat(scores.sentences, group_starts) / np.bincount(units.group_of)[:, None]
    above = scores.headings if headings else np.zeros_like(scores.headings)
    every = np.arange(len(units.sentences))
    return pooled(
        group_scores(learner, scores),
        every,
        np.searchsorted(units.sentence_of, every),
        scores.sentences[group_starts][units.group_of],
        means[units.group_of],
        above[units.group_of],
    )


def fitted(features: Any, labels: Any, apart: float = 0.0) -> Any:
    """Weights of the pooled features for each theme, then a bias: (features + 1) × themes.

    ``apart``: how easily the weights of a theme part from those of all; 0: they are the same.
    """
    count, themes, many = features.shape
    means, spread = features.mean(axis=(0, 1)), features.std(axis=(0, 1)) + 1e-6
    scaled = (features - means) / spread
    rows = np.hstack([scaled.reshape(count * themes, many), np.tile(np.eye(themes), (count, 1))])
    if apart:
        own = np.zeros((count, themes, themes, many))
        for theme in range(themes):
            own[:, theme, theme] = scaled[:, theme] * apart
        rows = np.hstack([rows, own.reshape(count * themes, themes * many)])
    model = LogisticRegression(C=1.0, max_iter=3000, fit_intercept=False).fit(rows, labels.reshape(-1))
    common, bias, parted = np.split(model.coef_[0], [many, many + themes])
    weights = np.tile(common[:, None], (1, themes))
    if apart:
        weights += parted.reshape(themes, many).T * apart
    weights /= spread[:, None]
    return np.vstack([weights, bias - means @ weights]).astype(np.float32)


def f1(truth: Any, found: Any) -> tuple[float, float, float]:
    """Precision, recall and F1, counted over all labels together."""
    right = int((truth & found).sum())
    return (
        right / max(1, int(found.sum())),
        right / max(1, int(truth.sum())),
        2 * right / max(1, int(truth.sum() + found.sum())),
    )


def best_threshold(truth: Any, found: Any, right_enough: float) -> float:
    """The strength from which F1 is best, among those that are right often enough: a wrong theme misleads a comparison,
    a missing one only shortens it."""
    measured = [(float(at), *f1(truth, found > at)) for at in np.arange(0.2, 0.7, 0.01)]
    enough = [row for row in measured if row[1] >= right_enough] or measured
    return max(enough, key=lambda row: row[3])[0]


def rounded(weights: Any) -> tuple[Any, Any]:
    """``weights`` as they are shipped: eight bits each, and a scale for each column."""
    scales = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    return np.round(weights / scales).astype(np.int8), scales


def reader(learner: Learner, learned: tuple[Any, Any, Any]) -> LabelModel:
    """The weights as a model that scores sentences, while nothing yet says how scores become labels."""
    weights, bias, context = learned
    small, scales = rounded(weights)
    unknown = np.zeros(0, dtype=np.float32)
    of_status = np.zeros((EVIDENCE + 1, len(STATUSES)), dtype=np.float32)
    weights = small.astype(np.float32) * scales
    return LabelModel(
        tuple(learner.themes), learner.vocabulary, weights, bias, context, of_status, unknown, unknown, 0.5, 0.5
    )


def write(
    folder: Path,
    learner: Learner,
    learned: tuple[Any, Any, Any],
    scores: Scores,
    of_status: Any,
    without: int | None,
) -> None:
    """labels.npz and labels.json; what is pooled is fitted on the regions outside fold ``without``."""
    weights, bias, context = learned
    own = learner.fold != without
    passages = own & learner.whole
    groups = pooled_groups(learner, scores, headings=False)[passages]
    of_passage = fitted(groups, learner.group_themes[passages], apart=APART)
    sentences = (own & learner.each)[learner.units.group_of]
    both = [pooled_sentences(learner, scores, headings=shown)[sentences] for shown in (False, True)]
    truth = learner.sentence_themes[sentences]
    of_sentence = fitted(np.concatenate(both), np.concatenate([truth, truth]))
    said = {
        "themes": learner.themes,
        "threshold": round(
            best_threshold(learner.group_themes[passages], strengths(groups, of_passage), RIGHT_ENOUGH), 2
        ),
        "sentence_threshold": round(best_threshold(truth, strengths(both[0], of_sentence), SENTENCES_RIGHT_ENOUGH), 2),
    }
    small, scales = rounded(weights)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "labels.npz",
        keys=learner.vocabulary.keys,
        weights=small,
        scales=scales,
        bias=bias,
        context=context,
        of_status=of_status,
        of_sentence=of_sentence,
        of_passage=of_passage,
    )
    (folder / "labels.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Learns the weights of labels.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", type=Path, required=True, help="folder of the weights learned from all regions")
    parser.add_argument("--folds", type=Path, required=True, help="folder of the weights of each fold, for evaluation")
    chosen = parser.parse_args(arguments)
    learner = Learner(chosen.shared)
    sys.stderr.write(f"{len(learner.taught.texts)} taught clauses, {len(learner.chapters.texts)} of chapters\n")
    scores, folds = unseen(learner)
    chosen.folds.mkdir(parents=True, exist_ok=True)
    models = [reader(learner, learned) for learned in folds]
    facts = facts_of(chosen.shared)
    of_facts = [learner.fold_of_zone(fact.region) for fact in facts]
    every = [*learner.units.groups, *facts]
    met = surrounded(chosen.shared, every, [*learner.fold.tolist(), *of_facts], models)
    for fold, learned in enumerate(folds):
        write(chosen.folds / str(fold), learner, learned, scores, met.learn(fold), fold)
    (chosen.folds / "regions.json").write_text(json.dumps(learner.fold_of, ensure_ascii=False), encoding="utf-8")
    write(chosen.write, learner, learner.learn(None), scores, met.learn(None), None)


if __name__ == "__main__":
    with threadpool_limits(
        1
    ):  # of several threads the sums differ in their last digits from run to run, and the bytes too
        main()
