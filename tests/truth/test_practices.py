"""What the cues of the codebook of practices take and leave: in sentences of our own, and in labelled passages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from indexer.pipeline.segment.practice_cues import PracticeCues
from tests.evaluation import practices as evaluation
from tests.shared import shared_dir

CUES = PracticeCues(evaluation.practices())
with (Path(__file__).parent / "practice_sentences.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["practice"], row["is"], row["not"]) for row in csv.DictReader(file, delimiter="\t")]


def shown(sentence: str) -> set[str]:
    return {hit.practice.id for hit in CUES.find(sentence)}


@pytest.mark.parametrize(("practice", "is_one", "is_none"), ROWS, ids=[row[0] for row in ROWS])
def test_a_practice_is_known_by_its_cues_and_not_by_what_only_looks_like_it(
    practice: str, is_one: str, is_none: str
) -> None:
    assert practice in shown(is_one)
    assert practice not in shown(is_none)


def test_practices_of_labelled_passages_are_found_and_what_is_found_is_told() -> None:
    passages = evaluation.zone_passages(shared_dir())
    judged_alone = PracticeCues(evaluation.practices(more=False))

    for half in ("seen", "kept"):
        mine = [passage for passage in passages if evaluation.half_of(passage) == half]
        now, before = evaluation.score(mine, CUES), evaluation.score(mine, judged_alone)
        assert now.precision >= 0.93
        assert now.recall >= 0.83
        assert now.recall >= before.recall + 0.10
