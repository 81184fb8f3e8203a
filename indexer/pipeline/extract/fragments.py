"""Texts that a mill cut into numbered pieces in the middle of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.page import Block

_FRAGMENT = re.compile(r"^(\d{1,3})、")


def is_fragmented(blocks: Sequence[Block]) -> bool:
    """Three or more blocks numbered 1、2、3、 without a gap, none of the first ends with its sentence."""
    numbers = [int(found.group(1)) for block in blocks if (found := _FRAGMENT.match(block.text))]
    if len(numbers) < 3 or numbers != list(range(1, len(numbers) + 1)):
        return False
    pieces = [block.text for block in blocks if _FRAGMENT.match(block.text)]
    cut = sum(not piece.rstrip().endswith(("。", "！", "？", "；", ":", "：", ";")) for piece in pieces[:-1])
    return cut >= (len(pieces) - 1) / 2 and len(pieces) >= len(blocks) / 2
