"""篮子: sentences and zones that a reader collects. A page of it lives in its address, so that it can be sent to
somebody; what a reader keeps lies in a cookie, which a form changes, so that it works without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote as escaped
from urllib.parse import unquote

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from indexer.domain.catalogue import StoredReport
from indexer.domain.comparison import Quote
from indexer.domain.report import Measure, Passage, Status
from indexer.domain.spans import Span
from indexer.errors import BadQuery, NotFound
from indexer.formats import report_words, tables
from indexer.locale import term
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import LONGEST, Address, link
from webapp.views import exports, library
from webapp.views.listings import zone_names

blueprint = Blueprint("tray", __name__)

NAMES = ("item", "zone")
MOST = 60  # items: what an address and a cookie carry
COOKIE = "tray"
_MOST_ZONES = 12  # their names take nine times as many bytes
_A_YEAR = 31_536_000
_BETWEEN = "~"  # stands in no item, and needs no quoting in a cookie
_OURS = re.compile(r"/(?![/\\])[!-~]*")  # a path of ours, as browsers send it
ITEM = re.compile(r"(?P<report>[\w-]{1,80}):(?P<seq>\d{1,6})(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Kept:
    zone: str
    title: str
    quote: ShownQuote
    off: str


@blueprint.app_template_global("in_tray")
def in_tray() -> frozenset[str]:
    """What the reader keeps: items and zones, from the cookie that we and the page's script set."""
    if "in_tray" not in g:  # a page asks once for each of its sentences
        g.in_tray = frozenset(_kept())
    return cast("frozenset[str]", g.in_tray)


def _kept() -> list[str]:
    """In the order in which they were put in; zones are told from items by having no colon."""
    words = unquote(request.cookies.get(COOKIE, "")).split(_BETWEEN)
    return [word for word in dict.fromkeys(words) if word and len(word) <= LONGEST]


@blueprint.post("/tray/keep")
def keep() -> Response:
    """Puts a sentence (``item``) or a ``zone`` into the tray, takes it out where it lies there already; puts in ``all``
    of another tray; and goes back to where the reader was."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadQuery("page.tray.elsewhere")
    kept = _kept()
    more = request.form.get("all", "").split(_BETWEEN)
    for word in (*request.form.getlist("item"), *request.form.getlist("zone"), *(one for one in more if one)):
        if word in kept:
            if word not in more:
                kept.remove(word)
        elif ":" not in word or ITEM.fullmatch(word):
            kept.append(word)
    items = [word for word in kept if ":" in word][-MOST:]
    zones = [word for word in kept if ":" not in word][-_MOST_ZONES:]
    back = request.form.get("back", "")
    answer = Response(status=303)
    answer.location = back if _OURS.fullmatch(back) and not back.startswith("/tray?") else "/tray"
    answer.set_cookie(COOKIE, escaped(_BETWEEN.join((*items, *zones)), safe=_BETWEEN + ":"), _A_YEAR, samesite="Lax")
    return answer


@blueprint.get("/tray")
def tray() -> str | BaseResponse:
    """Of the address; one without anything in it leads to that of what the reader keeps."""
    address = Address.of("/tray", request.args, NAMES)
    mine = [("item" if ":" in word else "zone", word) for word in _kept()]
    if mine and not address.pairs:
        return redirect(str(Address("/tray", tuple(mine))), 302)
    found = quotes(address)
    kept = [
        Kept(
            term(told.source.label),
            report_words.title(told.source.title, told.source.zone, told.source.year),
            shown(told),
            str(address.without("item", item)),
        )
        for item, told in found
    ]
    zones = address.values("zone")
    return render_template(
        "tray.html",
        address=address,
        own=set(address.pairs) == set(mine),
        all=_BETWEEN.join(value for _, value in address.pairs),
        sentences=kept,
        lost=len(address.values("item")) - len(kept),
        zones=[(zone, zone_names().get(zone, zone), str(address.without("zone", zone))) for zone in zones],
        compare=link("/compare", zone=zones),
    )


@blueprint.get("/tray.<format>")
def taken_home(format: str) -> Response:
    kept = [quote for _, quote in quotes(Address.of("/tray", request.args, NAMES))]
    return exports.answer(tables.quotes(kept, exports.base(), exports.here(), exports.today()), format)


def quotes(address: Address) -> list[tuple[str, Quote]]:
    """(item, its sentence), without those that are no more in the build."""
    found = []
    for item in address.values("item")[:MOST]:
        quote = _quote(item)
        if quote is not None:
            found.append((item, quote))
    return found


def _quote(item: str) -> Quote | None:
    match = ITEM.fullmatch(item)
    if match is None:
        return None
    try:
        stored = library().report(match["report"])
    except NotFound:
        return None
    passage = next((one for one in stored.report.passages if one.seq == int(match["seq"])), None)
    if passage is None:
        return None
    if match["start"] is None:
        return _of_passage(stored, passage, passage.span)
    start, end = int(match["start"]), int(match["end"])
    if not passage.span.start <= start < end <= passage.span.end:
        return None
    return _of_passage(stored, passage, Span(start, end))


def _of_passage(stored: StoredReport, passage: Passage, span: Span) -> Quote:
    measure = next((one for one in passage.measures if one.span == span), None)
    status: Status = measure.status if isinstance(measure, Measure) else passage.status
    return Quote(
        source=library().source(stored),
        seq=passage.seq,
        span=span,
        text=span.of(stored.report.text),
        status=status,
        practice=measure.practice if measure else None,
        theme=measure.theme if measure else (passage.themes[0] if passage.themes else None),
        year=passage.year or stored.report.years.report,
        year_basis=passage.year_basis,
        figures=tuple(one for one in passage.figures if span.contains(one.span)),
    )
