"""All zones of the current build."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from indexer.domain.results import UNNAMED
from webapp.urls import link
from webapp.views import library

blueprint = Blueprint("zones", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    name: str
    where: str
    reports: int
    href: str
    compare: str


@blueprint.get("/zones")
def zones() -> str:
    """Named zones by type; reports that hide their name, and whole regions, apart from them."""
    groups: dict[str, list[Line]] = {}
    for label, zone, reports in library().zones():
        head = zone.type if zone else ("未具名" if label.startswith(UNNAMED) else "省、市、区县的报告")
        where = (
            " · ".join(dict.fromkeys(part for part in (zone.province, zone.city, zone.level) if part)) if zone else ""
        )
        name = zone.name if zone and zone.name != label else ""
        line = Line(label, name, where, reports, link("/search", zone=label), link("/compare", zone=label))
        groups.setdefault(head, []).append(line)
    last = {"未具名": 2, "省、市、区县的报告": 1}
    order = sorted(groups, key=lambda head: (last.get(head, 0), -sum(line.reports for line in groups[head])))
    return render_template("zones.html", groups=[(head, groups[head]) for head in order])
