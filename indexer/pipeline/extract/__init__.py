"""A page's text to what it says: title, date, source, body, files. The page's own mark-up decides, never its host."""

from __future__ import annotations

from dataclasses import replace

from indexer.domain.page import Decoded, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.extract.joined import join_pages
from indexer.pipeline.extract.markup import is_markup, open_markup
from indexer.pipeline.extract.plain import extract_plain
from indexer.pipeline.extract.unrendered import shown, unrendered_body
from indexer.pipeline.extract.webpage import extract_markup

__all__ = ["extract", "join_pages"]


def extract(page: RawPage, decoded: Decoded) -> Extracted:
    """What ``decoded`` says, still in its own spelling.

    A page whose report hangs on it as files has no blocks and its attachments. Raises Skip: list_page, soft_404,
    js_challenge, moved, no_body.
    """
    if not is_markup(decoded.text):
        return extract_plain(decoded.text, page.url)
    try:
        return extract_markup(open_markup(decoded.text, page.url), page.name)
    except Skip as skip:
        kept = unrendered_body(decoded.text) if skip.code in ("no_body", "js_challenge") else None
        if kept is None:
            raise
    found = extract_markup(open_markup(shown(decoded.text, kept), page.url), page.name)
    return replace(found, origins=found.origins | {"body": kept.place})
