"""Digests made for Duibiao: pages of the sample corpus that say of themselves that they are, and name their sources."""

from __future__ import annotations

from indexer.domain.page import Attachment
from indexer.pipeline.extract.markup import Markup

_MARK = "duibiao-sample"
_SOURCES = ".duibiao-sources"


def cited_by(markup: Markup) -> tuple[Attachment, ...]:
    """The sources such a page links, in its order, each once; none for every other page."""
    if not markup.head.first(_MARK):
        return ()
    found: dict[str, Attachment] = {}
    for element in markup.find(_SOURCES):
        for link in element.iter("a"):
            address = (link.get("href") or "").strip()
            if address:
                found.setdefault(address, Attachment("".join(link.itertext()).strip() or address, address))
    return tuple(found.values())
