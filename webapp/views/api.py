"""The same answers as JSON: the parameters are the options of the commands, the objects those of --json."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, request

from indexer.errors import BadQuery
from indexer.formats import json
from webapp.presenters import suggested
from webapp.urls import Address
from webapp.views import library

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """Pages count passages here, as in ``duibiao search``."""
    query = library().question(Address.of("/search", request.args).params())
    page = library().search(query)
    return jsonify(json.result_json(page, query, library().meant(query, page)))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What the words in the box may become, under the filters that stand beside them."""
    address = Address.of("/search", request.args)
    # as typed: a space at the end says that the last word is done
    params = {**address.params(), "q": request.args.getlist("q")[-1:]}
    made = library().suggest(params)
    return jsonify({"suggestions": [json.suggestion_json(one, suggested.href(one, address)) for one in made]})


@blueprint.get("/reports/<report>")
def report(report: str) -> Response:
    return jsonify(json.stored_json(library().report(report)))


@blueprint.get("/compare")
def compare() -> Response:
    theme = request.args.get("theme", "").strip()
    zones = [zone.strip() for zone in request.args.getlist("zone") if zone.strip()]
    year = request.args.get("year", "").strip()
    if not theme:
        raise BadQuery("请用 theme= 给出主题。")
    if year and not re.fullmatch(r"(19|20)[0-9]{2}", year):
        raise BadQuery("year= 要写四位数字，如 2022。")
    return jsonify(json.comparison_json(library().compare(theme, zones, int(year) if year else None)))
