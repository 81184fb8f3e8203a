"""Reading postings out of a Whoosh index.

Letters are indexed as overlapping pairs, each at the offset of its first character (稳投资 → 稳投 投资 资), the last
character alone: every stretch of two or more characters is a run of pairs, whatever the word boundaries. Words alone
found only half of random quotes (design.md section 4).
"""

from __future__ import annotations

from collections.abc import Mapping

from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

from indexer.engines.matching import Field
from indexer.engines.occurrences import Floats, Occurrences
from indexer.text.terms import is_latin


def letter_pairs(folded: str) -> list[str]:
    return [folded[at : at + 2] for at in range(len(folded))]


class WhooshPostings:
    """Postings through one reader; never shared between threads, as the reader keeps its place in the files."""

    def __init__(self, reader: IndexReader, penalties: Floats) -> None:
        self._reader = reader
        self._penalties = penalties

    @property
    def lengths_held_against(self) -> Floats:
        return self._penalties

    def having(self, field: Field, term: str) -> Occurrences:
        if field == "terms" and not is_latin(term):
            return self.holding(term, restored=True)
        return Occurrences.of(self._counts(field, term))

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        counts = self._holding("letters", words)
        if restored:
            for number, count in self._holding("restored_letters", words).items():
                counts[number] = max(count, counts.get(number, 0))
        return Occurrences.of(counts)

    def _holding(self, field: str, words: str) -> dict[int, int]:
        if not words:
            return {}
        if len(words) == 1:
            return self._starting(field, words)
        if len(words) == 2:
            return self._counts(field, words)
        starts = self._places(field, words)
        return {number: len(places) for number, places in starts.items()}

    def _starting(self, field: str, letter: str) -> dict[int, int]:
        counts: dict[int, int] = {}
        for pair in list(self._reader.expand_prefix(field, letter)):
            for number, count in self._counts(field, pair).items():
                counts[number] = counts.get(number, 0) + count
        return counts

    def _counts(self, field: str, term: str | bytes) -> dict[int, int]:
        matcher = self._matcher(field, term)
        counts: dict[int, int] = {}
        while matcher is not None and matcher.is_active():
            counts[matcher.id()] = round(matcher.weight())
            matcher.next()
        return counts

    def _places(self, field: str, words: str) -> dict[int, set[int]]:
        """Passage → where ``words`` starts in it. Every second pair covers all characters; rare pairs go first."""
        offsets = sorted({*range(0, len(words) - 1, 2), len(words) - 2})
        pairs = [(words[at : at + 2], at) for at in offsets]
        if any((field, pair) not in self._reader for pair, _ in pairs):
            return {}
        pairs.sort(key=lambda pair: self._reader.doc_frequency(field, pair[0]))
        starts: dict[int, set[int]] | None = None
        for pair, offset in pairs:
            matcher = self._matcher(field, pair)
            starts = _first_places(matcher, offset) if starts is None else _still_there(matcher, offset, starts)
            if not starts:
                break
        return starts or {}

    def _matcher(self, field: str, term: str | bytes) -> Matcher | None:
        try:
            return self._reader.postings(field, term)
        except TermNotFound:
            return None


def _first_places(matcher: Matcher, offset: int) -> dict[int, set[int]]:
    places: dict[int, set[int]] = {}
    while matcher.is_active():
        at = {place - offset for place in matcher.value_as("positions") if place >= offset}
        if at:
            places[matcher.id()] = at
        matcher.next()
    return places


def _still_there(matcher: Matcher, offset: int, starts: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """What of ``starts`` also has this pair ``offset`` further on."""
    places: dict[int, set[int]] = {}
    for number in sorted(starts):
        if not matcher.is_active():
            break
        if matcher.id() < number:
            matcher.skip_to(number)
        if matcher.is_active() and matcher.id() == number:
            at = starts[number].intersection(place - offset for place in matcher.value_as("positions"))
            if at:
                places[number] = at
    return places
