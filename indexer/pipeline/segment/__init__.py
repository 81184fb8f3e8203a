"""Text into sections, sentences with their labels, passages made of them, and what these count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Passage, Section, Status, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.aggregation import passages_of
from indexer.pipeline.segment.figures import FigureContext, FigureReader, head_over, is_redated
from indexer.pipeline.segment.figures.aims import Aims, aims_in, aims_of
from indexer.pipeline.segment.figures.parts import is_on_projects
from indexer.pipeline.segment.figures.times import ChapterTimes, opening_at, opening_of
from indexer.pipeline.segment.label_model import LabelModel
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.labelling import label
from indexer.pipeline.segment.measures import measures_of
from indexer.pipeline.segment.passages import pieces_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sections import SectionsOver, paragraphs_of, sections_of
from indexer.reference.indicators import Indicators
from indexer.reference.practices import Practices

__all__ = ["LabelModel", "PracticeCues", "SegmentTables", "segment"]


NO_PRACTICES = PracticeCues(Practices())  # measures without a practice
NO_INDICATORS = FigureReader(Indicators(()))  # figures keep their printed names


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """What the stage looks things up in: a field for each table of corpus/ that it needs."""

    labels: LabelModel
    practices: PracticeCues = NO_PRACTICES
    figures: FigureReader = NO_INDICATORS


def segment(
    cleaned: Cleaned,
    genre: Genre,
    years: Years,
    tables: SegmentTables,
    own_zone: bool = False,
    own_names: tuple[str, ...] = (),
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages of a cleaned text; all spans are offsets into ``cleaned.text``. ``own_zone``: the text is a
    development zone's own. ``own_names``: what whoever reports is called, the longest first."""
    paragraphs = paragraphs_of(cleaned.text)
    sections = sections_of(cleaned.text, paragraphs)
    pieces = pieces_of(cleaned.text, paragraphs, sections)
    if not pieces:
        return sections, ()
    labels = label(cleaned, pieces, sections, genre, tables.labels)
    labelled = passages_of(cleaned.text, pieces, labels, years)
    redated = "redated" in cleaned.flags or is_redated(cleaned.text)
    known = FigureContext(report_year=years.report, plan_year=years.plan, redated=redated, own=own_names)
    aims = aims_of(cleaned.text)
    places = SectionsOver(sections)
    times = ChapterTimes.of(cleaned.text)
    found: list[Passage] = []
    for passage, sentences in labelled:
        above = [sections[place] for place in places.over(passage.span)]
        told = aims_in(aims, passage.span)
        here = replace(
            known,
            headings=(*(one.lead for one in told[:1]), *(one.heading for one in reversed(above))),
            several=times.before(passage.span.start, above[0].span.start) if above else None,
            opening=opening_at(cleaned.text, passage.span.start, opening_of(cleaned.text)),
        )
        counted = _counted(passage, cleaned.text, sentences, told, here, tables.figures)
        measures = measures_of(cleaned, sentences, counted.figures, tables.practices, own_zone)
        found.append(replace(counted, measures=measures))
    return sections, tuple(found)


def _counted(
    passage: Passage,
    text: str,
    sentences: tuple[LabelledSentence, ...],
    aims: Sequence[Aims],
    known: FigureContext,
    reader: FigureReader,
) -> Passage:
    """The passage with its figures. ``aims`` are those it tells of."""
    span = passage.span
    inside = [one.span for one in sentences if one.status is Status.PLAN and span.contains(one.span)]
    inside += [one.span for one in aims]
    context = replace(
        known,
        status=passage.status,
        head=head_over(text, span.start),
        planned=tuple(Span(max(one.start, span.start), one.end).shifted(-span.start) for one in inside),
        on_projects=is_on_projects(passage.themes, passage.strengths),
    )
    figures = reader.figures_of(passage.text, context)
    return replace(passage, figures=tuple(replace(one, span=one.span.shifted(span.start)) for one in figures))
