"""What is sent to a cluster of a passage: tokens that only white space parts, and that give back what went in."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.indexed_terms import Materials
from indexer.engines.opensearch.fields import (
    SEPARATOR,
    document,
    letters,
    pairs,
    plain,
    restored_value,
    singles,
    term_token,
)
from indexer.engines.opensearch.passage_text import passage_from_text
from indexer.text.analyser import Analyser

texts = st.text(st.sampled_from("招商引资5gＧ \n\t\u3000\u2028\x1f\ud842\ufdd0。") | st.characters(), max_size=30)


@given(texts)
def test_every_character_is_one_token_and_every_pair_one_more(text: str) -> None:
    ones = singles(text).split(SEPARATOR) if text else []
    assert len(ones) == len(text)
    assert pairs(text) == [one + two for one, two in pairwise(ones)]
    assert not any(one.isspace() for token in ones for one in token)
    assert len(set(ones)) == len(set(text))
    "".join(ones).encode()


@given(texts)
def test_a_value_comes_back_as_it_went_in(text: str) -> None:
    plain(text).encode()
    assert restored_value(plain(text)) == text


def test_a_latin_word_has_borders_in_a_title_where_other_letters_begin() -> None:
    def holds(title: str, words: str, *, whole: bool) -> bool:
        looked_in = SEPARATOR.join(letters(title, bordered=True)) + SEPARATOR
        return SEPARATOR.join(letters(words, bordered=whole)) + SEPARATOR in looked_in

    assert holds("高新区ai产业", "ai", whole=True)
    assert holds("ai", "ai", whole=True)
    assert not holds("main赛场", "ai", whole=True)
    assert holds("高新区ai产业", "区ai产", whole=False)
    assert holds("高新区ai产业", "区a", whole=False)


def test_a_term_longer_than_a_token_may_be_keeps_to_its_length() -> None:
    assert term_token("a" * 120) == "a" * 120
    assert len(term_token("a" * 300)) == 64
    assert term_token("a" * 300) != term_token("a" * 301)


def test_a_document_keeps_the_passage_and_the_terms_that_candidates_are_scored_by() -> None:
    passage = IndexedPassage(
        "r1", 3, "驻点招商，R&D投入", restored="驻点招商", title="某区总结", themes=("招商", "人才")
    )
    sent = json.loads(json.dumps(document(passage, Materials(Analyser([])).of(passage)), ensure_ascii=False))
    assert passage_from_text(sent["p"]) == passage
    assert "r&d" in sent["latin"].split(SEPARATOR)
    assert (sent["theme"], sent["laundered"], sent["report"], sent["seq"]) == (["招商", "人才"], True, "r1", 3)
    assert "zone" not in sent
