"""Other ways to say a word: names of the same indicator, numbers written otherwise, words that only ask."""

from __future__ import annotations

import pytest

from indexer.domain.query import Alike, All, Match, Word
from indexer.reference.indicator_words import SAME_ROW_WEIGHT, IndicatorWords, asked_of, only_asks
from indexer.reference.number_words import said_otherwise
from indexer.reference.other_words import OtherWords
from indexer.reference.synonyms import Synonyms
from indexer.search.match_modes import Leveling
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser

ROWS = (
    ("地区生产总值", ("地区生产总值", "生产总值", "经济总量", "GDP")),
    ("上市公司数", ("新增#上市公司", "境内外上市公司", "上市公司")),
    ("优良天数比例", ("优良天数",)),
    ("优良天数", ("优良天数",)),
)
WORDS = OtherWords(Synonyms.parse(["S1\texact\t增速\t增速|增幅\t"]), IndicatorWords(ROWS))


@pytest.mark.parametrize("name", ["GDP", "gdp", "生产总值", "经济总量", "地区生产总值"])
def test_an_indicator_is_found_by_all_its_names_but_those_that_hold_another(name: str) -> None:
    found = {other.text for other in WORDS.of(name)}
    assert found == {"生产总值", "经济总量", "GDP"} - {name.upper(), name}
    assert {other.weight for other in WORDS.of(name)} == {SAME_ROW_WEIGHT}


def test_a_name_of_two_rows_says_neither() -> None:
    assert WORDS.of("优良天数") == ()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("GDP增速", ("GDP", "增速")),
        ("上市公司数量", ("上市公司",)),
        ("上市公司有多少家", ("上市公司",)),
        ("生产总值增长目标", ("生产总值", "增长")),
        ("生产总值全省排第几", ("生产总值",)),
        ("上市公司数", ("上市公司",)),
        ("GDP", None),
        ("上市公司", None),
        ("街道数量", None),
        ("数量", None),
    ],
)
def test_a_word_that_asks_for_a_number_is_what_it_asks_about(word: str, parts: tuple[str, ...] | None) -> None:
    assert WORDS.asked_of(word) == parts


def test_a_word_alone_that_only_asks_is_known() -> None:
    assert only_asks("规模")
    assert only_asks("多少家")
    assert not only_asks("规模以上")
    assert list(asked_of("规模")) == []


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("前8个月", "1-8月"),
        ("前八个月", "前8月"),
        ("1-8月", "前八个月"),
        ("1—11月份", "前十一个月"),
        ("全省第2", "全省第二"),
        ("第十二位", "第12"),
        ("全省第二", "全省第2"),
        ("全省第一", "全省首位"),
    ],
)
def test_a_number_is_found_as_it_is_written_otherwise(word: str, other: str) -> None:
    assert other in said_otherwise(word)


@pytest.mark.parametrize("word", ["8个月", "1-8项", "第三产业", "前年", "一二三"])
def test_what_is_no_span_of_months_and_no_place_stays_as_it_is(word: str) -> None:
    assert said_otherwise(word) == ()


def test_growth_of_an_indicator_is_two_words_each_said_its_own_way() -> None:
    leveling = Leveling(WORDS.synonyms, Analyser([]), WORDS.indicators)
    node = leveling.at(Match.SYNONYMS, parse("GDP增速")[0]).node
    assert isinstance(node, All)
    assert [child.word.text for child in node.nodes if isinstance(child, Alike)] == ["GDP", "增速"]
    assert leveling.at(Match.WORDS, parse("GDP增速")[0]).node == Word("GDP增速")
    assert leveling.at(Match.SYNONYMS, parse("基金 规模")[0]).node == Word("基金")
