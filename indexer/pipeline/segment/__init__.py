"""Text into sections, sections into passages, and of each passage what it is, what it is about and what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Genre, Passage, Section, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.figures import FigureContext, FigureReader, Head, head_over, is_redated
from indexer.pipeline.segment.passages import Piece, pieces_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.spelling import cue_text
from indexer.pipeline.segment.status import best_of, weigh
from indexer.pipeline.segment.themes import Codebook
from indexer.pipeline.segment.turns import SHORTEST, turn_of

__all__ = ["Codebook", "segment"]


def segment(
    cleaned: Cleaned, genre: Genre, themes: Codebook, figures: FigureReader, years: Years = Years()
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    passages: list[Passage] = []
    known: dict[str, list[float]] = {}
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    turned = [part for piece in pieces for part in _at_its_turn(cleaned, piece, sections, genre)]
    for seq, piece in enumerate(turned):
        words = cue_text(cleaned, piece.span)
        above = _headings_over(piece, sections)
        before = passages[-1].status if passages and passages[-1].section == piece.section else None
        status = best_of(weigh(words, above, genre), before)
        head = head_over(cleaned.text, piece.span.start) if piece.row else Head()
        context = FigureContext(status, years.report, years.plan, tuple(above), redated, head)
        passages.append(
            Passage(
                seq,
                piece.section,
                status,
                themes.themes_of(words, above, known),
                piece.span,
                piece.span.of(cleaned.text),
                _figures(figures, cleaned.text, piece.span, context),
            )
        )
    return sections, tuple(passages)


def _at_its_turn(cleaned: Cleaned, piece: Piece, sections: Sequence[Section], genre: Genre) -> list[Piece]:
    """The piece itself, or its two halves where it turns from one thing to another."""
    if piece.row or piece.bare or piece.size < 2 * SHORTEST:
        return [piece]
    above = _headings_over(piece, sections)
    at = turn_of(cleaned.text, piece.span, lambda span: weigh(cue_text(cleaned, span), above, genre))
    if at is None:
        return [piece]
    left = Span(piece.span.start, piece.span.start + len(cleaned.text[piece.span.start : at].rstrip()))
    right = Span(piece.span.end - len(cleaned.text[at : piece.span.end].lstrip()), piece.span.end)
    return [replace(piece, span=left), replace(piece, span=right)]


def _figures(figures: FigureReader, text: str, span: Span, context: FigureContext) -> tuple[Figure, ...]:
    """Figures of a stretch, their spans moved into the whole text."""
    return tuple(replace(f, span=f.span.shifted(span.start)) for f in figures.figures_of(span.of(text), context))


def _headings_over(piece: Piece, sections: Sequence[Section]) -> list[str]:
    """Headings of the sections that hold the end of ``piece``, nearest first."""
    last = Span(piece.span.end - 1, piece.span.end)
    return [section.heading for section in reversed(sections) if section.span.contains(last)]
