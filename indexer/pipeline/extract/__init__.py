"""A page's text to what it says: title, date, source, body, files. The page's own mark-up decides, never its host."""

from __future__ import annotations

from indexer.domain.page import Decoded, Extracted, RawPage
from indexer.pipeline.extract.joined import join_pages
from indexer.pipeline.extract.markup import is_markup, open_markup
from indexer.pipeline.extract.plain import extract_plain
from indexer.pipeline.extract.webpage import extract_markup

__all__ = ["extract", "join_pages"]


def extract(page: RawPage, decoded: Decoded) -> Extracted:
    """What ``decoded`` says, still in its own spelling.

    A page whose report hangs on it as files has no blocks and its attachments. Raises Skip: list_page, soft_404,
    js_challenge, no_body.
    """
    if is_markup(decoded.text):
        return extract_markup(open_markup(decoded.text, page.url), page.name)
    return extract_plain(decoded.text, page.url)
