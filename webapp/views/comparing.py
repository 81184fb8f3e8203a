"""One theme, two to four zones, one year or all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, render_template, request

from indexer.domain.query import Filters, Query, YearRange
from indexer.errors import BadQuery
from webapp.presenters import columns
from webapp.urls import Address
from webapp.views import library

blueprint = Blueprint("comparing", __name__)

NAMES = ("theme", "zone", "year", "only")
MOST = 4  # columns; a fifth leaves none of them wide enough to read


@dataclass(frozen=True, slots=True)
class Candidate:
    """A zone that says something of the theme."""

    zone: str
    href: str
    passages: int


@blueprint.get("/compare")
def compare() -> tuple[str, int] | str:
    address = Address.of("/compare", request.args, NAMES)
    zones = list(dict.fromkeys(address.values("zone")))
    try:
        return _page(address, zones, _year(address.value("year")))
    except BadQuery as error:
        return _filled(address, zones, message=str(error)), 400


def _page(address: Address, zones: list[str], year: int | None) -> str:
    theme = address.value("theme")
    if len(zones) > MOST:
        raise BadQuery(f"一次最多对标 {MOST} 个园区，现在有 {len(zones)} 个，请去掉几个。")
    if theme and theme not in library().themes():
        raise BadQuery(f"没有叫“{theme[:20]}”的主题，请从列表里选一个。")
    if not theme or not zones:
        return _filled(address, zones, year=year, candidates=_candidates(address, zones, theme, year))
    comparison = library().compare(address.params() | {"by": ["status"]})
    if len(zones) < 2:
        return _filled(address, zones, year=year, candidates=_candidates(address, zones, theme, year))
    stored = cache(library().report)
    return _filled(
        address,
        zones,
        year=year,
        heads=columns.heads(comparison, stored),
        rows=columns.rows(comparison, stored),
        numbers=columns.numbers(comparison),
        only=address.value("only") == "different",
        candidates=_candidates(address, zones, theme, year) if len(zones) < MOST else [],
    )


def _filled(address: Address, zones: list[str], **values: object) -> str:
    """The page with its form as it was sent."""
    stats = library().stats()
    return render_template(
        "compare.html",
        address=address,
        theme=address.value("theme"),
        zones=zones,
        slots=[*zones[:MOST], *[""] * (MOST - len(zones))],
        asked_year=address.value("year"),
        years=sorted((year for year, _ in stats.years if year is not None), reverse=True),
        themes=library().themes(),
        known_zones=[label for label, _, _ in library().zones()],
        **values,
    )


def _year(said: str) -> int | None:
    if not said:
        return None
    if not re.fullmatch(r"[0-9]{4}", said) or not 1949 <= int(said) <= 2100:
        raise BadQuery(f"年份“{said[:20]}”看不懂，请写四位数字，如 2022；不填就是各年都看。")
    return int(said)


def _candidates(address: Address, zones: list[str], theme: str, year: int | None) -> list[Candidate]:
    """Zones that speak of the theme in that year and are not yet in the comparison, those with most to say first."""
    if not theme:
        return []
    years = YearRange(year, year) if year else None
    found = library().search(Query(filters=Filters.of(theme=(theme,), years=years), limit=1, facets=("zone",)))
    counts = [c for c in found.facets.get("zone", ()) if c.value and c.value not in zones]
    counts.sort(key=lambda count: -count.passages)
    return [Candidate(c.value or "", str(address.adding("zone", c.value or "")), c.passages) for c in counts[:10]]
