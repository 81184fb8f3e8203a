"""Labels of the labelled paragraphs do not fall below what was once reached.

These paragraphs were learned from: the floors only hold the weights and the code around them together. What the labels
are worth on paragraphs that were not learned from stands in docs/labels.md (``make evaluate-labels``).
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.evaluation.labels import Row, alone, row
from tests.learning.material import labelled_passages
from tests.segmenting import tables
from tests.shared import shared_dir

FLOORS = {"city": (0.92, 0.90, 0.92, 0.975), "zone": (0.96, 0.865, 0.86, 0.955)}  # precision, recall, main, status


@cache
def measured(kind: str) -> Row:
    groups = [group for group in labelled_passages(shared_dir()) if group.kind == kind]
    return row(kind, groups, [alone("".join(group.sentences), tables()) for group in groups])


@pytest.mark.parametrize("kind", ["city", "zone"])
def test_labels_stay_where_they_were(kind: str) -> None:
    precision, recall, main, status = FLOORS[kind]
    found = measured(kind)
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.main >= main
    assert found.accuracy >= status
