"""Figures of a passage: printed numbers, what each is a value of, its kind, role, year, scope and rank."""

from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.periods import is_redated
from indexer.pipeline.segment.figures.reading import FigureReader
from indexer.pipeline.segment.figures.tables import Head, head_over

__all__ = ["FigureContext", "FigureReader", "Head", "head_over", "is_redated"]
