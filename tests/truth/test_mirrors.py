"""Damaged copies of real reports are found among all of them, and no two different reports are joined.

A part of tests/evaluation/mirrors.py small enough for every run: the places most alike, and sampled others.
"""

from __future__ import annotations

import random

import pytest

from tests.evaluation.mirrors import KINDS, Outcome, measure, work_reports

# The provinces and cities whose reports share most with each other's or with last year's (a third of their shingles).
ALIKE = ("衡水市", "河北省", "邢台市", "开封市", "平顶山市", "河南省", "福州市", "湖北省", "贵州省")
MISFILED = ("池州市2016", "沧州市2016")
SAMPLED = 40


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    everything = work_reports()
    dice = random.Random(7)
    chosen = {id for id in everything if id.startswith(ALIKE + MISFILED)} | set(dice.sample(sorted(everything), 150))
    sampled = dice.sample(sorted(chosen), SAMPLED)
    return measure({id: everything[id] for id in sorted(chosen)}, sampled, KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_copies_are_found_again(outcome: Outcome, kind: str) -> None:
    assert outcome.recall(kind, SAMPLED) >= 0.99, outcome.missed[kind]


def test_only_the_one_misfiled_copy_is_joined(outcome: Outcome) -> None:
    """沧州市 2016 is filed with the report that was given in 池州市."""
    assert [(one.partition("#")[0], other.partition("#")[0]) for one, other in outcome.joined] == [MISFILED]


def test_masked_laundered_and_wrapped_copies_show_no_differing_figures(outcome: Outcome) -> None:
    for found in outcome.clusters:
        if not found.witness.startswith(MISFILED):
            assert found.differing == (), found.witness
