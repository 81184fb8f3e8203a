"""One report: its text, and how it was read."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template, request

from indexer.domain.cards import ReportCard
from indexer.domain.query import Query
from indexer.domain.report import Report
from indexer.domain.spans import Span
from indexer.errors import BadQuery
from webapp.presenters import provenance, reading, words
from webapp.urls import Address, link
from webapp.views import library

blueprint = Blueprint("reports", __name__)


@blueprint.get("/doc/<report>")
def report(report: str) -> str:
    stored = library().report(report)
    asked = Address.of("/search", request.args, ("q", "match", "without"))
    marks: list[Span] = []
    misread = ""
    if asked.value("q"):
        try:
            marks = _marks(stored.report, library().question(asked.params()))
        except BadQuery as error:
            misread = str(error)  # the report can be read all the same
    read, card = stored.report, ReportCard.of(stored)
    label = words.zone_label(read.zone)
    return render_template(
        "report.html",
        stored=stored,
        report=read,
        label=label,
        place=words.place(read.zone),
        when=words.year_number(card),
        badges=words.badges(card),
        outline=reading.outline(read, marks),
        body=reading.body(read, marks),
        facts=provenance.facts(stored, library().history(stored.id)),
        marks=len(marks),
        misread=misread,
        original=read.url if provenance.safe(read.url) else "",
        cited=[a for a in read.cited if provenance.safe(a.url)],
        attachments=[a for a in read.attachments if provenance.safe(a.url)],
        comparing=_comparing(stored.report.years.report, label, [t for p in read.passages for t in p.themes]),
    )


def _marks(report: Report, query: Query) -> list[Span]:
    """Passage by passage, as the results mark them, and letter for letter in what stands between passages."""
    found: set[Span] = set()
    for passage in report.passages:
        restored = report.restored(passage.span)
        found |= {span.shifted(passage.span.start) for span in library().marks(passage.text, query, restored)}
    for section in report.sections:
        found |= {span.shifted(section.span.start) for span in library().marks(section.heading, query)}
    return sorted(found)


def _comparing(year: int | None, label: str, themes: list[str]) -> list[tuple[str, str]]:
    """The themes that the report says most about, each with its comparison."""
    if label == "地区不明":
        return []
    often = sorted(dict.fromkeys(themes), key=lambda theme: -themes.count(theme))[:3]
    return [(theme, link("/compare", theme=theme, zone=label, year=year)) for theme in often]


@blueprint.get("/doc/<report>/raw")
def raw(report: str) -> Response:
    """The page as it came, to be saved: markup as plain text, nothing in it can run here; a document as what it is."""
    data, charset = library().raw(report)
    known = charset != "binary" and re.fullmatch(r"[A-Za-z0-9_.:-]+", charset or "")
    answer = Response(data, content_type=f"text/plain; charset={charset}" if known else "application/octet-stream")
    name = re.sub(r"[^A-Za-z0-9_-]", "_", report)[:80]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{"txt" if known else _suffix(data)}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


_DOCUMENTS = ((b"%PDF-", "pdf"), (b"word/document.xml", "docx"), (b"OFD.xml", "ofd"))


def _suffix(data: bytes) -> str:
    """A .pdf saved as .txt opens as rubbish. A zip spells the names of what is in it."""
    return next((suffix for mark, suffix in _DOCUMENTS if mark in data), "bin")
