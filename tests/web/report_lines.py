"""Reports put together from their lines: text, sections, passages, figures and measures that fit each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.domain.page import Mask
from indexer.domain.report import (
    Figure,
    FigureRole,
    Genre,
    Grade,
    Measure,
    Passage,
    PeriodKind,
    Quality,
    Report,
    Section,
    Status,
    YearEvidence,
    YearKind,
)
from indexer.domain.spans import Span

MASK = re.compile(r"[xX]+(?:\.[xX]+)?|_{2,}|\*{2,}")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(亿元|万元|个工作日|个|家|名|亩|%)")
# what a line calls its first number → id in corpus/tables/indicators.tsv
INDICATORS = {
    "新签约项目": "signed-projects",
    "签约项目": "signed-projects",
    "引进项目": "introduced-projects",
    "工业投资": "industrial-investment",
    "规模以上工业产值": "industrial-output",
    "地区生产总值": "gdp",
    "新增高新技术企业": "hitech-enterprises",
}


@dataclass(frozen=True)
class Line:
    """A heading (``status`` None) or a passage of the made-up text."""

    text: str
    status: Status | None = None
    themes: tuple[str, ...] = ()
    level: int = 1
    indicator: str | None = None
    period: str = ""
    practice: str | None = None


def head(text: str, level: int = 1) -> Line:
    return Line(text, level=level)


def said(
    status: str, theme: str, text: str, indicator: str | None = None, period: str = "", *, practice: str | None = None
) -> Line:
    """``period``: 1-6月, 累计, 目标; "" for a whole year. ``practice``: id in corpus/tables/practices.tsv."""
    return Line(text, Status(status), (theme,) if theme else (), 1, indicator, period, practice)


def figures_in(line: Line, at: int) -> tuple[Figure, ...]:
    """The first one is of the indicator that the line names; the others are of none."""
    printed = [*NUMBER.finditer(line.text)] or [*re.finditer(r"([xX]+)\s*(个|亿元)", line.text)]
    return tuple(_figure(line, match, at, first=n == 0) for n, match in enumerate(printed))


def _figure(line: Line, match: re.Match[str], at: int, *, first: bool) -> Figure:
    masked = match[1][0] in "xX"
    known = INDICATORS.get(line.indicator or "") if first else None
    return Figure(
        indicator=known,
        value=None if masked else float(match[1]),
        unit=match[2],
        change=None,
        rank=None,
        scope="累计" if first and line.period == "累计" else None,
        period=line.period if first and line.period not in ("", "累计", "目标") else None,
        mask=match[1] if masked else None,
        span=Span(at + match.start(), at + match.end()),
        phrase=line.indicator if first else None,
        role=(FigureRole.TARGET if line.period == "目标" else FigureRole.RESULT) if known else FigureRole.OTHER,
        period_kind=_PERIODS.get(line.period, PeriodKind.PART) if known else None,
    )


_PERIODS = {"": PeriodKind.YEAR, "目标": PeriodKind.YEAR, "累计": PeriodKind.MULTI}


def measures_in(line: Line, span: Span, figures: Sequence[Figure]) -> tuple[Measure, ...]:
    """The whole line where it names a practice."""
    if line.practice is None or line.status is None:
        return ()
    return (Measure(line.practice, line.themes[0], line.status, span, tuple(range(len(figures))), shown=True),)


def passages_of(lines: Sequence[Line]) -> tuple[str, tuple[Section, ...], tuple[Passage, ...]]:
    text = "\n".join(line.text for line in lines)
    starts: list[tuple[int, Line]] = []
    at = 0
    for line in lines:
        starts.append((at, line))
        at += len(line.text) + 1
    heads = [(at, line) for at, line in starts if line.status is None]
    sections = []
    for n, (at, line) in enumerate(heads):
        end = next((later for later, other in heads[n + 1 :] if other.level <= line.level), len(text))
        sections.append(Section(line.level, line.text, Span(at, end)))
    passages: list[Passage] = []
    for at, line in starts:
        if line.status is not None:
            section = max((n for n, (where, _) in enumerate(heads) if where <= at), default=None)
            span = Span(at, at + len(line.text))
            figures = figures_in(line, at)
            measures = measures_in(line, span, figures)
            passages.append(
                Passage(
                    len(passages),
                    section,
                    line.status,
                    line.themes,
                    span,
                    line.text,
                    figures,
                    measures=measures,
                    theme_spans=(span,) * len(line.themes),
                )
            )
    return text, tuple(sections), tuple(passages)


def report(lines: Sequence[Line], **values: Any) -> Report:
    text, sections, passages = passages_of(lines)
    masks = tuple(Mask(m[0] if m[0][0] in "xX" else m[0][0], Span(m.start(), m.end())) for m in MASK.finditer(text))
    defaults: dict[str, Any] = {
        "published_on": None,
        "source": None,
        "genre": Genre.SUMMARY,
        "masks": masks,
        "family": "article",
    }
    return dated(Report(text=text, sections=sections, passages=passages, **{**defaults, **values}))


def dated(report: Report) -> Report:
    """Plans are of the plan year, all else of the report's, and so are their figures."""
    years = {True: (report.years.plan, "plan"), False: (report.years.report, "report")}
    passages = []
    for passage in report.passages:
        year, basis = years[passage.status is Status.PLAN]
        figures = tuple(replace(figure, year=year) for figure in passage.figures)
        passages.append(replace(passage, year=year, year_basis=basis if year else None, figures=figures))
    return replace(report, passages=tuple(passages))


def seen(text: str, phrase: str, kind: YearKind, year: int, trusted: bool = True) -> YearEvidence:
    at = text.find(phrase)
    return YearEvidence(kind, year, phrase, Span(at, at + len(phrase)) if at >= 0 else None, trusted)


def quality(grade: str, *flags: str, **masks: int) -> Quality:
    return Quality(Grade(grade), flags, masks)
