"""Headers of every answer: a page of ours loads nothing from elsewhere and runs nothing that isn't ours."""

from __future__ import annotations

import re

from flask import Flask, Response

from indexer.text.piles import without_piles

# img-src data: is for the favicon of a saved page; there are no inline styles or scripts anywhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# A question or an address that holds them is shown again: marks that turn the words around, and piles of marks upon a
# letter (more than three). Texts of reports have none left. As bytes of UTF-8.
_TURNS = re.compile(rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])|\xd8\x9c")
# What each begins with, looked for first: .1 ms for a page of results, where a pattern of all marks took 4.8 of its 12.
_MAY_TURN = re.compile(rb"\xe2\x80[\x8e\x8f\xaa-\xae]")
_TURN_LEADS = (b"\xd8\x9c", b"\xe2\x81")
_UPON_LEADS = (
    *(b"\xcc", b"\xcd", b"\xd2", b"\xd6", b"\xd7", b"\xd8", b"\xd9", b"\xdb", b"\xe0\xb8", b"\xe0\xb9", b"\xe1\xaa"),
    *(b"\xe1\xab", b"\xe1\xb7", b"\xe2\x83", b"\xe3\x82\x99", b"\xe3\x82\x9a", b"\xef\xb8"),
)


def install(app: Flask) -> None:
    @app.after_request
    def protect(answer: Response) -> Response:
        if answer.mimetype == "text/html" and not (answer.direct_passthrough or answer.is_streamed):
            body = answer.get_data()
            plain = _plain(body)
            if plain is not body:
                answer.set_data(plain)
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


def _plain(body: bytes) -> bytes:
    if any(lead in body for lead in _TURN_LEADS) or _MAY_TURN.search(body):
        body = _TURNS.sub(b"", body)
    if any(lead in body for lead in _UPON_LEADS):
        body = without_piles(body.decode("utf-8")).encode("utf-8")
    return body
