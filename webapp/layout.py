"""What every page has: the search box with its words, the way around, links built in templates."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, request

from indexer.formats import report_words
from indexer.locale.remarks import retold
from webapp.presenters import words
from webapp.urls import FILTERS, link


def install(app: Flask) -> None:
    app.jinja_env.globals["link"] = link
    app.jinja_env.globals["words"] = words
    app.jinja_env.globals["title_of"] = report_words.title
    app.jinja_env.filters["spanned"] = lambda span: str(span).replace("-", "–")  # 2021, 2020–2022
    app.jinja_env.filters["retold"] = retold
    app.jinja_env.filters["thousands"] = lambda number: f"{number:,}"

    @app.context_processor
    def around() -> dict[str, object]:
        kept = ("sort", "basis", *FILTERS) if request.path == "/search" else ()
        return {
            "asked": request.args.get("q", ""),
            "kept": [(name, value) for name in kept for value in request.args.getlist(name) if value.strip()],
            "here": request.path,
            "back": _asked_again() if request.method in ("GET", "HEAD") else "",
        }


def _asked_again() -> str:
    """The address of this page, as the browser sent it."""
    asked = quote(request.query_string, safe="%&=+:,;/?@!~*'()-._")  # some send Chinese as it stands
    return quote(request.path) + (f"?{asked}" if asked else "")
