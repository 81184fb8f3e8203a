"""Whether questions can be answered, for whatever watches over the server."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.views import library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with the size of the current build; 503 (errors.py) with code and message where it can't be asked.
    ``changed_tables``: tables that were changed since the build, which only another build takes up."""
    stats = library().stats()
    built = stats.built_at.isoformat() if stats.built_at else None
    size = {"reports": stats.reports, "passages": stats.passages}
    return jsonify({"status": "ok", **size, "built_at": built, "changed_tables": list(stats.changed_tables)})
