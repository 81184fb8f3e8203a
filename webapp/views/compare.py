"""Zones side by side on one theme: /compare, and the same as a table to take home."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.urls import iri_to_uri

from indexer.domain.comparison import By, Comparison, Order
from indexer.errors import BadQuery
from indexer.formats import tables
from webapp.presenters import comparison, picking
from webapp.urls import Address
from webapp.views import exports, library, mine
from webapp.views.listings import peers_of, zone_names

blueprint = Blueprint("compare", __name__)

NAMES = ("theme", "zone", "year", "type", "level", "province", "by", "sort", "only", "mine", "pick")
MOST = 6  # columns; a seventh leaves none of them wide enough to read
# Of a cell: those that find no room stand behind 另有 n 处, and behind a link to the search what is more than these.
# With 40 a page of six regions with nine reports each had 420 KB; with 20 one of twenty took .17 s.
_QUOTES = 10


@blueprint.get("/compare")
def compare() -> tuple[str, int] | str:
    address = Address.of("/compare", request.args, NAMES)
    if not address.value("theme"):
        return _page(address, None)
    try:
        return _page(address, library().compare(address.params(), _QUOTES))
    except BadQuery as error:
        return _page(address, None, str(error)), 400


@blueprint.get("/compare.<format>")
def taken_home(format: str) -> Response:
    address = Address.of("/compare", request.args, NAMES)
    found = library().compare(address.params(), _QUOTES)
    return exports.answer(tables.comparison(found, exports.base(), exports.here(), exports.today()), format)


def _page(address: Address, found: Comparison | None, message: str = "") -> str:
    zones = [column.key for column in found.columns] if found else address.values("zone")
    # from what was found, so that a comparison of the zones that tell most can be changed zone by zone
    full = address
    if found and not address.values("zone"):
        full = Address("/compare", (*address.pairs, *(("zone", zone) for zone in zones)))
    sorted_by_difference = found is not None and address.value("sort") == Order.DIFFERENCE.value
    groups = (comparison.in_order(found) if sorted_by_difference else comparison.groups(found)) if found else []
    numbers = comparison.numbers(found) if found else []
    return render_template(
        "compare.html",
        address=full,
        theme=address.value("theme"),
        themes=library().themes(),
        zones=zones,
        zone_names=zone_names() if zones and not address.value("theme") else {},
        found=found,
        message=message,
        by=By(address.value("by") or "practice") if found else By.PRACTICE,
        sorted_by_difference=sorted_by_difference,
        heads=comparison.heads(found, mine(address)) if found else [],
        groups=groups,
        silences=comparison.silences(groups, numbers, found.columns) if found else {},
        sources=comparison.sources(found) if found else [],
        here_address=iri_to_uri(f"{exports.base()}{full}"),
        today=exports.today().isoformat(),
        numeral=comparison.numeral,
        most=MOST,
        numbers=numbers,
        mine=mine(address),
        picker=_picker(full, zones) if len(zones) < MOST and address.value("theme") else None,
        years=sorted((year for year, _ in library().stats().years if year is not None), reverse=True),
    )


def _picker(address: Address, zones: list[str]) -> picking.Picker | None:
    """Zones that could be added: those like the first one before the rest; None where the address asks nonsense."""
    try:
        listings = library().zone_listings({name: address.values(name) for name in ("theme", "year")})
    except BadQuery:
        return None
    telling = [one for one in listings if one.practices or one.column.key in zones]
    return picking.picker(address, telling, peers_of(mine(address) or (zones or [""])[0]), zones, "zone")
