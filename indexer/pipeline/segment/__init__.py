"""Text into sections, sections into passages, and of each passage what it is, what it is about and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Genre, Passage, Section, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.aggregation import passage_of
from indexer.pipeline.segment.figures import figures_of, is_redated
from indexer.pipeline.segment.labelling import label
from indexer.pipeline.segment.measures import measures_of
from indexer.pipeline.segment.passages import pieces_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.themes import Codebook
from indexer.pipeline.segment.turns import at_turns
from indexer.reference.practices import Practices

__all__ = ["Codebook", "PracticeCues", "SegmentTables", "segment"]


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """What the stage looks things up in: a field for each table of corpus/ that it needs."""

    themes: Codebook
    practices: PracticeCues = field(default_factory=lambda: PracticeCues(Practices()))


def segment(
    cleaned: Cleaned, genre: Genre, years: Years, tables: SegmentTables, own_zone: bool = False
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``. ``own_zone``: the text is a
    development zone's own."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    labelled = label(cleaned, pieces, sections, genre, tables.themes)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    passages: list[Passage] = []
    for seq, (piece, sentences) in enumerate(at_turns(cleaned.text, pieces, labelled)):
        passage = passage_of(seq, cleaned.text, piece, sentences, years)
        figures = _figures(cleaned.text, passage.span, redated)
        measures = measures_of(cleaned, sentences, figures, tables.practices, own_zone)
        passages.append(replace(passage, figures=figures, measures=measures))
    return sections, tuple(passages)


def _figures(text: str, span: Span, redated: bool) -> tuple[Figure, ...]:
    """Figures of a stretch, their spans moved into the whole text."""
    return tuple(replace(f, span=f.span.shifted(span.start)) for f in figures_of(span.of(text), redated))
