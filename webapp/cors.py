"""Scripts of other sites may read the answers for programs where ``serve.cors_origins`` names them: none by default."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, Response, request

ANYBODY = "*"
_FEEDS = ("feeds.feed", "description.described")


def install(app: Flask, origins: Collection[str]) -> None:
    """``origins`` as browsers write them (https://desk.example), or ``*``. Never with cookies."""
    allowed = frozenset(origin.rstrip("/") for origin in origins)
    if not allowed:
        return

    @app.after_request
    def admit(answer: Response) -> Response:
        if not _is_for_programs():
            return answer
        answer.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if ANYBODY in allowed or origin in allowed:
            answer.headers["Access-Control-Allow-Origin"] = ANYBODY if ANYBODY in allowed else origin
            answer.headers["Access-Control-Expose-Headers"] = "ETag, Link, Content-Language"
            answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if request.method == "OPTIONS":
                answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
                answer.headers["Access-Control-Allow-Headers"] = "If-None-Match, Content-Type"
                answer.headers["Access-Control-Max-Age"] = "86400"
        return answer


def _is_for_programs() -> bool:
    return request.path.startswith("/api/v1/") or request.path.endswith(".json") or request.endpoint in _FEEDS
