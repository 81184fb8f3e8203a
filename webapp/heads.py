"""What an answer says of itself to programs, put in at one place: the head of a page (description, the same as JSON and
as a feed, schema.org) and the Link header of every answer; an ETag of searches that doesn't count their time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, request
from markupsafe import escape

from indexer.locale import say
from webapp.calls import BY_ENDPOINT, CALLS
from webapp.presenters import structured
from webapp.views import exports
from webapp.views.feeds import KIND as ATOM

_OF_PAGE = {call.page: call for call in CALLS if call.page} | {"/": BY_ENDPOINT["api.stats"]}
_LONGEST = 160  # characters of a description: what lists of results show
_TOOK = re.compile(rb'"took_ms":\s*[0-9.e+-]+,?')
_SEARCHES = ("api.search", "twins.search")
_SAFE = "/%=&+,-._~:?@!$()*;"  # of a path or a query; what else stands there is percent-encoded


@dataclass(frozen=True, slots=True)
class Link:
    """``path`` with its query, from the root of the site."""

    relation: str
    path: str
    kind: str
    title: str = ""


def install(app: Flask) -> None:
    @app.after_request
    def tell(answer: Response) -> Response:
        if request.method not in ("GET", "HEAD") or answer.status_code != 200 or answer.is_streamed:
            return answer
        if request.endpoint in _SEARCHES:
            body = _TOOK.sub(b"", answer.get_data())
            answer.set_etag(hashlib.sha256(body).hexdigest()[:20], weak=True)
        links = list(_links(answer))
        if links:
            base = exports.base()
            answer.headers["Link"] = ", ".join([_header(one, base) for one in links])
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data().replace(b"</head>", _head(links).encode() + b"</head>", 1))
        return answer


def _links(answer: Response) -> Iterator[Link]:
    if answer.mimetype == "application/json":
        yield Link("service-desc", "/api/openapi.json", "application/json")
        yield Link("service-doc", "/api", "text/html")
    if answer.mimetype != "text/html" or request.url_rule is None:
        return
    yield Link("search", "/opensearch.xml", "application/opensearchdescription+xml", say("program.name"))
    call = _OF_PAGE.get(request.url_rule.rule)
    if call is not None and call.is_asked(name for name, value in request.args.items() if value.strip()):
        path = "/about" if request.path == "/" else request.path
        yield Link("alternate", _with_query(f"{path}.json"), "application/json", "JSON")
    if request.path == "/search":
        yield Link("alternate", _with_query("/search.atom"), ATOM, say("program.feed_said"))
    elif request.path == "/":
        yield Link("alternate", "/search.atom", ATOM, say("program.feed_all"))


def _with_query(path: str) -> str:
    asked = quote(request.query_string, safe=_SAFE)
    return quote(path, safe=_SAFE) + (f"?{asked}" if asked else "")


def _header(one: Link, base: str) -> str:
    return f'<{base}{one.path}>; rel="{one.relation}"; type="{one.kind}"'


def _head(links: list[Link]) -> str:
    lines = [f'<meta name="description" content="{escape(_description())}">']
    for one in links:
        title = f' title="{escape(one.title)}"' if one.title else ""
        lines.append(f'<link rel="{one.relation}" type="{one.kind}"{title} href="{escape(one.path)}">')
    if data := structured.data():
        lines.append(f'<script type="application/ld+json">{structured.as_script(data)}</script>')
    return "\n".join(lines) + "\n"


def _description() -> str:
    if request.path == "/search" and (asked := request.args.get("q", "").strip()):
        return say("program.of_search", asked=asked[:60])
    if (report := structured.report()) is not None:
        return " ".join(structured.summary(report.report).split())[:_LONGEST]
    return say("program.site")
