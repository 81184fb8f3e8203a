"""Whether questions can be answered, for whatever watches over the server."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify

from webapp.views import library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with generation, age (seconds) and size of the current build; 503 (errors.py) with code and message where it
    can't be asked. ``degraded``: why answers may lack something though there are some. ``changed_tables``: tables that
    were changed since the build, which only another build takes up."""
    stats = library().stats()
    wrong = library().degraded()
    built = stats.built_at
    return jsonify(
        {
            "status": "degraded" if wrong else "ok",
            "reports": stats.reports,
            "passages": stats.passages,
            "built_at": built.isoformat() if built else None,
            "changed_tables": list(stats.changed_tables),
            "generation": library().generation(),
            "age_seconds": round((datetime.now(UTC) - built).total_seconds()) if built else None,
            "degraded": [wrong] if wrong else [],
        }
    )
