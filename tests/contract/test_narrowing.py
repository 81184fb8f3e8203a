"""Filters and facets, whichever engine answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.domain.facets import UNKNOWN, Basis
from indexer.domain.query import Filters, YearRange
from indexer.ports import SearchEngine
from tests.contract.worlds import a_passage, ask, counts, found, two_years_of_three_zones


def test_filters_narrow(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())

    def narrowed(**filters: Any) -> list[str]:
        return sorted(found(engine.search(ask("招商", filters=Filters.of(**filters)))))

    assert narrowed(zone=("云溪高新区",)) == ["c1", "c1:1", "c2"]
    assert narrowed(zone=("云溪高新区", "石门经开区"), status=("举措",)) == ["c2", "s1"]
    assert narrowed(zone=("未具名高新区",)) == ["u1"]
    assert narrowed(zone_type=("高新区",)) == ["c1", "c1:1", "c2", "u1"]
    assert narrowed(province=("湖南",), theme=("专项债",)) == ["c1:1"]
    assert narrowed(grade=("A", "C")) == ["c1", "c1:1", "u1"]
    assert narrowed(level=("国家级",)) == ["c1", "c1:1", "c2"]
    assert narrowed(level=("省级", UNKNOWN)) == ["s1", "u1"]
    assert narrowed(site=("yunxi.example",), status=("举措",)) == ["c2"]
    assert narrowed(site=(UNKNOWN,)) == ["u1"]
    assert narrowed(years=(YearRange(2022, 2025),)) == ["c2", "s1"]
    assert narrowed(years=(YearRange(2015, 2015), YearRange(2021, 2021))) == ["c1", "c1:1"]
    assert narrowed(years=(YearRange(2021, 2021), YearRange(2022, 2022))) == ["c1", "c1:1", "c2", "s1"]
    assert narrowed(unknown_year=True) == ["u1"]
    assert narrowed(unknown_year=True, years=(YearRange(2021, 2021),)) == ["c1", "c1:1", "u1"]


def test_a_value_that_nobody_has_lets_nothing_pass(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    assert found(engine.search(ask("招商", filters=Filters.of(zone=("海角新区",))))) == []
    assert found(engine.search(ask("招商", filters=Filters.of(years=(YearRange(1990, 1991),))))) == []
    both = engine.search(ask("招商", filters=Filters.of(zone=("海角新区", "石门经开区"))))
    assert found(both) == ["s1"]


def test_the_year_is_looked_for_where_the_basis_says(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    of_2022 = Filters.of(years=(YearRange(2022, 2022),))
    page = engine.search(ask("招商", filters=replace(of_2022, basis=Basis.PUBLISHED)))
    assert found(page) == ["c1:1", "c1"] or found(page) == ["c1", "c1:1"]
    assert counts(page, "year") == {"2023": 2, "2022": 2, None: 1}
    assert len(found(engine.search(ask("招商", filters=replace(of_2022, basis=Basis.PLAN))))) == 2
    assert sorted(found(engine.search(ask("招商", filters=replace(of_2022, basis=Basis.REPORT))))) == ["c2", "s1"]


def test_facets_count_what_passes_the_other_filters(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    page = engine.search(ask("招商"))
    assert counts(page, "zone") == {"云溪高新区": 3, "石门经开区": 1, "未具名高新区": 1}
    assert counts(page, "year") == {"2022": 2, "2021": 2, None: 1}
    assert counts(page, "theme") == {"招商引资": 4, "专项债": 1, None: 1}
    assert counts(page, "grade") == {"A": 2, "B": 2, "C": 1}
    assert counts(page, "level") == {"国家级": 3, "省级": 1, None: 1}
    assert counts(page, "site") == {"yunxi.example": 3, "shimen.example": 1, None: 1}
    narrowed = engine.search(ask("招商", filters=Filters.of(zone=("石门经开区",), years=(YearRange(2022, 2022),))))
    assert narrowed.total == 1
    assert counts(narrowed, "zone") == {"云溪高新区": 1, "石门经开区": 1}
    assert counts(narrowed, "year") == {"2022": 1}
    assert counts(narrowed, "status") == {"举措": 1}
    assert counts(narrowed, "site") == {"shimen.example": 1}
    of_a_site = engine.search(ask("招商", filters=Filters.of(site=("shimen.example",))))
    assert counts(of_a_site, "level") == {"省级": 1}
    assert counts(of_a_site, "site") == counts(page, "site")


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters.of(zone=("石门经开区",)),
        Filters.of(theme=("专项债",)),
        Filters.of(zone=("云溪高新区",), years=(YearRange(2021, 2021),)),
        Filters.of(province=("湖南",), status=("举措",), unknown_year=True),
        Filters.of(zone=("海角新区",)),
    ],
)
def test_who_wants_no_counts_gets_the_same_hits(engine: SearchEngine, filters: Filters) -> None:
    engine.replace_all([*two_years_of_three_zones(), *(a_passage(f"x{n}", "招商" * n) for n in range(1, 9))])
    for question in ("招商", "招商 引资", '"商引"', ""):
        counted = engine.search(ask(question, filters=filters))
        uncounted = engine.search(ask(question, filters=filters, facets=()))
        assert uncounted.facets == {}
        assert replace(uncounted, facets=counted.facets, took_ms=counted.took_ms) == counted
    assert engine.search(ask("招商", facets=("year",))).facets.keys() == {"year"}


def test_filters_alone_are_a_question(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    page = engine.search(ask("", filters=Filters.of(zone_type=("高新区",))))
    assert found(page) == ["c2", "c1", "c1:1", "u1"]  # newest first, without a date last
    assert page.hits[0].snippet == "招商小分队常驻沿海。"
    assert page.hits[0].marks == ()


def test_the_genre_of_a_report_narrows_and_is_counted(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("a", "驻点招商", genre="总结"), a_passage("b", "驻点招商", genre="计划")])
    page = engine.search(ask("招商", filters=Filters.of(genre=("计划",))))
    assert found(page) == ["b"]
    assert counts(page, "genre") == {"总结": 1, "计划": 1}


def test_a_practice_narrows_to_the_passages_whose_measures_tell_it(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("a", "驻点招商", practices=("investment/stationed-teams", "investment/funds")),
            a_passage("b", "基金招商", practices=("investment/funds",)),
            a_passage("c", "招商"),
        ]
    )
    page = engine.search(ask("招商", filters=Filters.of(practice=("investment/stationed-teams",))))
    assert found(page) == ["a"]
    assert counts(page, "practice") == {"investment/funds": 2, "investment/stationed-teams": 1, None: 1}
