"""Phonetics that mills put behind characters to look original: ``標(biāo)準(zhǔn)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_TONED_SYLLABLE = re.compile(rf"[(（](?<=[\u3400-\u9fff].)(?=[a-zɡɑü]*[{_TONED}])[a-zɡɑü{_TONED}]{{1,7}}[)）]")
# Particles are printed without a tone: 們(men). Only beside toned ones, for (de) alone could be anything.
_ANY_SYLLABLE = re.compile(
    rf"[(（](?<=[\u3400-\u9fff].)(?:(?=[a-zɡɑü]*[{_TONED}])[a-zɡɑü{_TONED}]{{1,7}}|de|ge|men|me|ne|ma|le|zi|zhe|ba|li|bo)[)）]"
)
_ENOUGH = 2
_AT_LEAST_ONE_IN = 400  # characters; an honest report glosses one rare place name, a mill one word in ten characters


def inserted_in(page: str) -> bool:
    """Whether ``page`` (title and text) was peppered with phonetics."""
    if "(" not in page and "（" not in page:
        return False
    glosses = len(_TONED_SYLLABLE.findall(page))
    return glosses >= _ENOUGH and glosses * _AT_LEAST_ONE_IN >= len(page)


def drop(text: str) -> Iterator[Edit]:
    for gloss in _ANY_SYLLABLE.finditer(text):
        yield Edit(gloss.start(), gloss.group(), "")
