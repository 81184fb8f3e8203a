"""Reports set side by side: one theme, zones as columns, statuses as rows.

What a cell says is quoted, never summed up. Where it is empty it says which of the four kinds of silence it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.domain.catalogue import Cell, Column, Comparison, Said, Silence, StoredReport
from indexer.domain.report import Passage, Status

_ROWS = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM)
_ALIKE = 2  # field terms in common: one alone (标准厂房) is often only mentioned
_SHORTEST = 3  # characters; 招商, 人才, 园区 say no more than that the theme is the same
_COMMON = 0.05  # of all passages compared; what stands in more (高新区, 总投资, 重点项目) tells nothing apart


@dataclass(frozen=True, slots=True)
class _Candidate:
    report: StoredReport
    passage: Passage
    terms: frozenset[str]


def compare(
    theme: str,
    year: int | None,
    reports: Mapping[str, Sequence[StoredReport]],
    field_terms: Collection[str] = (),
    per_cell: int = 5,
) -> Comparison:
    """The comparison of ``reports``: zone label → its reports, best copies only; a label without any is not collected.

    ``year`` keeps the reports about that year. ``field_terms`` are the words of the field
    (corpus/tables/lexicon.tsv) by which two passages are found alike: they have two in common that are long enough and
    rare enough to tell a measure.
    """
    chosen = {
        zone: [one for one in mine if year is None or one.report.years.report == year] for zone, mine in reports.items()
    }
    found = {zone: _candidates(theme, mine, field_terms) for zone, mine in chosen.items()}
    telling = _telling([one for mine in chosen.values() for one in mine], found)
    columns = []
    for zone, mine in chosen.items():
        others = [one.terms & telling for other, theirs in found.items() if other != zone for one in theirs]
        cells = {status: _cell(status, mine, found[zone], others, telling, per_cell) for status in _ROWS}
        columns.append(_column(zone, mine, cells))
    return Comparison(theme, year, tuple(columns))


def _candidates(theme: str, reports: Sequence[StoredReport], field_terms: Collection[str]) -> list[_Candidate]:
    return [
        _Candidate(stored, passage, _terms(passage.text, field_terms))
        for stored in reports
        for passage in stored.report.passages
        if theme in passage.themes
    ]


def _terms(text: str, field_terms: Collection[str]) -> frozenset[str]:
    """The field's words in ``text``; of two that lie in each other (链长, 链长制) the longer one."""
    inside = [term for term in field_terms if len(term) >= _SHORTEST and term in text]
    return frozenset(term for term in inside if not any(term != other and term in other for other in inside))


def _telling(reports: Sequence[StoredReport], found: Mapping[str, Sequence[_Candidate]]) -> frozenset[str]:
    """The terms that tell one measure from another: rare among all that the compared reports say."""
    texts = [passage.text for stored in reports for passage in stored.report.passages]
    most = max(3, _COMMON * len(texts))
    terms = frozenset(term for candidates in found.values() for one in candidates for term in one.terms)
    return frozenset(term for term in terms if sum(term in text for text in texts) <= most)


def _cell(
    status: Status,
    reports: Sequence[StoredReport],
    candidates: Sequence[_Candidate],
    others: Sequence[frozenset[str]],
    telling: frozenset[str],
    per_cell: int,
) -> Cell:
    mine = sorted((one for one in candidates if one.passage.status is status), key=_worth)
    said: list[Said] = []
    heard: list[str] = []
    for one in mine:
        words = "".join(c for c in one.passage.text if c.isalnum())
        if any(words in before or before in words for before in heard):
            continue  # the same sentence in another year's report
        heard.append(words)
        shared = any(len(one.terms & telling & theirs) >= _ALIKE for theirs in others)
        said.append(Said(one.report.id, one.passage.seq, one.passage.text, one.passage.figures, shared))
        if len(said) == per_cell:
            break
    return Cell(tuple(said), _silence(status, reports, mine))


def _worth(one: _Candidate) -> tuple[int, int, int, str, int]:
    """Most figures first, then the newer report, then the longer passage; the place in the report settles a tie."""
    known = sum(figure.value is not None for figure in one.passage.figures)
    year = one.report.report.years.report or 0
    return -known, -year, -len(one.passage.text), one.report.id, one.passage.seq


def _silence(status: Status, reports: Sequence[StoredReport], said: Sequence[_Candidate]) -> Silence | None:
    """Why there is nothing to read here, or nothing to count; None where the cell speaks for itself."""
    if not reports:
        return Silence.NOT_COLLECTED
    if said:
        figures = [figure for one in said for figure in one.passage.figures]
        blotted = bool(figures) and all(figure.value is None and figure.mask for figure in figures)
        return Silence.MASKED if blotted and status is not Status.PROBLEM else None
    if all("truncated" in one.report.quality.flags for one in reports):
        return Silence.TRUNCATED
    return Silence.NOT_MENTIONED


def _column(zone: str, reports: Sequence[StoredReport], cells: dict[Status, Cell]) -> Column:
    read = [one.report for one in reports]
    years = {one.years.report for one in read}
    return Column(
        zone=zone,
        province=next((one.zone.province for one in read if one.zone.province), None),
        level=next((one.zone.level for one in read if one.zone.level), None),
        years=tuple(sorted(years, key=lambda year: (year is None, -(year or 0)))),
        periods=tuple(sorted({one.years.period for one in read if one.years.period})),
        grades=tuple(sorted({one.quality.grade.value for one in read})),
        flags=tuple(sorted({flag for one in read for flag in one.quality.flags})),
        reports=tuple(one.id for one in reports),
        cells=cells,
    )
