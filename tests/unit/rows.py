"""Reports with measures and figures made by hand, for the tests of comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import StoredReport
from indexer.domain.report import (
    Doubt,
    Figure,
    FigureKind,
    FigureRole,
    Grade,
    Measure,
    Passage,
    PeriodKind,
    Status,
    Years,
)
from indexer.domain.rows import ReportRows
from indexer.domain.spans import Span
from tests.unit.stored import a_stored

THEME = "招商引资"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the characters that a passage prints for it."""

    text: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Told:
    """A passage of one measure, or (``plain``) of none; ``key``: of what it says on the theme the one sentence."""

    text: str
    practice: str | None
    figures: tuple[Printed, ...]
    status: Status
    theme: str
    plain: bool = False
    key: str | None = None


def figure(
    printed: str,
    indicator: str | None = None,
    value: float | None = None,
    unit: str = "个",
    *,
    kind: FigureKind = FigureKind.LEVEL,
    role: FigureRole = FigureRole.RESULT,
    year: int | None = None,
    period_kind: PeriodKind | None = None,
    period: str | None = None,
    scope: str | None = None,
    mask: str | None = None,
    hedge: str | None = None,
    phrase: str | None = None,
    doubt: Doubt | None = None,
) -> Printed:
    made = Figure(
        indicator=indicator,
        value=value,
        unit=unit,
        change=None,
        rank=None,
        scope=scope,
        period=period,
        mask=mask,
        span=Span(0, len(printed)),
        phrase=phrase or printed,
        kind=kind,
        role=role,
        year=year,
        period_kind=period_kind,
        hedge=hedge,
        doubt=doubt,
    )
    return Printed(printed, made)


def measure(
    text: str, practice: str | None, *figures: Printed, status: Status = Status.MEASURE, theme: str = THEME
) -> Told:
    return Told(text, practice, figures, status, theme)


def passage(
    text: str, *figures: Printed, status: Status = Status.RESULT, theme: str = THEME, key: str | None = ""
) -> Told:
    """On the theme, without a measure in it. ``key``: its sentence that tells it (None: no single one does)."""
    return Told(text, None, figures, status, theme, plain=True, key=text if key == "" else key)


def a_report(
    id: str,
    *told: Told,
    zone: str | None = "甲高新区",
    zone_type: str | None = "高新区",
    year: int | None = 2022,
    level: str | None = None,
    province: str | None = None,
    flags: tuple[str, ...] = (),
    grade: Grade = Grade.COPY,
) -> StoredReport:
    """A report of ``year`` that plans the next one; a passage for each of ``told``."""
    stored = a_stored(
        id, *((one.status, one.text, ()) for one in told), zone=zone, zone_type=zone_type, year=year, flags=flags,
        grade=grade,
    )  # fmt: skip
    report = stored.report
    passages = tuple(map(_filled, report.passages, told))
    return replace(
        stored,
        witness=id,
        report=replace(
            report,
            passages=passages,
            years=Years(report=year, plan=year + 1 if year else None),
            zone=replace(report.zone, level=level, province=province),
        ),
    )


def _filled(passage: Passage, told: Told) -> Passage:
    figures = tuple(_placed(passage, one, told.text) for one in told.figures)
    whole = Measure(told.practice, told.theme, told.status, passage.span, tuple(range(len(figures))))
    key = None
    if told.key is not None:
        start = passage.span.start + told.text.index(told.key)
        key = Span(start, start + len(told.key))
    return replace(
        passage,
        themes=(told.theme,),
        strengths=(1.0,),
        theme_spans=(key,),
        figures=figures,
        measures=() if told.plain else (whole,),
    )


def _placed(passage: Passage, one: Printed, text: str) -> Figure:
    at = text.index(one.text) + passage.span.start
    return replace(one.figure, span=Span(at, at + len(one.text)))


def all_rows(reports: Iterable[StoredReport]) -> list[ReportRows]:
    return [rows_of(report) for report in reports]
