"""Ways out of an empty page: what of the question must go, at the least, for something to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.domain.query import Match, Phrase, Query
from indexer.locale import say
from webapp.presenters.asked_words import asked_words
from webapp.presenters.facets import Chip
from webapp.urls import Address

_MOST_PARTS = 6  # of a question that are tried two by two: 15 counts, each about a millisecond
_SHOWN = 6

Count = Callable[[Address], int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another question that does have answers."""

    text: str
    href: str
    total: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A filter of the question with its ``name``, or a word of it."""

    text: str
    name: str = ""
    value: str = ""

    def off(self, address: Address) -> Address:
        """``address`` without it."""
        return address.without(self.name, self.value) if self.name else _without_word(address, self.text)


def wider(query: Query, address: Address, chips: Sequence[Chip], count: Count) -> list[Suggestion]:
    """The smallest changes that find something: one part less, else two less; then word for word, or loosely."""
    parts = _parts(query, chips)
    for tried in (_one_less(query, parts, address), _two_less(parts, address), _much_less(query, parts, address)):
        found = [Suggestion(text, str(other), total) for text, other in tried if (total := count(other))]
        if found:
            return sorted(found, key=lambda one: -one.total)[:_SHOWN]
    return []


def _parts(query: Query, chips: Sequence[Chip]) -> list[_Part]:
    words = asked_words(query.node) if query.node is not None else []
    made = [_Part(chip.text, chip.name, chip.value) for chip in chips]
    if len(words) > 1 and all(word in query.text for word in words):
        made += [_Part(word) for word in words]
    return made


def _without_word(address: Address, word: str) -> Address:
    left = " ".join(address.value("q").replace(word, " ", 1).replace('""', " ").split())
    return address.replacing("q", left) if left else address.without("q")


def _one_less(query: Query, parts: Sequence[_Part], address: Address) -> Iterator[tuple[str, Address]]:
    if isinstance(query.node, Phrase):
        yield say("page.search.unquoted"), address.replacing("q", query.node.text)
    for part in parts:
        if (other := part.off(address)).pairs:
            yield say("page.search.drop", text=part.text), other


def _two_less(parts: Sequence[_Part], address: Address) -> Iterator[tuple[str, Address]]:
    for one, other in combinations(parts[:_MOST_PARTS], 2):
        left = other.off(one.off(address))
        if one.name and other.name and left.pairs and not left.active():
            yield say("page.search.drop_all"), left
        elif left.pairs:
            yield say("page.search.drop_two", one=one.text, other=other.text), left


def _much_less(query: Query, parts: Sequence[_Part], address: Address) -> Iterator[tuple[str, Address]]:
    if query.text and len(parts) > 1:
        yield say("page.search.drop_all"), Address("/search", (("q", query.text),))
    if query.text and query.match is not Match.LOOSE:
        yield say("page.search.try_loose"), address.replacing("match", Match.LOOSE.value)
    words = asked_words(query.node)
    if len(words) > 1:
        for word in words[:_SHOWN]:
            yield say("page.search.only_word", word=word), Address("/search", (("q", word),))
