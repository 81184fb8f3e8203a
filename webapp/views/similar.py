"""找同类做法: measures of other zones that are like those of a passage, or of a text that is pasted."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from indexer.domain.comparison import Quote
from indexer.domain.similar import Reason, SimilarMeasure
from indexer.errors import BadQuery
from indexer.locale import defined, listed, say, term
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import Address
from webapp.views import library
from webapp.views.tray import quotes

blueprint = Blueprint("similar", __name__)

NAMES = ("text", "passage", "zone", "year", "limit")
LONGEST = 5_000  # characters of a pasted text
_VALUES = 6  # of a reason that are named


@dataclass(frozen=True, slots=True)
class ShownSimilar:
    zone: str
    relation: str
    reasons: tuple[str, ...]
    score: int
    quote: ShownQuote


@blueprint.route("/similar", methods=["GET", "POST"])
def similar() -> tuple[str, int] | str:
    """A long text is sent in the body, for it is too long for an address."""
    given = request.form if request.method == "POST" else request.args
    address = Address.of("/similar", given, NAMES)
    if address.value("text") and request.method == "POST":  # pasted over the passage that the page was opened with
        address = address.without("passage")
    if not address.value("text") and not address.value("passage"):
        return _page(address, ())
    try:
        return _page(address, library().similar(address.params()))
    except BadQuery as error:
        return _page(address, (), str(error)), 400


def _page(address: Address, found: tuple[SimilarMeasure, ...], message: str = "") -> str:
    names = {one.id: one.name for one, _ in library().practices()}
    names |= {one.object: defined(one.id, "object", one.object) for one, _ in library().practices()}
    names |= {one.id: one.name for one, _ in library().indicators()}
    return render_template(
        "similar.html",
        address=address,
        sought=bool(address.value("text") or address.value("passage")),
        passage=_passage(address),
        several=len({one.asked for one in found}) > 1,
        found=[_shown(one, names) for one in found],
        message=message,
        longest=LONGEST,
    )


def _passage(address: Address) -> ShownQuote | None:
    """Of which others are sought, where no text is pasted."""
    if address.value("text"):
        return None
    return next((shown(told) for _, told in quotes(Address("/tray", (("item", address.value("passage")),)))), None)


def _shown(one: SimilarMeasure, names: dict[str, str]) -> ShownSimilar:
    row = one.row
    quote = Quote(
        row.source, row.seq, row.span, row.text, row.status, row.practice, row.theme, row.year, row.year_basis,
        row.figures, row.number,
    )  # fmt: skip
    return ShownSimilar(
        term(row.source.label),
        term(one.relation.value),
        tuple(_reason(reason, names) for reason in one.reasons),
        round(100 * one.score),
        shown(quote),
    )


def _reason(reason: Reason, names: dict[str, str]) -> str:
    values = [term(names.get(value, value)) for value in reason.values]
    kind = say(f"page.similar.reasons.{reason.kind.value}")
    return say("page.similar.reason", kind=kind, values=listed(values[:_VALUES]))
