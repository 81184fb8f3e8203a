"""An Atom feed (RFC 4287) of any search: the reports that answer it, those taken in last first.

The id of an entry is made of the report's, which is made of its content: the same report has it under any host and
after any build.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from lxml import etree
from werkzeug.urls import iri_to_uri

from indexer.domain.query import Query
from indexer.domain.results import NewReport
from indexer.formats import report_words
from indexer.formats.xml_text import xml_text
from indexer.locale import LANGUAGES, language, say
from indexer.search.parameters import query_params
from webapp.presenters import provenance, words
from webapp.urls import Address, link
from webapp.views import exports, library

blueprint = Blueprint("feeds", __name__)

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
TAG = "tag:duibiao.invalid,2026"  # .invalid (RFC 2606): a name that can be nobody's, now or later
MOST = 50  # entries, where ``limit`` doesn't say
_QUOTED = 3  # passages of an entry


@blueprint.get("/search.atom")
def feed() -> Response:
    address = Address.of("/search", request.args)
    query = library().question(address.params())
    most = query.limit if address.value("limit") else MOST
    found = library().new_reports(query, most)
    built = library().stats().built_at
    body = _feed(query, found, built or datetime.fromtimestamp(0, UTC))
    text = etree.tostring(body, xml_declaration=True, encoding="utf-8")
    return Response(text, content_type=f"{KIND}; charset=utf-8")


def _feed(query: Query, found: tuple[NewReport, ...], built: datetime) -> etree._Element:
    """``built`` is when a feed without entries was last made."""
    pairs = tuple(pair for pair in query_params(query) if pair[0] not in ("page", "sort"))
    if request.args.get("plain"):
        pairs += (("plain", "1"),)
    page, asked = (
        str(Address("/search", pairs)),
        " ".join(value for name, value in pairs if name not in ("limit", "plain")),
    )
    feed = etree.fromstring(f'<feed xmlns="{ATOM}"/>')
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN" if language() == next(iter(LANGUAGES)) else "en")
    _add(feed, "title", say("program.feed", asked=asked) if asked else say("program.feed_all"))
    _add(feed, "subtitle", say("program.feed_said"))
    _add(feed, "id", f"{TAG}:search:{hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]}")
    _add(feed, "updated", max((one.taken_in.last for one in found), default=built).isoformat())
    _add(_add(feed, "author"), "name", say("program.name"))
    root = exports.base()
    spoken = tuple(("lang", one) for one in request.args.getlist("lang")[-1:] if one in LANGUAGES)
    _add(feed, "link", rel="self", type=KIND, href=iri_to_uri(root + str(Address("/search.atom", (*pairs, *spoken)))))
    _add(feed, "link", rel="alternate", type="text/html", href=iri_to_uri(root + page))
    _add(feed, "icon", f"{root}/favicon.ico")
    for one in found:
        feed.append(_entry(one, query, root))
    return feed


def _entry(one: NewReport, query: Query, root: str) -> etree._Element:
    report, years = one.stored.report, one.stored.report.years
    entry = etree.Element(f"{{{ATOM}}}entry")
    _add(
        entry, "title", report_words.title(report.title, words.zone_key(report.zone), years.report, report.genre.value)
    )
    _add(entry, "id", f"{TAG}:report:{one.stored.id}")
    _add(entry, "updated", one.taken_in.last.isoformat())
    _add(entry, "published", one.taken_in.first.isoformat())
    if report.source:
        _add(_add(entry, "author"), "name", report.source)
    _add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=iri_to_uri(root + link(f"/doc/{one.stored.id}", q=query.text)),
    )
    _add(entry, "link", rel="related", type="application/json", href=f"{root}/doc/{one.stored.id}.json")
    if report.url and provenance.safe(report.url) and (via := _ascii(report.url)):
        _add(entry, "link", rel="via", href=via)
    label = words.zone_label(report.zone)
    for scheme, term in (("zone", label), ("year", years.report), ("grade", report.quality.grade.value)):
        if term:
            _add(entry, "category", scheme=f"{TAG}:{scheme}", term=xml_text(str(term)))
    when = say("program.year_unknown")
    if years.report:
        when = say("program.year_guessed" if years.only_guessed else "program.year_of", year=years.report)
    head = say("program.entry", place=label or say("program.nowhere"), year=when, grade=report.quality.grade.value)
    _add(entry, "summary", "\n".join((head, *(hit.snippet for hit in one.hits[:_QUOTED]))))
    return entry


def _add(to: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    made = etree.SubElement(to, f"{{{ATOM}}}{name}", attributes)
    if text:
        made.text = xml_text(text)
    return made


def _ascii(url: str) -> str | None:
    """An IRI may stand in Atom, but not every reader knows them. None for what a page calls its address and is none."""
    try:
        return iri_to_uri(xml_text(url))
    except ValueError:  # [ in a host, a port above 65535
        return None
