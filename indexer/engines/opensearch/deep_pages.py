"""Pages far behind the first candidates: walked to over a point in time, in the order of the cluster's own scores.

A cluster gives 10,000 hits from the start of a list; further on one asks for what comes after the last hit seen. Only
what an order needs is fetched on the way, 10,000 passages in a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from indexer.domain.query import Query, Sort
from indexer.engines.evaluation.result_page import PASSAGES_PER_REPORT
from indexer.engines.opensearch.candidates import Candidate
from indexer.engines.opensearch.connection import Asked, Json
from indexer.engines.opensearch.questions import of_reports

_STEP = 10_000  # index.max_result_window
_KEEP = "1m"
_COUNTED = 100_000  # passages found, up to which their reports are counted one by one
_PRECISION = 40_000  # the most that a cluster takes for an estimate of distinct values

_TIES = ({"report": "asc"}, {"seq": "asc"})
# None: nothing but filters is asked, so nothing is scored.
ORDER: Mapping[Sort | None, Sequence[Json]] = {
    None: ({"day": "desc"}, *_TIES),
    Sort.RELEVANCE: ({"_score": "desc"}, {"day": "desc"}, *_TIES),
    Sort.DATE: ({"day": "desc"}, {"_score": "desc"}, *_TIES),
}


class Deep:
    """``query``: filters included."""

    def __init__(self, asked: Asked, index: str, query: Json, question: Query) -> None:
        self._asked = asked
        self._index = index
        self._query = query
        self._question = question
        self._order = list(ORDER[question.sort if question.scored else None])

    def passages(self, skipped: int, limit: int) -> list[Candidate]:
        """``limit`` passages after the first ``skipped``, in the cluster's order."""
        if skipped + limit <= _STEP:
            body = {"from": skipped, "size": limit, **self._asking()}
            return _candidates(self._asked.search(self._index, body)["hits"]["hits"])
        with _point_in_time(self._asked, self._index) as point:
            after: Sequence[Any] | None = None
            left = skipped
            while left:
                hits = self._step(point, after, min(left, _STEP), source=False)
                if not hits:
                    return []
                left -= len(hits)
                after = hits[-1]["sort"]
            return _candidates(self._step(point, after, limit, source=True))

    def reports(self, first: Sequence[str], skipped: int, limit: int) -> list[str]:
        """``limit`` reports after the first ``skipped``. ``first``: those that the candidates stand in, in our order.
        They are the first of the cluster's too, for reports go by their best passage."""
        wanted = list(first[skipped : skipped + limit])
        behind = max(skipped, len(first))
        if skipped + limit > behind:
            wanted += self._reports_after(behind, skipped + limit - behind)
        return wanted

    def best_of(self, reports: Sequence[str]) -> list[Candidate]:
        """The best passages of each."""
        if not reports:
            return []
        best = {"name": "best", "size": PASSAGES_PER_REPORT, "sort": self._order, "track_scores": True}
        body = {
            "size": len(reports),
            **self._asking({"bool": {"must": [self._query], "filter": [of_reports(reports)]}}),
            "_source": False,
            "collapse": {"field": "report", "inner_hits": best, "max_concurrent_group_searches": 4},
        }
        hits = self._asked.search(self._index, body)["hits"]["hits"]
        return [one for hit in hits for one in _candidates(hit["inner_hits"]["best"]["hits"]["hits"])]

    def _reports_after(self, skipped: int, limit: int) -> list[str]:
        place = next(number for number, one in enumerate(self._order) if "report" in one)
        if skipped + limit <= _STEP:
            body = {"from": skipped, "size": limit, **self._asking(), "_source": False, "collapse": {"field": "report"}}
            return [hit["sort"][place] for hit in self._asked.search(self._index, body)["hits"]["hits"]]
        seen: dict[str, None] = {}
        with _point_in_time(self._asked, self._index) as point:
            after: Sequence[Any] | None = None
            while len(seen) < skipped + limit:
                hits = self._step(point, after, _STEP, source=False)
                if not hits:
                    break
                seen |= dict.fromkeys(hit["sort"][place] for hit in hits)
                after = hits[-1]["sort"]
        return list(seen)[skipped : skipped + limit]

    def _step(self, point: str, after: Sequence[Any] | None, size: int, *, source: bool) -> list[Json]:
        body = {"size": size, **self._asking(), "pit": {"id": point, "keep_alive": _KEEP}}
        if not source:
            body["_source"] = False
        if after is not None:
            body["search_after"] = list(after)
        return list(self._asked.search(None, body)["hits"]["hits"])

    def _asking(self, query: Json | None = None) -> Json:
        return {
            "query": query or self._query,
            "sort": self._order,
            "track_scores": self._question.scored,
            "track_total_hits": False,
        }


def report_count(asked: Asked, index: str, query: Json, total: int) -> int:
    """How many reports the passages found stand in: counted where these are few, else estimated."""
    if total > _COUNTED:
        counting: Json = {"cardinality": {"field": "report", "precision_threshold": _PRECISION}}
        return int(_aggregated(asked, index, query, counting)["value"])
    return sum(map(len, report_pages(asked, index, query)))


def report_pages(asked: Asked, index: str, query: Json) -> Iterator[frozenset[str]]:
    """The reports that the passages found stand in, some thousand at a time."""
    after: Json = {}
    while True:
        sources = [{"report": {"terms": {"field": "report"}}}]
        told = _aggregated(asked, index, query, {"composite": {"size": _STEP, "sources": sources, **after}})
        yield frozenset(bucket["key"]["report"] for bucket in told["buckets"])
        if "after_key" not in told:
            return
        after = {"after": told["after_key"]}


def _aggregated(asked: Asked, index: str, query: Json, counting: Json) -> Json:
    body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"reports": counting}}
    told: Json = asked.search(index, body)["aggregations"]["reports"]
    return told


def _candidates(hits: Sequence[Json]) -> list[Candidate]:
    return [Candidate.of(hit) for hit in hits]


@contextmanager
def _point_in_time(asked: Asked, index: str) -> Iterator[str]:
    point = asked.open_point(index, _KEEP)
    try:
        yield point
    finally:
        asked.close_point(point)
