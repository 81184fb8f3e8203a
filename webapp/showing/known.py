"""What is known of a stretch of a report: its figures, its masks, its laundered words."""

from __future__ import annotations

from dataclasses import replace

from indexer.domain.report import Passage, Report
from indexer.domain.spans import Span
from webapp.showing import marking
from webapp.showing.marking import Stroke


def passage_of(report: Report, seq: int) -> Passage | None:
    return next((passage for passage in report.passages if passage.seq == seq), None)


def strokes(report: Report, passage: Passage, window: Span) -> list[Stroke]:
    """Strokes for ``window`` (a stretch of the report's text inside ``passage``), counted from its start."""
    figures = marking.within(window, (figure.span for figure in passage.figures if figure.mask is None))
    masks = marking.within(window, (mask.span for mask in report.masks))
    laundered = [
        replace(word, span=word.span.shifted(-window.start))
        for word in report.restorations
        if window.contains(word.span)
    ]
    return [*marking.figures(figures), *marking.masks(masks), *marking.restored(laundered)]
