"""What of a passage goes into an index. One place, so that every engine indexes the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.domain.results import IndexedPassage
from indexer.text.fold import fold
from indexer.text.terms import Analyser


@dataclass(frozen=True, slots=True)
class Material:
    """``text`` and ``restored`` are folded, ready to be compared letter for letter; ``restored`` is None where it
    says the same. ``terms`` and ``context``: term → how often."""

    text: str
    restored: str | None
    terms: Counter[str]
    context: Counter[str]


def material_of(passage: IndexedPassage, analyser: Analyser) -> Material:
    text = fold(passage.text)
    restored = fold(passage.restored) if passage.restored is not None else text
    terms = _counted(text, analyser)
    if restored != text:
        terms |= _counted(restored, analyser)  # found under both words, but what both have counts once
    return Material(text, restored if restored != text else None, terms, _counted(context_of(passage), analyser))


def context_of(passage: IndexedPassage) -> str:
    """What everyone knows of a passage who knows its report: title, zone, province, year."""
    year = f"{passage.year}年 {passage.year}" if passage.year else None
    return "\n".join(part for part in (passage.title, passage.zone_label, passage.province, year) if part)


def latest(passages: Iterable[IndexedPassage]) -> list[IndexedPassage]:
    """Each id once, the last one given, in the order of first sight."""
    return list({passage.id: passage for passage in passages}.values())


def _counted(text: str, analyser: Analyser) -> Counter[str]:
    return Counter(token.text for token in analyser.index_tokens(text))
