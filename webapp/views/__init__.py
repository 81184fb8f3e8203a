"""One blueprint per kind of page: reads the address, asks the library, fills a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from indexer.library import Library


def library() -> Library:
    """The library that this application was created with."""
    return cast("Library", current_app.extensions["library"])
