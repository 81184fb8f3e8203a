"""Figures of labelled paragraphs do not fall below what was once reached (docs/figures.md, 2026-11-28)."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.pipeline.segment.figures import FigureReader
from indexer.reference.indicators import Indicators
from tests.evaluation.figures import alone, passages_of, score
from tests.shared import shared_dir

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
RECORDED = {
    # part, whole: at least
    ("found", "labelled"): 0.985,
    ("found", "read"): 0.985,
    ("right", "mapped"): 0.975,
    ("right_named", "named"): 0.915,
    ("kind", "right_named"): 0.985,
    ("role", "right_named"): 0.965,
    ("year", "right_named"): 0.985,
    ("period_kind", "right_named"): 0.945,
}


@pytest.mark.parametrize(("part", "whole"), RECORDED)
def test_figures_stay_as_well_read_as_they_were(part: str, whole: str) -> None:
    reader = FigureReader(Indicators.read(TABLES))
    found = score("all", passages_of(shared_dir()), alone(reader))
    assert found.share(part, whole) >= RECORDED[part, whole]
