"""How exactly a question is taken: the four levels as links, and each word that was added as a chip to take off."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.query import Match, Query
from indexer.domain.results import ResultPage
from indexer.locale import say
from webapp.urls import Address


@dataclass(frozen=True, slots=True)
class Level:
    text: str
    said: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class SynonymChip:
    """``sign``: = for the same, ≈ for what is near. ``first``: of those added to ``word``. ``href``: without it."""

    word: str
    added: str
    sign: str
    first: bool
    href: str


def carried(query: Query, found: ResultPage) -> dict[str, object]:
    """Parameters that make a report page mark the words as the results do."""
    level = Match.LOOSE if found.partly else query.match
    match = level.value if level is not Match.SYNONYMS else None
    return {"q": query.text, "match": match, "without": query.without}


def named(level: Match) -> tuple[str, str]:
    """What a level is called, and what it means."""
    return say(f"match.{level.value}"), say(f"match.meaning.{level.value}")


def levels(address: Address, match: Match) -> list[Level]:
    made = []
    for level in Match:
        text, said = named(level)
        href = address.without("match") if level is Match.SYNONYMS else address.replacing("match", level.value)
        made.append(Level(text, said, str(href), level is match))
    return made


def synonym_chips(address: Address, found: ResultPage) -> list[SynonymChip]:
    made: list[SynonymChip] = []
    for one in found.synonyms:
        first = not made or made[-1].word != one.word
        without = str(address.adding("without", one.added))
        made.append(SynonymChip(one.word, one.added, "≈" if one.near else "=", first, without))
    return made
