"""A year of which nothing is found is left off, where that can still be an answer."""

from __future__ import annotations

import pytest

from indexer.domain.query import Filters, Query, Understood, YearRange
from indexer.search.relaxation import with_any_year

YEAR = Understood("year", "2023")
OF_2023 = Filters.of(years=(YearRange(2023, 2023),))


def test_without_a_place_other_years_are_shown_and_said_to_be_others() -> None:
    other = with_any_year(Query("孵化器", filters=OF_2023, understood=(YEAR,)))
    assert other is not None
    assert other.filters.years == ()
    assert other.warnings == ("没有写明 2023 年的，下面是其他年份的。",)


@pytest.mark.parametrize("name", ["zone", "province"])
def test_of_a_named_place_another_year_is_no_answer(name: str) -> None:
    named = Understood(name, "云溪高新区")
    assert with_any_year(Query("孵化器", filters=OF_2023, understood=(named, YEAR))) is None


def test_a_year_that_was_set_as_a_filter_stays() -> None:
    assert with_any_year(Query("孵化器", filters=OF_2023)) is None
