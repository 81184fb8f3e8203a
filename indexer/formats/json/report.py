"""A report as JSON."""

from __future__ import annotations

from datetime import date

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import (
    Figure,
    Measure,
    Passage,
    Report,
    Years,
)
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.errors import Skip
from indexer.formats.json.report_types import (
    EvidenceJson,
    FigureJson,
    MeasureJson,
    PassageJson,
    ReadingJson,
    ReportJson,
    StepJson,
    StoredReportJson,
    YearsJson,
    ZoneJson,
)


def reading_json(file: str | None, url: str | None, report: Report | None, skipped: Skip | None) -> ReadingJson:
    """One line of ``duibiao read``: the keys are the same for a page that was skipped, its values null or empty."""
    body = report_json(report) if report else _nothing()
    return {"file": file, **body, "url": url or body["url"], "skipped": str(skipped) if skipped else None}


def stored_json(stored: StoredReport) -> StoredReportJson:
    """``duibiao show --json`` and ``/api/v1/reports/<id>``."""
    return {
        "report": stored.id,
        **reading_json(stored.file, stored.report.url, stored.report, None),
        "sha256": stored.sha256,
        "mirrors": list(stored.mirrors),
        "witness": stored.witness or stored.id,
        "versions": [{"sha256": one.sha256, "added_at": one.added_at.isoformat()} for one in stored.versions],
    }


def report_json(report: Report) -> ReportJson:
    return {
        "url": report.url,
        "title": report.title,
        "published_on": iso(report.published_on),
        "source": report.source,
        "genre": report.genre.value,
        "years": _years_json(report.years),
        "zone": zone_json(report.zone),
        "quality": {
            "grade": report.quality.grade.value,
            "flags": list(report.quality.flags),
            "masks": dict(report.quality.masks),
            "body_doubt": report.quality.body_doubt,
        },
        "text": report.text,
        "sections": [{"level": one.level, "heading": one.heading, "span": pair(one.span)} for one in report.sections],
        "passages": [_passage_json(one) for one in report.passages],
        "attachments": [{"name": one.name, "url": one.url} for one in report.attachments],
        "cited": [{"name": one.name, "url": one.url} for one in report.cited],
        "mask_spans": [{"kind": one.kind, "span": pair(one.span)} for one in report.masks],
        "restorations": [{"span": pair(one.span), "restored": one.restored} for one in report.restorations],
        "history": _history_json(report),
        "provenance": dict(report.origins),
        "family": report.family,
        "site_name": report.site_name,
        "parts": list(report.parts),
    }


def _nothing() -> ReportJson:
    """The shape of a report of which nothing is known."""
    return {
        "url": None,
        "title": None,
        "published_on": None,
        "source": None,
        "genre": None,
        "years": {"report": None, "plan": None, "period": None, "conflict": None, "evidence": []},
        "zone": {
            "status": ZoneStatus.NONE.value,
            "name": None,
            "short": None,
            "type": None,
            "level": None,
            "province": None,
            "city": None,
            "conflict": None,
            "hints": [],
            "basis": None,
        },
        "quality": {"grade": None, "flags": [], "masks": {}, "body_doubt": None},
        "text": None,
        "sections": [],
        "passages": [],
        "attachments": [],
        "cited": [],
        "mask_spans": [],
        "restorations": [],
        "history": [],
        "provenance": {},
        "family": None,
        "site_name": None,
        "parts": [],
    }


def _years_json(years: Years) -> YearsJson:
    evidence: list[EvidenceJson] = [
        {
            "kind": one.kind.value,
            "year": one.year,
            "text": one.text,
            "span": pair(one.span) if one.span else None,
            "trusted": one.trusted,
            "note": one.note,
        }
        for one in years.evidence
    ]
    return {
        "report": years.report,
        "plan": years.plan,
        "period": years.period,
        "conflict": years.conflict,
        "evidence": evidence,
    }


def zone_json(zone: ZoneReading) -> ZoneJson:
    return {
        "status": zone.status.value,
        "name": zone.name,
        "short": zone.short,
        "type": zone.type,
        "level": zone.level,
        "province": zone.province,
        "city": zone.city,
        "conflict": zone.conflict,
        "hints": list(zone.hints),
        "basis": zone.basis,
    }


def _passage_json(passage: Passage) -> PassageJson:
    return {
        "seq": passage.seq,
        "section": passage.section,
        "status": passage.status.value,
        "themes": list(passage.themes),
        "span": pair(passage.span),
        "text": passage.text,
        "strengths": list(passage.strengths),
        "theme_spans": [pair(span) if span else None for span in passage.theme_spans],
        "year": passage.year,
        "year_basis": passage.year_basis,
        "figures": [{**figure_json(figure), "text": _printed(figure.span, passage)} for figure in passage.figures],
        "measures": [_measure_json(measure, passage) for measure in passage.measures],
    }


def _measure_json(measure: Measure, passage: Passage) -> MeasureJson:
    return {
        "practice": measure.practice,
        "theme": measure.theme,
        "status": measure.status.value,
        "span": pair(measure.span),
        "text": _printed(measure.span, passage),
        "figures": list(measure.figures),
        "shown": measure.shown,
    }


def _printed(span: Span, passage: Passage) -> str:
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]


def figure_json(figure: Figure) -> FigureJson:
    return {
        "indicator": figure.indicator,
        "phrase": figure.phrase,
        "value": figure.value,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "role": figure.role.value,
        "year": figure.year,
        "period_kind": figure.period_kind.value if figure.period_kind else None,
        "hedge": figure.hedge,
        "doubt": figure.doubt.value if figure.doubt else None,
        "unlikely": figure.unlikely,
        "change": figure.change,
        "rank": figure.rank,
        "scope": figure.scope,
        "period": figure.period,
        "mask": figure.mask,
        "span": pair(figure.span),
    }


def _history_json(report: Report) -> list[StepJson]:
    """Edits per rule. The text after a step follows from the step behind it, so it is told only where it does not."""
    steps: list[StepJson] = []
    after = report.text
    for step in reversed(report.history):
        told: StepJson = {"rule": step.rule, "edits": [[one.at, one.removed, one.inserted] for one in step.edits]}
        if step.text != after:
            told["text"] = step.text
        steps.append(told)
        after = step.before()
    return steps[::-1]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def pair(span: Span) -> list[int]:
    return [span.start, span.end]
