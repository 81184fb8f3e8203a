"""What a passage is: 成效, 举措, 计划, 问题 or 背景 — by the headings over it, the genre, then its own words.

Clauses are told apart first: one that opens with an action is a measure, one that counts or tells what was reached a
result. In a sentence that looks ahead (力争, 将 …) both are part of the plan. The status with the most points wins.
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
    DONE,
    HEADINGS,
    LOOKS_BACK,
    MANNER,
    MIXED,
    NUMBER,
    PLANS,
    PROBLEMS,
    REACHED,
    TITLES,
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
SURE = 2.5  # points for 计划 by heading or genre from which every sentence looks ahead unless it tells what is done
ENOUGH = 0.5  # points; below it a passage says nothing and is 背景
AHEAD = 1.5  # points of plan words from which a whole sentence looks ahead
TOLD = 2.0  # points for 成效 from which a passage speaks of what is done, whatever stands before it
FIRST = 2.3  # the first clause sets the key of a short text: its points count this much more …
FIRST_OF_MANY = 1.5  # … and this much more in a long one
SHORT = 80  # characters

SENTENCE_END = re.compile(r"[。！？；;!?\n]+")
CLAUSE_END = re.compile(r"[，,：:]+")
Scores = dict[Status, float]
Words = tuple[re.Pattern[str], float, int]


def weigh(text: str, headings: Sequence[str] = (), genre: Genre = Genre.OTHER) -> Scores:
    """Points for each status of a passage that reads ``text``, under ``headings`` (nearest first)."""
    scores = dict.fromkeys(Status, 0.0)
    for status, weight in _prior(headings, genre).items():
        scores[status] += weight
    ahead = scores[PLAN] >= SURE
    planned = False
    text = TITLES.sub("《》", text)
    plans, problems, backgrounds = (_present(text, words) for words in (PLANS, PROBLEMS, BACKGROUNDS))
    first = FIRST if len(text) < SHORT else FIRST_OF_MANY
    for sentence in SENTENCE_END.split(text):
        if not sentence.strip() or sentence in headings:
            continue
        plan, problem = _points(sentence, plans), max(0.0, _points(sentence, problems))
        if DONE.search(sentence):
            plan *= 0.3
        elif ahead:
            plan += AHEAD
        turn = len(sentence) if plan < AHEAD else 0 if ahead else _turn(sentence, plans)
        measure, result = _clauses(sentence[:turn], first)
        if plan >= AHEAD:
            plan += 0.8 * sum(_clauses(sentence[turn:], first if turn == 0 else 1.0))
            planned = True
        elif planned and not result:  # what follows a plan goes on planning until something done is told
            plan, measure = plan + 0.8 * measure, 0.0
        if problem >= AHEAD:  # the numbers of a complaint count what is wrong
            problem, result = problem + 0.5 * result, 0.5 * result
        first = 1.0
        scores[MEASURE] += measure
        scores[RESULT] += result
        scores[PLAN] += plan
        scores[PROBLEM] += problem
        scores[BACKGROUND] += _points(sentence, backgrounds)
    if _is_mixed(headings):
        scores[PLAN] += scores[MEASURE]
        scores[MEASURE] = 0.0
    return scores


def best_of(scores: Scores, before: Status | None = None) -> Status:
    """The status with the most points.

    ``before``: status of the passage before it in the same section. What is to be done goes on being to be done until
    something done is told: the verbs of a measure and of a plan are the same (强化服务, 优化环境).
    """
    best = max(scores, key=lambda status: scores[status])
    if scores[best] < ENOUGH:
        return BACKGROUND
    if best is MEASURE and before is PLAN and scores[RESULT] < TOLD:
        return PLAN
    return best


def _clauses(sentence: str, first: float) -> tuple[float, float]:
    """Points for measure and result of the clauses of ``sentence``; those of its first clause count ``first`` times."""
    measure = result = 0.0
    for clause in CLAUSE_END.split(sentence):
        if len(clause.strip()) < 2:
            continue
        numbers = len(NUMBER.findall(clause))
        weight, first = first, 1.0
        if CROWNED.search(clause):
            result += 1.2 * weight
        elif ACTION.match(clause) and not COUNTED.match(clause):
            measure += weight
        elif MANNER.search(clause):
            measure += 0.8 * weight
        elif numbers or REACHED.search(clause):
            result += (0.8 + 0.2 * min(numbers, 3)) * weight
    return measure, result


def _turn(sentence: str, words: Sequence[Words]) -> int:
    """Where the clause begins from which ``sentence`` looks ahead: 一期建成，二期计划 … tells a result first."""
    first = min(match.start() for pattern, _, _ in words if (match := pattern.search(sentence)))
    return max(sentence.rfind(comma, 0, first) for comma in "，,") + 1


def _present(text: str, words: Sequence[Words]) -> list[Words]:
    """Those of ``words`` that the passage holds at all; its sentences need not be asked for the rest."""
    return [entry for entry in words if entry[0].search(text)]


def _points(sentence: str, words: Sequence[Words]) -> float:
    return sum(weight * min(most, len(pattern.findall(sentence))) for pattern, weight, most in words)


def _is_mixed(headings: Sequence[str]) -> bool:
    """Whether problems and what follows from them stand under one heading: what is no problem there is a plan."""
    nearest = _prior(headings[:1], Genre.OTHER)
    return any(MIXED.search(heading) for heading in headings) and nearest.get(PROBLEM, 0.0) <= nearest.get(PLAN, 0.0)


def _prior(headings: Sequence[str], genre: Genre) -> dict[Status, float]:
    """All headings over a passage speak together: a plan's （一）产业再上台阶 is still a plan."""
    prior: dict[Status, float] = {}
    for heading in headings:
        says = next((says for pattern, says in HEADINGS if pattern.search(heading)), {})
        for status, weight in says.items():
            prior[status] = max(prior.get(status, 0.0), weight)
    if not any(LOOKS_BACK.search(heading) for heading in headings):
        for status, weight in GENRES.get(genre, {}).items():
            prior[status] = max(prior.get(status, 0.0), weight)
    return prior
