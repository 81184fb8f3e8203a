"""What the API is: its OpenAPI description for programs, and a page that shows and tries each call."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from webapp import openapi, problems
from webapp.calls import BY_ENDPOINT, CALLS
from webapp.views import exports

blueprint = Blueprint("description", __name__)


@blueprint.get("/api/openapi.json")
def described() -> Response:
    return jsonify(openapi.description(current_app._get_current_object(), exports.base()))  # type: ignore[attr-defined]


@blueprint.get("/api")
def page() -> str:
    rules = {call.endpoint: openapi.rule_of(current_app.url_map, call).replace("<path:", "<") for call in CALLS}
    return render_template("api.html", calls=CALLS, rules=rules, problems=problems.CLASSES, root=exports.base())


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
