"""What a request may ask at most, refused before anything is looked up; and under which names the server answers."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from flask import Flask, Response, request

from indexer.locale import say
from webapp.errors import failed

MOST_PARAMETERS = 64
LONGEST_QUERY = 4_096  # bytes as they are sent: a question of 200 characters takes 1,800


def install(app: Flask, hosts: Collection[str]) -> None:
    """``hosts``: names beside localhost and plain addresses. A page of the web whose name was made to lead to us (DNS
    rebinding) asks under its own name; it can't ask under an address."""
    known = {"localhost", *(host.lower().rstrip(".") for host in hosts)}
    app.url_map.merge_slashes = False  # //search: a redirect to an absolute address for a slip of the pen

    @app.before_request
    def refuse() -> Response | None:
        if not _is_known(request.host, known):
            return failed(400, say("page.bounds.host"), "page.bounds.host")
        if len(request.query_string) > LONGEST_QUERY:
            return failed(400, say("page.bounds.too_long", most=LONGEST_QUERY), "page.bounds.too_long")
        if request.query_string.count(b"&") >= MOST_PARAMETERS:
            return failed(400, say("page.bounds.too_many", most=MOST_PARAMETERS), "page.bounds.too_many")
        return None


def _is_known(host: str, known: Collection[str]) -> bool:
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.rsplit(":", 1)[0]
    if name.lower().rstrip(".") in known:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
