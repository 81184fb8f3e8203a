"""What a sentence names, and whether the collection speaks of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.domain.query import All, Either, Loose, Node, Query, Word
from indexer.reference.romanised import Romanised
from indexer.search.match_modes import HALF
from indexer.search.sentences import Sentences
from indexer.settings import Settings
from indexer.tables import Tables

TABLES = Tables(Settings().corpus_folder)
SENTENCES = Sentences(TABLES.gazetteer, TABLES.analyser)


def having(*standing: str) -> Callable[[Node], int]:
    """A collection that holds these words and no others."""
    return lambda node: int(isinstance(node, Word) and node.text in standing)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("株洲怎么招商", [("株洲",)]),
        ("义乌的仓库怎么收费", [("义乌",)]),  # stands nowhere, and is a county
        ("怎样集中山区资源", []),  # 中山 is in the midst of words
        ("怎么招商", []),
    ],
)
def test_places_of_a_sentence(text: str, places: list[tuple[str, ...]]) -> None:
    assert list(SENTENCES.places(text, having("资源"))) == places


def test_a_county_whose_name_is_a_word_of_the_texts_is_no_place() -> None:
    assert list(SENTENCES.places("和平的环境怎么创造", having("和平"))) == []


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("目前各地的孵化器一共有多少家", ["孵化器"]),
        ("飞地怎么搞，取得了什么效果", ["飞地"]),  # how it went is asked, and needs no word of it
        ("提锂项目怎么样了", ["提锂", "项目"]),  # two characters that no word is made of
    ],
)
def test_words_that_tell_what_is_asked(text: str, telling: list[str]) -> None:
    assert list(SENTENCES.telling(text)) == telling


def test_a_sentence_of_a_place_asks_for_that_place_and_its_year() -> None:
    text = "株洲2019年怎么招商"
    narrowed = SENTENCES.of_its_places(Query(text=text, node=Loose(text)), having())
    assert narrowed is not None
    assert narrowed.node == All((Loose("2019年怎么招商"), Either((Word("株洲"),)), Word("2019年")))


def test_words_that_stand_nowhere_ask_for_a_large_part_of_the_rest() -> None:
    text = "盐湖提锂怎么扶持"
    query, nowhere = SENTENCES.unspoken(Query(text=text, node=Loose(text)), having("扶持"))
    assert nowhere == ("盐湖", "提锂")
    assert query is not None
    assert isinstance(query.node, Loose)
    assert query.node.least == HALF


def test_of_many_words_one_may_be_the_askers_own() -> None:
    text = "孵化器怎么吸引团队入驻并减免房租来招人"
    standing = [word for word in SENTENCES.telling(text) if word != "招人"]
    assert SENTENCES.unspoken(Query(text=text, node=Loose(text)), having(*standing))[0] is None


def test_a_row_of_romanised_names_with_a_column_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="1"):
        Romanised.parse(["spelling\tplaces", "suzhou"])


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("株洲计划新增多少家企业", True),
        ("打算引进几个项目", True),
        ("亩均税收的目标是多少", True),
        ("人才计划有哪些", False),
        ("三年行动计划 孵化器", False),
    ],
)
def test_who_asks_what_is_intended_asks_for_plans(text: str, intended: bool) -> None:
    about = SENTENCES.about_plans(Query(text=text, node=Loose(text)))
    assert about.subjects == ((("status", "计划"),) if intended else ())
