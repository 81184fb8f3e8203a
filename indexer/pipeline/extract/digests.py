"""Digests made for Duibiao: pages of the sample corpus that say of themselves that they are, and name their sources."""

from __future__ import annotations

import re

from indexer.domain.page import Attachment
from indexer.pipeline.extract.markup import Markup

_MARK = "duibiao-sample"
_SOURCES = ".duibiao-sources"
_TITLE = re.compile("《([^《》]{2,60})》")


def cited_by(markup: Markup) -> tuple[Attachment, ...]:
    """The sources such a page names, in its order, each once: those it links, then papers it names by title alone
    (《…政府工作报告》, address ""). None for every other page."""
    if not markup.head.first(_MARK):
        return ()
    found: dict[str, Attachment] = {}
    for element in markup.find(_SOURCES):
        for link in element.iter("a"):
            address = (link.get("href") or "").strip()
            if address:
                found.setdefault(address, Attachment("".join(link.itertext()).strip() or address, address))
        for title in _TITLE.findall("".join(element.itertext())):
            if not any(title in known.name for known in found.values()):
                found.setdefault(title, Attachment(title, ""))
    return tuple(found.values())
