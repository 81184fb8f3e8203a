"""From matching passages to a page of results: filters, facets, order, grouping, paging, snippets. Every engine's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from indexer.domain.query import Phrase, Query, Word
from indexer.domain.results import Hit, IndexedPassage, ResultPage
from indexer.engines.evaluation.doc_values import Columns
from indexer.engines.evaluation.facets import narrowed
from indexer.engines.evaluation.ordering import best_of_reports, best_passages, report_starts
from indexer.engines.evaluation.postings import Scores, flat
from indexer.engines.evaluation.static_rank import of_subjects
from indexer.text.analyser import Analyser
from indexer.text.highlight import asked_parts, marks_of, snippet

LEAST_NEAREST = 20  # passages, if there are: what a page shows
MOST_NEAREST = 100  # where what all share (a place) makes their scores alike; nobody looks further
PASSAGES_PER_REPORT = 3  # shown under one report; the rest is a click away

Load = Callable[[int], IndexedPassage]


def answer(
    query: Query,
    found: Scores,
    columns: Columns,
    load: Load,
    analyser: Analyser,
    started: float,
    reordered: Callable[[Scores], Scores] | None = None,
) -> ResultPage:
    """The page of ``query`` out of the passages ``found``. ``started`` by time.perf_counter(). ``reordered``: another
    order of what the filters keep, by new scores; nothing of it is cut off, for what earns little may come first."""
    is_cut = query.nearest is not None and reordered is None
    if is_cut:
        found = _near_enough(_weighed(found, query, columns), query, columns)
    kept, facets = narrowed(found, query.filters, columns, query.facets)
    if query.node is None and query.scored:
        kept = flat(kept.passages, 1.0)
    if query.scored and not is_cut:
        kept = _weighed(kept, query, columns)
    if reordered is not None:
        kept = reordered(kept)
    reports = len(report_starts(kept.passages, columns))
    skipped = (query.page - 1) * query.limit
    if query.by_report:
        shown = best_of_reports(kept, columns, query.sort, skipped, query.limit, PASSAGES_PER_REPORT)
    else:
        shown = best_passages(kept, columns, query.sort, skipped, query.limit)
    best = kept.at(shown)
    words = asked_parts(query.node, analyser)
    entries = reports if query.by_report else len(kept)
    return ResultPage(
        total=len(kept),
        reports=reports,
        pages=-(-entries // query.limit),
        hits=tuple(
            hit_of(load(number), score, words, analyser)
            for number, score in zip(best.passages.tolist(), best.scores.tolist(), strict=True)
        ),
        facets=facets,
        took_ms=(time.perf_counter() - started) * 1000,
        expanded=tuple(synonym.added for synonym in query.synonyms),
        synonyms=query.synonyms,
        loosened=query.loosened,
        warnings=query.warnings,
    )


def _weighed(found: Scores, query: Query, columns: Columns) -> Scores:
    return about_more(worth_more(found, columns), query, columns)


def _near_enough(found: Scores, query: Query, columns: Columns) -> Scores:
    """Those of ``found`` that come near to the best that passes the filters, a page of these in any case: what the
    facets count is what there is to see."""
    at_least = max(query.limit, LEAST_NEAREST)
    scores = narrowed(found, query.filters, columns, ())[0].scores
    if query.nearest is None or len(scores) <= at_least:
        return found
    best, last = min(query.nearest.behind, at_least - 1), at_least - 1
    most = min(max(at_least, MOST_NEAREST), len(scores)) - 1
    downward = -np.partition(-scores, (best, last, most))  # only these three places are in order
    least = max(min(query.nearest.share * downward[best], downward[last]), downward[most])
    return found.where(found.scores >= least)


def worth_more(found: Scores, columns: Columns) -> Scores:
    """``found`` with what each passage's origin is worth (static_rank.py)."""
    if columns.worth is None:
        return found
    return Scores(found.passages, found.scores * columns.worth.take(found.passages))


def about_more(found: Scores, query: Query, columns: Columns) -> Scores:
    """``found`` with more for the passages that are about what the question is about."""
    worth = of_subjects(query.subjects, columns.facets)
    return found if worth is None else Scores(found.passages, found.scores * worth.take(found.passages))


def hit_of(passage: IndexedPassage, score: float, words: Iterable[Word | Phrase], analyser: Analyser) -> Hit:
    """A passage as a page shows it. ``words``: what the query asks (highlight.asked_parts)."""
    marked = marks_of(words, passage.text, analyser, passage.restored)
    shown, places = snippet(passage.text, marked)
    return Hit(passage, round(score, 4), shown, places)
