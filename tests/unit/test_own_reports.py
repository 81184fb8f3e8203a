"""What the collection lacks of the place that a question is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.domain.query import Filters, Query, Word, YearRange
from indexer.locale import say
from indexer.search.own_reports import Held, OwnReports
from indexer.settings import Settings
from indexer.tables import Tables

OWN = OwnReports(Tables(Settings().corpus_folder).gazetteer)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("株洲 招商", "株洲"),
        ("招商 株洲市", "株洲"),
        ("株洲怎么招商", "株洲"),
        ("赴株洲招商", None),  # by the way
        ("株洲 湘潭 招商", None),  # two
        ("株洲高新区 招商", None),  # a zone, which is a filter
        ("湖南 招商", None),  # a province, which is one too
        ("怎么招商", None),
    ],
)
def test_the_city_that_a_question_is_about(text: str, subject: str | None) -> None:
    assert OWN.subject(text) == subject


def holding(found: Callable[[Query], int], *labels: str, years: tuple[int, ...] = ()) -> Held:
    return Held(labels, lambda city: ["株洲高新区"] if city == "株洲" else [], found, lambda label: years)


def asked(*years: YearRange) -> Query:
    return Query(text="株洲 招商", node=Word("招商"), filters=Filters.of(years))


NOTHING = holding(lambda query: 0, "湘潭")


def test_a_place_without_a_report_is_told_with_the_zones_in_it() -> None:
    assert OWN.missing(asked(), "株洲", NOTHING) == say("own.none_but_zones", place="株洲", zones=["株洲高新区"])
    assert OWN.missing(asked(), "三沙", NOTHING) == say("own.none", place="三沙")


def test_a_year_of_which_there_is_no_report_is_told_with_those_there_are() -> None:
    held = holding(lambda query: 0, "株洲", years=(2019, 2022))
    told = OWN.missing(asked(YearRange(2020, 2021)), "株洲", held)
    assert told == say("own.none_of_years", place="株洲", years="2020–2021", held=["2022", "2019"])


def test_reports_without_the_words_are_told_and_whether_other_years_have_them() -> None:
    def of_another_year(query: Query) -> int:
        return 0 if query.filters.years else 3

    year = YearRange(2020, 2020)
    silent, elsewhere = holding(lambda query: 0, "株洲", years=(2020,)), holding(of_another_year, "株洲", years=(2020,))
    assert OWN.silent(asked(), "株洲", silent) == say("own.silent", place="株洲")
    assert OWN.silent(asked(year), "株洲", silent) == say("own.silent_of_years", place="株洲", years="2020")
    told = say("own.silent_but_other_years", place="株洲", years="2020", n=3)
    assert OWN.silent(asked(year), "株洲", elsewhere) == told


def test_nothing_is_told_where_the_places_own_reports_answer() -> None:
    def of_its_own(query: Query) -> int:
        return int(query.filters.values("zone") == ("株洲",))

    held = holding(of_its_own, "株洲")
    assert (OWN.missing(asked(), "株洲", held), OWN.silent(asked(), "株洲", held)) == ("", "")
