"""What a question looks up: its leaves, each a query of its own, and how often each stands in the index.

How rare a word is decides what it earns, and in a sentence what is found at all; it must be told of the whole index,
not of a shard. So the leaves are counted first, all in one request, and kept: an index never changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.domain.query import Alike, All, Either, Loose, Node, Not, Phrase, Scope, Within, Word
from indexer.engines.evaluation.matching import K1, rarity
from indexer.engines.opensearch.connection import Asked, Json
from indexer.engines.opensearch.fields import SEPARATOR, letters, pairs, singles, term_token
from indexer.text.analyser import Analyser, is_latin
from indexer.text.evidence import evidence, telling_words
from indexer.text.fold import fold

Kind = Literal["text", "words", "latin", "context"]
Field = Literal["one", "two", "one_restored", "two_restored"]

NOTHING: Json = {"match_none": {}}
_KEPT = 1 << 17  # counts; 20 MB
_AT_ONCE = 256  # counts in one request
_WEIGHED = 16  # pairs of a quote whose rarity is looked up; the others are taken to be like them


@dataclass(frozen=True, slots=True)
class Leaf:
    """``text``: letter for letter, never restored; ``words``: in the restored text too; ``latin``: a whole token;
    ``context``: a term of title, zone, city, province, year. ``words`` are folded."""

    kind: Kind
    words: str


def of_term(term: str) -> Leaf:
    """A term in the text, as Postings.having finds it."""
    return Leaf("latin" if is_latin(term) else "words", term)


def of_standing(words: str) -> Leaf:
    """Another way to say something, letter for letter."""
    return of_term(fold(words).strip())


class Counts:
    """How many passages of one index have something."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._lock = threading.Lock()
        self._known: OrderedDict[object, int] = OrderedDict()

    def of(self, wanted: dict[object, Json], asked: Asked, index: str) -> dict[object, int]:
        """``wanted``: by a key to keep it by, the query to count. What a partial answer says isn't kept."""
        with self._lock:
            found = {key: self._known[key] for key in wanted if key in self._known}
        missing = [key for key in wanted if key not in found]
        for start in range(0, len(missing), _AT_ONCE):
            keys = missing[start : start + _AT_ONCE]
            bodies = [{"size": 0, "track_total_hits": True, "query": wanted[key]} for key in keys]
            answers = asked.several(index, bodies)
            fresh = {key: int(one["hits"]["total"]["value"]) for key, one in zip(keys, answers, strict=True)}
            found |= fresh
            if not asked.partial:
                self._keep(fresh)
        return found

    def _keep(self, fresh: dict[object, int]) -> None:
        with self._lock:
            self._known |= fresh
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


class Frequencies:
    """Of one question's leaves, and the pairs their quotes are made of."""

    def __init__(self, counts: dict[object, int], total: int) -> None:
        self._counts = counts
        self.total = total

    def of(self, leaf: object) -> int:
        return self._counts.get(leaf, 0)

    def rarity(self, leaf: object) -> float:
        return rarity(self.of(leaf), self.total)

    def gain(self, leaf: Leaf) -> float:
        """By what a query of ``leaf`` is to be lifted, so that the cluster's BM25 comes out as ours. It takes the
        rarities of a quote's pairs together, which makes a quote rarer than it is, and leaves out a factor K1 + 1."""
        tokens = pairs(leaf.words)[:_WEIGHED]
        if leaf.kind == "latin" or len(tokens) < 2:
            return K1 + 1
        theirs = sum(self.rarity(("pair", one)) for one in tokens) * (len(leaf.words) - 1) / len(tokens)
        return (K1 + 1) * self.rarity(leaf) / max(theirs, 1e-9)


def query_of(leaf: Leaf, *, laundered: bool, boost: float | None = None) -> Json:
    """Found and scored by the cluster's BM25. ``laundered``: whether any passage of the index has restored words."""
    if not leaf.words:
        return NOTHING
    if leaf.kind == "latin":
        return _term("latin", term_token(leaf.words), boost)
    if leaf.kind == "context":
        return {"constant_score": {"filter": _term("context", term_token(leaf.words), None), "boost": boost or 0.0}}
    plain = _characters("one", "two", leaf.words, boost)
    if leaf.kind == "text" or not laundered:
        return plain
    return {"dis_max": {"queries": [plain, _characters("one_restored", "two_restored", leaf.words, boost)]}}


def _characters(one: Field, two: Field, words: str, boost: float | None) -> Json:
    if len(words) == 1:
        return _term(one, singles(words), boost)
    tokens = pairs(words)
    if len(tokens) == 1:
        return _term(two, tokens[0], boost)
    return {"match_phrase": {two: {"query": SEPARATOR.join(tokens), **({"boost": boost} if boost else {})}}}


def _term(field: str, token: str, boost: float | None) -> Json:
    return {"term": {field: {"value": token, **({"boost": boost} if boost is not None else {})}}}


def pair_queries(leaves: Iterable[Leaf]) -> dict[object, Json]:
    return {
        ("pair", token): _term("two", token, None)
        for leaf in leaves
        if leaf.kind in ("text", "words") and len(leaf.words) > 2
        for token in pairs(leaf.words)[:_WEIGHED]
    }


def title_query(node: Node) -> Json:
    """As matching.in_title decides it."""
    match node:
        case Word(text) | Phrase(text) | Loose(text):
            words = fold(text).strip()
            if not words:
                return {"match_all": {}}
            tokens = letters(words, bordered=is_latin(words))
            return {"match_phrase": {"title": SEPARATOR.join(tokens)}}
        case Not(child):
            return {"bool": {"must_not": [title_query(child)]}}
        case All(nodes):
            return {"bool": {"filter": [title_query(child) for child in nodes]}}
        case Either(nodes):
            return {"bool": {"should": [title_query(child) for child in nodes], "minimum_should_match": 1}}
        case Alike(word):
            return title_query(word)
        case Within(_, child):
            return title_query(child)


@dataclass(frozen=True, slots=True)
class Lookups:
    """All that a question looks up: ``titles`` and ``reports`` are the nodes that are asked of title or report."""

    leaves: tuple[Leaf, ...]
    titles: tuple[Node, ...]
    reports: tuple[tuple[Node, bool], ...]  # with whether the context may stand in


def lookups(node: Node, analyser: Analyser) -> Lookups:
    collector = _Collector(analyser)
    collector.find(node, context=True)
    return Lookups(
        tuple(dict.fromkeys(collector.leaves)),
        tuple(dict.fromkeys(collector.titles)),
        tuple(dict.fromkeys(collector.reports)),
    )


class _Collector:
    """Walks a question as matching.Matcher does, and notes what that will look up."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self.leaves: list[Leaf] = []
        self.titles: list[Node] = []
        self.reports: list[tuple[Node, bool]] = []

    def find(self, node: Node, *, context: bool) -> None:
        match node:
            case Word(text):
                self.leaves += leaves_of_word(text, self._analyser)
            case Phrase(text):
                self.leaves.append(Leaf("text", fold(text)))
            case Not(child):
                self.find(child, context=context)
            case Either(nodes):
                self._each(nodes, context=context)
            case All(nodes):
                self._each(nodes, context=context)
                if context:
                    self._around(nodes)
            case Alike(word, others):
                self.find(word, context=context)
                self.leaves += [of_standing(other) for other, _ in others]
            case Loose(text, others):
                self.leaves += [of_term(piece) for piece in evidence(text, self._analyser)]
                self.leaves += [of_standing(other) for other, _ in others]
                for telling in telling_words(text, self._analyser) if context else ():
                    self.leaves.append(of_term(telling))
                    self.leaves += context_leaves(telling, self._analyser)
            case Within(Scope.TITLE, child):
                self.titles.append(child)
            case Within(Scope.PASSAGE, child):
                self.find(child, context=False)
            case Within(Scope.REPORT, child):
                self._in_report(child, context=context)

    def _each(self, nodes: Sequence[Node], *, context: bool) -> None:
        for child in nodes:
            self.find(child, context=context)

    def _in_report(self, node: Node, *, context: bool) -> None:
        match node:
            case All(nodes) | Either(nodes):
                for child in nodes:
                    self._in_report(child, context=context)
            case Not(child):
                self._in_report(child, context=context)
            case _:
                self.reports.append((node, context))
                self.find(node, context=context)

    def _around(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            match node:
                case Word(text):
                    self.leaves += context_leaves(text, self._analyser)
                case Alike(word):
                    self._around([word])
                case Either(children) | All(children):
                    self._around(children)
                case _:
                    pass


def leaves_of_word(text: str, analyser: Analyser) -> list[Leaf]:
    word = fold(text).strip()
    terms = analyser.question_terms(word)
    leaves = [of_term(term) for term in terms]
    return leaves if terms == [word] or is_latin(word) else [Leaf("words", word), *leaves]


def context_leaves(word: str, analyser: Analyser) -> list[Leaf]:
    return [Leaf("context", term) for term in analyser.question_terms(word)]
