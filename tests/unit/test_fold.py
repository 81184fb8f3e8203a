"""Folding: one spelling, the same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.fold import fold, folded_codes

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("５Ｇ", "5g"),
        ("GDP", "gdp"),
        ("標準廠房", "标准厂房"),
        ("“一区多园”", '"一区多园"'),
        ("「一区多园」", '"一区多园"'),
        ("‘一区多园’", '"一区多园"'),
        ("1—11月", "1-11月"),
        ("1－11月", "1-11月"),
        ("增长８．５％", "增长8.5%"),
        ("A　B", "a b"),
    ],
)
def test_spellings_of_one_thing_fold_alike(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_lines_and_cells_stay_apart() -> None:
    assert fold("甲\t乙\n丙") == "甲\t乙\n丙"


@given(ANY)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY)
def test_folding_twice_equals_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_once_and_for_all() -> None:
    every = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    assert fold(fold(every)) == fold(every)
    assert len(fold(every)) == len(every)


def test_a_long_text_is_folded_as_its_characters_are() -> None:
    every = "".join(map(chr, range(0x110000)))
    assert fold(every) == "".join(fold(every[start : start + 16]) for start in range(0, len(every), 16))


@given(ANY)
def test_code_points_of_a_folded_text_are_those_of_its_characters(text: str) -> None:
    assert folded_codes(text).tolist() == list(map(ord, fold(text)))


def test_radicals_are_folded_to_what_people_type() -> None:
    assert fold("⼯业⻓廊更新") == fold("工业长廊更新")
