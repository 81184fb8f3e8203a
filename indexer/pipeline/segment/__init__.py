"""Text into sections, sections into passages, and of each passage what it is, what it is about and what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Passage, Section
from indexer.domain.spans import Span
from indexer.pipeline.segment.figures import figures_of, is_redated
from indexer.pipeline.segment.passages import Piece, pieces_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.spelling import cue_text
from indexer.pipeline.segment.status import status_of
from indexer.pipeline.segment.themes import Codebook

__all__ = ["Codebook", "segment"]


def segment(cleaned: Cleaned, genre: Genre, themes: Codebook) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    passages = tuple(
        _passage(seq, piece, cleaned, sections, genre, themes, redated) for seq, piece in enumerate(pieces)
    )
    return sections, passages


def _passage(
    seq: int, piece: Piece, cleaned: Cleaned, sections: Sequence[Section], genre: Genre, themes: Codebook, redated: bool
) -> Passage:
    text = piece.span.of(cleaned.text)
    words = cue_text(cleaned, piece.span)
    above = _headings_over(piece, sections)
    figures = tuple(replace(figure, span=figure.span.shifted(piece.span.start)) for figure in figures_of(text, redated))
    status = status_of(words, above, genre)
    return Passage(seq, piece.section, status, themes.themes_of(words, above), piece.span, text, figures)


def _headings_over(piece: Piece, sections: Sequence[Section]) -> list[str]:
    """Headings of the sections that hold the end of ``piece``, nearest first."""
    last = Span(piece.span.end - 1, piece.span.end)
    return [section.heading for section in reversed(sections) if section.span.contains(last)]
