"""Passages from their sentences: cut where the status turns, named by what the sentences are about."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.report import Passage, Status, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment.chapters import Chapter
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.labelling import Labels
from indexer.pipeline.segment.passages import Piece
from indexer.pipeline.segment.turns import at_turns

LabelledPassage = tuple[Passage, tuple[LabelledSentence, ...]]


def passages_of(text: str, pieces: Sequence[Piece], labels: Labels, years: Years) -> list[LabelledPassage]:
    """The passages of ``text`` in their order, each with its sentences."""
    sentences = labels.sentences()
    parts = at_turns(text, pieces, sentences, labels.piece_of)
    said = labels.passages([places for _, places in parts])
    found = []
    for seq, ((piece, places), (status, themes, strengths)) in enumerate(zip(parts, said, strict=True)):
        its = sentences[places.start : places.stop]
        chapter = labels.chapters[labels.piece_of[places.start]]
        year, basis = year_of(years, planned=status is Status.PLAN or chapter is Chapter.PLAN)
        passage = Passage(
            seq,
            piece.section,
            status,
            themes,
            piece.span,
            piece.span.of(text),
            strengths=strengths,
            theme_spans=tuple(_telling(its, theme, status) for theme in themes),
            year=year,
            year_basis=basis,
        )
        found.append((passage, its))
    return found


def _telling(sentences: Sequence[LabelledSentence], theme: str, status: Status) -> Span | None:
    """The sentence of a passage of ``status`` that is most on ``theme``."""
    if len(sentences) == 1:
        return sentences[0].span
    able = [one for one in sentences if one.status is status and theme in one.themes]
    return max(able, key=lambda one: one.strengths[one.themes.index(theme)]).span if able else None


def year_of(years: Years, *, planned: bool) -> tuple[int | None, str | None]:
    """The plan year for what stands in a plan, else the year under review; the other where only that is known."""
    known = {"plan": years.plan, "report": years.report}
    for basis in ("plan", "report") if planned else ("report", "plan"):
        if known[basis] is not None:
            return known[basis], basis
    return None, None
