"""Text into sections, sections into passages, and of each passage what it is, what it is about and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Genre, Passage, Section, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.aggregation import passage_of
from indexer.pipeline.segment.figures import figures_of, is_redated
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.labelling import label
from indexer.pipeline.segment.passages import pieces_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.themes import Codebook
from indexer.pipeline.segment.turns import at_turns

__all__ = ["Codebook", "SegmentTables", "segment"]


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """What the stage looks things up in: a field for each table of corpus/ that it needs."""

    themes: Codebook


def segment(
    cleaned: Cleaned, genre: Genre, years: Years, tables: SegmentTables
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    labelled = label(cleaned, pieces, sections, genre, tables.themes)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    passages: list[Passage] = []
    for seq, (piece, sentences) in enumerate(at_turns(cleaned.text, pieces, labelled)):
        passage = passage_of(seq, cleaned.text, piece, sentences, years)
        passages.append(_counted(passage, cleaned.text, sentences, redated))
    return sections, tuple(passages)


def _counted(passage: Passage, text: str, sentences: tuple[LabelledSentence, ...], redated: bool) -> Passage:
    """The passage with its figures, and with the measures that its sentences tell."""
    figures = _figures(text, passage.span, redated)
    return replace(passage, figures=figures)


def _figures(text: str, span: Span, redated: bool) -> tuple[Figure, ...]:
    """Figures of a stretch, their spans moved into the whole text."""
    return tuple(replace(f, span=f.span.shifted(span.start)) for f in figures_of(span.of(text), redated))
