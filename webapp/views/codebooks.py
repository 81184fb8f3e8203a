"""The codebooks as pages: practices and indicators with their definitions, counts and examples."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.domain.columns import Column
from indexer.domain.zone_profiles import CodebookCount
from indexer.errors import BadQuery, NotFound
from indexer.reference.practices import Practice
from webapp.presenters.codebook import counted
from webapp.presenters.quotes import ShownQuote, shown
from webapp.urls import link
from webapp.views import library
from webapp.views.matrix import latest

blueprint = Blueprint("codebooks", __name__)

_EXAMPLES = 6  # zones whose best sentence stands on the page of a practice: what a comparison has room for


@blueprint.get("/practices")
def practices() -> str:
    groups: dict[str, list[tuple[object, object]]] = {}
    for practice, count in library().practices():
        groups.setdefault(practice.theme, []).append((practice, count))
    themes = {theme.name: theme for theme in library().codebook()}
    return render_template("practices.html", groups=groups, themes=themes)


@blueprint.get("/practices/<path:practice>")
def practice(practice: str) -> str:
    """By id, or by its Chinese name."""
    one, count = practice_of(practice)
    found = library().matrix({"practice": [one.id]})
    zones = [row.key for row in found.rows if row.key][:_EXAMPLES]
    return render_template(
        "practice.html",
        practice=one,
        count=count,
        found=library().matrix({"practice": [one.id], "year": [span]}) if (span := latest(found)) else found,
        examples=_examples(one, zones),
        compare=link("/compare", theme=one.theme, zone=zones),
    )


def practice_of(name: str) -> tuple[Practice, CodebookCount]:
    """By id, or by its Chinese name. Raises NotFound."""
    for one, count in library().practices():
        if name in (one.id, one.name):
            return one, count
    raise NotFound("page.practices.none", name=name[:30])


def _examples(practice: Practice, zones: list[str]) -> list[tuple[Column, ShownQuote]]:
    """The best told sentence of each of ``zones``."""
    if not zones:
        return []
    try:
        found = library().compare({"theme": [practice.theme], "zone": zones}, 1)
    except BadQuery:
        return []
    cells = next((row.cells for row in found.rows if row.practice == practice.id), ())
    told = zip(found.columns, cells, strict=False)
    return [(column, shown(cell.quotes[0])) for column, cell in told if cell.quotes]


@blueprint.get("/indicators")
def indicators() -> str:
    groups: dict[str, list[tuple[object, object]]] = {}
    for indicator, count in library().indicators():
        groups.setdefault(indicator.theme, []).append((indicator, count))
    return render_template("indicators.html", groups=groups, counted=counted)
