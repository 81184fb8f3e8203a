"""The browser's side of Duibiao: pages and a JSON API over one ``Library``."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from webapp import assets, bounds, cors, delivery, errors, heads, language, layout, preferences, proxied, security
from webapp.views import (
    about,
    api,
    codebooks,
    compare,
    description,
    discovery,
    feeds,
    figures,
    gaps,
    health,
    help,
    home,
    matrix,
    not_kept,
    reports,
    search,
    similar,
    tray,
    twins,
    zones,
)

_PAGES = (
    home,
    search,
    reports,
    compare,
    figures,
    gaps,
    matrix,
    zones,
    codebooks,
    similar,
    tray,
    about,
    help,
    api,
    twins,
    description,
    feeds,
    discovery,
    health,
)

if TYPE_CHECKING:  # the pages need its methods, not the engine behind them
    from _typeshed.wsgi import StartResponse

    from indexer.library import Library


def create_app(
    library: Library,
    *,
    testing: bool = False,
    hosts: Collection[str] = (),
    base_path: str = "",
    proxies: int = 0,
    unanswered: logging.Logger | None = None,
    origins: Collection[str] = (),
) -> Flask:
    """An application that asks ``library``. Nothing is shared between two applications. ``hosts``: the names under
    which it answers, beside localhost and plain addresses. ``base_path`` and ``proxies``: see ``webapp/proxied.py``.
    ``unanswered``: where questions that found nothing are noted. ``origins``: sites whose scripts may read it."""
    app = Flask(__name__, static_folder=None)
    app.config["TESTING"] = testing
    app.extensions["library"] = library
    if library:  # none where only the addresses are asked for
        library.on_partial = not_kept
    app.extensions["unanswered"] = unanswered
    if isinstance(app.json, DefaultJSONProvider):  # as the commands print it: Chinese as Chinese, keys in their order
        app.json.ensure_ascii = False
        app.json.sort_keys = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    delivery.install(app)  # first: Flask asks the last one installed first
    if library:
        _ask_one_build(app, library)
    proxied.install(app, base_path, proxies)
    language.install(app)  # before whatever may refuse: a refusal is said in the reader's language
    bounds.install(app, hosts)
    assets.install(app)
    layout.install(app)
    preferences.install(app)
    security.install(app)
    cors.install(app, origins)  # after security, so before it: what it says goes before that
    errors.install(app)
    heads.install(app)
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
    return app


def _ask_one_build(app: Flask, library: Library) -> None:
    """Whatever a page asks, it asks of one build, also where another is swapped in meanwhile."""
    application = app.wsgi_app

    def asked(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        with library.one_build():
            return application(environ, start_response)

    app.wsgi_app = asked  # type: ignore[method-assign]
