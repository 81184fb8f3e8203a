"""The rows of one report: what the catalogue keeps of it for comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.compare.telling import telling
from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Measure, Passage, Status
from indexer.domain.rows import FigureRow, MeasureRow, PassageRow, ReportRows, Source, zone_label
from indexer.domain.spans import Span

_INDUSTRY_THEME = "主导产业"
_LEAD = 14  # characters of a sentence that only names
_SHORTEST = 3  # characters of a name; 项目 alone names thousands of figures
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


class IndustryNames(Protocol):
    """The table of industries (corpus/tables/industries.tsv)."""

    def leading(self, texts: Iterable[str]) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the rows are looked up in. ``indicators``: printed name → ids of the indicators that it names."""

    industries: IndustryNames
    indicators: Mapping[str, tuple[str, ...]]

    def near(self, phrase: str | None) -> tuple[str, ...]:
        """The indicators whose names stand in the phrase of a figure that is of none of them."""
        words = phrase or ""
        parts = {words[at : at + n] for n in range(_SHORTEST, len(words) + 1) for at in range(len(words) - n + 1)}
        return tuple(sorted({one for part in parts for one in self.indicators.get(part, ())}))


def rows_of(stored: StoredReport, vocabulary: Vocabulary | None = None) -> ReportRows:
    """Without a ``vocabulary`` neither industries nor indicators that are near are known."""
    source = source_of(stored)
    if vocabulary is not None:
        on_industry = (one.text for one in stored.report.passages if _INDUSTRY_THEME in one.themes)
        source = replace(source, industries=vocabulary.industries.leading(on_industry))
    passages = stored.report.passages
    dated = any(figure.year is not None for passage in passages for figure in passage.figures)
    return ReportRows(
        source,
        tuple(_passage_row(source, passage) for passage in passages),
        tuple(_measure_row(source, passage, n) for passage in passages for n in range(len(passage.measures))),
        tuple(
            _figure_row(source, passage, n, dated, vocabulary)
            for passage in passages
            for n in range(len(passage.figures))
        ),
    )


def source_of(stored: StoredReport) -> Source:
    report = stored.report
    return Source(
        id=stored.id,
        title=report.title,
        zone=zone_label(report.zone),
        zone_status=report.zone.status,
        zone_type=report.zone.type,
        level=report.zone.level,
        province=report.zone.province,
        city=report.zone.city,
        year=report.years.report,
        plan_year=report.years.plan,
        period=report.years.period,
        guessed=report.years.only_guessed,
        published_on=report.published_on,
        grade=report.quality.grade,
        flags=report.quality.flags,
        url=report.url,
        digest=bool(report.cited),
    )


def _passage_row(source: Source, passage: Passage) -> PassageRow:
    year, basis = _year(source, passage)
    spans = passage.theme_spans or (None,) * len(passage.themes)
    return PassageRow(
        source=source,
        seq=passage.seq,
        status=passage.status,
        themes=passage.themes,
        strengths=passage.strengths or (1.0,) * len(passage.themes),
        theme_spans=spans,
        telling=tuple(_telling(passage, span or passage.span) for span in spans),
        span=passage.span,
        text=passage.text,
        year=year,
        year_basis=basis,
        figures=passage.figures,
    )


def _telling(passage: Passage, span: Span) -> float:
    figures = [one for one in passage.figures if span.contains(one.span)]
    return telling(_within(passage, span.start, span.end), None, figures)


def _measure_row(source: Source, passage: Passage, number: int) -> MeasureRow:
    measure = passage.measures[number]
    year, basis = _year(source, passage, measure)
    span = _with_what_it_leads(passage, measure.span)
    text = _within(passage, span.start, span.end)
    numbers = measure.figures or tuple(n for n, one in enumerate(passage.figures) if span.contains(one.span))
    figures = tuple(passage.figures[n] for n in numbers)
    return MeasureRow(
        source=source,
        seq=passage.seq,
        number=number,
        practice=measure.practice,
        theme=measure.theme,
        status=measure.status,
        span=span,
        text=text,
        year=year,
        year_basis=basis,
        telling=telling(text, measure.practice, figures, shown=measure.shown),
        figures=figures,
        figure_numbers=numbers,
    )


def _with_what_it_leads(passage: Passage, span: Span) -> Span:
    """A lead (一是全员招商。) says how only in the sentence behind it."""
    at, end = span.start - passage.span.start, span.end - passage.span.start
    following = _SENTENCE.match(passage.text, end)
    if end - at > _LEAD or passage.text[end - 1] not in "。：:" or following is None:
        return span
    return Span(span.start, passage.span.start + following.end())


def _year(source: Source, passage: Passage, measure: Measure | None = None) -> tuple[int | None, str | None]:
    """A plan in the middle of a review is of the plan year too, and what is told as done in a plan part isn't."""
    planned = (measure or passage).status is Status.PLAN
    if passage.year is not None and (measure is None or planned == (passage.year_basis == "plan")):
        return passage.year, passage.year_basis
    if planned:
        return source.plan_year, "plan" if source.plan_year else None
    return source.year, "report" if source.year else None


def _figure_row(source: Source, passage: Passage, number: int, dated: bool, vocabulary: Vocabulary | None) -> FigureRow:
    """``dated``: the report's figures have years; one without is what was before (由48%提高到53%), of no year told."""
    figure = passage.figures[number]
    return FigureRow(
        source=source,
        seq=passage.seq,
        number=number,
        figure=figure,
        text=_within(passage, figure.span.start, figure.span.end).strip(),
        sentence=_sentence(passage, figure.span.start),
        status=passage.status,
        year=figure.year if figure.year is not None or dated else _year(source, passage)[0],
        near=vocabulary.near(figure.phrase) if vocabulary and figure.indicator is None else (),
    )


def _within(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.span.start : end - passage.span.start]


def _sentence(passage: Passage, at: int) -> str:
    at -= passage.span.start
    for found in _SENTENCE.finditer(passage.text):
        if found.start() <= at < found.end():
            return found.group().strip()
    return passage.text
