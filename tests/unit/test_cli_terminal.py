"""Text on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from indexer.cli.terminal import cut, listed, padded, width, wrapped, wrapped_marked
from indexer.domain.spans import Span

TEXT = st.text(st.sampled_from("高新区招商引资 abc,，。12.5%\n"), max_size=60)


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert width("招商ab") == 6
    assert padded("招商", 6) == "招商  "


def test_what_is_too_long_is_cut_with_a_sign_that_it_was() -> None:
    assert cut("招商引资", 8) == "招商引资"
    assert cut("招商引资", 7) == "招商…"


@given(TEXT)
def test_wrapping_loses_no_character(text: str) -> None:
    assert "".join(wrapped(text, 10)) == text.replace("\n", "")


@given(TEXT)
def test_no_line_is_wider_than_its_column_but_for_punctuation_at_its_end(text: str) -> None:
    assert all(width(line.rstrip(",，。12.5%abc")) <= 10 for line in wrapped(text, 10))


def test_a_line_does_not_start_with_a_comma_and_a_word_stays_whole() -> None:
    assert wrapped("招商引资，做法", 8) == ["招商引资，", "做法"]
    assert wrapped("招商引资 masked", 14) == ["招商引资 ", "masked"]


def test_marks_are_bold_wherever_the_line_ends() -> None:
    lines = wrapped_marked("招商引资", [Span(1, 3)], 4)
    assert [click.unstyle(line) for line in lines] == ["招商", "引资"]
    assert all("\x1b[" in line for line in lines)


def test_items_of_a_list_stay_whole() -> None:
    assert listed(["体制机制改革 1", "招商引资 21"], 16) == ["体制机制改革 1", "招商引资 21"]
