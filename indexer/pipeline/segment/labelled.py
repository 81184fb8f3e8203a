"""A sentence with what it is and what it is about: what passages and measures are made from."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.report import Status
from indexer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """``span`` points into the cleaned text. ``themes``: names of the codebook, the strongest first, with their
    ``strengths`` from 0 to 1; none is an answer (thanks, agriculture)."""

    span: Span
    status: Status
    themes: tuple[str, ...] = ()
    strengths: tuple[float, ...] = ()
