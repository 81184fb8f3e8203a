"""How to ask: the question language on one page."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.domain.query import Match
from indexer.locale import say
from webapp.presenters import matching

blueprint = Blueprint("help", __name__)

# page.help.asked and .meaning of the catalogue
EXAMPLES = ["words", "phrase", "minus", "either", "brackets", "title", "report", "passage", "zone", "year", "sentence"]
_KEYS = (
    (("/",), "box"),
    (("j", "k", "n", "N"), "next"),
    (("o",), "open"),
    (("c",), "cite"),
    (("p",), "keep"),
    (("?",), "help"),
)


@blueprint.get("/help")
def how_to_ask() -> str:
    return render_template(
        "help.html",
        examples=[(say(f"page.help.asked.{one}"), say(f"page.help.meaning.{one}")) for one in EXAMPLES],
        levels=[matching.named(level) for level in Match],
        shortcuts=[(keys, say(f"script.key_{name}")) for keys, name in _KEYS],
    )
