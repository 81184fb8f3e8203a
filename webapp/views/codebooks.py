"""The codebooks as pages: practices and indicators with their definitions, counts and examples."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.domain.comparison import CodebookCount
from indexer.errors import NotFound
from indexer.reference.practices import Practice
from webapp.urls import link
from webapp.views import library

blueprint = Blueprint("codebooks", __name__)


@blueprint.get("/practices")
def practices() -> str:
    groups: dict[str, list[tuple[object, object]]] = {}
    for practice, count in library().practices():
        groups.setdefault(practice.theme, []).append((practice, count))
    return render_template("practices.html", groups=groups)


@blueprint.get("/practices/<path:practice>")
def practice(practice: str) -> str:
    """By id, or by its Chinese name."""
    one, count = practice_of(practice)
    found = library().matrix({"practice": [one.id]})
    zones = [row.key for row in found.rows if row.key][:6]
    compare = link("/compare", theme=one.theme, zone=zones)
    return render_template("practice.html", practice=one, count=count, found=found, compare=compare)


def practice_of(name: str) -> tuple[Practice, CodebookCount]:
    """By id, or by its Chinese name. Raises NotFound."""
    for one, count in library().practices():
        if name in (one.id, one.name):
            return one, count
    raise NotFound(f"做法词表里没有“{name[:30]}”。全部做法见 /practices。")


@blueprint.get("/indicators")
def indicators() -> str:
    groups: dict[str, list[tuple[object, object]]] = {}
    for indicator, count in library().indicators():
        groups.setdefault(indicator.theme, []).append((indicator, count))
    return render_template("indicators.html", groups=groups)
