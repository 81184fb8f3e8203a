"""Many texts cut at once are cut as jieba cuts them one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.settings import Settings
from indexer.tables import Tables
from indexer.text.dictionary_matcher import codes_of
from indexer.text.fold import fold

ANALYSER = Tables(Settings().corpus_folder).analyser
LONGER = frozenset(ANALYSER.word_finder.words)


def cut_at_once(texts: Sequence[str]) -> set[str]:
    codes = codes_of("\0".join(map(fold, texts)))
    used = ANALYSER.best_path.used(codes, *ANALYSER.word_finder.find(codes))
    return {ANALYSER.word_finder.words[number] for number in np.flatnonzero(used)}


def cut_one_by_one(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word, _ in ANALYSER.words(text)} & LONGER


@given(st.lists(st.text("招商引资专项债发行业务企稳瑶溪的一〇豦丶，。 \nＡg5", max_size=40), max_size=6))
def test_any_texts(texts: list[str]) -> None:
    assert cut_at_once(texts) == cut_one_by_one(texts)


@pytest.mark.parametrize("seed", range(5))
def test_words_of_the_dictionary_side_by_side(seed: int) -> None:
    chance = random.Random(seed)
    words = sorted(LONGER)
    texts = ["".join(chance.choices(words, k=chance.randint(1, 25))) for _ in range(40)]
    assert cut_at_once(texts) == cut_one_by_one(texts)


@given(st.lists(st.text("招商引资专项债发行业务企稳瑶溪的一〇豦㐀éа𠮷丶，。 \nＡg5-,.", max_size=40), max_size=6))
def test_words_start_where_they_start_in_each_text(texts: list[str]) -> None:
    starts = iter(ANALYSER.word_starts("".join(f"{fold(text)}\0" for text in texts)).tolist())
    found = [[next(starts) for _ in f"{text}\0"] for text in texts]
    expected = [{start for _, start in ANALYSER.words(text)} for text in texts]
    assert [{at for at, starts_here in enumerate(one) if starts_here} for one in found] == expected


def test_what_stands_side_by_side_by_chance_is_not_used() -> None:
    assert "业发" not in cut_at_once(["企业发展平稳"])
    assert {"企业", "发展"} <= cut_at_once(["企业发展平稳"]) | cut_at_once(["企业", "发展"])


def test_nothing_at_all() -> None:
    assert cut_at_once([]) == cut_at_once([""]) == cut_at_once(["，abc 12"]) == set()
