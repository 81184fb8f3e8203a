"""What is known of a stretch of a passage: its figures, its masks, its laundered words."""

from __future__ import annotations

from dataclasses import replace

from indexer.domain.cards import PassageNotes
from indexer.domain.spans import Span
from webapp.presenters import marking
from webapp.presenters.marking import Stroke


def strokes(notes: PassageNotes, window: Span) -> list[Stroke]:
    """Strokes for ``window`` (a stretch of the passage), counted from its start."""
    made = marking.figures(window.parts(notes.figures))
    if notes.masks:
        made += marking.masks(window.parts(notes.masks))
    if notes.restorations:
        within = [word for word in notes.restorations if window.contains(word.span)]
        made += marking.restored([replace(word, span=word.span.shifted(-window.start)) for word in within])
    return made
