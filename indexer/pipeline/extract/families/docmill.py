"""三七文档 (777doc.com) and its like: a whole report in one div, 本文标题 and 链接地址 behind it."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup


def recognises(markup: Markup) -> bool:
    text = markup.text
    return "本文标题" in text and "链接地址" in text and ("格式" in text or "文档" in text)


FAMILY = Family("777doc", recognises, bodies=(".doc_content", "#contents"), site_is_source=True)
