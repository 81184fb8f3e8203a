"""Text into sections, sections into passages, and of each passage what it is, what it is about and what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Passage, Section, Status, Years
from indexer.pipeline.segment.aggregation import passage_of
from indexer.pipeline.segment.figures import FigureContext, FigureReader, Head, head_over, is_redated
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.labelling import headings_over, label
from indexer.pipeline.segment.measures import measures_of
from indexer.pipeline.segment.passages import Piece, pieces_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.themes import Codebook
from indexer.pipeline.segment.turns import at_turns
from indexer.reference.indicators import Indicators
from indexer.reference.practices import Practices

__all__ = ["Codebook", "PracticeCues", "SegmentTables", "segment"]


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """What the stage looks things up in: a field for each table of corpus/ that it needs."""

    themes: Codebook
    practices: PracticeCues = PracticeCues(Practices())
    figures: FigureReader = FigureReader(Indicators(()))


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
        context = _context(passage, piece, cleaned.text, sentences, years, headings_over(piece, sections), redated)
        figures = tables.figures.figures_of(passage.text, context)
        start = passage.span.start
        moved = tuple(replace(f, span=f.span.shifted(start)) for f in figures)
        measures = measures_of(cleaned, sentences, moved, tables.practices, own_zone)
        passages.append(replace(passage, figures=moved, measures=measures))
    return sections, tuple(passages)


def _context(
    passage: Passage,
    piece: Piece,
    text: str,
    sentences: tuple[LabelledSentence, ...],
    years: Years,
    headings: Sequence[str],
    redated: bool,
) -> FigureContext:
    """What the figures of a passage need to know about it."""
    start = passage.span.start
    return FigureContext(
        status=passage.status,
        report_year=years.report,
        plan_year=years.plan,
        headings=tuple(headings),
        redated=redated,
        head=head_over(text, passage.span.start) if piece.row else Head(),
        planned=tuple(
            one.span.shifted(-start)
            for one in sentences
            if one.status is Status.PLAN and passage.span.contains(one.span)
        ),
    )
