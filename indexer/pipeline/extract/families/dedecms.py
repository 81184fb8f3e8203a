"""DedeCMS essay sites (范文网), the mobile skin above all: 来源网站 and the date in one line below the headline."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup


def recognises(markup: Markup) -> bool:
    return bool(markup.find(".blog-content", "#dede_content", ".am-article-title")) or "》出自" in markup.text


FAMILY = Family(
    "dedecms",
    recognises,
    bodies=(".blog-content", "#dede_content", "//*[contains(@class,'newsview')]//*[contains(@class,'content')]"),
    titles=(".am-article-title",),
    site_is_source=True,
)
