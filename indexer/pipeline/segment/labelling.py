"""The sentences of a report with their labels: what each is, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Section
from indexer.domain.spans import Span
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.passages import Piece
from indexer.pipeline.segment.sentences import sentences_of
from indexer.pipeline.segment.spelling import cue_text
from indexer.pipeline.segment.status import best_of, weigh
from indexer.pipeline.segment.themes import Codebook


def label(
    cleaned: Cleaned, pieces: Sequence[Piece], sections: Sequence[Section], genre: Genre, themes: Codebook
) -> list[tuple[LabelledSentence, ...]]:
    """For each piece its sentences, in their order, labelled."""
    return [_labelled(cleaned, piece, headings_over(piece, sections), genre, themes) for piece in pieces]


def _labelled(
    cleaned: Cleaned, piece: Piece, headings: Sequence[str], genre: Genre, themes: Codebook
) -> tuple[LabelledSentence, ...]:
    found = []
    for sentence in sentences_of(cleaned.text, piece.span):
        words = cue_text(cleaned, sentence)
        names = themes.themes_of(words, headings)
        status = best_of(weigh(words, headings, genre))
        found.append(LabelledSentence(sentence, status, names, tuple(1.0 for _ in names)))
    return tuple(found)


def headings_over(piece: Piece, sections: Sequence[Section]) -> list[str]:
    """Headings of the sections that hold the end of ``piece``, nearest first."""
    last = Span(piece.span.end - 1, piece.span.end)
    return [section.heading for section in reversed(sections) if section.span.contains(last)]
