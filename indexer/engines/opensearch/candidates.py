"""The candidates that a cluster names, scored and ordered here: by the arithmetic of every engine, over rarities and an
average length of the whole index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.domain.facets import Basis
from indexer.domain.query import Node
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.doc_values import Column, Columns, Value, facet_column, facets_of, newest_first
from indexer.engines.evaluation.matching import Field, Matcher, length_penalties
from indexer.engines.evaluation.postings import Floats, Numbers, Occurrences, Scores, flat, in_any
from indexer.engines.evaluation.static_rank import ABOUT, LOWERED, of_subjects, product_of
from indexer.engines.opensearch.fields import SEPARATOR, plain, term_token
from indexer.engines.opensearch.leaves import Frequencies, Leaf, of_term
from indexer.engines.opensearch.passage_text import passage_from_text
from indexer.text.analyser import Analyser, is_latin
from indexer.text.fold import fold

YEAR = facet_column("year", Basis.PASSAGE)


@dataclass(frozen=True)
class Candidate:
    """A passage with the terms its document keeps."""

    passage: IndexedPassage
    latin: str
    context: str

    @classmethod
    def of(cls, hit: Mapping[str, Any]) -> Candidate:
        source = hit["_source"]
        return cls(passage_from_text(source["p"]), source["latin"], source["context"])


class Candidates:
    """matching.Postings over some passages of an index. Numbered by report and place, as everywhere. ``alike``: whether
    all passages of the index are worth the same."""

    def __init__(
        self,
        found: Sequence[Candidate],
        frequencies: Frequencies,
        average: float,
        grades: Column,
        years: Column,
        *,
        alike: bool,
    ) -> None:
        ordered = sorted(found, key=lambda one: (one.passage.report, one.passage.seq))
        self.passages = [one.passage for one in ordered]
        self._frequencies = frequencies
        self._texts = [fold(passage.text) for passage in self.passages]
        self._restored = {
            number: fold(passage.restored)
            for number, passage in enumerate(self.passages)
            if passage.restored is not None
        }
        self._latin = [Counter(one.latin.split(SEPARATOR)) if one.latin else Counter[str]() for one in ordered]
        self._contexts = [frozenset(one.context.split(SEPARATOR)) for one in ordered]
        self.columns = _columns(self.passages, grades, years)
        self.worth = None if alike else product_of(self.columns.facets)
        self._penalties = length_penalties(self.columns.length, average)

    @property
    def total(self) -> int:
        return self._frequencies.total

    @property
    def lengths_held_against(self) -> Floats:
        return self._penalties

    def having(self, field: Field, term: str) -> Occurrences:
        if field == "context":
            token = term_token(term)
            there = {number: 1 for number, terms in enumerate(self._contexts) if token in terms}
            return self._told(there, Leaf("context", term))
        if not is_latin(term):
            return self.holding(term, restored=True)
        token = term_token(term)
        counts = {number: terms[token] for number, terms in enumerate(self._latin) if token in terms}
        return self._told(counts, of_term(term))

    def holding(self, words: str, *, restored: bool) -> Occurrences:
        counts = {number: text for number, text in enumerate(self._texts) if words in text} if words else {}
        told = {number: _count(text, words) for number, text in counts.items()}
        if restored and words:
            for number, text in self._restored.items():
                if words in text:
                    told[number] = max(told.get(number, 0), _count(text, words))
        return self._told(told, Leaf("words" if restored else "text", words))

    def _told(self, counts: Mapping[int, int], leaf: Leaf) -> Occurrences:
        some = Occurrences.of(counts)
        return Occurrences(some.passages, some.counts, of_all=self._frequencies.of(leaf))


class CandidateMatcher(Matcher):
    """``reports``: for what is asked of a whole report, those that have it; its other passages aren't here."""

    def __init__(
        self,
        candidates: Candidates,
        analyser: Analyser,
        frequencies: Frequencies,
        reports: Mapping[tuple[Node, bool], frozenset[str]],
        *,
        context: bool = True,
    ) -> None:
        super().__init__(candidates, analyser, context=context)
        self._candidates = candidates
        self._frequencies = frequencies
        self._reports = reports

    def _of_text_alone(self) -> Matcher:
        return CandidateMatcher(self._candidates, self._analyser, self._frequencies, self._reports, context=False)

    def _throughout_reports(self, node: Node) -> Scores:
        having = self._reports[node, self._with_context]
        there = [number for number, one in enumerate(self._candidates.passages) if plain(one.report) in having]
        return in_any([flat(np.array(there, np.int32)), self.find(node)], len(self._candidates.passages))

    def _titled_in_all(self, node: Node, passages: Numbers) -> int:
        return self._frequencies.of(("title", node))


def scored(candidates: Candidates, matcher: Matcher, node: Node, subjects: Sequence[tuple[str, str]] = ()) -> Scores:
    """All candidates with what each earns; one that a rounding leaves out here earns nothing."""
    size = len(candidates.passages)
    found = matcher.find(node)
    scores = np.zeros(size, np.float32)
    scores[found.passages] = found.scores
    return _worth_more(candidates, scores, subjects)


def lifted_scores(candidates: Candidates, subjects: Sequence[tuple[str, str]]) -> Scores:
    """Where a theme alone is asked: by what each candidate's origin is worth, and how much it is on that theme."""
    return _worth_more(candidates, np.ones(len(candidates.passages), np.float32), subjects)


def _worth_more(candidates: Candidates, scores: Floats, subjects: Sequence[tuple[str, str]]) -> Scores:
    for worth in (candidates.worth, of_subjects(subjects, candidates.columns.facets)):
        if worth is not None:
            scores = scores * worth
    return Scores(np.arange(len(scores), dtype=np.int32), scores)


def unscored(candidates: Candidates) -> Scores:
    """Where nothing but filters is asked."""
    return flat(np.arange(len(candidates.passages), dtype=np.int32))


def column_of(values: Sequence[Value]) -> Column:
    """Of a property that each passage has once, with all ``values`` that the index holds; no passage's yet."""
    return Column(np.empty(0, np.uint8), tuple((value,) for value in values))


def _columns(passages: Sequence[IndexedPassage], grades: Column, years: Column) -> Columns:
    places = {report: number for number, report in enumerate(dict.fromkeys(one.report for one in passages))}
    day = np.array([one.published_on.toordinal() if one.published_on else 0 for one in passages], np.int32)
    values = [facets_of(one) for one in passages]
    return Columns(
        report=np.array([places[one.report] for one in passages], np.int32),
        day=day,
        among_equals=newest_first(day),
        length=np.array([len(one.text) for one in passages], np.int32),
        facets={
            # what static_rank.py looks at, and the title
            **{name: _column([one[name] for one in values]) for name in ("title", *LOWERED, *ABOUT)},
            "grade": _of_each(passages, grades, lambda one: one.grade_name),
            YEAR: _of_each(passages, years, lambda one: one.year),
        },
    )


def _column(values: Sequence[tuple[Value, ...]]) -> Column:
    places = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return Column(np.array([places[value] for value in values], np.int32), tuple(places))


def _of_each(passages: Sequence[IndexedPassage], known: Column, value_of: Callable[[IndexedPassage], Value]) -> Column:
    """``known``: all values of the index; what a passage is worth goes by those, not by the candidates'."""
    place = {value: number for number, (value,) in enumerate(known.values)}
    return Column(np.array([place[value_of(one)] for one in passages], np.int32), known.values)


def _count(text: str, words: str) -> int:
    """How often ``words`` starts somewhere in ``text``; 亚亚 stands twice in 亚亚亚."""
    count, at = 0, text.find(words)
    while at >= 0:
        count, at = count + 1, text.find(words, at + 1)
    return count
