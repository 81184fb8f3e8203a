"""The four levels of match, and what each adds to a question."""

from __future__ import annotations

import pytest

from indexer.domain.query import Alike, All, Either, Loose, Match, Node, Not, Phrase, Synonym, Word
from indexer.reference.synonyms import EXACT_WEIGHT, RELATED_WEIGHT, Synonyms
from indexer.search.match_modes import (
    GOOD_PART,
    HALF,
    LARGE_PART,
    MOST_OF_IT,
    PLACED_PART,
    SMALL_PART,
    SMALLEST_PART,
    Leveling,
)
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser

TABLE = """group_id\ttype\thead\tmembers\tnote
S1\texact\t专项债\t专项债|专项债券\t
S2\trelated\t孵化器\t孵化器|加速器\t
S3\tdefinition\t六稳\t六稳|稳就业、稳金融\t
S4\texact\t孵化器\t孵化器|科技企业孵化器\t
""".splitlines()


@pytest.fixture(scope="module")
def leveling() -> Leveling:
    return Leveling(Synonyms.parse(TABLE), Analyser(["专项债", "孵化器"]))


def node_of(text: str) -> Node:
    node, _ = parse(text)
    assert node is not None
    return node


def test_exact_takes_every_word_letter_for_letter(leveling: Leveling) -> None:
    leveled = leveling.at(Match.EXACT, node_of("专项债 招商 -大会 OR 签约"))
    assert leveled.synonyms == ()
    assert leveled.node == All((Phrase("专项债"), Phrase("招商"), Either((Not(Phrase("大会")), Phrase("签约")))))


def test_words_adds_nothing(leveling: Leveling) -> None:
    assert leveling.at(Match.WORDS, node_of("专项债怎么用")).node == Word("专项债怎么用")


def test_the_same_is_added_both_ways_and_shown(leveling: Leveling) -> None:
    leveled = leveling.at(Match.SYNONYMS, node_of("专项债券"))
    assert leveled.node == Alike(Word("专项债券"), (("专项债", EXACT_WEIGHT),))
    assert leveled.synonyms == (Synonym("专项债券", "专项债", near=False),)


def test_what_is_near_is_added_to_the_wider_word_only_at_less_weight(leveling: Leveling) -> None:
    assert leveling.at(Match.SYNONYMS, node_of("孵化器")).node == Alike(
        Word("孵化器"), (("科技企业孵化器", EXACT_WEIGHT), ("加速器", RELATED_WEIGHT))
    )
    assert leveling.at(Match.SYNONYMS, node_of("加速器")).node == Word("加速器")
    exact = leveling.at(Match.SYNONYMS, node_of("科技企业孵化器")).node
    assert isinstance(exact, Alike)
    assert ("加速器", RELATED_WEIGHT) in exact.others


def test_a_synonym_taken_off_is_not_added(leveling: Leveling) -> None:
    assert leveling.at(Match.SYNONYMS, node_of("专项债"), ("专项债券",)).node == Word("专项债")


def test_a_definition_is_told_and_never_looked_for(leveling: Leveling) -> None:
    leveled = leveling.at(Match.SYNONYMS, node_of("六稳 招商"))
    assert leveled.node == All((Word("六稳"), Word("招商")))
    assert "稳就业" in leveled.notes[0]


def test_nothing_is_added_to_a_quote_or_to_what_is_excluded(leveling: Leveling) -> None:
    node = node_of('"专项债" -专项债券')
    assert leveling.at(Match.SYNONYMS, node).node == node


@pytest.mark.parametrize(
    "text",
    [
        "专项债可以用在哪里？",
        "园区里的企业怎么办环评",
        "企业搬走了，还能不能要回补贴",
        "企业搬迁以后原来享受的补贴要不要退回去",
        "在园区“一址多照”合法吗",
    ],
)
def test_a_sentence_is_taken_loosely_by_itself(leveling: Leveling, text: str) -> None:
    leveled = leveling.at(Match.SYNONYMS, node_of(text))
    assert leveled.loosened
    assert isinstance(leveled.node, Loose)


@pytest.mark.parametrize("text", ["招商 专班 专项债 营商 环境 亩均 效益", "怎么办", "国家高新区", '"怎么用" 专项债'])
def test_words_side_by_side_are_no_sentence(leveling: Leveling, text: str) -> None:
    assert not leveling.at(Match.SYNONYMS, node_of(text)).loosened


def test_loosely_a_quote_by_itself_and_an_exclusion_still_hold(leveling: Leveling) -> None:
    leveled = leveling.at(Match.LOOSE, node_of('专项债 招商 "签约大会" -出口'))
    assert not leveled.loosened
    assert leveled.node == All(
        (Loose("专项债 招商", (("专项债券", EXACT_WEIGHT),)), Phrase("签约大会"), Not(Word("出口")))
    )


def test_a_row_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="similar"):
        Synonyms.parse(["S1\tsimilar\t双创\t双创|创新创业\t"])


def test_words_that_stand_nowhere_together_are_loosened_but_for_place_and_year(leveling: Leveling) -> None:
    fixed = {"云溪高新区": "云溪高新区", "2021": "2021", "衡阳市": "衡阳"}
    finds = {"专项债": 12, "专项债券": 2, "招商大会": 0, "乡贤": 3}

    def found(node: Node) -> int:
        if isinstance(node, All):  # a word beside the places: as often as the word alone
            return min(found(one) for one in node.nodes if getattr(one, "text", "") not in fixed.values())
        word = node.word if isinstance(node, Alike) else node
        assert isinstance(word, Word)
        return finds[word.text]

    leveled = leveling.rather(node_of("云溪高新区 2021 专项债 衡阳市 招商大会 乡贤"), fixed.get, found)
    assert leveled is not None
    assert leveled.loosened
    assert (leveled.missing, leveled.beside) == (("招商大会",), ("云溪高新区", "2021", "衡阳"))
    text, others = "专项债 招商大会 乡贤", (("专项债券", EXACT_WEIGHT),)
    part, near = Loose(text, others, GOOD_PART), Loose(text, others, PLACED_PART)
    assert leveled.node == All((near, Word("云溪高新区"), Word("2021"), Word("衡阳")))
    nowhere = leveling.rather(node_of(text), lambda word: None, found)
    assert nowhere is not None
    assert nowhere.node == Either((Loose(text, others, LARGE_PART), All((part, Loose("招商大会", (), MOST_OF_IT)))))
    placed = leveling.rather(node_of(text), lambda word: None, found, placed=True)
    assert placed is not None
    assert placed.node == near


def test_of_a_long_word_by_itself_half_must_be_held(leveling: Leveling) -> None:
    for text, least in (("宠物食品产业园", HALF), ("招尚引资", GOOD_PART)):
        leveled = leveling.rather(node_of(text), lambda word: None, lambda node: 0)
        assert leveled is not None
        assert leveled.node == Loose(text, (), least)


def test_a_word_is_asked_for_as_most_passages_say_it(leveling: Leveling) -> None:
    def found(node: Node) -> int:
        return {"专项债": 2, "专项债券": 30}.get(node.text, 0) if isinstance(node, Word) else 0

    leveled = leveling.rather(node_of("专项债 乡贤"), lambda word: None, found)
    assert leveled is not None
    assert leveled.node == Loose("专项债券 乡贤", (("专项债", 1.0),), GOOD_PART)


def test_a_number_that_stands_somewhere_lifts_the_passages_that_have_it(leveling: Leveling) -> None:
    leveled = leveling.rather(node_of("云溪排名 第132位"), lambda word: None, lambda node: 1)
    assert leveled is not None
    part = Loose("云溪排名 第132位", (), GOOD_PART)
    assert leveled.node == Either((part, All((part, Either((Word("132"),))))))


def test_what_comes_nearest_holds_a_small_part_and_of_a_place_a_smaller_one(leveling: Leveling) -> None:
    for fixed, least in ((None, SMALL_PART), ("衡阳", SMALLEST_PART)):
        node = node_of("衡阳 招商大会 乡贤")
        places: dict[str, str | None] = {"衡阳": fixed}
        leveled = leveling.nearest(node, places.get, lambda node: 0)
        assert leveled is not None
        loose = leveled.node.nodes[0] if isinstance(leveled.node, All) else leveled.node
        assert isinstance(loose, Loose)
        assert loose.least == least


def test_a_number_is_never_what_a_question_is_about(leveling: Leveling) -> None:
    leveled = leveling.rather(node_of("孵化载体 乡贤 150家"), lambda word: None, lambda node: 0)
    assert leveled is not None
    assert isinstance(leveled.node, Either)
    assert leveled.node.nodes[1] == All(
        (Loose("孵化载体 乡贤 150家", (), GOOD_PART), Loose("孵化载体", (), MOST_OF_IT))
    )


@pytest.mark.parametrize("text", ['招商 "签约大会"', "招商大会 -签约", "招商", "标题:总结 招商大会"])
def test_what_was_asked_exactly_is_not_loosened(leveling: Leveling, text: str) -> None:
    assert leveling.rather(node_of(text), lambda word: None, lambda node: 0) is None
