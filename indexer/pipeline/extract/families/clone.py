"""Clones of document sites in Traditional script, with phonetics put in against plagiarism checks: 標(biāo)準(zhǔn)."""

from __future__ import annotations

import re

from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup

_PHONETIC = re.compile(r"[一-鿿]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_ENOUGH = 5  # one or two are a teacher's; clones put one behind every twentieth character


def recognises(markup: Markup) -> bool:
    return len(_PHONETIC.findall(markup.text)) >= _ENOUGH


FAMILY = Family("clone", recognises, bodies=(".main-content", ".content", "#content"))
