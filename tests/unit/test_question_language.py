"""The question language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.query import Alike, All, Either, Loose, Node, Not, Phrase, Scope, Within, Word
from indexer.search.question_language import parse, read


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("  　", None),
        ("招商", Word("招商")),
        ("招商 引资", All((Word("招商"), Word("引资")))),
        ("招商、引资，落地；投产", All((Word("招商"), Word("引资"), Word("落地"), Word("投产")))),
        ('"招商引资"', Phrase("招商引资")),
        ("“招商引资”", Phrase("招商引资")),
        ("「招商引资」", Phrase("招商引资")),
        ("＂招商引资＂", Phrase("招商引资")),
        ("“招商、引资” 2022", All((Phrase("招商、引资"), Word("2022")))),
        ("招商 -大会", All((Word("招商"), Not(Word("大会"))))),
        ("招商　－大会", All((Word("招商"), Not(Word("大会"))))),
        ('招商 -"签约大会"', All((Word("招商"), Not(Phrase("签约大会"))))),
        ("-大会", Not(Word("大会"))),
        ("招商 - 大会", All((Word("招商"), Word("大会")))),
        ("招商 ——大会", All((Word("招商"), Word("大会")))),
        ("1-10月 Wi-Fi", All((Word("1-10月"), Word("Wi-Fi")))),
        ("招商 OR 招引", Either((Word("招商"), Word("招引")))),
        ("招商|招引｜引资", Either((Word("招商"), Word("招引"), Word("引资")))),
        ("园区 招商 ＯＲ 招引", All((Word("园区"), Either((Word("招商"), Word("招引")))))),
        ("this or that", All((Word("this"), Word("or"), Word("that")))),
        ("1,000亿元", Word("1,000亿元")),
        ("R&D", Word("R&D")),
        ("**", Word("**")),
        ("如何招商？", Word("如何招商")),
        ("高新区（经开区）", All((Word("高新区"), Word("经开区")))),
        ("招商：", Word("招商")),
        ("(招商 OR 招引) 园区", All((Either((Word("招商"), Word("招引"))), Word("园区")))),
        ("（招商 园区）OR 招引", Either((All((Word("招商"), Word("园区"))), Word("招引")))),
        ("招商 -(大会 签约)", All((Word("招商"), Not(All((Word("大会"), Word("签约"))))))),
        ("标题:总结 招商", All((Within(Scope.TITLE, Word("总结")), Word("招商")))),
        ("標題：“总结” 招商", All((Within(Scope.TITLE, Phrase("总结")), Word("招商")))),
        ("-标题:总结", Not(Within(Scope.TITLE, Word("总结")))),
        ("全文:双碳", Within(Scope.REPORT, Word("双碳"))),
        ("同段(双碳 光伏)", Within(Scope.PASSAGE, All((Word("双碳"), Word("光伏"))))),
        ("园区:光谷 招商", Word("招商")),
        ("年份:2020-2022", None),
        ("大标题:总结", Word("大标题:总结")),
        ("标题： 总结", Within(Scope.TITLE, Word("总结"))),
        ("招商 AND 招引", All((Word("招商"), Word("招引")))),
        ("招商 NOT 大会", All((Word("招商"), Not(Word("大会"))))),
        ("((((((((招商))))))))", Word("招商")),
    ],
)
def test_a_question_is_read(text: str, node: Node | None) -> None:
    assert parse(text) == (node, ())


def test_zones_and_years_in_a_question_are_filters_and_leave_its_text() -> None:
    question = read("招商 园区:“云溪高新区” 年份：2020-2022 -大会")
    assert (question.zones, question.years) == (("云溪高新区",), ("2020-2022",))
    assert read(question.rest).node == question.node == All((Word("招商"), Not(Word("大会"))))
    assert question.warnings == ()
    assert "筛选" in read("招商 OR (园区:光谷 招引)").warnings[0]


def test_an_unbalanced_bracket_is_closed_with_a_warning() -> None:
    node, warnings = parse("园区 (招商 OR 招引")
    assert node == All((Word("园区"), Either((Word("招商"), Word("招引")))))
    assert "括号" in warnings[0]
    assert parse("招商) 招引") == (All((Word("招商"), Word("招引"))), ())


def test_a_quote_in_the_middle_of_a_sentence_is_known_as_such() -> None:
    node = parse("“以租代征”合法吗")[0]
    assert isinstance(node, All)
    assert isinstance(node.nodes[0], Phrase)
    assert node.nodes[0].glued
    alone = parse("“以租代征” 合法吗")[0]
    assert isinstance(alone, All)
    assert isinstance(alone.nodes[0], Phrase)
    assert not alone.nodes[0].glued


def test_an_unbalanced_quote_is_a_warning_and_its_words_are_words() -> None:
    node, warnings = parse('园区 "招商 引资')
    assert node == All((Word("园区"), Word("招商"), Word("引资")))
    assert len(warnings) == 1
    assert "引号" in warnings[0]


@pytest.mark.parametrize("text", ["OR 招商", "招商 OR", "| 招商 |"])
def test_an_or_without_two_sides_is_left_out_with_a_warning(text: str) -> None:
    node, warnings = parse(text)
    assert node == Word("招商")
    assert warnings
    assert all("OR" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("text", "node", "says"),
    [
        ("标题：", None, "“标题:”后面没有写词"),
        ("招商 全文:", Word("招商"), "“全文:”后面没有写词"),
        ("标题:OR 招商", Word("招商"), "“标题:”后面没有写词"),
        ("园区: 、 招商", Word("招商"), "“园区:”后面没有写词"),
        ("-园区:光谷 招商", Word("招商"), "前面不能用减号"),
        ("，。？", None, "没有可以查找的词"),
        ('""', None, "没有可以查找的词"),
        ("😀", None, "没有可以查找的词"),
        ("()", None, "没有可以查找的词"),
        ('"' * 199, None, "引号没有成对"),
        ("(" * 200, None, "括号没有成对"),
        ("-" * 200, None, "没有可以查找的词"),
        ("|" * 200, None, "OR 的两边"),
    ],
)
def test_what_is_merely_odd_is_a_warning(text: str, node: Node | None, says: str) -> None:
    question = read(text)
    assert question.node == node
    assert any(says in warning for warning in question.warnings)
    assert (question.zones, question.years) == ((), ())


def test_a_zone_or_year_may_stand_behind_a_space() -> None:
    question = read("园区：　光谷 年份: 2021 招商")
    assert (question.zones, question.years, question.rest) == (("光谷",), ("2021",), "招商")


def leaves(node: Node | None) -> list[str]:
    match node:
        case None:
            return []
        case Word(text) | Phrase(text):
            return [text]
        case Not(child) | Within(_, child):
            return leaves(child)
        case All(nodes) | Either(nodes):
            return [leaf for child in nodes for leaf in leaves(child)]
        case Alike() | Loose():
            raise AssertionError(f"only synonyms and levels make {node}")


@given(st.text("招商引5g０ \n\"“”「」|｜-－—,，、()（）?.:*'𠀀", max_size=40))
def test_nothing_that_is_asked_gets_lost(text: str) -> None:
    node, _ = parse(text)
    kept = "".join(leaves(node))
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]


@given(st.text(max_size=300))
def test_no_input_is_an_error(text: str) -> None:
    parse(text)
