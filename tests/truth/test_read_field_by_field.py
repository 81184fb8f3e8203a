"""The whole reading of the five seeds and the twelve rebuilt pages, field by field (tests/evaluation/fields.py)."""

from __future__ import annotations

import pytest

from indexer.errors import Skip
from tests.evaluation import fields
from tests.shared import shared_dir

REFUSED = {"neg_list_page": "list_page", "neg_soft404": "soft_404", "neg_js_challenge": "js_challenge"}


@pytest.mark.parametrize("name", fields.SEEDS)
def test_every_field_of_a_seed_is_read_right(name: str) -> None:
    assert [field for field in fields.of_seed(shared_dir(), name) if not field.right] == []


@pytest.mark.parametrize("name", fields.PAGES)
def test_every_field_of_a_page_is_read_right(name: str) -> None:
    assert [field for field in fields.of_page(shared_dir(), name) if not field.right] == []


@pytest.mark.parametrize("name", fields.SEEDS)
def test_evidence_and_passages_quote_exactly_their_place_and_masks_have_no_value(name: str) -> None:
    report = fields.read(next(iter(shared_dir().glob(f"seeds/{name}_*.txt"))))
    assert all(one.span is None or one.span.of(report.text) == one.text for one in report.years.evidence)
    assert all(one.span.of(report.text) == one.text for one in report.passages)
    assert all(figure.value is None for one in report.passages for figure in one.figures if figure.mask)


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_page_without_a_report_is_skipped_with_its_reason(name: str, code: str) -> None:
    with pytest.raises(Skip) as skipped:
        fields.read(fields.page(shared_dir(), name))
    assert skipped.value.code == fields.gold_of(shared_dir(), name)["reject"] == code
