"""Government portals whose system leaves no mark of its own: the standard page tags (国办发〔2017〕47号) tell them."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup

_TAGS = ("siteidcode", "sitedomain", "columnname", "articletitle", "contentsource")


def recognises(markup: Markup) -> bool:
    tagged = sum(1 for tag in _TAGS if markup.head.first(tag))
    return tagged >= 2 or "网站标识码" in markup.text or ".gov.cn" in (markup.url or "")


FAMILY = Family("gov", recognises, titles=(".con-title", ".article-title", ".detail-title"))
