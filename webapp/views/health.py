"""Whether questions can be answered, for whatever watches over the server."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.views import library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with the size of the current build; 503 (see failures.py) where there is none."""
    stats = library().stats()
    built = stats.built_at.isoformat() if stats.built_at else None
    return jsonify({"status": "ok", "reports": stats.reports, "passages": stats.passages, "built_at": built})
