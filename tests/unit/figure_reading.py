"""Figures read with the real table of indicators, for the tests of what is read."""

from __future__ import annotations

from pathlib import Path

from indexer.domain.report import Figure, Status
from indexer.pipeline.segment.figures import FigureContext, FigureReader
from indexer.reference.indicators import Indicators

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
READER = FigureReader(Indicators.read(TABLES))
REVIEW = FigureContext(Status.RESULT, 2022, 2023)
PLAN = FigureContext(Status.PLAN, 2022, 2023)


def figures_of(text: str, context: FigureContext = REVIEW) -> tuple[Figure, ...]:
    return READER.figures_of(text, context)


def only(text: str, context: FigureContext = REVIEW) -> Figure:
    figures = figures_of(text, context)
    assert len(figures) == 1, figures
    return figures[0]


def values(text: str, redated: bool = False) -> list[tuple[float | None, str]]:
    return [(figure.value, figure.unit) for figure in figures_of(text, FigureContext(redated=redated))]


def mapped(text: str, context: FigureContext = REVIEW) -> list[tuple[str | None, float | None]]:
    return [(figure.indicator, figure.value) for figure in figures_of(text, context)]
