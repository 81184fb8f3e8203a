"""Where and when something is told: zones, provinces or types by year."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from indexer.domain.comparison import Matrix, MatrixRows
from indexer.errors import BadQuery
from indexer.formats import tables
from webapp.presenters import tiles
from webapp.urls import Address, link
from webapp.views import exports, library

blueprint = Blueprint("matrix", __name__)

NAMES = ("theme", "practice", "indicator", "rows", "zone", "year", "type", "level", "province")
ROWS = ((MatrixRows.ZONE, "园区"), (MatrixRows.PROVINCE, "省份"), (MatrixRows.TYPE, "类型"))
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
    most = max((cell.count for row in found.rows for cell in row.cells.values()), default=1) if found else 1
    return render_template(
        "matrix.html",
        address=address,
        found=found,
        message=message,
        rows_of=ROWS,
        themes=library().themes(),
        most=most,
        tiles=tiles.tiles(found, address) if found and found.by is MatrixRows.PROVINCE else [],
        leads_to=lambda key, year: _cell_link(found, key, year),
    )


def _cell_link(found: Matrix | None, key: str | None, year: int | None) -> str:
    """What a cell counts: passages of the theme in a search, else the comparison or the figures of it."""
    if found is None or key is None:
        return ""
    parameter = _PARAMETER[found.by]
    if found.indicator:
        return link("/figures", indicator=found.indicator, year=year, **{parameter: key})
    theme = found.theme or ""
    if found.practice:
        return link("/compare", theme=theme, year=year, **{parameter: key})
    return link("/search", theme=theme, year=year or "不明", **{parameter: key})
