"""Text on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cli.terminal import cut, in_lines, padded, side_by_side, width, wrapped, wrapped_marked
from indexer.domain.spans import Span

TEXT = st.text(st.sampled_from("高新区招商引资 abc,，。12.5%\n"), max_size=60)


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert width("招商ab") == 6
    assert padded("招商", 6) == "招商  "


def test_what_is_too_long_is_cut_with_a_sign_that_it_was() -> None:
    assert cut("招商引资", 8) == "招商引资"
    assert cut("招商引资", 7) == "招商引…"
    assert cut("招商引资", 6) == "招商…"


@given(TEXT)
def test_wrapping_loses_no_character(text: str) -> None:
    assert "".join(wrapped(text, 10)) == text.replace("\n", "")


@given(TEXT)
def test_no_line_is_wider_than_its_column_but_for_punctuation_at_its_end(text: str) -> None:
    assert all(width(line.rstrip(" ,，。12.5%abc")) <= 10 for line in wrapped(text, 10))


def test_a_line_does_not_start_with_a_comma_and_a_word_stays_whole() -> None:
    assert wrapped("招商引资，做法", 8) == ["招商引资，", "做法"]
    assert wrapped("招商引资 masked", 14) == ["招商引资 ", "masked"]


def test_marks_are_bold_wherever_the_line_ends() -> None:
    lines = wrapped_marked("招商引资", [Span(1, 3)], 4)
    assert [line.plain for line in lines] == ["招商", "引资"]
    assert [[(span.start, span.end) for span in line.spans] for line in lines] == [[(1, 2)], [(0, 1)]]


def test_items_of_a_list_stay_whole() -> None:
    assert in_lines(["体制机制改革 1", "招商引资 21"], 16) == ["体制机制改革 1", "招商引资 21"]


def test_no_character_of_a_table_is_lost_where_punctuation_hangs_over(capsys: pytest.CaptureFixture[str]) -> None:
    side_by_side(
        ["甲区", "乙区"], [("驻点", ["全年新签约项目二十八个。" * 9, "未提及"]), ("专班", ["设专班。", "同上"])]
    )
    lines = capsys.readouterr().out.splitlines()
    assert "".join(lines).count("。") == 10
    assert not [line for line in lines if line != line.rstrip()], "piped lines have no blanks at their end"
    assert not [line for line in lines if "\x1b" in line]
