"""A question as a query of OpenSearch: it finds what matching.Matcher finds, and scores nearly as it does.

The passages found are exactly the same. The cluster's scores (BM25 with lengths kept in one byte each) only choose the
candidates; those are scored by ours (candidates.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.domain.query import Alike, All, Either, Loose, Node, Not, Phrase, Scope, Within, Word
from indexer.engines.evaluation.matching import CONTEXT_WEIGHT, LOOSE_CONTEXT, SAME, rarity
from indexer.engines.evaluation.partial_matching import LEAST_SHARE
from indexer.engines.opensearch.connection import Json
from indexer.engines.opensearch.leaves import (
    NOTHING,
    Frequencies,
    Leaf,
    context_leaves,
    leaves_of_word,
    of_standing,
    of_term,
    query_of,
    title_query,
)
from indexer.errors import BadQuery
from indexer.text.analyser import Analyser, is_latin
from indexer.text.evidence import evidence, telling_words
from indexer.text.fold import fold

MOST_TERMS = 65_536  # values in one `terms` query: index.max_terms_count
MOST_CLAUSES = 1_024  # of a whole query: indices.query.bool.max_clause_count
_ROOM = 64  # clauses left to what stands beside a sentence: filters, other words

Reports = Mapping[tuple[Node, bool], Sequence[str]]


class Question:
    """Makes queries of nodes, with what was looked up before. ``reports``: for what is asked of a whole report, those
    that have it."""

    def __init__(
        self,
        analyser: Analyser,
        frequencies: Frequencies,
        reports: Reports,
        *,
        laundered: bool,
        context: bool = True,
    ) -> None:
        self._analyser = analyser
        self._frequencies = frequencies
        self._reports = reports
        self._laundered = laundered
        self._with_context = context

    def find(self, node: Node) -> Json:
        match node:
            case Word(text):
                return self._word(text)
            case Phrase(text):
                return self._leaf(Leaf("text", fold(text)))
            case Not(child):
                return _without([self.find(child)])
            case Either(nodes):
                return _any([self.find(child) for child in nodes])
            case All(nodes):
                return self._all(nodes)
            case Alike(word, others):
                return {"dis_max": {"queries": self._said(word, others)}}
            case Loose(text, others, least):
                return self._loose(text, others, least)
            case Within(Scope.TITLE, child):
                count = self._frequencies.of(("title", child))
                boost = CONTEXT_WEIGHT * rarity(count, self._frequencies.total)
                return {"constant_score": {"filter": title_query(child), "boost": boost}}
            case Within(Scope.PASSAGE, child):
                return self._of_text_alone().find(child)
            case Within(_, child):  # Scope.REPORT
                return self._in_report(child)

    def _of_text_alone(self) -> Question:
        return Question(self._analyser, self._frequencies, self._reports, laundered=self._laundered, context=False)

    def _said(self, word: Word, others: Sequence[tuple[str, float]]) -> list[Json]:
        """As Matcher._said: all that say the same are as common as the most common of them."""
        standing = [(of_standing(other), weight) for other, weight in others]
        asked = of_standing(word.text)
        alone = leaves_of_word(word.text, self._analyser) == [asked]
        own = self._frequencies.of(asked) if alone else 0
        most = max([own, *(self._frequencies.of(leaf) for leaf, weight in standing if weight >= SAME)])
        first = self._leaf(asked, self._as_common(asked, most)) if alone else self.find(word)
        return [first, *(self._leaf(leaf, weight * self._as_common(leaf, most)) for leaf, weight in standing)]

    def _as_common(self, leaf: Leaf, most: int) -> float:
        having, total = self._frequencies.of(leaf), self._frequencies.total
        return rarity(most, total) / rarity(having, total) if 0 < having < most else 1.0

    def _leaf(self, leaf: Leaf, weight: float = 1.0) -> Json:
        return query_of(leaf, laundered=self._laundered, boost=weight * self._frequencies.gain(leaf))

    def _word(self, text: str) -> Json:
        leaves = leaves_of_word(text, self._analyser)
        word = fold(text).strip()
        if len(leaves) > 1 and not is_latin(word) and leaves[0] == Leaf("words", word):
            return _any([self._leaf(leaves[0]), _every([self._leaf(leaf) for leaf in leaves[1:]])])
        return _every([self._leaf(leaf) for leaf in leaves])

    def _around(self, node: Node) -> Json | None:
        """What has it in its context; None where nothing can."""
        match node:
            case Word(text):
                return self._context(text)
            case Alike(word):
                return self._around(word)
            case Either(nodes):
                some = [found for child in nodes if (found := self._around(child)) is not None]
                return _any(some) if some else None
            case All(nodes):
                each = [self._around(child) for child in nodes if not isinstance(child, Not)]
                known = [found for found in each if found is not None]
                return _every(known) if each and len(known) == len(each) else None
            case _:
                return None

    def _context(self, word: str, weight: float = 1.0) -> Json | None:
        if not self._with_context:
            return None
        leaves = context_leaves(word, self._analyser)
        if not leaves or not all(self._frequencies.of(leaf) for leaf in leaves):
            return None
        boosts = [weight * CONTEXT_WEIGHT * self._frequencies.rarity(leaf) for leaf in leaves]
        return _every(
            [query_of(leaf, laundered=False, boost=boost) for leaf, boost in zip(leaves, boosts, strict=True)]
        )

    def _all(self, nodes: Sequence[Node]) -> Json:
        asked = [node for node in nodes if not isinstance(node, Not)]
        unwanted = [self.find(node.node) for node in nodes if isinstance(node, Not)]
        if not asked:
            return _without(unwanted)
        texts = [self.find(node) for node in asked]
        contexts = [self._around(node) for node in asked]
        if not any(contexts):
            return _every(texts, unwanted)
        either = [text if one is None else _any([text, one]) for text, one in zip(texts, contexts, strict=True)]
        return {"bool": {"must": either, "filter": [_any(texts)], "must_not": unwanted}}

    def _in_report(self, node: Node) -> Json:
        match node:
            case All(nodes):
                return _every([self._in_report(child) for child in nodes])
            case Either(nodes):
                return _any([self._in_report(child) for child in nodes])
            case Not(child):
                return _without([self._in_report(child)])
            case _:
                there = of_reports(self._reports[node, self._with_context])
                return {"bool": {"filter": [there], "should": [self.find(node)]}}

    def _loose(self, text: str, others: Sequence[tuple[str, float]], least: float | None) -> Json:
        """Each piece counts by its weight and rarity, however often it stands: the cluster adds them up and drops what
        stays below the share. Candidates are chosen by BM25 of the pieces, which names each again; where a query may
        not have so many clauses, by that sum."""
        whole, pieces = 0.0, list[tuple[float, float, Leaf]]()
        for piece, weight in evidence(text, self._analyser).items():
            leaf = of_term(piece)
            worth = weight * self._frequencies.rarity(leaf)
            if self._frequencies.of(leaf) or least is not None:
                whole += worth
            if self._frequencies.of(leaf):
                pieces.append((worth, weight, leaf))
        for words, weight in others:
            leaf = of_standing(words)
            if self._frequencies.of(leaf):
                pieces.append((weight * self._frequencies.rarity(leaf), weight, leaf))
        if not pieces:
            return NOTHING
        clauses = [
            {"constant_score": {"filter": query_of(leaf, laundered=self._laundered), "boost": worth}}
            for worth, _, leaf in pieces
        ]
        count = len(clauses) * (2 if self._laundered else 1)
        if count > MOST_CLAUSES - _ROOM:
            raise BadQuery("opensearch.too_many_clauses")
        needed = np.float32((LEAST_SHARE if least is None else least) * whole)
        enough = float(np.nextafter(needed, np.float32(np.inf)))
        held: Json = {"function_score": {"query": {"bool": {"should": clauses}}, "min_score": max(enough, 1e-30)}}
        around = [self._context(word, LOOSE_CONTEXT) for word in telling_words(text, self._analyser)]
        lifting = [one for one in around if one is not None]
        if 2 * count > MOST_CLAUSES - _ROOM:
            return {"bool": {"must": [held], "should": lifting}}
        return {"bool": {"filter": [held], "should": [*(self._leaf(leaf, w) for _, w, leaf in pieces), *lifting]}}


def of_reports(reports: Sequence[str]) -> Json:
    """The passages of these reports, in as many lists as a list may be long."""
    lists = [reports[at : at + MOST_TERMS] for at in range(0, len(reports), MOST_TERMS)]
    some = [{"terms": {"report": list(one)}} for one in lists]
    return {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING


def _every(queries: Sequence[Json], unwanted: Sequence[Json] = ()) -> Json:
    """Scores are added. Nothing where there is nothing to ask, as postings.in_all."""
    if not queries:
        return NOTHING
    if len(queries) == 1 and not unwanted:
        return queries[0]
    return {"bool": {"must": list(queries), **({"must_not": list(unwanted)} if unwanted else {})}}


def _any(queries: Sequence[Json]) -> Json:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": 1}} if queries else NOTHING


def _without(unwanted: Sequence[Json]) -> Json:
    """Every passage that is in none of them, with score 0."""
    return {"bool": {"filter": [{"match_all": {}}], "must_not": list(unwanted)}}
