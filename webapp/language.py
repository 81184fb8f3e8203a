"""The language of a page: what the address asks (``lang=en``), else what was chosen before (a cookie), else Chinese.

In templates ``{{ t("page.refused.404") }}``: catalogue sentences may hold markup of ours, values are escaped.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flask import Flask, Response, request
from markupsafe import Markup, escape

from indexer.locale import CHINESE, LANGUAGES, defined, language, listed, say, sentence, speak, term

COOKIE = "lang"
_A_YEAR = 31_536_000
_RUN = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff、，。（）“”\d.%-]*[\u4e00-\u9fff）”])?")


def install(app: Flask) -> None:
    app.jinja_env.globals["t"] = marked_up
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    app.jinja_env.globals["language"] = language
    app.jinja_env.globals["term"] = term
    app.jinja_env.globals["named"] = named
    app.jinja_env.globals["defined"] = defined
    app.jinja_env.globals["cn"] = cn
    app.jinja_env.filters["listed"] = listed
    app.jinja_env.filters["term"] = term
    app.jinja_env.filters["reported"] = reported

    @app.before_request
    def choose() -> None:
        speak(next((asked for asked in _wishes() if asked in LANGUAGES), CHINESE))

    @app.after_request
    def remember(answer: Response) -> Response:
        if request.endpoint == "asset_file":
            return answer
        answer.vary.add("Cookie")
        answer.headers["Content-Language"] = language()
        asked = request.args.get("lang")
        if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
            answer.set_cookie(COOKIE, asked, max_age=_A_YEAR, samesite="Lax")
        return answer


def marked_up(key: str, /, **values: object) -> Markup:
    """As ``say``, for templates."""
    if not values:
        return _fixed(key, language())
    text = sentence(key, values.get("n"))
    if all(type(value) in _PLAIN for value in values.values()):
        # What Markup.format does with them, in a fifth of its time: it parses the sentence in Python.
        return Markup(text.format(**{name: escape(v) if type(v) is str else v for name, v in values.items()}))
    return Markup(text).format(**values)


_PLAIN = (int, str)


@cache
def _fixed(key: str, spoken: str) -> Markup:
    return Markup(say(key))


def named(chinese: str) -> Markup:
    """A term of the codebooks for people: in English with its Chinese behind it, so that it can be looked up."""
    return _named(chinese, language())


@lru_cache(maxsize=1 << 12)
def _named(chinese: str, spoken: str) -> Markup:
    translated = term(chinese)
    if translated == chinese:
        return Markup("<span{}>{}</span>").format(cn(), chinese) if cn() else Markup("{}").format(chinese)
    return Markup('{} <span class="original" lang="zh-CN">{}</span>').format(translated, chinese)


def cn() -> Markup:
    """The attribute of an element that holds Chinese from a report, where the page itself is in another language."""
    return Markup("") if language() == CHINESE else Markup(' lang="zh-CN"')


def reported(text: str) -> Markup:
    """A line of ours that may hold words of a report: on a page in another language these are marked as Chinese."""
    return Markup(_RUN.sub(r'<span lang="zh-CN">\g<0></span>', str(escape(text)))) if cn() else escape(text)


def _wishes() -> tuple[str, str]:
    return request.args.get("lang", ""), request.cookies.get(COOKIE, "")
