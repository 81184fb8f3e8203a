"""Document-sharing sites in the manner of 原创力文档 (book118): pages as pictures, the text below 文档介绍."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup


def recognises(markup: Markup) -> bool:
    text = markup.text
    return any(word in text for word in ("文档介绍", "文档简介", "文档描述")) and (
        bool(markup.find("//*[contains(@class,'preview') or contains(@id,'preview')]")) or "上传的文档" in text
    )


FAMILY = Family(
    "docshare",
    recognises,
    bodies=(".intro-text", ".doc-intro", "#docContent"),
    cut_marks=("//*[contains(@id,'preview_remain') or contains(@class,'preview_remain')]",),
)
