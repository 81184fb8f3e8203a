"""The same answers as JSON: the parameters are the options of the commands, the objects those of --json."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from flask import Blueprint, Response, jsonify, request

from indexer.formats import json
from webapp.presenters import suggested
from webapp.urls import Address
from webapp.views import library

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """The passages that answer a question. Pages count passages, as those of ``duibiao search``."""
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
    """One report with everything that was read of it."""
    stored = library().report(report)
    # where the file lies on the machine is nobody else's business
    stored = replace(stored, file=PurePath(stored.file).name if stored.file else None)
    return jsonify(json.stored_json(stored))


@blueprint.get("/compare")
def compare() -> Response:
    """A theme, two to six zones beside each other: a row for each practice."""
    return jsonify(json.comparison_json(library().compare(request.args.to_dict(flat=False))))


@blueprint.get("/gaps")
def gaps() -> Response:
    """What peers tell and this zone does not, the other way round, and what both tell."""
    return jsonify(json.gaps_json(library().gaps(request.args.to_dict(flat=False))))


@blueprint.get("/figures")
def figures() -> Response:
    """One indicator: lines of like figures, zones by years."""
    return jsonify(json.figure_table_json(library().figures(request.args.to_dict(flat=False))))


@blueprint.get("/matrix")
def matrix() -> Response:
    """Zones, provinces or types by years: how many mentions, and the best grade."""
    return jsonify(json.matrix_json(library().matrix(request.args.to_dict(flat=False))))


@blueprint.get("/zones")
def zones() -> Response:
    """The zones that pass the filters, those that tell most first."""
    found = library().zone_listings(request.args.to_dict(flat=False))
    return jsonify({"zones": [json.zone_listing_json(one) for one in found]})


@blueprint.get("/zones/<zone>")
def zone(zone: str) -> Response:
    """What is known of one zone: years, practices, figures."""
    return jsonify(json.zone_profile_json(library().zone(zone)))


@blueprint.get("/zones/<zone>/peers")
def peers(zone: str) -> Response:
    """The zones most like this one."""
    return jsonify({"peers": [json.peer_json(one) for one in library().peers(zone)]})


@blueprint.get("/practices")
def practices() -> Response:
    """The practices of the codebook with their counts."""
    return jsonify({"practices": [json.practice_json(*one) for one in library().practices()]})


@blueprint.get("/indicators")
def indicators() -> Response:
    """The indicators of the codebook with their counts."""
    return jsonify({"indicators": [json.indicator_json(*one) for one in library().indicators()]})
