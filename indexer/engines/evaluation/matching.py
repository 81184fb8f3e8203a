"""Which passages answer a question, and how well: the same arithmetic over every engine's postings.

An engine only has to look things up (Postings). What a word, a phrase, an exclusion mean is decided here:

- A Word is found where the text holds it letter for letter, or holds all its terms; in laundered reports also where the
  restored text does. A word of Latin letters and digits is found by its terms only: AI does not stand in MAIN.
- A Phrase is found where the text holds it letter for letter. Nothing else, and never in the restored text.
- Among several words, one may stand in the *context* (title, zone, city, province, year) instead of the text, but not
  all of them: 温州高新区 专项债 finds what that zone's reports say of 专项债, 温州高新区 alone doesn't bring up every
  passage of every report with that title.
- Not takes away what has the word in its text; the context doesn't count against a passage.
- Alike is a word or another way to say it, the best of them by its weight. A Loose question is found by part of its
  words (loosely.py). 标题 looks in the report's title, 全文 in all passages of the report, 同段 in the passage alone.

The score is BM25 over terms. A word of several terms earns as much again, by the same formula, where it stands letter
for letter, so that 专项债发行 together comes before the two far apart.

Everything here is arrays over passage numbers (occurrences.py): a step costs the same few microseconds for ten
passages and for a thousand, and no step may go through passages one by one in Python.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

import numpy as np

from indexer.domain.query import Alike, All, Either, Loose, Node, Not, Phrase, Scope, Within, Word
from indexer.engines.evaluation.doc_values import Columns
from indexer.engines.evaluation.partial_matching import Piece, loosely
from indexer.engines.evaluation.postings import (
    NONE,
    Floats,
    Numbers,
    Occurrences,
    Scores,
    ScoresToCome,
    best_of,
    flat,
    in_all,
    in_any,
    members,
    without,
)
from indexer.text.analyser import Analyser, is_latin
from indexer.text.evidence import LOOSE, evidence, loose_pairs, telling_words
from indexer.text.fold import fold

K1 = 1.2  # how soon a repeated word stops adding: the customary value, as in Lucene and Whoosh
B = 0.75  # how far a long passage is held against it: the customary value
CONTEXT_WEIGHT = 0.3  # a word in title, zone, city, province or year beside one in the text
SAME = 0.6  # weight from which another way to say a word says the same (reference/other_words.py)
LOOSE_CONTEXT = 0.5  # of it in a sentence, for the words its text lacks

Field = Literal["terms", "context"]


class Postings(Protocol):
    """What an engine can look up. Passages go by number, 0 … size-1; words are folded already."""

    @property
    def columns(self) -> Columns: ...

    @property
    def total(self) -> int:
        """Passages of the index: as many as are numbered here, or more where only candidates are."""
        ...

    @property
    def lengths_held_against(self) -> Floats:
        """``length_penalties`` of the passages: what of BM25 depends on the passage alone."""
        ...

    def having(self, field: Field, term: str) -> Occurrences:
        """Where a term stands in a field. In the text, a Chinese term stands wherever the text holds it letter for
        letter (业务 in 服务业务); one of Latin letters and digits only where it is a whole token. A term of the
        restored text counts as one of the text."""
        ...

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        """Where the text holds ``words`` letter for letter, overlapping ones counted each; with ``restored``, the
        restored text where that has more."""
        ...


def matches(node: Node | None, postings: Postings, analyser: Analyser) -> Scores:
    """The passages that answer. Everything, with score 0, where nothing is asked."""
    if node is None:
        return flat(np.arange(len(postings.lengths_held_against), dtype=np.int32))
    return Matcher(postings, analyser).find(node)


def length_penalties(lengths: Numbers, average: float | None = None) -> Floats:
    """K1·(1 − B + B·length/average): how much a count must be to earn half of what it can, for each passage.
    ``lengths`` in characters; ``average`` of the index, where these are not all of it."""
    if average is None:
        average = float(lengths.mean()) if len(lengths) else 0.0
    return (K1 * (1 - B) + K1 * B / (average or 1.0) * lengths).astype(np.float32)


def rarity(having: int, total: int) -> float:
    """Inverse document frequency of what ``having`` of ``total`` passages have, never negative (Lucene's form)."""
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


class Matcher:
    """Finds the passages of ``postings``; ``context``: whether title, zone and year may stand in for a word."""

    def __init__(self, postings: Postings, analyser: Analyser, *, context: bool = True) -> None:
        self._with_context = context
        self._postings = postings
        self._analyser = analyser
        self._penalties = postings.lengths_held_against
        self._size = len(self._penalties)

    def find(self, node: Node) -> Scores:
        """The passages whose text has it."""
        match node:
            case Word(text):
                return self._word(fold(text).strip())
            case Phrase(text):
                return self._scored(self._postings.holding(fold(text), restored=False))
            case Not(child):
                return without(self._size, [self.find(child)])
            case Either(nodes):
                return self._any([self.find(child) for child in nodes])
            case All(nodes):
                return self._all(nodes)
            case Alike(word, others):
                return best_of(list(self._said(word, others)), self._size)
            case Loose(text, others, least):
                return self._loose(text, others, least)
            case Within(scope, child):
                return self._within(scope, child)

    def _around(self, node: Node) -> Scores:
        """The passages whose context has it."""
        match node:
            case Word(text):
                return self._context(text)
            case Alike(word):
                return self._around(word)
            case Either(nodes):
                return self._any([self._around(child) for child in nodes])
            case All(nodes):
                return in_all([self._around(child) for child in nodes if not isinstance(child, Not)])
            case _:
                return NONE

    def _word(self, word: str) -> Scores:
        terms = self._analyser.question_terms(word)
        by_terms = in_all([self._scored(self._postings.having("terms", term)) for term in terms])
        if terms == [word] or is_latin(word):
            return by_terms  # wherever a Chinese term is, the word stands letter for letter
        return self._any([self._scored(self._postings.holding(word, restored=True)), by_terms])

    def _said(self, word: Word, others: Sequence[tuple[str, float]]) -> Iterator[Scores]:
        """A word and the other ways to say it: letter for letter, for the terms of those apart are not what they say.
        They are one thing, as common as the most common of them: where GDP is seldom written for 生产总值, 单位GDP能耗
        is no better answer for that."""
        standing = [(self._standing(fold(other).strip()), weight) for other, weight in others]
        asked = fold(word.text).strip()
        alone = self._analyser.question_terms(asked) == [asked]
        own = self._standing(asked).frequency if alone else 0
        most = max([own, *(found.frequency for found, weight in standing if weight >= SAME)])
        scores = self.find(word)
        yield scores.times(self._as_common(own, most)) if 0 < own < most else scores
        for found, weight in standing:
            yield self._scored(found).times(weight * self._as_common(found.frequency, most))

    def _as_common(self, having: int, most: int) -> float:
        """By how much what ``having`` passages have earns less, where ``most`` have what is the same."""
        return self._rarity(most) / self._rarity(having) if 0 < having < most else 1.0

    def _standing(self, words: str) -> Occurrences:
        return (
            self._postings.having("terms", words) if is_latin(words) else self._postings.holding(words, restored=True)
        )

    def _loose(self, text: str, others: Sequence[tuple[str, float]], least: float | None) -> Scores:
        pieces: list[Piece] = [
            (self._postings.having("terms", piece), weight) for piece, weight in evidence(text, self._analyser).items()
        ]
        added = [(self._standing(fold(words).strip()), weight) for words, weight in others]
        lifting = [self._only_in_context(word) for word in telling_words(text, self._analyser)]
        loose = [self._postings.having("terms", pair) for pair in loose_pairs(text, self._analyser)]
        lifting += [self._scored(found).times(LOOSE) for found in loose]
        return loosely(pieces, added, lifting, self._scored, self._rarity, self._postings.columns.report, least)

    def _only_in_context(self, word: str) -> Scores:
        """For a word of a sentence, what passages earn that have it in their context and not in their text."""
        found = self._context(word).times(LOOSE_CONTEXT)
        if not len(found):
            return found
        said = self._postings.having("terms", word).passages
        return found.at(np.flatnonzero(~members(found.passages, [flat(said)], self._size)))

    def _within(self, scope: Scope, node: Node) -> Scores:
        if scope is Scope.TITLE:
            return self._titled(node)
        if scope is Scope.PASSAGE:
            return self._of_text_alone().find(node)
        return self._in_report(node)

    def _of_text_alone(self) -> Matcher:
        return Matcher(self._postings, self._analyser, context=False)

    def _in_report(self, node: Node) -> Scores:
        """The passages of the reports that have it, the words of several anywhere: what is excluded stands nowhere in
        them, not only in another passage."""
        match node:
            case All(nodes):
                return in_all([self._in_report(child) for child in nodes])
            case Either(nodes):
                return self._any([self._in_report(child) for child in nodes])
            case Not(child):
                return without(self._size, [self._in_report(child)])
            case _:
                return self._throughout_reports(node)

    def _throughout_reports(self, node: Node) -> Scores:
        """The passages that have it, and all others of the same reports."""
        found = self.find(node)
        if not len(found):
            return found
        reports = self._postings.columns.report
        there = np.zeros(int(reports[-1]) + 1, np.bool_)
        there[reports[found.passages]] = True
        return in_any([flat(np.flatnonzero(there[reports]).astype(np.int32)), found], self._size)

    def _titled(self, node: Node) -> Scores:
        """The passages of the reports with such a title. There are few different titles: each is looked at."""
        column = self._postings.columns.facets.get("title")
        if column is None:
            return NONE  # an empty index
        fitting = np.array([in_title(node, fold(str(title))) for (title,) in column.values], np.bool_)
        passages = np.flatnonzero(fitting[column.codes]).astype(np.int32)
        return flat(passages, CONTEXT_WEIGHT * self._rarity(self._titled_in_all(node, passages)))

    def _titled_in_all(self, node: Node, passages: Numbers) -> int:
        """How many passages of the index have such a title; ``passages``: those that are numbered here."""
        return len(passages)

    def _context(self, word: str) -> Scores:
        if not self._with_context:
            return NONE
        found: list[Scores] = []
        for term in self._analyser.question_terms(word):
            having = self._postings.having("context", term)
            if not len(having):
                return NONE
            found.append(flat(having.passages, CONTEXT_WEIGHT * self._rarity(having.frequency)))
        return in_all(found)

    def _all(self, nodes: Sequence[Node]) -> Scores:
        asked = [node for node in nodes if not isinstance(node, Not)]
        unwanted = [self.find(node.node) for node in nodes if isinstance(node, Not)]
        if not asked:
            return without(self._size, unwanted)
        texts = [self.find(node) for node in asked]
        contexts = [self._around(node) for node in asked]
        if not any(map(len, contexts)):
            found = in_all(texts)
        else:
            found = in_all([self._any(both) for both in zip(texts, contexts, strict=True)])
            found = found.where(members(found.passages, texts, self._size))
        return found.where(~members(found.passages, unwanted, self._size)) if unwanted else found

    def _scored(self, found: Occurrences) -> Scores:
        """BM25 of one term."""
        gain = np.float32(self._rarity(found.frequency) * (K1 + 1))
        return ScoresToCome.of(found, gain, self._penalties)

    def _rarity(self, having: int) -> float:
        """Inverse document frequency, never negative (Lucene's form)."""
        return rarity(having, self._postings.total)

    def _any(self, found: Sequence[Scores]) -> Scores:
        return in_any(found, self._size)


def in_title(node: Node, title: str) -> bool:
    """Whether a folded title holds what is asked, letter for letter."""
    match node:
        case Word(text) | Phrase(text) | Loose(text):
            words = fold(text).strip()
            if is_latin(words):
                return re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", title) is not None
            return words in title
        case Not(child):
            return not in_title(child, title)
        case All(nodes):
            return all(in_title(child, title) for child in nodes)
        case Either(nodes):
            return any(in_title(child, title) for child in nodes)
        case Alike(word):
            return in_title(word, title)
        case Within(_, child):
            return in_title(child, title)
