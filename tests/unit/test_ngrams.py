"""Runs of characters as features."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.pipeline.segment.ngrams import Vocabulary, keys_of, plain

LETTERS = st.text(alphabet=st.sampled_from("甲乙丙丁戊0，。"), max_size=12)


def runs_of(text: str) -> set[str]:
    return {text[start : start + length] for length in range(1, 5) for start in range(len(text) - length + 1)}


def spelled(key: int) -> str:
    letters = [key >> shift & 0xFFFF for shift in (0, 16, 32, 48)]
    return "".join(chr(letter) for letter in letters if letter)


@given(st.lists(LETTERS, max_size=5))
def test_every_run_of_up_to_four_characters_is_found_and_none_across_two_texts(texts: list[str]) -> None:
    places, keys = keys_of(texts)
    found = [
        {spelled(int(key)) for at, key in zip(places, keys, strict=True) if at == place} for place in range(len(texts))
    ]
    assert found == [runs_of(text) for text in texts]


@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_a_score_is_the_sum_over_known_runs_by_the_root_of_their_number(texts: list[str]) -> None:
    known = sorted({"甲": 1.0, "甲乙": 2.0, "丙丁戊": -4.0}.items())
    keys = {int(keys_of([run])[1].max()): weight for run, weight in known}
    vocabulary = Vocabulary(np.array(sorted(keys), dtype=np.uint64))
    weights = np.array([[keys[key]] for key in sorted(keys)], dtype=np.float32)
    scores = vocabulary.scores(texts, weights)[:, 0]
    for text, score in zip(texts, scores, strict=True):
        mine = [weight for run, weight in known if run in text]
        assert score == pytest.approx(sum(mine) / max(1, len(mine)) ** 0.5, abs=1e-5)


def test_numbers_masks_and_blanks_are_alike() -> None:
    assert plain("增长 7.5%，完成xx.x亿元") == plain("增长12%，完成  3亿元") == "增长0%，完成0亿元"
