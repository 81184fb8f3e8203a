"""Words are found at every place where a text holds them, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser
from indexer.text.dictionary_matcher import WordFinder, codes_of

LETTERS = "招商引资专债𠮷ab"
words = st.lists(st.text(LETTERS, min_size=2, max_size=5), max_size=30, unique=True)


def found(finder: WordFinder, text: str) -> list[tuple[int, str]]:
    places, numbers = finder.find(codes_of(text))
    return sorted(
        (place, finder.words[number]) for place, number in zip(places.tolist(), numbers.tolist(), strict=True)
    )


@given(words, st.text(LETTERS, max_size=80))
def test_every_word_is_found_wherever_the_text_holds_it(some: list[str], text: str) -> None:
    expected = [(at, word) for word in some for at in range(len(text)) if text.startswith(word, at)]
    assert found(WordFinder(some), text) == sorted(expected)


@given(words, st.text(LETTERS, max_size=80))
def test_those_of_one_word_come_in_the_order_of_their_places(some: list[str], text: str) -> None:
    finder = WordFinder(some)
    places, numbers = finder.find(codes_of(text))
    for number in range(len(some)):
        of_word = places[numbers == number].tolist()
        assert of_word == sorted(of_word)


def test_the_finder_of_an_analyser_knows_the_words_that_questions_are_cut_into() -> None:
    finder = Analyser(["稳投资"]).word_finder
    assert found(finder, "发挥专项债稳投资作用") == [
        (0, "发挥"),
        (2, "专项"),
        (5, "稳投资"),
        (6, "投资"),
        (8, "作用"),
    ]
