"""The first page: what one can ask, and a comparison that shows what this is for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from indexer.domain.catalogue import Stats
from indexer.domain.comparison import Comparison, Row
from indexer.domain.results import UNNAMED
from indexer.errors import BadQuery
from indexer.locale import say, term
from webapp.presenters import comparison
from webapp.urls import link
from webapp.views import library

blueprint = Blueprint("home", __name__)

MANY_ZONES = 24  # listed here; the rest stand under /zones
_ROWS, _COLUMNS, _NEWEST = 4, 3, 6

_ASKING = {"zone_year": ("/search", "q"), "per_mu": ("/search", "q"), "bonds": ("/figures", "indicator")}
_LEADING = {"funds": "/practices/investment/funds"}
EXAMPLES = ("zone_year", "bonds", "funds", "per_mu", "gaps", "similar")  # page.home.ask and .asked of the catalogue


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
        examples=[(say(f"page.home.ask.{one}"), _example(one)) for one in EXAMPLES],
        shown=_shown(stats),
        themes=[(theme, told[theme]) for theme in library().themes()],
        newest=library().newest(_NEWEST),
        zones=[(label, count) for label, _, count in zones][:MANY_ZONES],
        more_zones=max(0, len(zones) - MANY_ZONES),
        span=(min(years), max(years)) if years else None,
    )


def _example(name: str) -> str:
    """Where an example leads: reports are Chinese, and so are the words that are looked for in them."""
    if name not in _ASKING:
        return _LEADING.get(name, f"/{name}")
    path, parameter = _ASKING[name]
    return link(path, **{parameter: say(f"page.home.asked.{name}")})


def _shown(stats: Stats) -> Shown | None:
    """Of the year with most reports: the comparison of a theme whose columns share most practices. Found once a build,
    for it asks for several."""
    known: dict[object, tuple[Comparison, int] | None] = current_app.extensions.setdefault("shown_comparison", {})
    if stats.built_at not in known:
        known.clear()
        known[stats.built_at] = _best(stats.years)
    best = known[stats.built_at]
    return _in_words(best) if best is not None else None


def _best(years: tuple[tuple[int | None, int], ...]) -> tuple[Comparison, int] | None:
    counted = [(count, year) for year, count in years if year is not None]
    if not counted:
        return None
    year = max(counted)[1]
    tried = [found for theme in library().themes() if (found := _comparison(theme, year)) is not None]
    best = max(tried, key=lambda found: sum(row.have - 1 for row in _shared(found)), default=None)
    return (best, year) if best is not None and _shared(best) else None


def _in_words(found: tuple[Comparison, int]) -> Shown:
    best, year = found
    heads = comparison.heads(best, "")
    made = [comparison.shown_row(row, best) for row in _shared(best)]
    href = link("/compare", theme=best.theme, year=year, zone=[column.key for column in best.columns])
    return Shown(say("page.home.comparison_of", theme=term(best.theme), year=year), href, heads, made)


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
