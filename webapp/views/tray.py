"""篮子: sentences and zones that a reader collects. It lives in the address, so that it works without a script and
can be sent to somebody; the page's script keeps it in the browser as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from indexer.domain.catalogue import StoredReport
from indexer.domain.comparison import Quote
from indexer.domain.report import Measure, Passage, Status
from indexer.domain.spans import Span
from indexer.errors import NotFound
from indexer.formats import tables
from indexer.locale import say, term
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import Address, link
from webapp.views import exports, library

blueprint = Blueprint("tray", __name__)

NAMES = ("item", "zone")
MOST = 60  # items: what an address carries
_ITEM = re.compile(r"(?P<report>[\w-]{1,80}):(?P<seq>\d{1,6})(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Kept:
    zone: str
    title: str
    quote: ShownQuote
    off: str


@blueprint.get("/tray")
def tray() -> str:
    address = Address.of("/tray", request.args, NAMES)
    found = _quotes(address)
    kept = [
        Kept(
            term(quote.source.label),
            quote.source.title or say("page.base.untitled"),
            shown(quote),
            str(address.without("item", item)),
        )
        for item, quote in found
    ]
    zones = address.values("zone")
    return render_template(
        "tray.html",
        address=address,
        sentences=kept,
        lost=len(address.values("item")) - len(kept),
        zones=[(zone, str(address.without("zone", zone))) for zone in zones],
        compare=link("/compare", zone=zones),
    )


@blueprint.get("/tray.<format>")
def taken_home(format: str) -> Response:
    quotes = [quote for _, quote in _quotes(Address.of("/tray", request.args, NAMES))]
    return exports.answer(tables.quotes(quotes, exports.base(), exports.here(), exports.today()), format)


def _quotes(address: Address) -> list[tuple[str, Quote]]:
    """(item, its sentence), without those that are no more in the build."""
    found = []
    for item in address.values("item")[:MOST]:
        quote = _quote(item)
        if quote is not None:
            found.append((item, quote))
    return found


def _quote(item: str) -> Quote | None:
    match = _ITEM.fullmatch(item)
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
