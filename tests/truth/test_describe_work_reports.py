"""Whose a government's report is, and of which year, from its text alone: every tenth of the 1,472 in CI.

The five that are filed wrongly (tests/evaluation/describing.py) are left out; the whole table counts them.
"""

from __future__ import annotations

import pytest

from tests.evaluation.describing import ReadReport, ms_for_10_000_characters, read_all, rows, work_reports
from tests.shared import shared_dir, some

MS_ALLOWED = 15.0  # ten thousand characters take 2 ms on an idle core; the test machine is not idle


@pytest.fixture(scope="module")
def read() -> list[ReadReport]:
    return [one for one in read_all(some(work_reports(shared_dir())[3::10], 3)) if not one.misfiled]


@pytest.mark.slow
def test_region_and_year_reach_what_is_asked(read: list[ReadReport]) -> None:
    short = {row.measure: row.share for row in rows(read) if row.reach is not None and row.share < row.reach}
    assert short == {}, [(one.region, one.year) for one in read if not (one.region_right and one.years_right)]


def test_what_is_read_otherwise_is_from_before_reports_printed_their_day(read: list[ReadReport]) -> None:
    wrong = [(one.region, one.year) for one in read if not (one.region_right and one.years_right)]
    assert [(region, year) for region, year in wrong if year >= 2007] == []


def test_every_span_of_evidence_lies_in_the_text(read: list[ReadReport]) -> None:
    for one in read:
        assert all(entry.span.end <= one.characters for entry in one.read.years.evidence if entry.span)


def test_describing_is_quick(read: list[ReadReport]) -> None:
    assert ms_for_10_000_characters(read) < MS_ALLOWED
