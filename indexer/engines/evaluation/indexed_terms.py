"""What of a passage goes into an index. One place, so that every engine indexes the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from indexer.domain.results import IndexedPassage
from indexer.text.analyser import Analyser
from indexer.text.fold import fold


@dataclass(frozen=True, slots=True)
class Material:
    """``text`` and ``restored`` are folded, ready to be compared letter for letter; ``restored`` is None where it
    says the same. Chinese terms stand wherever these hold them; ``latin`` has the others, ``context`` all terms of the
    context: term → how often."""

    text: str
    restored: str | None
    latin: Counter[str]
    context: Counter[str]


class Materials:
    """Makes the material of passages; those of one report have their context read once."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._context = lru_cache(maxsize=64)(self._context_terms)

    def of(self, passage: IndexedPassage) -> Material:
        text = fold(passage.text)
        restored = fold(passage.restored) if passage.restored is not None else text
        latin = self._latin(text)
        if restored != text:
            latin |= self._latin(restored)  # found under both words, but what both have counts once
        context = self._context(context_of(passage))
        return Material(text, restored if restored != text else None, latin, context)

    def _context_terms(self, context: str) -> Counter[str]:
        return Counter(token.text for token in self._analyser.index_tokens(context))

    def _latin(self, folded: str) -> Counter[str]:
        return Counter(token.text for token in self._analyser.latin_tokens(folded))


def context_of(passage: IndexedPassage) -> str:
    """What everyone knows of a passage who knows its report: title, zone, city, province, year."""
    year = f"{passage.year}年 {passage.year}" if passage.year else None
    parts = (passage.title, passage.zone_label, passage.city, passage.province, year)
    return "\n".join(part for part in parts if part)
