"""What a reader prefers beside the language: large type (适老化), from the address (``size=large``) or a cookie; and
the links that change either, which lead to the page one is on. The script's own words travel with the page."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import quote

from flask import Flask, Response, request
from markupsafe import Markup

from indexer.locale import CHINESE, catalogue, language, sentence
from webapp.language import cn
from webapp.urls import quoted

SIZE = "size"
LARGE = "large"
_A_YEAR = 31_536_000
_TAGS = {"zh": "zh-CN", "en": "en"}
_SCRIPT = "script."


def install(app: Flask) -> None:
    app.jinja_env.globals["html_lang"] = html_lang
    app.jinja_env.globals["large"] = large
    app.jinja_env.globals["cn_of"] = cn_of
    app.jinja_env.globals["with_preference"] = with_preference
    app.jinja_env.globals["script_words"] = lambda: _script_words(language())

    @app.after_request
    def remember(answer: Response) -> Response:
        asked = request.args.get(SIZE)
        if asked in (LARGE, "normal") and asked != request.cookies.get(SIZE):
            answer.set_cookie(SIZE, asked, max_age=_A_YEAR, samesite="Lax")
        return answer


def html_lang(code: str = "") -> str:
    """zh-CN or en: as ``lang`` of HTML has it."""
    return _TAGS[code or language()]


def cn_of(text: str) -> Markup:
    """As ``cn``, for what is Chinese here and English there: a zone that has a name, and one that has none. A sentence
    of ours that only carries the Chinese of a term is English."""
    if language() == CHINESE:
        return Markup("")
    chinese = sum(0x4E00 <= ord(c) <= 0x9FFF for c in text)
    return cn() if chinese > sum(c.isascii() and c.isalpha() for c in text) / 3 else Markup("")


def large() -> bool:
    return (request.args.get(SIZE) or request.cookies.get(SIZE)) == LARGE


def with_preference(name: str, value: str) -> str:
    """The address one is on, with a preference set."""
    # one slash: //example.org as a path would lead to another site
    path = "/" + quote(request.path.lstrip("/"))
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != name]
    return path + "?" + "&".join(f"{quoted(key)}={quoted(text)}" for key, text in [*kept, (name, value)])


@cache
def _script_words(spoken: str) -> Markup:
    """What duibiao.js says, as JSON: no script of ours holds a sentence."""
    keys = [key.removeprefix(_SCRIPT) for key in catalogue(spoken) if key.startswith(_SCRIPT)]
    said = json.dumps({key: sentence(_SCRIPT + key) for key in keys}, ensure_ascii=False, separators=(",", ":"))
    # between single quotes: &#34; for each of its own took 400 bytes of every page
    return Markup(said.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;"))
