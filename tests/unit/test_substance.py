"""What a passage is worth beside others: facts before words, what the question is about before what it names."""

from __future__ import annotations

import pytest

from indexer.domain.facets import FACETS
from indexer.domain.query import Filters, Query, Word
from indexer.domain.report import Status
from indexer.domain.results import IndexedPassage
from indexer.engines.memory import MemoryEngine
from indexer.text.analyser import Analyser
from indexer.text.substance import A_DEED, DEEDS, FIGURES, WORDS, substance

ANALYSER = Analyser(["招商", "能耗"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("招商是园区永远的主题，贵在坚持。", WORDS),
        ("招商要有新气象、新作为。", WORDS),
        ("成立了招商公司。", A_DEED),
        ("成立招商公司，选派干部去外地。", DEEDS),
        ("全年新签36个项目。", FIGURES),
        ("投资超过x.x亿元。", FIGURES),
        ("2021年，招商是头等大事。", WORDS),
    ],
)
def test_a_passage_is_told_by_its_figures_or_by_what_was_done(text: str, kind: str) -> None:
    assert substance(text, ()) == kind


def test_a_practice_of_the_codebook_counts_as_a_fact() -> None:
    assert substance("招商是头等大事。", ("investment/funds",)) == FIGURES


def engine(*passages: IndexedPassage) -> MemoryEngine:
    made = MemoryEngine(ANALYSER)
    made.replace_all(passages)
    return made


def passage(report: str, text: str, *themes: str, status: Status = Status.RESULT) -> IndexedPassage:
    return IndexedPassage(report, 0, text, zone="甲高新区", zone_type="高新区", status=status, themes=themes)


def test_slogans_notes_and_background_come_after_facts() -> None:
    found = engine(
        passage("slogan", "园区的事，归根到底是招商的事。"),
        passage("note", "招商：把客商请进园区来。", status=Status.NOTE),
        passage("fact", "全年招商落地项目36个，总投资12亿元，都已开工建设。"),
    ).search(Query(node=Word("招商")))
    assert found.hits[0].passage.report == "fact"


def test_what_is_on_the_theme_of_the_question_comes_before_what_holds_the_word() -> None:
    both = (passage("a", "单位产值能耗下降3%。", "绿色低碳"), passage("b", "规上企业产值增长3%。", "主导产业"))
    query = Query(node=Word("产值"), subjects=(("theme", "主导产业"),))
    assert [hit.passage.report for hit in engine(*both).search(query).hits] == ["b", "a"]


def test_a_theme_alone_is_ordered_by_how_much_a_passage_is_on_it() -> None:
    passages = (
        passage("aside", "引进人才30名，落户项目3个。", "人才", "招商引资"),
        passage("empty", "招商引资要有新气象。", "招商引资"),
        passage("full", "签约项目36个，到位资金12亿元。", "招商引资"),
    )
    assert any(facet.name == "theme" for facet in FACETS)
    query = Query(filters=Filters.of(theme=("招商引资",)), subjects=(("main_theme", "招商引资"),))
    assert [hit.passage.report for hit in engine(*passages).search(query).hits] == ["full", "aside", "empty"]
