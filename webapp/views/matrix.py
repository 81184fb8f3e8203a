"""Where and when something is told: zones, provinces or types by year."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request

from indexer.domain.comparison import Matrix, MatrixRows
from indexer.domain.facets import UNKNOWN
from indexer.errors import BadQuery
from indexer.formats import tables
from webapp.presenters import picking, tiles
from webapp.urls import Address, link
from webapp.views import exports, library
from webapp.views.listings import every_zone

blueprint = Blueprint("matrix", __name__)

NAMES = ("theme", "practice", "indicator", "rows", "zone", "year", "type", "level", "province")
_PARAMETER = {MatrixRows.ZONE: "zone", MatrixRows.PROVINCE: "province", MatrixRows.TYPE: "type"}


@blueprint.get("/matrix")
def matrix() -> tuple[str, int] | str:
    address = Address.of("/matrix", request.args, NAMES)
    if not any(address.value(name) for name in ("theme", "practice", "indicator")):
        return _page(address, None)
    try:
        return _page(address, library().matrix(address.params()))
    except BadQuery as error:
        return _page(address, None, str(error)), 400


@blueprint.get("/matrix.<format>")
def taken_home(format: str) -> Response:
    address = Address.of("/matrix", request.args, NAMES)
    found = library().matrix(address.params())
    return exports.answer(tables.matrix(found, exports.here(), exports.today()), format)


def _page(address: Address, found: Matrix | None, message: str = "") -> str:
    theme = _theme(found) if found else ""
    most = max((cell.count for row in found.rows for cell in row.cells.values()), default=1) if found else 1
    return render_template(
        "matrix.html",
        address=address,
        found=found,
        message=message,
        rows_of=tuple(MatrixRows),
        shade=lambda count: tiles.shade_of(count, most),
        options=_options(),
        themes=library().themes(),
        most=most,
        tiles=tiles.tiles(found, address) if found and found.by is MatrixRows.PROVINCE else [],
        theme=theme,
        leads_to=_links(found, theme) if found else None,
    )


def _theme(found: Matrix) -> str:
    """That is counted, or that the practice counted is of; "" for an indicator."""
    if found.practice:
        return next((one.theme for one, _ in library().practices() if one.id == found.practice), "")
    return found.theme or ""


def _options() -> dict[str, list[tuple[str, str, bool]]]:
    """Types, levels and provinces of the zones of this build, to filter by."""
    address = Address.of("/matrix", request.args, NAMES)
    return picking.picker(address, every_zone(), (), (), "zone").options


def _links(found: Matrix, theme: str) -> Callable[[str | None, int | None], str]:
    """From row and year to what the cell counts: passages of the theme in a search, else the comparison or the figures
    of it. "" where nothing can be asked for."""
    parameter = _PARAMETER[found.by]
    labels = {label for label, _, _ in library().zones()}

    def leads_to(key: str | None, year: int | None) -> str:
        if key is None:
            return ""
        if found.indicator:
            return link("/figures", indicator=found.indicator, year=year, **{parameter: key})
        if found.practice:
            return link("/compare", theme=theme, year=year, **{parameter: key})
        if found.by is MatrixRows.ZONE and key not in labels:
            return f"/doc/{key}"  # a report that hides its zone: a search can't ask for it alone
        return link("/search", theme=theme, year=year or UNKNOWN, **{parameter: key})

    return leads_to
