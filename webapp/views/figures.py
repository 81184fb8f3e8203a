"""One indicator by zone and year: /figures, and the same as a table to take home."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from indexer.domain.figure_tables import FigureTable
from indexer.domain.zone_profiles import ZoneListing
from indexer.errors import BadQuery
from indexer.formats import tables
from webapp.presenters import figure_table, picking
from webapp.urls import Address
from webapp.views import exports, library, mine
from webapp.views.listings import peers_of

blueprint = Blueprint("figures", __name__)

_LONGEST = 40  # characters of what is no indicator: they can be searched as words
# Figures with their sentences in one list, open or folded, unless all are asked for; how many more there are is said.
_LISTED, _FOLDED, _ALL = 200, 60, 10_000
NAMES = ("indicator", "zone", "year", "role", "type", "level", "province", "mine", "pick", "rows")


@blueprint.get("/figures")
def figures() -> tuple[str, int] | str:
    address = Address.of("/figures", request.args, NAMES)
    if not address.value("indicator"):
        return _page(address, None)
    try:
        return _page(address, library().figures(address.params()))
    except BadQuery as error:
        return _page(address, None, str(error)), 400


@blueprint.get("/figures.<format>")
def taken_home(format: str) -> Response:
    address = Address.of("/figures", request.args, NAMES)
    found = library().figures(address.params())
    return exports.answer(tables.figure_table(found, exports.base(), exports.here(), exports.today()), format)


def _page(address: Address, found: FigureTable | None, message: str = "") -> str:
    groups: dict[str, list[tuple[str, str, int]]] = {}
    for indicator, count in library().indicators():
        if count.rows or found is None:
            groups.setdefault(indicator.theme, []).append((indicator.id, indicator.name, count.rows))
    zones, every = address.values("zone"), bool(address.value("rows"))
    lines, lone = figure_table.parted(found, zones) if found else ((), ())
    shown = figure_table.lines(found, lines, mine(address), zones, every=every) if found else []
    listed = figure_table.of_one_matter(found) if found else []
    return render_template(
        "figures.html",
        address=address,
        found=found,
        message=message,
        unknown="" if found else _unknown(address.value("indicator"), groups),
        groups=groups,
        lines=shown,
        listed=listed,
        most=_ALL if every else _LISTED,
        folded=_ALL if every else _FOLDED,
        silences=figure_table.silences(shown),
        lone=figure_table.loose(lone),
        apart=figure_table.loose(found.apart) if found else [],
        unmapped=figure_table.loose(found.unmapped) if found else [],
        picker=_picker(address, found),
    )


def _unknown(named: str, groups: dict[str, list[tuple[str, str, int]]]) -> str:
    """What was taken for an indicator, where it is none; "" where the page asks wrongly for something else."""
    known = any(named in (id, name) for rows in groups.values() for id, name, _ in rows)
    return "" if known else named[:_LONGEST]


def _picker(address: Address, found: FigureTable | None) -> picking.Picker:
    """Zones to narrow the table to, or to add to those chosen; types, levels and provinces to filter by."""
    wanted = {"theme": [found.theme] if found and found.theme else [], "year": address.values("year")}
    listings: tuple[ZoneListing, ...]
    try:
        listings = library().zone_listings(wanted)
    except BadQuery:
        listings = ()
    chosen = address.values("zone")
    telling = [one for one in listings if one.figures]
    return picking.picker(address, telling, peers_of(mine(address) or (chosen or [""])[0]), chosen, "zone")
