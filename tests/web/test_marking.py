"""Spans that nest, cross and run over lines become HTML that nests; the text itself never changes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from indexer.domain.page import Restoration
from indexer.domain.spans import Span
from webapp.presenters import marking
from webapp.presenters.marking import Stroke


def test_crossing_spans_nest() -> None:
    text = "项目二十个签约"
    html = marking.whole(text, [*marking.asked([Span(0, 4)]), *marking.figures([Span(2, 5)])])
    assert html == '<mark>项目</mark><b class="figure"><mark>二十</mark>个</b>签约'


def test_an_id_stands_once_however_often_its_span_is_cut() -> None:
    text = "甲乙丙丁"
    html = marking.whole(text, [*marking.figures([Span(1, 3)]), Stroke(Span(0, 2), 50, "span", id="e0")])
    assert html.count('id="e0"') == 1
    assert html.count("<span") == 2


def test_the_first_form_of_a_laundered_word_stands_once_above_it() -> None:
    html = marking.whole("提升效劳水平", [*marking.restored([Restoration(Span(2, 4), "服务")])])
    assert html == '提升<ruby class="restored">效劳<rt>服务</rt></ruby>水平'


def test_a_span_over_two_lines_is_opened_and_closed_in_each() -> None:
    text = "第一行\n\n第二行"
    where = marking.lines(text)
    (first, second) = marking.by_line([Stroke(Span(1, 7), 10, "span", id="p0")], where)
    assert marking.render(text, where[0], first) == '第<span id="p0">一行</span>'
    assert marking.render(text, where[1], second) == "<span>第二</span>行"


def test_a_span_that_starts_on_an_empty_line_keeps_its_anchor() -> None:
    text = "上\n\n下文"
    where = marking.lines(text)
    buckets = marking.by_line([Stroke(Span(2, 5), 10, "span", id="p1")], where)
    assert buckets[0] == []
    assert marking.render(text, where[1], buckets[1]) == '<span id="p1">下文</span>'


texts = st.text('甲乙丙<&>"x1\n', min_size=1, max_size=30)
cuts = st.lists(st.tuples(st.integers(0, 29), st.integers(1, 10), st.integers(0, 5)), max_size=8)


@given(texts, cuts)
def test_without_its_tags_the_html_is_the_text(text: str, spans: list[tuple[int, int, int]]) -> None:
    strokes = [
        Stroke(Span(start, min(start + length, len(text))), order, "span")
        for start, length, order in spans
        if start < len(text)
    ]
    html = marking.whole(text, strokes)
    assert Markup(re.sub(r"</?span>", "", html)).unescape() == text
    assert html.count("<span>") == html.count("</span>")


@given(texts, cuts)
def test_every_anchor_of_a_text_is_there_once(text: str, spans: list[tuple[int, int, int]]) -> None:
    strokes = [
        Stroke(Span(start, min(start + length, len(text))), order, "span", id=f"p{n}")
        for n, (start, length, order) in enumerate(spans)
        if start < len(text)
    ]
    where = marking.lines(text)
    buckets = marking.by_line(strokes, where)
    html = "".join(marking.render(text, line, mine) for line, mine in zip(where, buckets, strict=True))
    for stroke in strokes:
        visible = stroke.span.of(text).strip("\n") != ""
        assert html.count(f'id="{stroke.id}"') == int(visible)
