"""Labelled sentences in their reports and by themselves: what teaches how evidence becomes a status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre
from indexer.pipeline.segment.label_model import STATUSES, LabelModel
from indexer.pipeline.segment.labelling import Labels, label
from indexer.pipeline.segment.passages import pieces_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from tests.learning.material import Labelled, all_reports, taught_statuses

NAMES = [status.value for status in STATUSES]
# Weight of a sentence that is labelled itself, of one whose paragraph is labelled as a whole, of a fact.
WEIGHTS = {"sentences": 1.0, "city": 0.6, "zone": 0.6, "read city": 1.0, "read zone": 1.0, "fact": 0.5}


@dataclass(slots=True)
class Surrounded:
    """A row each time that a labelled sentence is met: its evidence, its status, its weight, the fold of its region."""

    evidence: Any
    statuses: Any
    weights: Any
    folds: Any

    def learn(self, without: int | None) -> Any:
        """Weights of the evidence for each status, then a bias, from all regions but those of fold ``without``."""
        own = self.folds != without
        model = LogisticRegression(C=0.3, max_iter=3000)
        model.fit(self.evidence[own], self.statuses[own], sample_weight=self.weights[own])
        return np.vstack([model.coef_.T, model.intercept_]).astype(np.float32)


def facts_of(shared: Path) -> list[Labelled]:
    """Facts in our own words, each with its status: how zones tell of themselves."""
    taught = taught_statuses(shared)
    return [
        Labelled("fact", zone, 0, (text,), (frozenset(),), tuple(status), False)
        for text, zone, status in zip(taught.texts, taught.regions, taught.said, strict=True)
    ]


def surrounded(
    shared: Path, groups: Sequence[Labelled], folds: Sequence[int], models: Sequence[LabelModel]
) -> Surrounded:
    """Each group once in its report and once by itself, read by the model that never saw its region."""
    texts = reports_of(shared)
    rows: list[tuple[Any, int, float, int]] = []
    read: dict[str, Labels] = {}
    for group, fold in zip(groups, folds, strict=True):
        words = "".join(group.sentences)
        report = next((text for text in texts[group.region, group.year] if words in text), None)
        for text in (report, words):
            if text is None:
                continue
            if text not in read:
                read[text] = labels_of(text, models[fold])
            rows += [(*row, fold) for row in _met(group, text.index(words), read[text])]
    evidence, statuses, weights, of_fold = zip(*rows, strict=True)
    return Surrounded(np.array(evidence), np.array(statuses), np.array(weights), np.array(of_fold))


def reports_of(shared: Path) -> dict[tuple[str, int], list[str]]:
    """The texts of the work reports by region and year."""
    texts: dict[tuple[str, int], list[str]] = defaultdict(list)
    for report in all_reports(shared):
        texts[report["region"], int(report["year"])].append(report["text"])
    return texts


def labels_of(text: str, model: LabelModel) -> Labels:
    paragraphs = paragraphs_of(text)
    sections = sections_of(text, paragraphs)
    cleaned = Cleaned(None, text, (), (), (), (), frozenset())
    return label(cleaned, pieces_of(text, paragraphs, sections), sections, Genre.OTHER, model)


def _met(group: Labelled, start: int, labels: Labels) -> list[tuple[Any, int, float]]:
    """The sentences of ``labels`` that lie mostly in one of the group, whose text begins at ``start``."""
    ends = start + np.cumsum([len(sentence) for sentence in group.sentences])
    found = []
    for span, evidence in zip(labels.spans, labels.evidence, strict=True):
        if span.end <= start or span.start >= ends[-1]:
            continue
        place = int(np.searchsorted(ends, (span.start + span.end) / 2))
        if span.start >= start and place < len(ends):
            status = NAMES.index(group.statuses[place])
            found.append((evidence, status, WEIGHTS[group.kind]))
    return found
