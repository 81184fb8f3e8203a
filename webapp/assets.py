"""Our own style sheet and script, under addresses that change with their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, abort

FOLDER = Path(__file__).parent / "static"
A_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Adds ``/assets/<digest>/<name>`` and the template function ``asset(name)``."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.is_file()}
    digests = {name: hashlib.sha256(data).hexdigest()[:12] for name, data in files.items()}

    @app.get("/assets/<digest>/<name>")
    def asset_file(digest: str, name: str) -> Response:
        if name not in files:
            abort(404)
        answer = Response(files[name], mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
        # an old digest gets today's file, but must ask again next time
        answer.cache_control.public = True
        answer.cache_control.max_age = A_YEAR if digest == digests[name] else 0
        if digest == digests[name]:
            answer.cache_control.immutable = True
        answer.set_etag(digests[name])
        return answer

    @app.template_global()
    def asset(name: str) -> str:
        return f"/assets/{digests[name]}/{name}"
