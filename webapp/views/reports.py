"""One report: its text, and how it was read."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template, request

from indexer.domain.cards import ReportCard
from indexer.domain.query import Query
from indexer.domain.report import Report
from indexer.domain.spans import Span
from indexer.errors import BadQuery
from indexer.formats import citation
from webapp.presenters import provenance, reading, words
from webapp.urls import Address, link
from webapp.views import exports, library

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
        cited=[a for a in read.cited if not a.url or provenance.safe(a.url)],
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


@blueprint.get("/doc/<report>/cite")
def cite(report: str) -> str:
    """A sentence of the report (start, end: offsets into its text) and the report itself, ready to be cited."""
    stored = library().report(report)
    read, here = stored.report, f"{exports.base()}/doc/{stored.id}"
    cited = citation.Cited(
        stored.id, read.title or "无题名报告", read.source, read.published_on, read.url or here, bool(read.cited)
    )
    forms = []
    span = _span(request.args.get("start", ""), request.args.get("end", ""), len(read.text))
    seq = next((p.seq for p in read.passages if span and p.span.overlaps(span)), None)
    if span is not None:
        place = f"第 {seq + 1} 段" if seq is not None else "正文"
        forms.append(("带出处的原句", citation.quoted(span.of(read.text).strip(), cited, place)))
    forms.append(("GB/T 7714—2025", citation.gb7714(cited, exports.today())))
    forms.append(("BibTeX", citation.bibtex(cited, exports.today())))
    back = f"/doc/{stored.id}" + (f"#p{seq}" if seq is not None else "")
    return render_template("cite.html", forms=forms, back=back, sample=bool(read.cited))


def _span(start: str, end: str, length: int) -> Span | None:
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start[:9]), min(int(end[:9]), length)
    return Span(first, last) if first < last else None


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
