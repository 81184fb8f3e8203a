"""One sentence of a comparison as it is read: its figures bold, its masks dashed, what it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.comparison import Quote
from indexer.domain.report import Status
from indexer.domain.spans import Span
from indexer.locale import say, term
from webapp.presenters import marking
from webapp.urls import link

_SAID = (Status.PLAN, Status.PROBLEM)  # of the others the dot says that it was done
_CSS = {Status.PLAN: "planned", Status.PROBLEM: "lacking"}


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """``word``: 计划 or 问题, "" for what was done. ``place``: 2022 ¶7, passages counted from 1. ``cite``: the
    address of its citation; ``item``: what the tray keeps it by; ``key``: of its zone's page."""

    html: Markup
    css: str
    word: str
    place: str
    href: str
    cite: str
    similar: str
    zone: str
    key: str
    masked: bool
    item: str


def shown(quote: Quote) -> ShownQuote:
    here = quote.span
    inside = [one for one in quote.figures if here.overlaps(one.span)]
    html = marking.whole(
        quote.text,
        [
            *marking.figures(here.parts(one.span for one in inside if one.mask is None)),
            *marking.masks(here.parts(one.span for one in inside if one.mask is not None)),
        ],
    )
    source = quote.source
    return ShownQuote(
        html=html,
        css=_CSS.get(quote.status, "done"),
        word=term(quote.status.value) if quote.status in _SAID else "",
        place=f"{quote.year or say('words.year_unknown')} ¶{quote.seq + 1}",
        href=f"/doc/{source.id}#p{quote.seq}",
        cite=link(f"/doc/{source.id}/cite", start=here.start, end=here.end),
        similar=link("/similar", passage=f"{source.id}:{quote.seq}"),
        zone=source.label,
        key=source.column,
        masked=quote.masked,
        item=item_of(source.id, quote.seq, here),
    )


def item_of(report: str, seq: int, span: Span | None = None) -> str:
    """As the tray and its address keep a sentence, or a whole passage."""
    return f"{report}:{seq}:{span.start}-{span.end}" if span else f"{report}:{seq}"
