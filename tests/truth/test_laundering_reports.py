"""Laundering is told on copies of real reports, and never on the reports themselves. All of it: tests/evaluation."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from indexer.pipeline.clean.laundering import LaunderingTable
from tests.evaluation.laundering import Row, honest_row, reports, rows
from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
# Weak traces: a tenth of the words changed, one ambiguous word alone, a page of a thousand characters.
WEAK = {"全套，每处一成": 0.85, "只换 项目→工程": 0.2, "全套，只留 1000 字": 0.7, "同义词林式，只留 3000 字": 0.95}


@cache
def table() -> LaunderingTable:
    with (CORPUS / "tables" / "laundering.tsv").open(encoding="utf-8") as lines:
        return LaunderingTable.parse(lines)


@cache
def texts() -> tuple[str, ...]:
    return tuple(reports(shared_dir()))


@cache
def measured() -> tuple[Row, ...]:
    sample = random.Random(7).sample(list(texts()), 60)
    return tuple(rows(table(), sample, shared_dir() / "domain"))


@pytest.mark.slow
def test_no_honest_report_is_called_laundered() -> None:
    assert honest_row(table(), list(texts())).flagged == 0


@pytest.mark.slow
@pytest.mark.parametrize("weak", [False, True])
def test_laundered_copies_are_told(weak: bool) -> None:
    for row in measured():
        if (row.style in WEAK) == weak:
            assert row.share >= WEAK.get(row.style, 0.99), row
