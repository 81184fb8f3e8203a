"""Weights of runs of characters, learned from labels and from what leads, cues and chapters teach (labels.py)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression, SGDClassifier

from indexer.pipeline.segment.clauses import clauses_of
from indexer.pipeline.segment.label_model import (
    STATUSES,
    status_context,
)
from indexer.pipeline.segment.labelling import status_flags
from indexer.pipeline.segment.ngrams import Vocabulary, keys_of, plain
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

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5
RUNS = 60_000  # of the vocabulary: the most frequent of those in at least six texts
RAREST = 6
LABELLED = 6.0  # weight of a labelled sentence, a taught lead counts 1
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
