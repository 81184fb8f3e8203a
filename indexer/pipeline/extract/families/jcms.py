"""大汉 JCMS: parts stand between comments such as <!--<$[信息内容]>begin-->, addresses are /art/Y/M/D/…"""

from __future__ import annotations

import re

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup

_ADDRESS = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+")


def recognises(markup: Markup) -> bool:
    own = markup.head.first("url")
    return bool(
        "信息内容" in markup.marks
        or _ADDRESS.search(markup.url or "")
        or (own and _ADDRESS.search(own[1]))
        or ("maketime" in markup.head.meta and "pubdate" in markup.head.meta)
    )


FAMILY = Family(
    "gov_jcms", recognises, bodies=("#zoom", ".main-txt", ".article-conter", "#fontzoom"), titles=(".con-title",)
)
