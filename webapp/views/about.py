"""What this is, and how far it can be trusted."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.compare.peers import WEIGHTS
from webapp.views import library

blueprint = Blueprint("about", __name__)

# page.about.doubt of the catalogue
_DOUBTS = ["masked", "undated", "years", "unnamed", "restored", "hijacked", "truncated"]


@blueprint.get("/about")
def about() -> str:
    return render_template("about.html", stats=library().stats(), doubts=_DOUBTS, weights=WEIGHTS)
