"""All zones of the current build, and each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from indexer.domain.comparison import ZoneListing
from indexer.domain.results import UNNAMED
from webapp.presenters.comparison import number_row
from webapp.presenters.quotes import shown
from webapp.urls import Address, link
from webapp.views import library, mine

blueprint = Blueprint("zones", __name__)

NAMES = ("theme", "year", "type", "level", "province")
_LINES = 12  # indicators that a zone's page shows; the rest is counted


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    where: str
    reports: int
    years: str
    practices: int
    figures: int
    href: str


@blueprint.get("/zones")
def zones() -> str:
    """Named zones by type; reports that hide their name, and whole regions, apart from them."""
    address = Address.of("/zones", request.args, NAMES)
    groups: dict[str, list[Line]] = {}
    for one in library().zone_listings(address.params()):
        groups.setdefault(_group(one), []).append(_line(one))
    last = {"未具名": 2, "省、市、区县的报告": 1}
    order = sorted(groups, key=lambda head: (last.get(head, 0), -sum(line.reports for line in groups[head])))
    return render_template(
        "zones.html", groups=[(head, groups[head]) for head in order], address=address, themes=library().themes()
    )


def _group(one: ZoneListing) -> str:
    if one.column.apart or one.column.label.startswith(UNNAMED):
        return "未具名"
    return (one.zone.type if one.zone else one.column.zone_type) or "省、市、区县的报告"


def _line(one: ZoneListing) -> Line:
    column = one.column
    where = " · ".join(dict.fromkeys(part for part in (column.province, column.city, column.level) if part))
    years = "、".join(str(year) for year in one.years)
    return Line(column.label, where, one.reports, years, one.practices, one.figures, link(f"/zones/{column.key}"))


@blueprint.get("/zones/<zone>")
def zone(zone: str) -> str:
    profile = library().zone(zone)
    column = profile.column
    return render_template(
        "zone.html",
        profile=profile,
        column=column,
        years=[(year, [(one, shown(one.best)) for one in year.practices], len(year.figures)) for year in profile.years],
        lines=[number_row(line, (column,)) for line in profile.lines[:_LINES]],
        more_lines=max(0, len(profile.lines) - _LINES),
        compare=link("/compare", theme=_theme(profile.years), zone=[column.key, *(p.key for p in profile.peers[:3])]),
        mine=mine(Address.of("/zones", request.args, ("mine",))),
    )


def _theme(years: object) -> str:
    """That the zone tells most practices of."""
    themes = [one.theme for year in years for one in year.practices]  # type: ignore[attr-defined]
    return max(dict.fromkeys(themes), key=themes.count, default=library().themes()[0])
