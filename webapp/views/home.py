"""The first page: what one can ask, and a comparison that shows what this is for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template

from indexer.domain.comparison import Comparison
from indexer.domain.results import UNNAMED
from indexer.errors import BadQuery
from webapp.presenters import comparison
from webapp.urls import link
from webapp.views import library

blueprint = Blueprint("home", __name__)

THEME = "招商引资"  # of the comparison shown; most offices come for it
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
        shown=_shown(stats.years),
        themes=[(theme, told[theme]) for theme in library().themes()],
        newest=library().newest(_NEWEST),
        zones=[(label, count) for label, _, count in zones][:MANY_ZONES],
        more_zones=max(0, len(zones) - MANY_ZONES),
        span=(min(years), max(years)) if years else None,
    )


def _shown(years: tuple[tuple[int | None, int], ...]) -> Shown | None:
    """Of the year with most reports: the zones that tell most, the practices that most of them tell."""
    counted = [(count, year) for year, count in years if year is not None]
    if not counted:
        return None
    year = max(counted)[1]
    try:
        found = library().compare({"theme": [THEME], "year": [str(year)]}, 1)
    except BadQuery:
        return None
    rows = [row for row in found.rows if not row.unnamed and _seen(row.holders, found) > 1][:_ROWS]
    if len(found.columns) < 2 or not rows:
        return None
    heads = comparison.heads(found, "")[:_COLUMNS]
    made = [comparison.shown_row(row, found) for row in rows]
    href = link("/compare", theme=THEME, year=year, zone=[column.key for column in found.columns])
    return Shown(f"{THEME} · {year} 年", href, heads, made)


def _seen(holders: tuple[str, ...], found: Comparison) -> int:
    """How many of the columns shown here tell it."""
    return sum(column.key in holders for column in found.columns[:_COLUMNS])
