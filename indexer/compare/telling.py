"""How much a measure tells: is the practice named, is it said how, with which figures. Never how many figures.

A sentence that only lists practices (以商招商、基金招商、场景招商) names three and tells none. Of what the codebook
catches on 招商, 26 % stands in such sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.report import Figure
from indexer.text.substance import HOW_WORDS

_NAMED = 0.3
_HOW = 0.3
_FIGURES = (0.0, 0.2, 0.25)  # none, one, more: the third adds nothing
_FULL = 0.15  # long enough to say something, short enough to be read in a cell
_LISTING = 0.3  # taken off
_SHORT, _LONG = 14, 120  # characters

_ITEM = re.compile(r"[、，,；;]")
_ITEMS, _ITEM_LENGTH = 3, 8  # as many items, none longer, make a list


def telling(text: str, practice: str | None, figures: Sequence[Figure], *, shown: bool = False) -> float:
    """From 0 to 1. ``shown``: Measure.shown, what the reader of ``practice`` found around its cue."""
    known = sum(figure.value is not None for figure in figures)
    how = shown if practice else bool(HOW_WORDS.search(text))
    points = (_NAMED if practice else 0.0) + (_HOW if how else 0.0)
    points += _FIGURES[min(known, len(_FIGURES) - 1)]
    points += _FULL if _SHORT <= len(text) <= _LONG else 0.0
    points -= _LISTING if not known and lists(text) else 0.0
    return round(min(max(points, 0.0), 1.0), 2)


def lists(text: str) -> bool:
    """Whether most of it is a list of short items: names, with nothing said of any."""
    items = [item for item in _ITEM.split(text.strip("。！？；")) if item]
    short = [item for item in items if len(item) <= _ITEM_LENGTH]
    return len(short) >= _ITEMS and 2 * sum(map(len, short)) >= len(text)
