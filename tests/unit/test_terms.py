"""Text to terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser, is_latin, parse_lexicon
from indexer.text.fold import fold

LEXICON = Path(__file__).resolve().parents[2] / "corpus" / "tables" / "lexicon.tsv"


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    with LEXICON.open(encoding="utf-8") as lines:
        return Analyser(parse_lexicon(lines))


mixed_texts = st.text("招商引资专项债高新区瑶溪發展的一，。（）“ \n５Gg&.-+xX%*12①éß", max_size=80)


@given(mixed_texts)
def test_every_token_stands_where_it_says(analyser: Analyser, text: str) -> None:
    for token in analyser.index_tokens(text):
        assert fold(text)[token.start : token.end] == token.text


@given(mixed_texts)
def test_cutting_loses_no_letter_and_no_digit(analyser: Analyser, text: str) -> None:
    covered = {place for token in analyser.index_tokens(text) for place in range(token.start, token.end)}
    assert {place for place, character in enumerate(fold(text)) if character.isalnum()} <= covered


@given(mixed_texts)
def test_positions_follow_each_other_without_gaps(analyser: Analyser, text: str) -> None:
    positions = [token.position for token in analyser.index_tokens(text)]
    assert positions == sorted(positions)
    assert set(positions) == set(range(len(set(positions))))


@given(mixed_texts)
def test_folding_first_changes_no_term(analyser: Analyser, text: str) -> None:
    assert analyser.index_tokens(fold(text)) == analyser.index_tokens(text)
    assert analyser.question_terms(fold(text)) == analyser.question_terms(text)


@given(mixed_texts)
def test_what_a_text_is_asked_for_is_among_what_it_is_indexed_under(analyser: Analyser, text: str) -> None:
    assert set(analyser.question_terms(text)) <= {token.text for token in analyser.index_tokens(text)}


def test_words_of_the_field_stay_whole(analyser: Analyser) -> None:
    assert "专项债" in {token.text for token in analyser.index_tokens("发挥专项债稳投资作用")}
    assert analyser.question_terms("培育专精特新企业") == ["培育", "专精特新", "企业"]


def test_parts_stand_at_the_position_of_their_word(analyser: Analyser) -> None:
    tokens = {token.text: (token.position, token.start, token.end) for token in analyser.index_tokens("抓招商引资")}
    assert tokens == {"抓": (0, 0, 1), "招商引资": (1, 1, 5), "招商": (1, 1, 3), "引资": (1, 3, 5)}


def test_a_question_asks_for_the_word_without_its_parts(analyser: Analyser) -> None:
    assert analyser.question_terms("招商引资，招商引资") == ["招商引资"]


def test_characters_of_no_known_word_are_asked_for_in_pairs(analyser: Analyser) -> None:
    assert analyser.question_terms("瑶溪") == ["瑶溪"]
    assert "瑶溪" in {token.text for token in analyser.index_tokens("落户瑶溪片区")}
    assert "瑶溪" not in {token.text for token in analyser.index_tokens("瑶山溪水")}


def test_no_word_is_made_up_out_of_what_stands_together(analyser: Analyser) -> None:
    # with HMM on, jieba makes a word of 杭研 here and of 债稳 in 债稳投资
    assert {"杭", "研", "杭研"} <= {token.text for token in analyser.index_tokens("网易杭研大厦")}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("R&D", ["r&d"]),
        ("５Ｇ", ["5g"]),
        ("增长6.9%", ["增长", "6.9"]),
        ("1-10月", ["1-10", "月"]),
        ("7", ["7"]),
        ("的", ["的"]),
        ("xx.x%", ["xx.x"]),
        ("，。 **", []),
        ("", []),
    ],
)
def test_letters_and_numbers_are_cut_by_what_ties_them(analyser: Analyser, text: str, terms: list[str]) -> None:
    assert analyser.question_terms(text) == terms


def test_parts_of_latin_words_can_be_found(analyser: Analyser) -> None:
    def indexed(text: str) -> set[str]:
        return {token.text for token in analyser.index_tokens(text)}

    assert {"amoled/oled", "amoled", "oled"} == indexed("AMOLED/OLED")
    assert {"chatgpt4", "chatgpt"} == indexed("ChatGPT4")
    assert {"20.61"} == indexed("20.61")
    assert {"5g"} == indexed("5G")


def test_every_term_of_the_lexicon_is_one_word_alone(analyser: Analyser) -> None:
    with LEXICON.open(encoding="utf-8") as lines:
        terms = [
            term for term in parse_lexicon(lines) if len(term) > 1 and all("一" <= letter <= "鿿" for letter in term)
        ]
    assert len(terms) > 1000
    assert [term for term in terms if analyser.question_terms(term) != [fold(term)]] == []


def test_two_analysers_share_nothing() -> None:
    assert Analyser(["瑶溪片区"]).question_terms("瑶溪片区") == ["瑶溪片区"]
    assert Analyser([]).question_terms("瑶溪片区") == ["瑶溪", "片区"]


def test_a_lexicon_line_gives_its_first_column() -> None:
    assert parse_lexicon(["# note\n", "term\tcategory\n", "专项债\t融资\n", "\n", "双创\n"]) == ("专项债", "双创")


def test_latin_is_told_from_chinese() -> None:
    assert is_latin("Ｒ＆Ｄ")
    assert is_latin("5g")
    assert not is_latin("5G基站")
    assert not is_latin("")


def test_a_number_is_the_same_with_and_without_separators_of_its_thousands(analyser: Analyser) -> None:
    text = "完成产值1，207.5亿元"
    (number,) = [token for token in analyser.index_tokens(text) if token.text == "1207.5"]
    assert text[number.start : number.end] == "1，207.5"
    assert analyser.question_terms("1,207.5") == analyser.question_terms("1207.5") == ["1207.5"]
    assert "12" in {token.text for token in analyser.index_tokens("排在第3,12,7位")}
