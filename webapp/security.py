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
# First is looked whether there may be any: .07 ms for a page of results, where 18 searches for what each of them begins
# with took .5 of its 7, and a pattern of all marks 4.8. Most begin with a byte that no page has for anything else.
_RARE = b"\xcc\xcd\xd2\xd6\xd7\xd8\xd9\xdb\xe0\xe1"
_ALL_OTHERS = bytes(sorted(set(range(256)).difference(_RARE)))
# The others share theirs with punctuation. One pattern each: with a fixed beginning it goes from one to the next.
_MAY_BE = (
    re.compile(rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|[\x81\x83])"),
    re.compile(rb"\xe3\x82[\x99\x9a]"),
    re.compile(rb"\xef\xb8"),
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
    if not body.translate(None, _ALL_OTHERS) and not any(mark.search(body) for mark in _MAY_BE):
        return body
    return without_piles(_TURNS.sub(b"", body).decode("utf-8")).encode("utf-8")
