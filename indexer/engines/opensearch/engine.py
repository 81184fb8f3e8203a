"""The engine on a cluster of OpenSearch: finds there, scores and orders here.

A question is answered in two steps: its leaves are counted over the whole index (and kept: an index never changes);
then one search names how many answer, the facets, and the first candidates. Up to ``candidates`` passages everything is
scored and ordered as every engine does it; of more, the first so many are, and what comes behind them stands in the
order of the cluster's own scores (docs/scale.md has how far that is from ours).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from indexer.domain.query import Node, Query
from indexer.domain.results import Hit, IndexedPassage, ResultPage
from indexer.engines.evaluation.doc_values import Column
from indexer.engines.evaluation.ordering import best_of_reports, best_passages, report_starts
from indexer.engines.evaluation.postings import Scores
from indexer.engines.evaluation.result_page import PASSAGES_PER_REPORT, hit_of
from indexer.engines.evaluation.static_rank import LOWERED, factors
from indexer.engines.opensearch.candidates import (
    YEAR,
    Candidate,
    CandidateMatcher,
    Candidates,
    column_of,
    lifted_scores,
    scored,
    unscored,
)
from indexer.engines.opensearch.connection import Asked, Connection, Json
from indexer.engines.opensearch.deep_pages import ORDER, Deep, report_count, report_pages
from indexer.engines.opensearch.fields import column_value, plain
from indexer.engines.opensearch.indices import Indices, Progress
from indexer.engines.opensearch.leaves import (
    Counts,
    Frequencies,
    Lookups,
    lookups,
    pair_queries,
    query_of,
    title_query,
)
from indexer.engines.opensearch.narrowing import counted, counting, filters_by_facet, lifted
from indexer.engines.opensearch.questions import Question
from indexer.errors import BadQuery, Damaged, NoIndex, NothingBuilt, Unreachable
from indexer.locale import say
from indexer.ports import SearchEngine
from indexer.settings import OpenSearchSettings
from indexer.text.analyser import Analyser
from indexer.text.highlight import asked_parts

T = TypeVar("T")

_LOOKS_AGAIN = 1.0  # seconds between two looks at what the alias names
_NO_LONGER = {"cluster_manager_timeout": "2s"}  # an election takes less; without a majority there is none
_MOST_REPORTS = 300_000  # that may be named in one question, where something is asked of whole reports
_YEARS, _GRADES = 1_000, 10


class OpenSearchEngine:
    """Asks the index behind ``alias``. Safe to ask from many threads and, opened before a fork, many processes.
    ``loading``: its connection for what takes long."""

    def __init__(
        self,
        settings: OpenSearchSettings,
        alias: str,
        analyser: Analyser,
        progress: Progress | None = None,
        owner: str = "",
    ) -> None:
        self._settings = settings
        self._alias = alias
        self._analyser = analyser
        self._progress = progress or (lambda done, total: None)
        self._asking = Connection(settings, settings.answer_seconds)
        self.loading = Connection(settings, settings.load_seconds)
        self._indices = Indices(self.loading, alias, analyser, owner)
        self._inherited: str | None = None
        self._lock = threading.Lock()
        self._open: tuple[float, OpenIndex | None] = (0.0, None)

    def replace_all(self, passages: Iterable[IndexedPassage]) -> None:
        """Raises NoIndex; what answered before goes on answering then."""
        self._indices.replace(passages, self._progress)
        self._forget()

    def change(self, passages: Iterable[IndexedPassage], without: Iterable[str] = ()) -> None:
        try:
            source = self._inherited or self._indices.current()
        except NothingBuilt:
            self.replace_all(passages)
            return
        self._indices.check(source)
        self._indices.change(source, passages, without, self._progress)
        self._inherited = None
        self._forget()

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex, and BadQuery where the cluster can't be asked so much at once."""
        started = time.perf_counter()
        asked = Asked(self._asking)
        page = self._asked_of_one_index(asked, lambda index: _Answer(query, index, asked, self).page())
        if asked.partial:
            page = replace(page, warnings=(*page.warnings, say("opensearch.partial")), partial=True)
        return replace(page, took_ms=(time.perf_counter() - started) * 1000)

    def count(self, query: Query) -> int:
        """What is counted of a part only is no number to go by: Raises Unreachable."""
        asked = Asked(self._asking)
        total = self._asked_of_one_index(asked, lambda index: _Answer(query, index, asked, self).total())
        if asked.partial:
            raise Unreachable("opensearch.partial")
        return total

    def verify(self) -> None:
        """As many passages as were loaded, on shards that all answer."""
        index = self._inherited or self._indices.current()
        meta = self._indices.check(index)
        if (there := self._indices.count(index)) != meta.passages:
            raise Damaged("opensearch.passages_missing", index=index, there=there, sent=meta.passages)

    def inherit(self, before: SearchEngine) -> bool:
        """The index of ``before`` answers for this one too, until something changes."""
        if not isinstance(before, OpenSearchEngine):
            return False
        try:
            before.verify()
            self._inherited = before._inherited or before._indices.current()
        except NoIndex:
            return False
        return True

    def degraded(self) -> str | None:
        """By what the elected manager says of the index: without one, Unreachable."""
        name = self._index().name
        health: Json = self._asking.ask(
            lambda client: client.cluster.health(index=name, params={**_NO_LONGER, "level": "shards"})
        )
        shards = health["indices"][name]["shards"].values()
        lost = sum(not one["primary_active"] for one in shards)
        return say("opensearch.red", n=lost) if lost else None

    def close(self) -> None:
        self._forget()
        self._asking.close()
        self.loading.close()

    # --- the index that answers ---

    def _asked_of_one_index(self, asked: Asked, ask: Callable[[OpenIndex], T]) -> T:
        """All requests of a question go to the same index. One that was dropped since we looked is left for the one in
        its place."""
        try:
            return ask(self._index())
        except NothingBuilt:
            self._forget()
            return ask(self._index())

    def _index(self) -> OpenIndex:
        looked, index = self._open
        if index is None or time.monotonic() - looked > _LOOKS_AGAIN:
            with self._lock:
                looked, index = self._open
                if index is None or time.monotonic() - looked > _LOOKS_AGAIN:
                    name = self._inherited or self._indices.current()
                    if index is None or index.name != name or index.partial:
                        index = self._opened(name)
                    self._open = (time.monotonic(), index)
        return index

    def _forget(self) -> None:
        with self._lock:
            self._open = (0.0, None)

    def _opened(self, name: str) -> OpenIndex:
        self._indices.check(name)
        asked = Asked(self._asking)
        found = asked.search(
            name,
            {
                "size": 0,
                "track_total_hits": True,
                "aggs": {
                    "length": {"sum": {"field": "length"}},
                    "laundered": {"filter": {"term": {"laundered": True}}},
                    "grade": {"terms": {"field": "grade", "size": _GRADES}},
                    "year": {"terms": {"field": YEAR, "size": _YEARS}},
                    "undated": {"missing": {"field": YEAR}},
                    "status": {"terms": {"field": "status", "size": _GRADES}},
                    "substance": {"terms": {"field": "substance", "size": _GRADES}},
                    "told": {"filter": {"exists": {"field": "substance"}}},
                    "zoned": {"filter": {"exists": {"field": "zone_type"}}},
                },
            },
        )
        total, told = int(found["hits"]["total"]["value"]), found["aggregations"]
        years = [column_value(one["key"]) for one in told["year"]["buckets"]]
        grades = column_of([column_value(one["key"]) for one in told["grade"]["buckets"]])
        dated = column_of([*years, *([None] if told["undated"]["doc_count"] else [])])
        statuses = {LOWERED["status"].get(one["key"], 1.0) for one in told["status"]["buckets"]}
        substances = {LOWERED["substance"].get(one["key"], 1.0) for one in told["substance"]["buckets"]}
        substances |= {1.0} if told["told"]["doc_count"] < total else set()
        of_grade, of_year = factors(grades, dated) or ((), ())
        alike = (
            len(set(map(float, of_grade))) < 2
            and len(set(map(float, of_year))) < 2
            and len(statuses) < 2
            and len(substances) < 2
            and told["zoned"]["doc_count"] in (0, total)
        )
        return OpenIndex(
            alike=alike,
            name=name,
            partial=asked.partial,
            total=total,
            average=told["length"]["value"] / total if total else 0.0,
            laundered=told["laundered"]["doc_count"] > 0,
            grades=grades,
            years=dated,
            counts=Counts(total),
            reports={},
        )


@dataclass(frozen=True)
class OpenIndex:
    """What is known of an index; it never changes. ``partial``: where shards were silent it is looked at again.
    ``reports``: by node, those that have it, as they were asked."""

    name: str
    partial: bool
    total: int
    average: float
    laundered: bool
    grades: Column
    years: Column
    alike: bool
    counts: Counts
    reports: dict[tuple[Node, bool], frozenset[str]]


class _Answer:
    """One question to one index."""

    def __init__(self, query: Query, index: OpenIndex, asked: Asked, engine: OpenSearchEngine) -> None:
        self._query = query
        self._index = index
        self._asked = asked
        self._analyser = engine._analyser
        self._window = engine._settings.candidates
        self._engine = engine
        self._looked_up = lookups(query.node, self._analyser) if query.node is not None else Lookups((), (), ())
        self._frequencies = Frequencies({}, index.total)
        self._reports: dict[tuple[Node, bool], frozenset[str]] = {}
        self._known = False

    def total(self) -> int:
        body = {"size": 0, "track_total_hits": True, "query": self._found_and_passing()}
        return int(self._asked.search(self._index.name, body)["hits"]["total"]["value"])

    def page(self) -> ResultPage:
        query = self._query
        skipped = (query.page - 1) * query.limit
        narrowing = filters_by_facet(query.filters)
        body: Json = {
            "size": self._window,
            "track_total_hits": True,
            "query": self._found(),
            "sort": ORDER[query.sort if query.scored else None],
            "track_scores": query.scored,
        }
        if query.facets:
            body["aggs"] = counting(query.facets, query.filters)
            if narrowing:
                body["post_filter"] = {"bool": {"filter": list(narrowing.values())}}
        else:
            body["query"] = self._passing(body["query"])
        found = self._asked.search(self._index.name, body)
        total = int(found["hits"]["total"]["value"])
        first = [Candidate.of(hit) for hit in found["hits"]["hits"]]
        facets, cut = counted(query.facets, found["aggregations"]) if query.facets else ({}, False)
        every = self._scored(first)
        reports = self._report_count(total, every)
        entries = reports if query.by_report else total
        page = ResultPage(
            total=total,
            reports=reports,
            pages=-(-entries // query.limit),
            hits=tuple(self._hits(total, skipped, every)),
            facets=facets,
            expanded=tuple(synonym.added for synonym in query.synonyms),
            synonyms=query.synonyms,
            loosened=query.loosened,
            warnings=query.warnings,
        )
        if cut:
            page = replace(page, warnings=(*page.warnings, say("opensearch.facets_cut")))
        return page

    def _hits(self, total: int, skipped: int, first: _Scored) -> Iterator[Hit]:
        query = self._query
        if total <= self._window or (not query.by_report and skipped + query.limit <= self._window):
            yield from first.hits(query, skipped, query.limit)
            return
        deep = Deep(self._asked, self._index.name, self._found_and_passing(), query)
        if query.by_report:
            reports = deep.reports(first.reports_in_order(query), skipped, query.limit)
            some = {one.passage.id: one for one in (*first.of(reports), *deep.best_of(reports))}
            yield from self._scored(list(some.values())).by_reports(reports, query)
            return
        if skipped < self._window:
            yield from first.hits(query, skipped, self._window - skipped)
        behind = max(skipped, self._window)
        wanted = skipped + query.limit - behind
        scored_there = self._scored(deep.passages(behind, wanted))
        yield from scored_there.as_given(query)

    def _scored(self, some: Sequence[Candidate]) -> _Scored:
        index = self._index
        candidates = Candidates(some, self._frequencies, index.average, index.grades, index.years, alike=index.alike)
        if not self._query.scored or not some:
            return _Scored(candidates, unscored(candidates), some, self._analyser)
        if self._query.node is None:
            return _Scored(candidates, lifted_scores(candidates, self._query.subjects), some, self._analyser)
        matcher = CandidateMatcher(candidates, self._analyser, self._frequencies, self._reports)
        return _Scored(
            candidates, scored(candidates, matcher, self._query.node, self._query.subjects), some, self._analyser
        )

    def _report_count(self, total: int, first: _Scored) -> int:
        if total <= self._window:
            return first.reports
        return report_count(self._asked, self._index.name, self._found_and_passing(), total)

    # --- what is asked of the cluster ---

    def _found_and_passing(self) -> Json:
        return self._passing(self._found())

    def _passing(self, found: Json) -> Json:
        narrowing = list(filters_by_facet(self._query.filters).values())
        return {"bool": {"must": [found], "filter": narrowing}} if narrowing else found

    def _found(self) -> Json:
        node, index = self._query.node, self._index
        if node is None and not self._query.scored:
            return {"match_all": {}}
        if node is None:
            return lifted({"match_all": {}}, index.grades, index.years, YEAR, self._query.subjects)
        if not self._known:
            self._look_up()
        question = Question(
            self._analyser,
            self._frequencies,
            {key: sorted(reports) for key, reports in self._reports.items()},
            laundered=index.laundered,
        )
        return lifted(question.find(node), index.grades, index.years, YEAR, self._query.subjects)

    def _look_up(self) -> None:
        """How often each leaf stands, and which reports have what is asked of whole reports."""
        leaves, index = self._looked_up.leaves, self._index
        wanted: dict[object, Json] = {leaf: query_of(leaf, laundered=index.laundered) for leaf in leaves}
        wanted |= pair_queries(leaves)
        wanted |= {("title", node): title_query(node) for node in self._looked_up.titles}
        self._frequencies = Frequencies(index.counts.of(wanted, self._asked, index.name), index.total)
        for node, context in self._looked_up.reports:
            self._reports[node, context] = self._having(node, context=context)
        self._known = True

    def _having(self, node: Node, *, context: bool) -> frozenset[str]:
        """The reports any of whose passages has it."""
        known = self._index.reports.get((node, context))
        if known is not None:
            return known
        question = Question(self._analyser, self._frequencies, {}, laundered=self._index.laundered, context=context)
        found = frozenset[str]()
        for some in report_pages(self._asked, self._index.name, question.find(node)):
            found |= some
            if len(found) > _MOST_REPORTS:
                raise BadQuery("opensearch.too_many_reports", most=_MOST_REPORTS)
        if not self._asked.partial and len(self._index.reports) < _KEPT_NODES:
            self._index.reports[node, context] = found
        return found


_KEPT_NODES = 64


class _Scored:
    """Candidates with what they earn."""

    def __init__(self, candidates: Candidates, scores: Scores, given: Sequence[Candidate], analyser: Analyser) -> None:
        self._candidates = candidates
        self._scores = scores
        self._given = given
        self._analyser = analyser

    @property
    def reports(self) -> int:
        return len(report_starts(self._scores.passages, self._candidates.columns))

    def hits(self, query: Query, skipped: int, limit: int) -> Iterator[Hit]:
        """In our order, those after the first ``skipped``."""
        columns = self._candidates.columns
        if query.by_report:
            places = best_of_reports(self._scores, columns, query.sort, skipped, limit, PASSAGES_PER_REPORT)
        else:
            places = best_passages(self._scores, columns, query.sort, skipped, limit)
        best, words = self._scores.at(places), asked_parts(query.node, self._analyser)
        for number, score in zip(best.passages.tolist(), best.scores.tolist(), strict=True):
            yield hit_of(self._candidates.passages[number], score, words, self._analyser)

    def reports_in_order(self, query: Query) -> list[str]:
        """As the index spells them."""
        columns = self._candidates.columns
        places = best_of_reports(self._scores, columns, query.sort, 0, self.reports, 1)
        return [plain(self._candidates.passages[number].report) for number in self._scores.at(places).passages.tolist()]

    def of(self, reports: Sequence[str]) -> list[Candidate]:
        """Those that stand in these reports."""
        wanted = set(reports)
        return [one for one in self._given if plain(one.passage.report) in wanted]

    def by_reports(self, reports: Sequence[str], query: Query) -> Iterator[Hit]:
        """The best of each report, the reports in the order given."""
        hits: dict[str, list[Hit]] = {report: [] for report in reports}
        for hit in self.hits(query, 0, len(reports)):
            hits[plain(hit.passage.report)].append(hit)
        for of_report in hits.values():
            yield from of_report

    def as_given(self, query: Query) -> Iterator[Hit]:
        """In the order in which the cluster named them."""
        scores = {
            passage.id: score
            for passage, score in zip(self._candidates.passages, self._scores.scores.tolist(), strict=True)
        }
        words = asked_parts(query.node, self._analyser)
        for one in self._given:
            yield hit_of(one.passage, scores[one.passage.id], words, self._analyser)
