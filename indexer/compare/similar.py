"""Measures of other zones that are like a given one（找同类做法）, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.compare.likeness import shared_terms
from indexer.compare.similar_index import Likeness, Mask, SimilarIndex, Wanted
from indexer.domain.report import Figure, Measure, Passage, Status
from indexer.domain.rows import MeasureRow
from indexer.domain.similar import Reason, ReasonKind, Relation, SimilarMeasure
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sentences import sentences_of
from indexer.reference.practices import Practices

ALIKE_PROFILE = 0.6  # from which two measures are of one kind although no practice is named in both …
ALIKE_WORDS = 0.3  # … or from so much of their words in common
_SPARE = 4  # times as many as asked, so that enough are left of several wanted measures

Filled = Callable[[Collection[int]], Mapping[int, MeasureRow]]


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A measure that others are looked for, with the figures it tells."""

    wanted: Wanted
    figures: tuple[Figure, ...] = ()


def asked_measures(passages: Sequence[Passage], text: str, place: str | None, cues: PracticeCues) -> list[AskedMeasure]:
    """The measures of ``passages``, and what else in them a cue tells, whatever its status: one who asks with a
    sentence out of its report has no chapter to know it by. Where there is neither, each passage as it is."""
    found: list[AskedMeasure] = []
    for passage in passages:
        for one in asking(passage.measures):
            figures = tuple(passage.figures[number] for number in one.figures)
            found.append(AskedMeasure(Wanted(one.span.of(text), one.practice, one.theme, place), figures))
        for sentence in sentences_of(text, passage.span):
            if not any(one.span.overlaps(sentence) for one in passage.measures):
                words = sentence.of(text)
                named = {hit.practice.id: hit.practice for hit in cues.find(words, own_zone=True)}
                found += [AskedMeasure(Wanted(words, one.id, one.theme, place)) for one in named.values()]
    return found or [
        AskedMeasure(Wanted(passage.text, None, next(iter(passage.themes), None), place), passage.figures)
        for passage in passages
    ]


def asking(measures: Sequence[Measure]) -> list[Measure]:
    """Those of a passage to ask with: no problems, and none without a practice where its sentence tells one too."""
    told = [one for one in measures if one.status is not Status.PROBLEM]
    named = [one.span for one in told if one.practice is not None]
    return [one for one in told if one.practice is not None or not any(one.span.overlaps(span) for span in named)]


def similar(
    asked: Sequence[AskedMeasure],
    index: SimilarIndex,
    rows: Filled,
    practices: Practices,
    allowed: Mask,
    limit: int,
) -> tuple[SimilarMeasure, ...]:
    """The likest of all, the best of each zone first; each measure once, for the wanted one that it is most like.

    ``rows``: the rows of some numbers of the catalogue. ``allowed``: which measures of ``index`` may be answered with.
    """
    best: dict[int, tuple[int, Likeness]] = {}
    for place, likest in enumerate(index.find_each([one.wanted for one in asked], allowed, _SPARE * limit)):
        for likeness in likest:
            before = best.get(likeness.number)
            if before is None or before[1].score < likeness.score:
                best[likeness.number] = (place, likeness)
    filled = rows(best.keys())
    found = [
        SimilarMeasure(
            row=filled[number],
            score=round(likeness.score, 3),
            relation=relation,
            reasons=_reasons(asked[place], filled[number], index, practices),
            asked=place,
        )
        for number, (place, likeness) in best.items()
        if (relation := _relation(asked[place].wanted, filled[number], likeness)) is not None
    ]
    ranked = sorted(found, key=lambda one: (-one.score, one.row.source.id, one.row.seq, one.row.number))
    return tuple(_one_a_zone(_in_turn(ranked))[:limit])


def _relation(wanted: Wanted, row: MeasureRow, likeness: Likeness) -> Relation | None:
    """None where they have nothing to do with each other."""
    if wanted.practice is not None and wanted.practice == row.practice:
        return Relation.SAME_PRACTICE
    if likeness.profile >= ALIKE_PROFILE or likeness.lexical >= ALIKE_WORDS:
        return Relation.ALIKE
    return Relation.SAME_THEME if wanted.theme is not None and wanted.theme == row.theme else None


def _reasons(asked: AskedMeasure, row: MeasureRow, index: SimilarIndex, practices: Practices) -> tuple[Reason, ...]:
    wanted, reasons = asked.wanted, []
    if wanted.practice is not None and wanted.practice == row.practice:
        reasons.append(Reason(ReasonKind.PRACTICE, (wanted.practice,)))
        practice = practices.get(wanted.practice)
        if practice is not None and practice.object:
            reasons.append(Reason(ReasonKind.OBJECT, (practice.object,)))
    elif wanted.theme is not None and wanted.theme == row.theme:
        reasons.append(Reason(ReasonKind.THEME, (wanted.theme,)))
    if terms := shared_terms(wanted.text, row.text, index.index):
        reasons.append(Reason(ReasonKind.TERMS, terms))
    if counted := _counted(asked.figures, row.figures):
        reasons.append(Reason(ReasonKind.FIGURES, counted))
    return tuple(reasons)


def _counted(mine: Sequence[Figure], theirs: Sequence[Figure]) -> tuple[str, ...]:
    """Indicators that both give in the same kind."""
    known = {(figure.indicator, figure.kind) for figure in theirs if figure.indicator}
    both = (figure.indicator for figure in mine if figure.indicator and (figure.indicator, figure.kind) in known)
    return tuple(dict.fromkeys(both))


def _in_turn(ranked: Sequence[SimilarMeasure]) -> list[SimilarMeasure]:
    """First the likest to each of the wanted measures, then the second of each: who pastes three asks for three."""
    turns: Counter[int] = Counter()
    placed: list[tuple[int, SimilarMeasure]] = []
    for one in ranked:
        placed.append((turns[one.asked], one))
        turns[one.asked] += 1
    return [one for _, one in sorted(placed, key=lambda turn: turn[0])]


def _one_a_zone(ranked: Sequence[SimilarMeasure]) -> list[SimilarMeasure]:
    seen: set[str] = set()
    first: list[SimilarMeasure] = []
    rest: list[SimilarMeasure] = []
    for one in ranked:
        (rest if one.row.source.column in seen else first).append(one)
        seen.add(one.row.source.column)
    return first + rest
