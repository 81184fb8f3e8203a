"""Which passages answer a question, and how well: the same arithmetic over every engine's postings.

An engine only has to look things up (Postings). What a word, a phrase, an exclusion mean is decided here:

- A Word is found where the text holds it letter for letter, or holds all its terms; in laundered reports also where the
  restored text does. A word of Latin letters and digits is found by its terms only: AI does not stand in MAIN.
- A Phrase is found where the text holds it letter for letter. Nothing else, and never in the restored text.
- Among several words, one may stand in the *context* (title, zone, province, year) instead of the text, but not all of
  them: 温州高新区 专项债 finds what that zone's reports say of 专项债, 温州高新区 alone doesn't bring up every passage
  of every report with that title.
- Not takes away what has the word in its text; the context doesn't count against a passage.

The score is BM25 over terms. A word of several terms earns as much again, by the same formula, where it stands letter
for letter, so that 专项债发行 together comes before the two far apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from indexer.domain.query import All, Either, Node, Not, Phrase, Word
from indexer.text.fold import fold
from indexer.text.terms import Analyser, is_latin

K1 = 1.2  # how soon a repeated word stops adding: the customary value, as in Lucene and Whoosh
B = 0.75  # how far a long passage is held against it: the customary value
CONTEXT_WEIGHT = 0.3  # a word in title, zone, province or year beside one in the text

Field = Literal["terms", "context"]
Scores = Mapping[int, float]


class Postings(Protocol):
    """What an engine can look up. Passages go by number, 0 … size-1; words are folded already."""

    @property
    def lengths(self) -> Sequence[int]:
        """Characters of each passage."""
        ...

    def having(self, field: Field, term: str) -> Mapping[int, int]:
        """Passage → how often the term is in its field. A term of the restored text counts as one of the text."""
        ...

    def holding(self, words: str, *, restored: bool) -> Mapping[int, int]:
        """Passage → how often its text holds ``words`` letter for letter, overlapping ones included; with
        ``restored``, the restored text where that has more."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """Scores of the passages that have it in their text, and of those that have it in their context."""

    text: Scores
    context: Scores


def matches(node: Node | None, postings: Postings, analyser: Analyser) -> dict[int, float]:
    """Passage → score. Everything, with score 0, where nothing is asked."""
    if node is None:
        return dict.fromkeys(range(len(postings.lengths)), 0.0)
    return dict(_Matcher(postings, analyser).find(node).text)


class _Matcher:
    def __init__(self, postings: Postings, analyser: Analyser) -> None:
        self._postings = postings
        self._analyser = analyser
        self._lengths = postings.lengths
        self._average = sum(self._lengths) / max(1, len(self._lengths)) or 1.0

    def find(self, node: Node) -> _Found:
        match node:
            case Word(text):
                return _Found(self._word(fold(text).strip()), self._context(text))
            case Phrase(text):
                return _Found(self._scored(self._postings.holding(fold(text), restored=False)), {})
            case Not(child):
                return _Found(self._without(self.find(child).text), {})
            case Either(nodes):
                found = [self.find(child) for child in nodes]
                return _Found(_summed(f.text for f in found), _summed(f.context for f in found))
            case All(nodes):
                return self._all(nodes)

    def _word(self, word: str) -> Scores:
        literal: Scores = {}
        if not is_latin(word):
            literal = self._scored(self._postings.holding(word, restored=True))
        terms = self._analyser.question_terms(word)
        if terms == [word] and literal:
            return literal  # wherever the term is, the word stands letter for letter
        return _summed((literal, _common(self._scored(self._postings.having("terms", term)) for term in terms)))

    def _context(self, word: str) -> Scores:
        found: list[Scores] = []
        for term in self._analyser.question_terms(word):
            having = self._postings.having("context", term)
            weight = CONTEXT_WEIGHT * self._rarity(len(having))
            found.append(dict.fromkeys(having, weight))
        return _common(found)

    def _all(self, nodes: Sequence[Node]) -> _Found:
        asked = [self.find(node) for node in nodes if not isinstance(node, Not)]
        unwanted = [self.find(node.node).text for node in nodes if isinstance(node, Not)]
        if not asked:
            return _Found(self._without(_summed(unwanted)), {})
        anywhere = _common(_summed((found.text, found.context)) for found in asked)
        in_text = set().union(*(found.text for found in asked)).difference(*unwanted)
        text = {number: score for number, score in anywhere.items() if number in in_text}
        return _Found(text, _common(found.context for found in asked))

    def _without(self, unwanted: Scores) -> Scores:
        return {number: 0.0 for number in range(len(self._lengths)) if number not in unwanted}

    def _scored(self, counts: Mapping[int, int]) -> Scores:
        """BM25 of one term that stands ``counts`` times in each passage."""
        gain = self._rarity(len(counts)) * (K1 + 1)
        lengths, flat, steep = self._lengths, K1 * (1 - B), K1 * B / self._average
        return {number: gain * n / (n + flat + steep * lengths[number]) for number, n in counts.items()}

    def _rarity(self, having: int) -> float:
        """Inverse document frequency, never negative (Lucene's form)."""
        return math.log(1 + (len(self._lengths) - having + 0.5) / (having + 0.5))


def _summed(all_scores: Iterable[Scores]) -> Scores:
    """What is in any of them."""
    total: dict[int, float] = {}
    for scores in all_scores:
        if not total:
            total = dict(scores)
            continue
        for number, score in scores.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _common(all_scores: Iterable[Scores]) -> Scores:
    """What is in all of them; nothing where there are none."""
    every = list(all_scores)
    if not every:
        return {}
    smallest = min(every, key=len)
    return {n: math.fsum(scores[n] for scores in every) for n in smallest if all(n in scores for scores in every)}
