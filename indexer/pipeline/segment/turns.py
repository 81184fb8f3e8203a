"""Where a passage turns from one thing to another: first what was reached, then how it was done.

A comparison sets results beside results and measures beside measures. Held in one passage, either the numbers or the
way to them would be said to be missing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from indexer.domain.report import Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.sentences import sentences_of
from indexer.pipeline.segment.status import Scores

SHORTEST = 40  # characters on either side; shorter ones say too little to stand alone in a list of hits
MARGIN = 1.5  # points the status of either side must be ahead by: at 1.0, 2 of 16 turns on our pages were wrong
MOST = 20  # sentences; a passage of prose has at most 12, and each of these costs two weighings of all
ALIKE = {Status.PLAN, Status.MEASURE}  # the same verbs tell both, and only what stands before says which


def turn_of(text: str, span: Span, weigh: Callable[[Span], Scores]) -> int | None:
    """Offset at which ``span`` is best cut in two, None where it is of one piece."""
    sentences = sentences_of(text, span)
    if len(sentences) > MOST:
        return None
    best: tuple[float, int] | None = None
    for before, after in pairwise(sentences):
        left, right = Span(span.start, before.end), Span(after.start, span.end)
        if min(left.end - left.start, right.end - right.start) < SHORTEST:
            continue
        (status, lead), (other, other_lead) = _leader(weigh(left)), _leader(weigh(right))
        sure = min(lead, other_lead)
        if status is not other and {status, other} != ALIKE and sure >= MARGIN and (best is None or sure > best[0]):
            best = sure, after.start
    return best[1] if best else None


def _leader(scores: Scores) -> tuple[Status, float]:
    """The status with the most points, and how far it is ahead."""
    first, second = sorted(scores, key=lambda status: scores[status], reverse=True)[:2]
    return first, scores[first] - scores[second]
