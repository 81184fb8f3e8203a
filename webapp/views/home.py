"""The first page: what one can ask, and a comparison that shows what this is for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from indexer.domain.catalogue import Stats
from indexer.domain.comparison import Comparison, Row
from indexer.domain.results import UNNAMED
from indexer.errors import BadQuery
from webapp.presenters import comparison
from webapp.urls import link
from webapp.views import library

blueprint = Blueprint("home", __name__)

MANY_ZONES = 24  # listed here; the rest stand under /zones
_ROWS, _COLUMNS, _NEWEST = 4, 3, 6

EXAMPLES = (
    ("衡阳高新区 招商 2022", link("/search", q="衡阳高新区 招商 2022")),
    ("各园区专项债多少", link("/figures", indicator="专项债券")),
    ("谁家在做基金招商", link("/practices/investment/funds")),
    ("亩均论英雄怎么做", link("/search", q="亩均论英雄 怎么做")),
    ("我区和同类差在哪里", "/gaps"),
    ("找同类做法", "/similar"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A few rows of a comparison, and where all of it is."""

    title: str
    href: str
    heads: list[comparison.Head]
    rows: list[comparison.ShownRow]


@blueprint.get("/")
def home() -> str:
    stats = library().stats()
    if not stats.reports:
        return render_template("home.html", stats=stats)
    # named zones first: they are what people come for; then those without a name, then whole regions
    zones = sorted(library().zones(), key=lambda one: (one[1] is None, not one[0].startswith(UNNAMED), -one[2]))
    told = Counter[str]()
    for practice, count in library().practices():
        told[practice.theme] += count.rows
    years = [year for year, _ in stats.years if year is not None]
    return render_template(
        "home.html",
        stats=stats,
        examples=EXAMPLES,
        shown=_shown(stats),
        themes=[(theme, told[theme]) for theme in library().themes()],
        newest=library().newest(_NEWEST),
        zones=[(label, count) for label, _, count in zones][:MANY_ZONES],
        more_zones=max(0, len(zones) - MANY_ZONES),
        span=(min(years), max(years)) if years else None,
    )


def _shown(stats: Stats) -> Shown | None:
    """Of the year with most reports: the comparison of a theme whose columns share most practices. Found once a build,
    for it asks for several."""
    known: dict[object, Shown | None] = current_app.extensions.setdefault("shown_comparison", {})
    if stats.built_at not in known:
        known.clear()
        known[stats.built_at] = _best(stats.years)
    return known[stats.built_at]


def _best(years: tuple[tuple[int | None, int], ...]) -> Shown | None:
    counted = [(count, year) for year, count in years if year is not None]
    if not counted:
        return None
    year = max(counted)[1]
    tried = [found for theme in library().themes() if (found := _comparison(theme, year)) is not None]
    best = max(tried, key=lambda found: sum(row.have - 1 for row in _shared(found)), default=None)
    if best is None or not _shared(best):
        return None
    heads = comparison.heads(best, "")
    made = [comparison.shown_row(row, best) for row in _shared(best)]
    href = link("/compare", theme=best.theme, year=year, zone=[column.key for column in best.columns])
    return Shown(f"{best.theme} · {year} 年", href, heads, made)


def _comparison(theme: str, year: int) -> Comparison | None:
    """Of the zones that tell most, no more than find room: what is counted must be what is seen."""
    params = {"theme": [theme], "year": [str(year)]}
    try:
        found = library().compare(params, 1)
        if len(found.columns) > _COLUMNS:
            found = library().compare(params | {"zone": [column.key for column in found.columns[:_COLUMNS]]}, 1)
    except BadQuery:
        return None
    return found if len(found.columns) > 1 else None


def _shared(found: Comparison) -> list[Row]:
    """Rows that more than one column has."""
    return [row for row in found.rows if not row.unnamed and row.have > 1][:_ROWS]
