"""Passages from their sentences: a passage is what most of its text is, and is about what its sentences are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.domain.report import Passage, Status, Years
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.passages import Piece


def passage_of(seq: int, text: str, piece: Piece, sentences: Sequence[LabelledSentence], years: Years) -> Passage:
    """The passage that ``sentences`` of ``piece`` make. ``text`` is the whole text, that spans point into."""
    status = _status(sentences)
    themes = _themes(sentences)
    year, basis = _year(status, years)
    return Passage(
        seq,
        piece.section,
        status,
        tuple(themes),
        piece.span,
        piece.span.of(text),
        strengths=tuple(round(strength, 3) for strength in themes.values()),
        year=year,
        year_basis=basis,
    )


def _status(sentences: Sequence[LabelledSentence]) -> Status:
    """What most characters belong to; background only where nothing else is said."""
    sizes: Counter[Status] = Counter()
    for sentence in sentences:
        sizes[sentence.status] += sentence.span.end - sentence.span.start
    told = {status: size for status, size in sizes.items() if status is not Status.BACKGROUND}
    return max(told or sizes, key=lambda status: sizes[status])


def _themes(sentences: Sequence[LabelledSentence]) -> dict[str, float]:
    """Each theme of any sentence with its strength there; the one that most text speaks of stands first."""
    strongest: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for sentence in sentences:
        for theme, strength in zip(sentence.themes, sentence.strengths, strict=True):
            strongest[theme] = max(strongest[theme], strength)
            weight[theme] += strength * (sentence.span.end - sentence.span.start)
    return {theme: strongest[theme] for theme in sorted(weight, key=lambda theme: -weight[theme])}


def _year(status: Status, years: Years) -> tuple[int | None, str | None]:
    """What stands in a plan is of the plan year; everything else is of the year under review."""
    if status is Status.PLAN and years.plan is not None:
        return years.plan, "plan"
    return (years.report, "report") if years.report is not None else (None, None)
