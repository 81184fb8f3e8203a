"""蜗牛文库 (wnwk.com) and sites on its system: the text as numbered pieces of 302 characters under 资源描述."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup


def recognises(markup: Markup) -> bool:
    text = markup.text
    return "资源描述" in text and "上传时间" in text and "文档编号" in text


FAMILY = Family("wnwk", recognises, bodies=(".desc-con", ".doc-desc", "#describe"), site_is_source=True)
