"""Marks and snippets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.query import Node, Phrase, Word
from indexer.domain.spans import Span
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser
from indexer.text.fold import fold
from indexer.text.highlight import marks, snippet


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(["招商引资", "专项债"])


def marked(text: str, question: str, analyser: Analyser, restored: str | None = None) -> list[str]:
    return [span.of(text) for span in marks(text, parse(question)[0], analyser, restored)]


def test_a_word_is_marked_where_it_stands_letter_for_letter(analyser: Analyser) -> None:
    assert marked("发挥专项债稳投资，专项债，债", "专项债", analyser) == ["专项债", "专项债"]


def test_failing_that_its_terms_are_marked(analyser: Analyser) -> None:
    assert marked("专项债额度下达，发行有序", "专项债发行", analyser) == ["专项债", "发行"]
    assert marked("专项债发行，另有发行", "专项债发行", analyser) == ["专项债发行"]


def test_half_a_word_is_not_marked(analyser: Analyser) -> None:
    assert marked("专项债额度下达", "专项债发行", analyser) == []


def test_a_phrase_is_marked_letter_for_letter_or_not_at_all(analyser: Analyser) -> None:
    assert marked("招商、引资，招商引资", '"商引"', analyser) == ["商引"]
    assert marked("招商、引资", '"招商引资"', analyser) == []


def test_what_is_excluded_is_not_marked(analyser: Analyser) -> None:
    assert marked("招商大会", "招商 -大会", analyser) == ["招商"]


def test_marks_are_true_in_the_text_as_printed(analyser: Analyser) -> None:
    assert marked("建設５Ｇ基站與營商環境", "5g 营商环境", analyser) == ["５Ｇ", "營商環境"]


def test_a_latin_word_is_not_marked_inside_another(analyser: Analyser) -> None:
    assert marked("MAIN赛场的AI应用", "ai", analyser) == ["AI"]


def test_overlapping_marks_become_one_and_neighbours_stay_two(analyser: Analyser) -> None:
    assert marked("招商引资", "招商 引资", analyser) == ["招商", "引资"]
    assert marked("招商引资", '"招商引" "商引资"', analyser) == ["招商引资"]


def test_a_restored_word_is_marked_on_what_stands_for_it(analyser: Analyser) -> None:
    assert marked("高质量开展", "发展", analyser, restored="高质量发展") == ["开展"]
    assert marked("优化效劳举措，改善效劳", "服务", analyser, restored="优化服务好举措，改善服务") == ["效劳", "效劳"]
    assert marked("高质量开展", '"发展"', analyser, restored="高质量发展") == []


@given(st.text("招商引资专项债5gG，。 ", max_size=60), st.text("招商引资专项债5g", min_size=1, max_size=4))
def test_literal_marks_cover_every_place_and_nothing_else(analyser: Analyser, text: str, words: str) -> None:
    node: Node = Phrase(words)
    covered = {place for span in marks(text, node, analyser) for place in range(span.start, span.end)}
    places = [at for at in range(len(text)) if fold(text).startswith(fold(words), at)]
    assert covered == {place for at in places for place in range(at, at + len(words))}


def test_nothing_asked_nothing_marked(analyser: Analyser) -> None:
    assert marks("招商", None, analyser) == ()
    assert marks("", Word("招商"), analyser) == ()


TEXT = "第一句说的是开头。第二句才说到招商，接着再说招商引资。第三句是收尾，与此无关。"


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("招商引资。", (Span(0, 2),)) == ("招商引资。", (Span(0, 2),))


def test_a_snippet_starts_and_stops_with_sentences() -> None:
    spans = tuple(Span(at, at + 2) for at in range(len(TEXT)) if TEXT.startswith("招商", at))
    shown, places = snippet(TEXT, spans, width=24)
    assert shown == "第二句才说到招商，接着再说招商引资。"
    assert [place.of(shown) for place in places] == ["招商", "招商"]


def test_a_snippet_shows_the_thickest_cluster() -> None:
    text = "招商。" + "其他工作。" * 30 + "招商引资，招商大会，招商专班。" + "其他工作。" * 30
    spans = tuple(Span(at, at + 2) for at in range(len(text)) if text.startswith("招商", at))
    shown, places = snippet(text, spans, width=40)
    assert shown.startswith("招商引资，招商大会，招商专班。")
    assert len(places) == 3


def test_without_marks_the_beginning_is_shown() -> None:
    assert snippet(TEXT, (), width=12) == ("第一句说的是开头。", ())


def test_a_mark_deep_in_a_long_sentence_is_shown() -> None:
    text = "事" * 300 + "，抓招商" + "情" * 300
    shown, places = snippet(text, (Span(302, 304),), width=50)
    assert [place.of(shown) for place in places] == ["招商"]
    assert len(shown) <= 50


def test_an_empty_text_has_an_empty_snippet() -> None:
    assert snippet("", ()) == ("", ())


def test_a_snippet_needs_room() -> None:
    with pytest.raises(ValueError, match="room"):
        snippet("招商", (), width=0)


@given(st.text("招商，。；\n 事", max_size=200), st.text("招商事", min_size=1, max_size=3), st.integers(1, 60))
def test_a_snippet_is_a_stretch_of_the_text_with_true_marks(
    analyser: Analyser, text: str, words: str, width: int
) -> None:
    spans = marks(text, Phrase(words), analyser)
    shown, places = snippet(text, spans, width)
    assert len(shown) <= width
    assert shown in text
    marked_there = "".join(place.of(shown) for place in places)
    assert set(marked_there) <= set(words)
    assert bool(places) == bool(spans)


def test_ten_thousand_marks_take_no_time() -> None:
    text = "招商。" * 10_000
    started = time.perf_counter()
    snippet(text, tuple(Span(at, at + 1) for at in range(0, len(text), 3)))
    assert time.perf_counter() - started < 1
