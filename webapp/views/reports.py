"""One report: its text, and how it was read."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template, request

from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import DifferingFigure, StoredReport
from indexer.domain.query import Filters, Query, Sort
from indexer.domain.report import Report
from indexer.domain.results import site_of
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneStatus
from indexer.errors import BadQuery, NotFound
from indexer.formats import citation, report_words
from indexer.locale import say
from webapp.presenters import originals, provenance, reading, words
from webapp.urls import Address, link
from webapp.views import exports, library

blueprint = Blueprint("reports", __name__)

ORIGINAL = "original"  # view=original: the text beside what it was before cleaning
_OTHERS = 12  # other reports of the zone that are listed, those of the nearest years; all are one click away
_LOOKED_AT = 60  # reports of a zone among which these are found: the most that one had were 36
_PRACTICES = 5  # of the report for which measures like them are offered


@blueprint.get("/doc/<report>")
def report(report: str) -> str:
    stored = library().report(report)
    asked = Address.of("/search", request.args)
    marks: list[Span] = []
    misread = ""
    if asked.value("q"):
        try:
            marks = _marks(stored.report, library().question(asked.params()))
        except BadQuery as error:
            misread = str(error)  # the report can be read all the same
    read, card = stored.report, ReportCard.of(stored)
    beside = request.args.get("view") == ORIGINAL and bool(read.history)
    copies, differing = _copies(stored)
    return render_template(
        "report.html",
        stored=stored,
        report=read,
        title=_title(read),
        label=words.zone_label(read.zone),
        place=words.place(read.zone),
        when=words.year_number(card),
        badges=words.badges(words.Standing.of(card)),
        outline=reading.outline(read, marks),
        body=() if beside else reading.body(read, marks),
        pairs=originals.pairs(read) if beside else (),
        other_view=_other_view(asked, stored, beside),
        joined=bool(reading.joins(read)),
        facts=provenance.facts(stored, library().history(stored.id), copies, differing),
        marks=len(marks),
        misread=misread,
        original=read.url if provenance.safe(read.url) else "",
        here_address=f"{exports.base()}/doc/{stored.id}",
        today=exports.today().isoformat(),
        cited=[a for a in read.cited if not a.url or provenance.safe(a.url)],
        attachments=[a for a in read.attachments if provenance.safe(a.url)],
        comparing=_comparing(stored, [t for p in read.passages for t in p.themes]),
        same_zone=_same_zone(stored),
        zone_key=words.zone_key(read.zone),
        zone_page=words.column_key(read.zone, stored.witness or stored.id),
        similar=_similar(stored),
    )


def _other_view(asked: Address, stored: StoredReport, beside: bool) -> str:
    """The text beside its original, or alone again; nothing where cleaning changed nothing."""
    if not stored.report.history:
        return ""
    kept = {name: asked.values(name) for name in ("q", "match", "without")}
    return link(f"/doc/{stored.id}", **kept, view=None if beside else ORIGINAL)


def _title(read: Report) -> str:
    return report_words.title(read.title, words.zone_key(read.zone), read.years.report, read.genre.value)


def _copies(stored: StoredReport) -> tuple[list[provenance.Copy], tuple[DifferingFigure, ...]]:
    """Other copies of the same text by their names, and where figures of theirs differ."""
    others = [one for one in stored.mirrors if one != stored.id]
    if not others:
        return [], ()
    clusters = (one for one in library().clusters() if stored.id in one.reports)
    cluster = next(clusters, None)
    return [_copy(one) for one in others], cluster.differing if cluster else ()


def _copy(id: str) -> provenance.Copy:
    try:
        read = library().report(id).report
    except NotFound:
        return provenance.Copy(id, id)
    site = site_of(read.url) if read.url else None
    return provenance.Copy(id, " · ".join(part for part in (_title(read), site) if part))


def _same_zone(stored: StoredReport) -> list[tuple[ReportCard, str]]:
    """Other reports of the same named zone or region, the latest first; 上一年, 下一年 of those of the years beside."""
    zone = stored.report.zone
    if not (zone.short or zone.name) or zone.status not in (ZoneStatus.NAMED, ZoneStatus.REGION):
        return []
    key = words.zone_key(zone) or ""
    asked = Query(filters=Filters.of(zone=(key,)), limit=_LOOKED_AT, by_report=True, sort=Sort.DATE, facets=())
    _, cards = library().search_reports(asked)
    others = [card for id, card in cards.items() if id not in (stored.id, stored.witness)]
    year = stored.report.years.report
    if year is None:
        return [(card, "") for card in others[:_OTHERS]]
    nearest = sorted(others, key=lambda card: (card.year is None, abs((card.year or 0) - year)))[:_OTHERS]
    beside = {year - 1: say("page.report.year_before"), year + 1: say("page.report.year_after")}
    return [(card, beside.get(card.year or 0, "")) for card in others if card in nearest]


def _similar(stored: StoredReport) -> list[tuple[str, str]]:
    """The practices that the report tells most of, each with where other zones do the like."""
    names = library().practice_names()
    told: dict[str, str] = {}
    for passage in stored.report.passages:
        for measure in passage.measures:
            if measure.practice is not None and measure.practice in names and measure.shown:
                told.setdefault(measure.practice, link("/similar", passage=f"{stored.id}:{passage.seq}"))
    return [(names[practice], href) for practice, href in list(told.items())[:_PRACTICES]]


def _marks(report: Report, query: Query) -> list[Span]:
    """Passage by passage, as the results mark them, and letter for letter in what stands between passages."""
    found: set[Span] = set()
    for passage in report.passages:
        restored = report.restored(passage.span)
        found |= {span.shifted(passage.span.start) for span in library().marks(passage.text, query, restored)}
    for section in report.sections:
        found |= {span.shifted(section.span.start) for span in library().marks(section.heading, query)}
    return sorted(found)


def _comparing(stored: StoredReport, themes: list[str]) -> list[tuple[str, str]]:
    """The themes that the report says most about, each with its comparison."""
    id, read = stored.witness or stored.id, stored.report
    zone, year = words.column_key(read.zone, id), read.years.report
    often = sorted(dict.fromkeys(themes), key=lambda theme: -themes.count(theme))[:3]
    return [(theme, link("/compare", theme=theme, zone=zone, year=year)) for theme in often]


@blueprint.get("/doc/<report>/cite")
def cite(report: str) -> str:
    """A sentence of the report (start, end: offsets into its text), or a passage (p), and the report itself, ready to
    be cited."""
    stored = library().report(report)
    read, here = stored.report, f"{exports.base()}/doc/{stored.id}"
    cited = citation.Cited(
        stored.id,
        read.title or say("page.cite.untitled"),
        read.source,
        read.published_on,
        read.url or here,
        bool(read.cited),
    )
    forms = []
    asked = request.args
    span = _span(asked.get("start", ""), asked.get("end", ""), len(read.text)) or _passage(read, asked.get("p", ""))
    seq = next((p.seq for p in read.passages if span and p.span.overlaps(span)), None)
    if span is not None:
        place = say("page.cite.place", n=seq + 1) if seq is not None else say("page.cite.in_body")
        forms.append((say("page.cite.quoted"), citation.quoted(span.of(read.text).strip(), cited, place)))
    forms.append(("GB/T 7714—2025", citation.gb7714(cited, exports.today())))
    forms.append(("BibTeX", citation.bibtex(cited, exports.today())))
    back = f"/doc/{stored.id}" + (f"#p{seq}" if seq is not None else "")
    return render_template("cite.html", forms=forms, back=back, sample=bool(read.cited))


def _passage(read: Report, seq: str) -> Span | None:
    return next((passage.span for passage in read.passages if str(passage.seq) == seq), None)


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
