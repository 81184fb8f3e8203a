"""Learns the weights of labels, ``make learn``: seeded, on one thread.

Five times over it learns from four fifths of the regions and labels the last fifth: from these labels, never learned
from, the small weights of what is pooled and the thresholds are fitted, and the tables of docs/labels.md are counted.
The weights that are shipped are then learned from all of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression, SGDClassifier

from indexer.pipeline.segment.clauses import clauses_of
from indexer.pipeline.segment.label_model import (
    STATUSES,
    GroupScores,
    LabelModel,
    pooled,
    softmax,
    status_context,
    strengths,
)
from indexer.pipeline.segment.labelling import status_flags
from indexer.pipeline.segment.ngrams import Vocabulary, keys_of, plain
from indexer.pipeline.segment.status_evidence import EVIDENCE
from indexer.reference.codebook import Codebook
from tests.learning.material import (
    Labelled,
    Taught,
    labelled_passages,
    labelled_sentences,
    read_paragraphs,
    reports,
    taught_chapters,
    taught_statuses,
    taught_themes,
)
from tests.learning.surroundings import facts_of, surrounded

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5
RUNS = 60_000  # of the vocabulary: the most frequent of those in at least six texts
RAREST = 6
LABELLED = 6.0  # weight of a labelled sentence, a taught lead counts 1
APART = 0.1  # how easily what is pooled counts otherwise for one theme than for all
# Precision that the threshold of passages must have, and that of sentences. It is counted over all labelled paragraphs
# together; those of cities alone in ../shared are some five points below it.
RIGHT_ENOUGH = 0.88
SENTENCES_RIGHT_ENOUGH = 0.82
STATUS_SCALE = 2.0
POWERS = (0.0, 0.5, 1.0)  # of the rarity of a run, by which it counts
NAMES = [status.value for status in STATUSES]


@dataclass(slots=True)
class Units:
    """Sentences of labelled paragraphs, their clauses, and where each belongs."""

    groups: list[Labelled]
    sentences: list[str]
    clauses: list[str]
    group_of: Any  # of each sentence
    sentence_of: Any  # of each clause

    @classmethod
    def of(cls, groups: list[Labelled]) -> Units:
        sentences = [s for group in groups for s in group.sentences]
        clauses = [c for s in sentences for c in clauses_of(s)]
        group_of = np.repeat(np.arange(len(groups)), [len(group.sentences) for group in groups])
        sentence_of = np.repeat(np.arange(len(sentences)), [len(clauses_of(s)) for s in sentences])
        return cls(groups, sentences, clauses, group_of, sentence_of)


@dataclass(slots=True)
class Matrices:
    """Each kind of row as a sparse matrix over the vocabulary."""

    taught: Any
    chapters: Any
    sentences: Any
    clauses: Any
    facts: Any


def vocabulary_of(texts: list[str]) -> Vocabulary:
    """The ``RUNS`` runs that stand in most of ``texts``."""
    places, keys = keys_of([plain(text) for text in texts])
    order = np.lexsort((places, keys))
    places, keys = places[order], keys[order]
    fresh = np.concatenate([[True], (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])])
    known, counts = np.unique(keys[fresh], return_counts=True)
    enough = known[np.lexsort((known, -counts))][: min(RUNS, int((counts >= RAREST).sum()))]
    return Vocabulary(np.sort(enough))


def matrix(vocabulary: Vocabulary, texts: list[str]) -> Any:
    rows, runs = vocabulary.presence([plain(text) for text in texts])
    sizes = np.bincount(rows, minlength=len(texts))
    values = (1.0 / np.sqrt(np.maximum(sizes, 1)))[rows].astype(np.float32)
    return sp.csr_matrix((values, (rows, runs)), shape=(len(texts), len(vocabulary.keys)))


def linear(rows: Any, labels: Any, weights: Any, scales: Sequence[Any], epochs: int = 6) -> tuple[Any, float]:
    """Weights and bias, the mean of what is learned with each of ``scales`` (how much a run counts)."""
    learned = []
    for scale in scales:
        model = SGDClassifier(loss="log_loss", alpha=5e-6, max_iter=epochs, tol=None, random_state=0, average=True)
        model.fit((rows @ sp.diags(scale)).tocsr(), labels, sample_weight=weights)
        learned.append((model.coef_[0] * scale, model.intercept_[0]))
    return np.mean([own for own, _ in learned], axis=0).astype(np.float32), float(
        np.mean([bias for _, bias in learned])
    )


def scales_of(*matrices: Any) -> list[Any]:
    """How much each run counts in the texts of ``matrices``: all alike, rare ones more, rare ones much more.

    Each is learned from; their mean is better than any of them (docs/labels.md)."""
    texts = sum(one.shape[0] for one in matrices)
    holding = sum(one.getnnz(axis=0) for one in matrices)
    rare = np.log((texts + 1) / (holding + 1))
    return [((rare / rare.mean()) ** power).astype(np.float32) for power in POWERS]


class Learner:
    """Everything that doesn't change from fold to fold."""

    def __init__(self, shared: Path) -> None:
        self.codebook = Codebook.parse((ROOT / "corpus" / "tables" / "themes.toml").read_text(encoding="utf-8"))
        self.themes = list(self.codebook.names)
        read = reports(shared)
        self.taught: Taught = taught_themes(shared, read)
        self.chapters: Taught = taught_chapters(read)
        self.facts = taught_statuses(shared)
        self.units = Units.of([*labelled_sentences(shared), *labelled_passages(shared), *read_paragraphs(shared)])
        every = [*self.taught.texts, *self.chapters.texts, *self.units.sentences, *self.units.clauses]
        self.vocabulary = vocabulary_of(every)
        self.rows = Matrices(
            matrix(self.vocabulary, self.taught.texts),
            matrix(self.vocabulary, self.chapters.texts),
            matrix(self.vocabulary, self.units.sentences),
            matrix(self.vocabulary, self.units.clauses),
            matrix(self.vocabulary, self.facts.texts),
        )
        self.scales = scales_of(self.rows.taught, self.rows.sentences)
        groups = self.units.groups
        regions = sorted({group.region for group in groups})
        Random(0).shuffle(regions)
        self.fold_of = {region: index % FOLDS for index, region in enumerate(regions)}
        self.fold = np.array([self.fold_of[group.region] for group in groups])
        self.each = np.array([group.each for group in groups])
        self.whole = np.array([group.whole is not None for group in groups])
        self.group_themes = np.array([[theme in group.all_themes for theme in self.themes] for group in groups])
        said = [themes for group in groups for themes in group.themes]
        self.sentence_themes = np.array([[theme in themes for theme in self.themes] for themes in said])
        self.sentence_status = np.array([NAMES.index(status) for group in groups for status in group.statuses])

    def learn(self, without: int | None) -> tuple[Any, Any, Any]:
        """Weights, biases and the weights of context, from all regions but those of fold ``without``."""
        groups = self.fold != without
        sentences = groups[self.units.group_of]
        columns = [self._theme(place, without, groups, sentences) for place in range(len(self.themes))]
        own = np.array([self.fold_of.get(region, -1) != without for region in self.chapters.regions])
        for kind in ("plan", "notes"):
            is_kind = np.array([kind in said for said in self.chapters.said])
            shares = np.where(is_kind, 0.5 / is_kind.mean(), 0.5 / (1 - is_kind.mean()))
            columns.append(linear(self.rows.chapters[own], is_kind[own], shares[own], self.scales))
        weights = np.stack([column for column, _ in columns], axis=1)
        bias = np.array([intercept for _, intercept in columns], dtype=np.float32)
        return self.with_statuses(weights, bias, without)

    def with_statuses(self, weights: Any, bias: Any, without: int | None) -> tuple[Any, Any, Any]:
        """``weights`` and ``bias`` of themes and chapters with those of the statuses beside them."""
        sentences = (self.fold != without)[self.units.group_of]
        each = self.each[self.units.group_of]
        facts = np.array([self.fold_of_zone(zone) != without for zone in self.facts.regions])
        chapters = self.rows.sentences @ weights[:, -2:] + bias[-2:]
        own = self.rows.facts @ weights[:, -2:] + bias[-2:]
        alone = np.arange(len(self.facts.texts))
        of_facts = status_context(own, alone, np.ones(len(alone), dtype=bool), status_flags(self.facts.texts))
        rows = sp.vstack(
            [
                sp.hstack([self.rows.sentences * STATUS_SCALE, sp.csr_matrix(self.context(chapters))]).tocsr()[
                    sentences
                ],
                sp.hstack([self.rows.facts * STATUS_SCALE, sp.csr_matrix(of_facts)]).tocsr()[facts],
            ]
        )
        said = np.array([NAMES.index(next(iter(status))) for status in self.facts.said])
        model = LogisticRegression(C=10, max_iter=500)
        model.fit(
            rows,
            np.concatenate([self.sentence_status[sentences], said[facts]]),
            sample_weight=np.concatenate([np.where(each, 1.0, 0.3)[sentences], np.full(facts.sum(), 0.5)]),
        )
        many = len(self.vocabulary.keys)
        weights = np.hstack([weights, model.coef_[:, :many].T * STATUS_SCALE])
        bias = np.concatenate([bias, model.intercept_])
        return weights.astype(np.float32), bias.astype(np.float32), model.coef_[:, many:].T.astype(np.float32)

    @staticmethod
    def fold_of_zone(zone: str) -> int:
        return zlib.crc32(zone.encode()) % FOLDS

    def context(self, chapters: Any) -> Any:
        group_of = self.units.group_of
        opening = np.concatenate([[True], group_of[1:] != group_of[:-1]])
        return status_context(chapters, group_of, opening, status_flags(self.units.sentences))

    def _theme(self, place: int, without: int | None, groups: Any, sentences: Any) -> tuple[Any, float]:
        """First from what is taught and whole labelled sentences; then once more with the clauses that carry a label.

        A sentence that has the theme has it by its best clause and by those that speak for it; a sentence without it
        has no clause with it.
        """
        units, rows = self.units, self.rows
        own = np.array([self.fold_of.get(region, -1) != without for region in self.taught.regions])
        theme = self.themes[place]
        each = self.each[units.group_of] & sentences
        data = [rows.taught[own], rows.sentences[each]]
        labels = [np.array([theme in said for said in self.taught.said])[own], self.sentence_themes[each, place]]
        weights = [np.array(self.taught.weights)[own], np.full(each.sum(), LABELLED)]
        first, bias = linear(sp.vstack(data), np.concatenate(labels), np.concatenate(weights), self.scales, epochs=3)
        for taken, found, whole in (
            (rows.clauses, units.sentence_of, each),
            (rows.clauses, units.group_of[units.sentence_of], groups & ~self.each),
            (rows.sentences, units.group_of, groups & ~self.each),
        ):
            has = self.sentence_themes[:, place] if whole is each else self.group_themes[:, place]
            scores = taken @ first + bias
            inside = whole[found]
            best = np.full(len(whole), -np.inf)
            np.maximum.at(best, found, scores)
            positive = has[found] & ((scores >= best[found]) | (scores > 0))
            kept = inside & (positive | ~has[found] | (scores < -2))
            data.append(taken[kept])
            labels.append(positive[kept])
            weights.append(np.full(kept.sum(), LABELLED / 2))
        return linear(sp.vstack(data), np.concatenate(labels), np.concatenate(weights), self.scales)


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
    np.savez(chosen.folds / "unseen.npz", **asdict(scores))
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
    main()
