"""博达 (WebSite Builder, vsb): forms named _newscontent_fromname, bodies in #vsb_content, files behind download.jsp."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup


def recognises(markup: Markup) -> bool:
    return bool(markup.find("#vsb_content*", "//form[contains(@name,'_newscontent')]"))


FAMILY = Family(
    "gov_vsb",
    recognises,
    bodies=("#vsb_content*", ".v_news_content"),
    titles=(".titlestyle", ".arti_title", ".arti-title"),
)
