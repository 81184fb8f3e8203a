"""Measures of other zones that are like a given one（找同类做法）."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from indexer.domain.rows import MeasureRow


class Relation(Enum):
    SAME_PRACTICE = "同一做法"
    ALIKE = "同类举措"
    SAME_THEME = "同一主题"


class ReasonKind(Enum):
    PRACTICE = "practice"  # its id
    OBJECT = "object"  # whom the practice is for, as the codebook says
    TERMS = "terms"  # words in common
    FIGURES = "figures"  # indicators, or units, that both count
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Reason:
    kind: ReasonKind
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarMeasure:
    """``score``: 0 to 1. ``asked``: which of the wanted measures it is like."""

    row: MeasureRow
    score: float
    relation: Relation
    reasons: tuple[Reason, ...]
    asked: int
