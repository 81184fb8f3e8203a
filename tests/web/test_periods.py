"""What is known of a figure's time, scope and precision, in the reader's language."""

from __future__ import annotations

import pytest

from indexer.locale import speaking
from webapp.presenters.periods import period, several


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("1-11月", "Jan–Nov"),
        ("2021年上半年", "first half 2021"),
        ("2022年1-2月", "Jan–Feb 2022"),
        ("到2025年末", "end of 2025"),
        ("到2025年", "by 2025"),
        ("截至11月底", "up to Nov"),
        ("前8个月", "first 8 months"),
        ("十四五时期", "14th five-year plan"),
        ("这五年", "past 5 years"),
        ("今后五年", "next 5 years"),
        ("6月", "Jun"),
        ("2019年", "2019"),
        ("那时候", "那时候"),
    ],
)
def test_a_period_is_put_together_of_its_parts_in_english_and_stays_as_printed_in_chinese(
    printed: str, told: str
) -> None:
    assert period(printed) == printed
    with speaking("en"):
        assert period(printed) == told


def test_each_of_several_words_has_its_name() -> None:
    assert several("全市、规模以上") == "全市、规模以上"
    with speaking("en"):
        assert several("全市、规模以上") == "whole city, above designated size"
        assert several("力争、以上") == "aimed at, or more"
        assert several("") == ""
