"""Headers of every answer: a page of ours loads nothing from elsewhere and runs nothing that isn't ours."""

from __future__ import annotations

import re

from flask import Flask, Response

# img-src data: is for the favicon of a saved page; there are no inline styles or scripts anywhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# A question or an address that holds them is shown again: marks that turn the words around, and piles of marks upon a
# letter (more than three). Texts of reports have none left. As bytes of UTF-8: 30 µs for a page of results.
_TURNS = re.compile(rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])|\xd8\x9c")
_UPON = rb"(?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xd2[\x83-\x89]|\xe2\x83[\x90-\xbf])"
_PILED = re.compile(rb"(" + _UPON + rb"{3})" + _UPON + rb"+")


def install(app: Flask) -> None:
    @app.after_request
    def protect(answer: Response) -> Response:
        if answer.mimetype == "text/html" and not (answer.direct_passthrough or answer.is_streamed):
            answer.set_data(_PILED.sub(rb"\1", _TURNS.sub(b"", answer.get_data())))
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        # the words somebody asks for are nobody else's business
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-cache"  # a new build must show at once
        return answer
