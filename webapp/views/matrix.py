"""Where and when something is told: zones, provinces or types by year."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request

from indexer.domain.facets import UNKNOWN
from indexer.domain.matrix import Matrix, MatrixRows
from indexer.errors import BadQuery
from indexer.formats import tables
from webapp.presenters import picking, tiles
from webapp.urls import Address, link
from webapp.views import exports, library
from webapp.views.listings import every_zone

blueprint = Blueprint("matrix", __name__)

NAMES = ("theme", "practice", "indicator", "rows", "zone", "year", "type", "level", "province")
_YEARS = 12  # that a page shows unasked
_PARAMETER = {MatrixRows.ZONE: "zone", MatrixRows.PROVINCE: "province", MatrixRows.TYPE: "type"}


@blueprint.get("/matrix")
def matrix() -> tuple[str, int] | str:
    address = Address.of("/matrix", request.args, NAMES)
    if address.value("theme"):  # chosen in the form of a matrix of something else
        address = address.without("practice").without("indicator")
    if not any(address.value(name) for name in ("theme", "practice", "indicator")):
        return _page(address, None)
    try:
        found = library().matrix(address.params())
        span = latest(found) if not address.value("year") else ""
        if not span:
            return _page(address, found)
        shown = address.replacing("year", span)
        return _page(shown, library().matrix(shown.params()), earlier=_earlier(found, address))
    except BadQuery as error:
        return _page(address, None, str(error)), 400


@blueprint.get("/matrix.<format>")
def taken_home(format: str) -> Response:
    address = Address.of("/matrix", request.args, NAMES)
    found = library().matrix(address.params())
    return exports.answer(tables.matrix(found, exports.here(), exports.today()), format)


def latest(found: Matrix) -> str:
    """The last _YEARS of it as one asks for them; "" where it hasn't more: 36 years had to be scrolled sideways before
    the newest came into sight."""
    known = [year for year in found.years if year is not None]
    return f"{known[-_YEARS]}-{known[-1]}" if len(known) > _YEARS else ""


def _earlier(found: Matrix, address: Address) -> tuple[int, str]:
    """How many years more it has than a page shows unasked, and where all are shown."""
    known = [year for year in found.years if year is not None]
    return len(known) - _YEARS, str(address.replacing("year", f"{known[0]}-{known[-1]}"))


def _page(address: Address, found: Matrix | None, message: str = "", earlier: tuple[int, str] | None = None) -> str:
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
        earlier=earlier,
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
