"""What a passage is: 成效, 举措, 计划, 问题 or 背景 — by the headings over it, the genre, then its own words.

Clauses are told apart first: one that opens with an action is a measure, one that counts or tells what was reached a result.
In a sentence that looks ahead (力争, 将 …) both are part of the plan. The status with the most points wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.domain.report import Genre, Status
from indexer.pipeline.segment.status_words import (
    ACTION,
    BACKGROUNDS,
    COUNTED,
    CROWNED,
    HEADINGS,
    MANNER,
    NUMBER,
    PLANS,
    PROBLEMS,
    REACHED,
)

RESULT, MEASURE, PLAN, PROBLEM, BACKGROUND = (
    Status.RESULT,
    Status.MEASURE,
    Status.PLAN,
    Status.PROBLEM,
    Status.BACKGROUND,
)
GENRES: dict[Genre, dict[Status, float]] = {
    Genre.PLAN: {PLAN: 2.5},
    Genre.POLICY: {MEASURE: 1.5, PLAN: 0.5},
}
ENOUGH = 0.5  # points; below it a passage says nothing and is 背景
AHEAD = 1.5  # points of plan words from which a whole sentence looks ahead
DONE = 2.0  # points for 成效 from which a passage speaks of what is done, whatever stands before it
FIRST = 1.7  # the first clause sets the key: its points count this much more

SENTENCE_END = re.compile(r"[。！？；;!?\n]+")
CLAUSE_END = re.compile(r"[，,：:]+")
Scores = dict[Status, float]


def weigh(text: str, headings: Sequence[str] = (), genre: Genre = Genre.OTHER) -> Scores:
    """Points for each status of a passage that reads ``text``, under ``headings`` (nearest first)."""
    scores = dict.fromkeys(Status, 0.0)
    for status, weight in _prior(headings, genre).items():
        scores[status] += weight
    first = True
    for sentence in SENTENCE_END.split(text):
        if not sentence.strip() or sentence in headings:
            continue
        measure, result = _clauses(sentence, first)
        first = False
        plan, problem = _points(sentence, PLANS), max(0.0, _points(sentence, PROBLEMS))
        if problem >= AHEAD:  # the numbers of a complaint count what is wrong
            problem, result = problem + 0.5 * result, 0.5 * result
        if plan >= AHEAD:
            plan += 0.8 * (measure + result)
        else:
            scores[MEASURE] += measure
            scores[RESULT] += result
        scores[PLAN] += plan
        scores[PROBLEM] += problem
        scores[BACKGROUND] += _points(sentence, BACKGROUNDS)
    return scores


def status_of(text: str, headings: Sequence[str] = (), genre: Genre = Genre.OTHER) -> Status:
    """Status of one passage by itself."""
    return best_of(weigh(text, headings, genre))


def best_of(scores: Scores, before: Status | None = None) -> Status:
    """The status with the most points.

    ``before``: status of the passage before it in the same section. What is to be done goes on being to be done until
    something done is told: the verbs of a measure and of a plan are the same (强化服务, 优化环境).
    """
    best = max(scores, key=lambda status: scores[status])
    if scores[best] < ENOUGH:
        return BACKGROUND
    if best is MEASURE and before is PLAN and scores[RESULT] < DONE:
        return PLAN
    return best


def _clauses(sentence: str, first: bool) -> tuple[float, float]:
    """Points for measure and result of the clauses of ``sentence``."""
    measure = result = 0.0
    for clause in CLAUSE_END.split(sentence):
        if len(clause.strip()) < 2:
            continue
        numbers = len(NUMBER.findall(clause))
        weight = FIRST if first else 1.0
        first = False
        if CROWNED.search(clause):
            result += 1.2 * weight
        elif ACTION.match(clause) and not COUNTED.match(clause):
            measure += weight
        elif MANNER.search(clause):
            measure += 0.8 * weight
        elif numbers or REACHED.search(clause):
            result += (0.8 + 0.2 * min(numbers, 3)) * weight
    return measure, result


def _points(sentence: str, words: Sequence[tuple[re.Pattern[str], float, int]]) -> float:
    return sum(weight * min(most, len(pattern.findall(sentence))) for pattern, weight, most in words)


def _prior(headings: Sequence[str], genre: Genre) -> dict[Status, float]:
    """All headings over a passage speak together: a plan's （一）产业再上台阶 is still a plan."""
    prior: dict[Status, float] = {}
    for heading in headings:
        says = next((says for pattern, says in HEADINGS if pattern.search(heading)), {})
        for status, weight in says.items():
            prior[status] = max(prior.get(status, 0.0), weight)
    return prior or GENRES.get(genre, {})
