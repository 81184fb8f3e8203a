"""The few that are shown are those that sorting all of them would show."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.domain.query import Sort
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.doc_values import Columns, columns_of
from indexer.engines.evaluation.ordering import best_of_reports, best_passages
from indexer.engines.evaluation.postings import Scores

REPORTS, EACH = 90, 25


@pytest.fixture(scope="module")
def columns() -> Columns:
    first = date(2020, 1, 1)
    return columns_of(
        IndexedPassage(f"r{r:03}", seq, "招商", published_on=first + timedelta(days=r % 7) if r % 5 else None)
        for r in range(REPORTS)
        for seq in range(EACH)
    )


def sorted_through(found: Scores, columns: Columns, sort: Sort) -> list[int]:
    scores, day = np.rint(found.scores.astype(float) * 10_000), columns.day[found.passages]
    keys = (-day, -scores) if sort is Sort.DATE else (-scores, -day)
    order: list[int] = np.lexsort((found.passages, keys[1], keys[0])).tolist()
    return order


scores = st.integers(0, 2**32 - 1).flatmap(
    lambda seed: st.tuples(st.just(seed), st.integers(1, REPORTS * EACH), st.sampled_from([3, 50, 10**6]))
)


def made(drawn: tuple[int, int, int]) -> Scores:
    """``drawn``: seed, how many are found, how many different scores there are."""
    seed, count, different = drawn
    random = np.random.default_rng(seed)
    passages = np.sort(random.choice(REPORTS * EACH, count, replace=False)).astype(np.int32)
    return Scores(passages, (random.integers(0, different, count) / different * 9).astype(np.float32))


@settings(max_examples=150)
@given(scores, st.sampled_from(Sort), st.integers(0, 60), st.integers(1, 30))
def test_the_best_passages_are_those_that_sorting_all_would_show(
    columns: Columns, drawn: tuple[int, int, int], sort: Sort, skipped: int, limit: int
) -> None:
    found = made(drawn)
    expected = sorted_through(found, columns, sort)[skipped : skipped + limit]
    assert best_passages(found, columns, sort, skipped, limit).tolist() == expected


@settings(max_examples=150)
@given(scores, st.sampled_from(Sort), st.integers(0, 40), st.integers(1, 30))
def test_the_best_reports_are_those_that_sorting_all_would_show(
    columns: Columns, drawn: tuple[int, int, int], sort: Sort, skipped: int, limit: int
) -> None:
    found = made(drawn)
    groups: dict[int, list[int]] = {}
    for place in sorted_through(found, columns, sort):
        groups.setdefault(int(columns.report[found.passages[place]]), []).append(place)
    expected = [place for group in list(groups.values())[skipped : skipped + limit] for place in group[:3]]
    assert best_of_reports(found, columns, sort, skipped, limit, 3).tolist() == expected
