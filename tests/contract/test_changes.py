"""Reports that come and go, whichever engine answers."""

from __future__ import annotations

from datetime import date

from indexer.domain.query import Sort
from indexer.ports import SearchEngine
from tests.contract.worlds import a_passage, ask, found, two_years_of_three_zones


def test_the_same_id_twice_leaves_the_last_one(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "旧的说法"), a_passage("m2", "别的"), a_passage("m1", "新的说法")])
    assert found(engine.search(ask("说法"))) == ["m1"]
    assert found(engine.search(ask('"旧的"'))) == []


def test_replacing_all_forgets_what_was_there(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "招商")])
    assert engine.search(ask("招商")).total == 1
    engine.replace_all([a_passage("m2", "招商")])
    assert found(engine.search(ask("招商"))) == ["m2"]
    engine.replace_all([])
    assert engine.search(ask("招商")).total == 0
    assert engine.search(ask("")).hits == ()


def test_a_change_adds_replaces_and_forgets_in_one(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("old:0", "招商"), a_passage("old:1", "招商"), a_passage("gone", "招商")])
    engine.change([a_passage("old:5", "招商工作"), a_passage("new", "招商大会")], without=["gone", "never there"])
    assert sorted(found(engine.search(ask("招商")))) == ["new", "old:5"]
    assert engine.search(ask("招商")).reports == 2


def test_a_change_of_nothing_yet_is_the_first_of_all(engine: SearchEngine) -> None:
    engine.change([a_passage("b", "招商"), a_passage("a", "招商")])
    assert found(engine.search(ask("招商"))) == ["a", "b"]


def test_the_last_report_can_be_forgotten_and_another_come_after(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    engine.change([], without=["c1", "c2", "s1", "u1"])
    page = engine.search(ask("招商"))
    assert (page.total, page.hits, {facet: counts for facet, counts in page.facets.items() if counts}) == (0, (), {})
    engine.change([a_passage("c1", "招商")])
    assert found(engine.search(ask("招商"))) == ["c1"]


def test_equal_passages_go_by_date_and_id_whenever_they_came(engine: SearchEngine) -> None:
    dated = {"a": 2, "b": None, "c": 3, "d": 3, "e": 2, "f": None}
    for name in ("f", "d", "b", "e", "a", "c"):
        day = dated[name]
        engine.change([a_passage(name, "招商", published_on=date(2023, 1, day) if day else None)])
    for sort in Sort:
        assert found(engine.search(ask("招商", sort=sort))) == ["c", "d", "a", "e", "b", "f"]


def test_the_newest_year_is_that_of_what_is_still_there(engine: SearchEngine) -> None:
    """What a passage earns by its year goes by the newest of the index."""
    engine.change([a_passage("old", "招商大会", year=2019)])
    alone = engine.search(ask("招商")).hits
    engine.change([a_passage("new", "招商大会", year=2022)])
    assert engine.search(ask("招商")).hits[1].score < alone[0].score
    engine.change([], without=["new"])
    assert engine.search(ask("招商")).hits == alone
