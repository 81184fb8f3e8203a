"""Measures of other zones that tell the same practice, on labelled passages, ahead of what others find."""

from __future__ import annotations

from indexer.compare.likeness import PracticeModel
from indexer.pipeline.segment.practice_cues import PracticeCues
from tests.evaluation import similar
from tests.evaluation.practices import practices
from tests.shared import shared_dir


def test_measures_of_one_practice_are_found_ahead_of_words_alone() -> None:
    shared = shared_dir()
    shares = similar.passages_share(shared, PracticeModel.load(similar.WEIGHTS), PracticeCues(practices()), None)

    ours = shares.pop("all signals")
    assert ours >= 0.75
    assert ours >= max(shares.values()) + 0.15
