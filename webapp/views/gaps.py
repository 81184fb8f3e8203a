"""他有我无: what a zone's peers tell and it doesn't, the reverse, and what all tell."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from indexer.domain.gaps import Gap, Gaps
from indexer.errors import BadQuery
from indexer.formats import tables
from indexer.locale import listed, term
from webapp.presenters import comparison, picking
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import Address, link
from webapp.views import exports, library, mine
from webapp.views.listings import every_zone, peers_of

blueprint = Blueprint("gaps", __name__)

NAMES = ("zone", "with", "theme", "year", "show", "pick", *picking.FILTERS)
PARTS = ("missing", "own", "shared")


@dataclass(frozen=True, slots=True)
class ShownGap:
    name: str
    href: str
    have: int
    of: int
    holders: tuple[str, ...]
    example: ShownQuote | None
    mine: ShownQuote | None
    listed_only: bool
    compare: str


@blueprint.get("/gaps")
def gaps() -> tuple[str, int] | str:
    address = Address.of("/gaps", request.args, NAMES)
    if not address.value("zone"):
        return _page(address, None)
    try:
        return _page(address, library().gaps(address.params()))
    except BadQuery as error:
        return _page(address, None, str(error)), 400


@blueprint.get("/gaps.<format>")
def taken_home(format: str) -> Response:
    address = Address.of("/gaps", request.args, NAMES)
    found = library().gaps(address.params())
    return exports.answer(tables.gaps(found, exports.base(), exports.here(), exports.today()), format)


def _page(address: Address, found: Gaps | None, message: str = "") -> str:
    part = address.value("show") if address.value("show") in PARTS else PARTS[0]
    groups: dict[str, list[ShownGap]] = {}
    for gap in getattr(found, part) if found else ():
        groups.setdefault(gap.theme, []).append(_gap(gap, found, address))
    return render_template(
        "gaps.html",
        address=address,
        found=found,
        message=message,
        part=part,
        parts_shown=[(name, len(getattr(found, name))) for name in PARTS] if found else [],
        peers=_peers(found) if found else [],
        why=comparison.why(found.silence) if found and found.silence else "",
        groups=groups,
        themes=library().themes(),
        zones=[label for label, _, _ in library().zones()],
        mine=mine(address),
        picker=None if found else _picker(address.without("zone").without("with")),
    )


def _peers(found: Gaps) -> list[tuple[str, str, str, bool]]:
    """(key, label, why it is offered, whether it is compared with): those compared with, then more like mine."""
    offered = {peer.key: peer for peer in (*peers_of(found.column.key), *found.peers)}
    reasons = {key: listed(map(term, peer.reasons)) for key, peer in offered.items()}
    compared = [(column.key, column.label, reasons.get(column.key, ""), True) for column in found.others]
    keys = {key for key, *_ in compared}
    return compared + [(key, peer.label, reasons[key], False) for key, peer in offered.items() if key not in keys]


def _picker(address: Address) -> picking.Picker:
    """Zones to begin with: the way on from a page without one, or with one that there isn't."""
    return picking.picker(address, every_zone(), (), (), "zone")


def _gap(gap: Gap, found: Gaps | None, address: Address) -> ShownGap:
    others = found.others if found else ()
    labels = {column.key: column.label for column in others}
    keys = [key for key in gap.holders if key in labels]
    zones = [found.column.key, *keys[:5]] if found else keys
    return ShownGap(
        gap.name,
        f"/practices/{gap.practice}",
        gap.have,
        gap.of,
        tuple(labels[key] for key in keys),
        shown(gap.example) if gap.example else None,
        shown(gap.mine) if gap.mine else None,
        gap.listed_only,
        link("/compare", theme=gap.theme, zone=zones, year=address.value("year")),
    )
