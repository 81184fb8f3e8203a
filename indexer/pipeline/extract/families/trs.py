"""拓尔思 TRS WCM, the most common system of government portals: .TRS_Editor and its younger names."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup

BODIES = (".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor", ".Custom_UnionStyle")


def recognises(markup: Markup) -> bool:
    return bool(markup.find(*BODIES))


FAMILY = Family("gov_trs", recognises, bodies=BODIES, titles=(".detail-title", ".xl_title"))
