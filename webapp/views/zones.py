"""All zones of the current build, and each one by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from indexer.domain.facets import UNKNOWN
from indexer.domain.figure_tables import FigureLine
from indexer.domain.results import UNNAMED
from indexer.domain.zone_profiles import ZoneListing, ZoneYear
from indexer.locale import say, term
from webapp.presenters import picking, words
from webapp.presenters.comparison import number_row, where
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import Address, link
from webapp.views import library, mine
from webapp.views.listings import every_zone

blueprint = Blueprint("zones", __name__)

NAMES = ("theme", "year", "type", "level", "province")
_LINES = 12  # indicators that a zone's page shows; the rest is counted
# Years whose practices are quoted, unless others or all are asked for: a province with 47 years made a page of 2 MB,
# and six of a city one of 52,000 px.
_YEARS = 2
_REGIONS, _HIDDEN = "regions", "hidden"  # groups that stand behind the types of zones, in this order


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    where: str
    reports: int
    years: str
    practices: int
    figures: int
    href: str


@dataclass(frozen=True, slots=True)
class ShownPractice:
    """``new``: the year before is collected and doesn't tell it."""

    practice: str
    name: str
    theme: str
    count: int
    new: bool
    best: ShownQuote


@dataclass(frozen=True, slots=True)
class ShownYear:
    """``href``: where its practices stand; ``earlier`` and ``later``: (href, name) of the years beside it; ``gone``:
    (id, name) of practices that the year before told. ``practices``: none where the page leaves the year to the one
    of all years, ``count``: how many there are."""

    id: str
    href: str
    name: str
    year: ZoneYear
    count: int
    practices: tuple[ShownPractice, ...]
    new: int
    gone: tuple[tuple[str, str], ...]
    earlier: tuple[str, str] | None
    later: tuple[str, str] | None


@blueprint.get("/zones")
def zones() -> str:
    """Named zones by type; reports that hide their name, and whole regions, apart from them."""
    address = Address.of("/zones", request.args, NAMES)
    groups: dict[str, list[Line]] = {}
    found = library().zone_listings(address.params())
    telling = [one for one in found if one.practices or one.figures] if address.value("theme") else found
    for one in telling:
        groups.setdefault(_group(one), []).append(_line(one))
    last = {_HIDDEN: 2, _REGIONS: 1}
    order = sorted(groups, key=lambda head: (last.get(head, 0), -sum(line.reports for line in groups[head])))
    heads = {_HIDDEN: say("page.zones.hidden"), _REGIONS: say("page.zones.regions")}
    return render_template(
        "zones.html",
        groups=[(heads.get(head) or term(head), groups[head]) for head in order],
        silent=len(found) - len(telling),
        address=address,
        themes=library().themes(),
        options=picking.picker(address, every_zone(), (), (), "zone").options,
    )


def _group(one: ZoneListing) -> str:
    if one.column.apart or one.column.label.startswith(UNNAMED):
        return _HIDDEN
    return (one.zone.type if one.zone else one.column.zone_type) or _REGIONS


def _line(one: ZoneListing) -> Line:
    column = one.column
    place = " · ".join(dict.fromkeys(term(part) for part in (column.province, column.city, column.level) if part))
    return Line(
        column.label,
        place,
        one.reports,
        words.years(one.years),
        one.practices,
        one.figures,
        link(f"/zones/{column.key}"),
    )


@blueprint.get("/zones/<zone>")
def zone(zone: str) -> str:
    profile = library().zone(zone)
    column = profile.column
    theme = _theme(profile.years)
    address = Address.of(f"/zones/{zone}", request.args, ("mine", "rows", "year"))
    years = _years(profile.years, address)
    beyond = {line.name: link("/figures", indicator=line.indicator, zone=column.key) for line in profile.lines[_LINES:]}
    return render_template(
        "zone.html",
        profile=profile,
        column=column,
        where=where(column),
        years=years,
        unlisted=sum(bool(one.count and not one.practices) for one in years),
        all_years=str(address.without("year").replacing("rows", "all")),
        lines=[number_row(line, (column,)) for line in profile.lines[:_LINES]],
        figures=_figures(profile.lines, column.key),
        more_lines=max(0, len(profile.lines) - _LINES),
        other_lines=beyond.items(),
        theme=theme,
        compare=link("/compare", theme=theme, zone=[column.key, *(p.key for p in profile.peers[:3])]),
        mine=mine(address),
    )


def _years(years: Sequence[ZoneYear], address: Address) -> list[ShownYear]:
    """The newest first, each with the way to those beside it: on this page, or on that of the year."""
    names = library().practice_names()
    asked = [str(year.year or UNKNOWN) for year in years]
    told = [one for one, year in zip(asked, years, strict=True) if year.practices]
    chosen = [one for one in told if one in address.values("year")] or told[:_YEARS]
    left = set() if address.value("rows") else set(told) - set(chosen)
    ids = [f"y{year.year or 0}" for year in years]
    said = [str(year.year or say("words.year_unknown")) for year in years]
    hrefs = [
        f"{address.replacing('year', one) if one in left else ''}#{id}" for one, id in zip(asked, ids, strict=True)
    ]
    made = []
    for at, year in enumerate(years):
        practices = tuple(
            ShownPractice(one.practice, one.name, one.theme, one.count, one.new, shown(one.best))
            for one in (() if asked[at] in left else year.practices)
        )
        made.append(
            ShownYear(
                id=ids[at],
                href=hrefs[at],
                name=said[at],
                year=year,
                count=len(year.practices),
                practices=practices,
                new=sum(one.new for one in year.practices),
                gone=tuple((one, names[one]) for one in year.gone if one in names),
                earlier=(hrefs[at + 1], said[at + 1]) if at + 1 < len(years) else None,
                later=(hrefs[at - 1], said[at - 1]) if at else None,
            )
        )
    return made


def _figures(lines: Sequence[FigureLine], zone: str) -> str:
    """The indicator that the zone gives for most years, by year."""
    best = max(lines, key=lambda line: len(line.cells), default=None)
    return link("/figures", indicator=best.indicator, zone=zone) if best else "/figures"


def _theme(years: Sequence[ZoneYear]) -> str:
    """That the zone tells most practices of."""
    themes = [one.theme for year in years for one in year.practices]
    return max(dict.fromkeys(themes), key=themes.count, default=library().themes()[0])
