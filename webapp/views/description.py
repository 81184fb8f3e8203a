"""What the API is: its OpenAPI description for programs, and a page that shows and tries each call."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import NoIndex
from webapp import openapi, problems
from webapp.calls import BY_ENDPOINT, CALLS, with_examples
from webapp.views import exports, library

blueprint = Blueprint("description", __name__)


@blueprint.get("/api/openapi.json")
def described() -> Response:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return jsonify(openapi.description(app, exports.base(), with_examples(_here())))


@blueprint.get("/api")
def page() -> str:
    rules = {call.endpoint: openapi.rule_of(current_app.url_map, call).replace("<path:", "<") for call in CALLS}
    calls = with_examples(_here())
    return render_template("api.html", calls=calls, rules=rules, problems=problems.CLASSES, root=exports.base())


def _here() -> dict[str, str]:
    """Examples that this library can answer; none where it can't be asked."""
    try:
        zones = [one.column.key for one in library().zone_listings({}) if one.zone and not one.column.apart]
        newest = library().newest(1)
    except NoIndex:
        return {}
    named = {"zone": ",".join(zones[:2]), "zone_path": zones[0], "my_zone": zones[0]} if zones else {}
    return named | ({"report": newest[0].report} if newest else {})


@blueprint.get("/api/try/<name>")
def tried(name: str) -> AnyResponse:
    """A form can't put what was typed into a path: leads to the call itself. Fields left empty ask nothing."""
    call = BY_ENDPOINT.get(f"api.{name}")
    if call is None:
        raise NotFound
    given = {key: [one for one in many if one.strip()] for key, many in request.args.to_dict(flat=False).items()}
    values = {key: many if len(many) > 1 else many[0] for key, many in given.items() if many}
    missing = [one.name for one in call.parameters if one.path and one.name not in values]
    if missing:
        return redirect(url_for("description.page", _anchor=call.name), 303)
    return redirect(url_for(call.endpoint, **values), 303)  # type: ignore[arg-type]
