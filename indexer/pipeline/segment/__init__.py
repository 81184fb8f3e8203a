"""Text into sections, sentences with their labels, passages made of them, and what these count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Figure, Genre, Passage, Section, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.aggregation import passages_of
from indexer.pipeline.segment.figures import figures_of, is_redated
from indexer.pipeline.segment.label_model import LabelModel
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.labelling import label
from indexer.pipeline.segment.passages import pieces_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of

__all__ = ["LabelModel", "SegmentTables", "segment"]


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """What the stage looks things up in: a field for each table of corpus/ that it needs."""

    labels: LabelModel


def segment(
    cleaned: Cleaned, genre: Genre, years: Years, tables: SegmentTables
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    if not pieces:
        return sections, ()
    labels = label(cleaned, pieces, sections, genre, tables.labels)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    labelled = passages_of(cleaned.text, pieces, labels, years)
    return sections, tuple(_counted(passage, cleaned.text, sentences, redated) for passage, sentences in labelled)


def _counted(passage: Passage, text: str, sentences: tuple[LabelledSentence, ...], redated: bool) -> Passage:
    """The passage with its figures, and with the measures that its sentences tell."""
    return replace(passage, figures=_figures(text, passage.span, redated))


def _figures(text: str, span: Span, redated: bool) -> tuple[Figure, ...]:
    """Figures of a stretch, their spans moved into the whole text."""
    return tuple(replace(f, span=f.span.shifted(span.start)) for f in figures_of(span.of(text), redated))
