"""A question answered in the order of a ranking, or as it comes where there is none: the same for every engine."""

from __future__ import annotations

import threading
from collections.abc import Callable

from indexer.domain.query import Query
from indexer.domain.results import IndexedPassage, ResultPage
from indexer.engines.evaluation.matching import Postings, matches
from indexer.engines.evaluation.result_page import answer
from indexer.engines.ranking.ranking import BoundRanking, Ranking, Remembering
from indexer.text.analyser import Analyser


class LearnedOrder:
    """Over one engine; the ranking is bound to the index that is asked, anew where that has changed."""

    def __init__(self, ranking: Ranking | None) -> None:
        self._ranking = ranking
        self._lock = threading.Lock()
        self._bound: tuple[Postings, BoundRanking] | None = None

    def search(
        self,
        query: Query,
        index: Postings,
        load: Callable[[int], IndexedPassage],
        analyser: Analyser,
        started: float,
    ) -> ResultPage:
        if self._ranking is None or not BoundRanking.applies(query):
            found = matches(query.node, index, analyser)
            return answer(query, found, index.columns, load, analyser, started)
        remembering = Remembering(index)
        found = matches(query.node, remembering, analyser)
        ordered = self._over(self._ranking, index, load, analyser).found(query, found, remembering)
        return answer(query, ordered.found, index.columns, load, analyser, started, ordered.reordered)

    def _over(
        self, ranking: Ranking, index: Postings, load: Callable[[int], IndexedPassage], analyser: Analyser
    ) -> BoundRanking:
        bound = self._bound
        if bound is None or bound[0] is not index:
            with self._lock:
                bound = self._bound
                if bound is None or bound[0] is not index:
                    bound = self._bound = (index, ranking.over(index, load, analyser))
        return bound[1]
