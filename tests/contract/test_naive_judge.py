"""The engines find what a matcher over plain strings finds: 全文:, 同段(), and sentences answered in part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.domain.query import Loose, Query
from indexer.domain.results import IndexedPassage
from indexer.ports import SearchEngine
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser
from tests.contract.engines import every_engine, examples
from tests.contract.naive import Judge
from tests.contract.worlds import a_passage

WORDS = ("双碳", "光伏", "招商", "人才", "湿地", "物流")  # each in jieba's dictionary or the lexicon
PIECES = (*WORDS, "碳", "光", "商人", "才", "的", "地", "，", "。")

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
titles = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(" ".join)
word = st.one_of(st.sampled_from(WORDS), st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map("".join))
quote = st.lists(st.sampled_from(PIECES[:-2]), min_size=1, max_size=2).map(lambda parts: f'"{"".join(parts)}"')
plain = st.one_of(word, quote)
excluded = plain.map("-{}".format)
either = st.tuples(plain, plain).map(" OR ".join)
several = st.lists(st.one_of(plain, excluded, either), min_size=1, max_size=3).map(" ".join)
scoped = st.one_of(
    plain.map("全文:{}".format),
    several.map("全文:({})".format),
    st.tuples(plain, plain, plain).map(lambda three: "全文:(({} {}) OR {})".format(*three)),
    several.map("同段({})".format),
)
questions = st.lists(
    st.one_of(plain, excluded, either, scoped, scoped, scoped.map("-{}".format)), min_size=1, max_size=3
).map(" ".join)
sentences = st.lists(st.sampled_from(PIECES[:-2]), min_size=1, max_size=5).map("".join)


@st.composite
def worlds(draw: st.DrawFn) -> list[IndexedPassage]:
    """Up to three reports of up to four passages; some laundered, some with words in their titles."""
    made = []
    for report in range(draw(st.integers(1, 3))):
        title, zone = draw(titles), draw(st.sampled_from([None, "湿地"]))
        for seq, text in enumerate(draw(st.lists(texts, min_size=1, max_size=4))):
            restored = draw(st.one_of(st.none(), texts))
            made.append(a_passage(f"r{report}:{seq}", text, title=title, zone=zone, restored=restored))
    return made


def judge_of(passages: list[IndexedPassage], analyser: Analyser) -> Judge:
    return Judge(passages, analyser.question_terms, lambda text: [word for word, _ in analyser.words(text)])


def found_ids(engine: SearchEngine, query: Query) -> set[str]:
    return {hit.passage.id for hit in engine.search(query).hits}


def test_the_words_of_these_worlds_are_terms(analyser: Analyser) -> None:
    assert [analyser.question_terms(one) for one in WORDS] == [[one] for one in WORDS]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("全文:(双碳 -光伏)", {"b:0", "b:1"}),  # in a, 光伏 stands in the other passage
        ("全文:((双碳 光伏) OR 物流)", {"a:0", "a:1", "c:0"}),
        ("-全文:(-双碳)", {"a:0", "a:1", "b:0", "b:1"}),
    ],
)
def test_what_is_asked_of_a_report_is_asked_of_all_its_passages(
    engine: SearchEngine, question: str, expected: set[str]
) -> None:
    texts = {"a:0": "双碳", "a:1": "光伏", "b:0": "双碳", "b:1": "人才", "c:0": "物流"}
    engine.replace_all([a_passage(name, text) for name, text in texts.items()])
    assert found_ids(engine, Query(question, parse(question)[0])) == expected


@settings(max_examples=examples(15), deadline=None)
@given(worlds(), st.lists(questions, min_size=3, max_size=6))
def test_scopes_mean_the_same_to_engines_and_judge(
    analyser: Analyser, passages: list[IndexedPassage], asked: list[str]
) -> None:
    judge = judge_of(passages, analyser)
    with every_engine(analyser, passages) as engines:
        for question in asked:
            node, _ = parse(question)
            assert node is not None
            for engine in engines:
                assert found_ids(engine, Query(question, node, limit=100)) == judge.answers(node), question


@settings(max_examples=examples(15), deadline=None)
@given(
    worlds(),
    st.lists(sentences, min_size=2, max_size=4),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([0.5, 0.9])), max_size=2, unique=True),
    st.sampled_from([None, 0.1, 0.3, 0.6]),
)
def test_a_sentence_is_answered_by_what_holds_enough_of_it(
    analyser: Analyser,
    passages: list[IndexedPassage],
    asked: list[str],
    others: list[tuple[str, float]],
    least: float | None,
) -> None:
    judge = judge_of(passages, analyser)
    with every_engine(analyser, passages) as engines:
        for sentence in asked:
            node = Loose(sentence, tuple(others), least)
            expected, near = judge.partly(node)
            for engine in engines:
                assert found_ids(engine, Query(sentence, node, limit=100)) - near == expected - near, sentence
