"""What comes first, and what stands on which page, whichever engine answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.domain.query import Sort
from indexer.domain.report import Grade
from indexer.ports import SearchEngine
from tests.contract.worlds import a_passage, ask, found, two_years_of_three_zones


def test_by_date_is_newest_first_and_unknown_last(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    assert [hit.passage.report for hit in engine.search(ask("招商", sort=Sort.DATE)).hits] == [
        "c2",
        "s1",
        "c1",
        "c1",
        "u1",
    ]


def test_pages_follow_each_other_and_past_the_end_is_empty(engine: SearchEngine) -> None:
    engine.replace_all([a_passage(f"r{number}", "招商") for number in range(7)])
    pages = [engine.search(ask("招商", limit=3, page=page)) for page in (1, 2, 3, 4, 99)]
    assert [found(page) for page in pages] == [["r0", "r1", "r2"], ["r3", "r4", "r5"], ["r6"], [], []]
    assert {(page.total, page.reports, page.pages) for page in pages} == {(7, 7, 3)}


def test_by_report_a_page_counts_reports_and_shows_three_passages_of_each(engine: SearchEngine) -> None:
    many = [a_passage(f"a:{seq}", "招商" * (5 - seq)) for seq in range(5)]
    engine.replace_all([*many, a_passage("b", "招商工作之外还有许多别的工作要一件一件做好"), a_passage("c", "别的")])
    first = engine.search(ask("招商", by_report=True, limit=1))
    assert (first.total, first.reports, first.pages) == (6, 2, 2)
    assert [hit.passage.report for hit in first.hits] == ["a", "a", "a"]
    assert found(engine.search(ask("招商", by_report=True, limit=1, page=2))) == ["b"]


def test_of_equal_passages_the_official_and_the_newer_come_first_but_a_better_answer_before_both(
    engine: SearchEngine,
) -> None:
    engine.replace_all(
        [
            a_passage("a-masked", "招商工作", grade=Grade.MASKED, year=2022),
            a_passage("b-old", "招商工作", grade=Grade.OFFICIAL, year=2015),
            a_passage("c-new", "招商工作", grade=Grade.OFFICIAL, year=2022),
            a_passage("d-best", "招商招商", grade=Grade.TAMPERED, year=2010),
            a_passage("e-none", "绿化园林", year=2012),
        ]
    )
    assert found(engine.search(ask("招商"))) == ["d-best", "c-new", "b-old", "a-masked"]


@pytest.mark.parametrize(
    ("facet", "value", "of_it"),
    [
        ("theme", "人才", {"themes": ("招商引资", "人才")}),
        ("practice", "talent/flats", {"practices": ("talent/flats",)}),
        ("main_theme", "人才", {"themes": ("人才",)}),
        ("zone", "云溪高新区", {"zone": "云溪高新区"}),
    ],
)
def test_what_a_question_is_about_comes_before_what_else_holds_its_words(
    engine: SearchEngine, facet: str, value: str, of_it: dict[str, Any]
) -> None:
    engine.replace_all([a_passage("a", "招商工作", year=2022), a_passage("b", "招商工作", year=2022, **of_it)])
    about = engine.search(replace(ask("招商"), subjects=((facet, value),)))
    assert found(about) == ["b", "a"]
    assert about.hits[0].score > about.hits[1].score
    others = engine.search(replace(ask("招商"), subjects=((facet, "没有这个"),)))
    assert found(others) == found(engine.search(ask("招商")))


def test_what_is_equal_is_ordered_by_date_and_id(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("b:10", "招商"), a_passage("b:9", "招商"), a_passage("a", "招商")])
    assert found(engine.search(ask("招商"))) == ["a", "b:9", "b:10"]
