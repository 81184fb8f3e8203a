"""A second opinion on what a question finds: plain strings, passage by passage, without a line of the engines.

It knows only which passages answer, not in which order. Texts are taken as they stand, so worlds for it are written in
half width and simplified script, and without Latin letters: folding and Latin words have tests of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.domain.query import Alike, All, Either, Loose, Node, Not, Phrase, Scope, Within, Word
from indexer.domain.results import IndexedPassage

Cut = Callable[[str], Sequence[str]]

# What docs/relevance.md says of a question in a sentence: the weight of its words, pairs and characters, and the share
# of the whole that a passage must hold where the question asks no other.
WORD, ONE_CHARACTER_WORD, PAIR, CHARACTER, MOST, LEAST = 1.0, 0.5, 0.6, 0.5, 1.6, 0.05
ROUNDING = 1e-4  # shares that differ by less are not judged: the engines count in 32 bits


@dataclass(frozen=True)
class Judge:
    """``terms``: a word as the terms it asks for; ``words``: a sentence as its words."""

    passages: Sequence[IndexedPassage]
    terms: Cut
    words: Cut

    def answers(self, node: Node) -> set[str]:
        return {passage.id for passage in self.passages if self._answers(node, passage, with_context=True)}

    def _answers(self, node: Node, passage: IndexedPassage, *, with_context: bool) -> bool:
        match node:
            case Word(text):
                return _says(passage, text) or all(_says(passage, term) for term in self.terms(text))
            case Phrase(text):
                return text in passage.text
            case Alike(word, others):
                synonym = any(_says(passage, other) for other, _ in others)
                return synonym or self._answers(word, passage, with_context=with_context)
            case Not(child):
                return not self._answers(child, passage, with_context=with_context)
            case Either(nodes):
                return any(self._answers(child, passage, with_context=with_context) for child in nodes)
            case All(nodes):
                return self._holds_all(nodes, passage, with_context=with_context)
            case Within(Scope.PASSAGE, child):
                return self._answers(child, passage, with_context=False)
            case Within(Scope.REPORT, child):
                return self._report_answers(child, passage.report)
            case _:
                raise NotImplementedError(node)

    def _holds_all(self, nodes: Sequence[Node], passage: IndexedPassage, *, with_context: bool) -> bool:
        """Each in the text or, but not all of them, in title and place; nothing that is excluded."""
        if any(self._answers(one.node, passage, with_context=with_context) for one in nodes if isinstance(one, Not)):
            return False
        asked = [one for one in nodes if not isinstance(one, Not)]
        told = [self._answers(one, passage, with_context=with_context) for one in asked]
        if all(told):
            return True
        placed = with_context and all(
            here or self._in_context(one, passage) for here, one in zip(told, asked, strict=True)
        )
        return placed and any(told)

    def _in_context(self, node: Node, passage: IndexedPassage) -> bool:
        match node:
            case Word(text):
                pieces = f"{passage.title} {passage.zone or ''} {passage.province or ''}".split()
                return all(any(term in piece for piece in pieces) for term in self.terms(text))
            case Alike(word):
                return self._in_context(word, passage)
            case Either(nodes):
                return any(self._in_context(child, passage) for child in nodes)
            case _:
                return False

    def _report_answers(self, node: Node, report: str) -> bool:
        """What is asked stands somewhere in the report, not all of it in one passage; what is excluded, nowhere."""
        match node:
            case All(nodes):
                return all(self._report_answers(child, report) for child in nodes)
            case Either(nodes):
                return any(self._report_answers(child, report) for child in nodes)
            case Not(child):
                return not self._report_answers(child, report)
            case _:
                mine = [passage for passage in self.passages if passage.report == report]
                return any(self._answers(node, passage, with_context=False) for passage in mine)

    def partly(self, asked: Loose) -> tuple[set[str], set[str]]:
        """The passages that hold enough of a sentence, and those so near to it that either answer is right."""
        pieces = self._evidence(asked.text)
        said = {piece: [_says(passage, piece) for passage in self.passages] for piece in pieces}
        whole = sum(
            weight * self._rarity(said[piece])
            for piece, weight in pieces.items()
            if asked.least is not None or any(said[piece])
        )
        needed = (LEAST if asked.least is None else asked.least) * whole
        found, near = set[str](), set[str]()
        for number, passage in enumerate(self.passages):
            held = sum(weight * self._rarity(said[piece]) for piece, weight in pieces.items() if said[piece][number])
            for other, weight in asked.others:
                if _says(passage, other):
                    held += weight * self._rarity([_says(one, other) for one in self.passages])
            if abs(held - needed) < ROUNDING * max(1.0, needed):
                near.add(passage.id)
            if held > needed:
                found.add(passage.id)
        return found, near - (found if not needed else set())

    def _evidence(self, sentence: str) -> dict[str, float]:
        """Words, pairs of neighbours and characters of a sentence without spaces or signs, each with its weight."""
        pieces: dict[str, float] = {}
        for word in self.words(sentence):
            pieces[word] = pieces.get(word, 0.0) + (WORD if len(word) > 1 else ONE_CHARACTER_WORD)
        for first, second in pairwise(sentence):
            pieces[first + second] = pieces.get(first + second, 0.0) + PAIR
        pieces = {piece: min(weight, MOST) for piece, weight in pieces.items()}
        for character in set(sentence):
            pieces[character] = pieces.get(character, 0.0) + CHARACTER
        return pieces

    def _rarity(self, said: Sequence[bool]) -> float:
        having = sum(said)
        return math.log(1 + (len(said) - having + 0.5) / (having + 0.5))


def _says(passage: IndexedPassage, words: str) -> bool:
    return words in passage.text or (passage.restored is not None and words in passage.restored)
