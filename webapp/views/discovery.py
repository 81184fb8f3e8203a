"""How others find what is here: robots.txt, the site map, OpenSearch with its suggestions, the icon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, jsonify, request

from indexer.locale import say
from webapp.assets import FOLDER
from webapp.presenters import suggested
from webapp.urls import Address, link
from webapp.views import exports, library

blueprint = Blueprint("discovery", __name__)

PER_FILE = 10_000  # addresses of one site map, 1.5 MB; the protocol allows 50,000
_PAGES = ("/", *(f"/{name}" for name in ("about", "help", "api", "zones", "practices", "indicators")))
_FORMS = ("/compare", "/figures", "/gaps", "/matrix")
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ICON = (FOLDER / "favicon.ico").read_bytes()
_A_DAY = 86_400

# What is endless is left out: each filter that goes on or off makes another address. A question, or a comparison of two
# zones, that somebody has linked is read; what has more parameters than that, later pages of results, files to take
# home and the API are not. Every report, zone and practice stands in the site map.
ROBOTS = """User-agent: *
Disallow: /search?*&*&
Disallow: /search?*page=
Disallow: /search.
Disallow: /compare?*&*&*&
Disallow: /compare.
Disallow: /figures?*&*&
Disallow: /figures.
Disallow: /gaps?*&*&
Disallow: /gaps.
Disallow: /matrix?*&*&
Disallow: /matrix.
Disallow: /similar?
Disallow: /tray
Disallow: /zones?
Disallow: /doc/*/cite
Disallow: /doc/*/raw
Disallow: /doc/*?
Disallow: /api/try/
Disallow: /api/v1/
Disallow: /*.json

Sitemap: {root}/sitemap.xml
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Robots read it at the root of a host only: under a base path it is what that one has to hold."""
    rules = ROBOTS.format(root=exports.base()).replace("Disallow: /", f"Disallow: {request.script_root}/")
    return Response(rules, content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """All addresses; where they are more than PER_FILE, the list of the site maps that hold them."""
    found = list(_addresses())
    if len(found) <= PER_FILE:
        return _urls(found)
    files = range(1, -(-len(found) // PER_FILE) + 1)
    lines = "".join(f"<sitemap><loc>{exports.base()}/sitemap-{number}.xml</loc></sitemap>\n" for number in files)
    return _xml(f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{lines}</sitemapindex>\n')


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    found = list(_addresses())[(number - 1) * PER_FILE : number * PER_FILE] if number else []
    if not found:
        abort(404)
    return _urls(found)


def _addresses() -> Iterator[tuple[str, datetime | None]]:
    """(path, when it last changed): always in the same order."""
    yield from ((page, None) for page in (*_PAGES, *_FORMS))
    yield from ((link(f"/practices/{practice}"), None) for practice in library().practice_names())
    named = sorted(one.column.key for one in library().zone_listings({}) if not one.column.apart)
    yield from ((f"/zones/{quote(zone, safe='')}", None) for zone in named)
    yield from ((f"/doc/{report}", one.last) for report, one in sorted(library().taken_in().items()))


def _urls(found: list[tuple[str, datetime | None]]) -> Response:
    root = exports.base()
    lines = "".join(
        f"<url><loc>{escape(root + path)}</loc>{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>\n"
        for path, day in found
    )
    return _xml(f'{_XML}<urlset xmlns="{_SITEMAP}">\n{lines}</urlset>\n')


def _xml(text: str, kind: str = "application/xml") -> Response:
    return Response(text, content_type=f"{kind}; charset=utf-8")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    root = exports.base()
    return _xml(
        f"""{_XML}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(say("program.name"))}</ShortName>
<Description>{escape(say("program.site"))}</Description>
<Image width="32" height="32" type="image/x-icon">{root}/favicon.ico</Image>
<Url type="text/html" template="{root}/search?q={{searchTerms}}"/>
<Url type="application/atom+xml" template="{root}/search.atom?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{root}/opensearch/suggest?q={{searchTerms}}"/>
<Url rel="self" type="application/opensearchdescription+xml" template="{root}/opensearch.xml"/>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
""",
        "application/opensearchdescription+xml",
    )


@blueprint.get("/opensearch/suggest")
def suggest() -> Response:
    """[what was typed, completions, what they are, where they lead], as browsers ask for them."""
    typed = request.args.get("q", "")
    address = Address("/search", (("q", typed),) if typed.strip() else ())
    made = library().suggest({"q": [typed]})
    answer = jsonify(
        [
            typed,
            [one.text for one in made],
            [one.kind.value for one in made],
            [exports.base() + suggested.href(one, address) for one in made],
        ]
    )
    answer.content_type = "application/x-suggestions+json"
    return answer


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """What asks for it without reading a page first; pages name the drawing itself."""
    answer = Response(_ICON, content_type="image/vnd.microsoft.icon")
    answer.cache_control.public = True
    answer.cache_control.max_age = _A_DAY
    return answer
