"""Edits: what cleaning did can be taken back, and spans can be followed to the original."""

from __future__ import annotations

import time
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.edits import Edit, Edited, apply, original_of, original_span
from indexer.domain.spans import Span

LETTERS = st.text("甲乙丙丁ab ", max_size=6)


@st.composite
def a_step(draw: st.DrawFn) -> tuple[str, Edited]:
    """A text and a step over it: stretches kept and stretches replaced, in turn."""
    stretches = draw(st.lists(st.tuples(LETTERS, LETTERS, LETTERS), max_size=8))
    before = "".join(kept + removed for kept, removed, _ in stretches)
    ends = accumulate(len(kept) + len(removed) for kept, removed, _ in stretches)
    edits = [
        Edit(end - len(removed), removed, inserted) for end, (_, removed, inserted) in zip(ends, stretches, strict=True)
    ]
    return before, apply("test", before, edits)


@given(a_step())
def test_the_text_before_a_step_can_be_rebuilt(case: tuple[str, Edited]) -> None:
    before, step = case
    assert step.before() == before


@given(a_step())
def test_a_kept_character_leads_back_to_itself(case: tuple[str, Edited]) -> None:
    before, step = case
    inserted = set()
    shift = 0
    for edit in step.edits:
        inserted |= set(range(edit.at + shift, edit.at + shift + len(edit.inserted)))
        shift += len(edit.inserted) - len(edit.removed)
    for at in set(range(len(step.text))) - inserted:
        assert step.span_before(Span(at, at + 1)).of(before) == step.text[at]


@given(a_step())
def test_every_span_leads_back_into_the_text(case: tuple[str, Edited]) -> None:
    before, step = case
    for start in range(len(step.text)):
        for end in range(start + 1, len(step.text) + 1):
            earlier = step.span_before(Span(start, end))
            assert earlier.end <= max(len(before), 1)


def test_a_span_is_widened_to_the_whole_of_what_was_replaced() -> None:
    step = apply("test", "标（biāo）准厂房", [Edit(1, "（biāo）", "")])
    assert step.text == "标准厂房"
    assert step.span_before(Span(0, 2)).of("标（biāo）准厂房") == "标（biāo）准"


def test_where_lengths_agree_each_character_stands_for_its_own() -> None:
    step = apply("test", "增长８５％", [Edit(2, "８５％", "85%")])
    assert step.span_before(Span(3, 4)) == Span(3, 4)


def test_a_span_is_followed_through_all_steps() -> None:
    first = apply("one", "  甲乙", [Edit(0, "  ", "")])
    second = apply("two", first.text, [Edit(1, "", "\n")])
    assert second.text == "甲\n乙"
    assert original_of(second.text, (first, second)) == "  甲乙"
    assert original_span(Span(2, 3), (first, second)) == Span(3, 4)


def test_without_history_a_text_is_its_own_original() -> None:
    assert original_of("甲", ()) == "甲"
    assert original_span(Span(0, 1), ()) == Span(0, 1)


@pytest.mark.parametrize("edits", [[Edit(0, "乙", "")], [Edit(0, "甲乙", ""), Edit(1, "乙", "")], [Edit(9, "甲", "")]])
def test_an_edit_that_does_not_fit_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply("test", "甲乙丙", edits)


def test_an_edit_that_changes_nothing_is_left_out() -> None:
    assert apply("test", "甲 乙", [Edit(1, " ", " ")]).edits == ()


def test_hundreds_of_spans_over_thousands_of_edits_are_followed_quickly() -> None:
    step = apply("test", "甲 " * 20_000, [Edit(2 * at + 1, " ", "") for at in range(20_000)])
    began = time.perf_counter()
    for at in range(0, 20_000, 40):
        assert step.span_before(Span(at, at + 1)).start == 2 * at
    assert time.perf_counter() - began < 0.5  # 1.5 s when the starts were counted anew for each
