"""Headers of every answer: a page of ours loads nothing from elsewhere and runs nothing that isn't ours."""

from __future__ import annotations

from flask import Flask, Response

# img-src data: is for the favicon of a saved page; there are no inline styles or scripts anywhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def install(app: Flask) -> None:
    @app.after_request
    def protect(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        # the words somebody asks for are nobody else's business
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-cache"  # a new build must show at once
        return answer
