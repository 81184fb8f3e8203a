"""No drop below the last recorded figures on the real pages (docs/evaluation.md). Raise them when they are beaten."""

from __future__ import annotations

from functools import cache

from tests.evaluation.reading_body import Row, load, measure, ours
from tests.shared import shared_dir


@cache
def figures() -> Row:
    return measure("ours", ours, load(shared_dir() / "pages" / "real"))


def test_bodies_of_real_pages_are_read_as_well_as_last_time() -> None:
    assert figures().body_f1 >= 0.965
    assert figures().under_half <= 1


def test_bodies_of_government_pages_are_read_as_well_as_last_time() -> None:
    assert figures().government_f1 >= 0.993


def test_titles_of_real_pages_are_exact_as_often_as_last_time() -> None:
    assert figures().title_exact >= 0.98


def test_dates_of_real_pages_are_right_as_often_as_last_time_and_never_wrong() -> None:
    assert figures().date_right >= 0.978
    assert figures().date_wrong == 0


def test_no_more_dates_are_given_for_undated_pages_than_last_time() -> None:
    """One: its label is empty, but the page prints the date below its headline."""
    assert figures().date_invented <= 1


def test_sources_of_real_pages_are_right_as_often_as_last_time() -> None:
    assert figures().source_right >= 0.94
