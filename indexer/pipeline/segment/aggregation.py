"""Passages from their sentences: cut where the status turns, named by what the sentences are about."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.report import Passage, Status, Years
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
        year, basis = year_of(status, years)
        passage = Passage(
            seq,
            piece.section,
            status,
            themes,
            piece.span,
            piece.span.of(text),
            strengths=strengths,
            year=year,
            year_basis=basis,
        )
        found.append((passage, sentences[places.start : places.stop]))
    return found


def year_of(status: Status, years: Years) -> tuple[int | None, str | None]:
    """What stands in a plan is of the plan year; everything else is of the year under review."""
    if status is Status.PLAN and years.plan is not None:
        return years.plan, "plan"
    return (years.report, "report") if years.report is not None else (None, None)
