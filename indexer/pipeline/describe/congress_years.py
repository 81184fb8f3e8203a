"""The year a government's report is named after: the one it plans. It reviews the year, or the term, before."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from indexer.pipeline.describe.year_mentions import Mention, Role, mentions

_OPENING = 1_500  # characters: title, session, and the sentence that puts the report before the congress
_FIVE_YEAR_PLAN = re.compile(
    r"第?(?P<number>[六七八九]|十[一二三四五六七]?)个五年(?:规划|计划)[^。\n]{0,24}(?:纲要|草案|报告)"
)
_SHORT_PLAN = re.compile(
    r"[“\"]?(?P<number>[七八九]|十[一二三四五六七]?)五[”\"]?(?:计划|规划)[^。\n]{0,24}(?:纲要|草案)"
)
_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_LATE = 0.4  # of the text: the review ends before, the plan is spoken of after


def named_after(text: str, title: str | None, printed: tuple[Mention, ...], published: date | None) -> int | None:
    """The plan year. The day it was spoken on decides; else headings, the five-year plan it brings, its sentences.

    The day may stand in the title, or have been taken out of the text as the date of publication.
    """
    for one in (*mentions(title or ""), *printed):
        spoken = spoken_for(one)
        if spoken is not None:
            return spoken
    votes: dict[int, float] = defaultdict(float)
    brought = _five_year_plan(text[:_OPENING])
    if brought is not None:
        votes[brought] += 5.0
    if published is not None:
        votes[_planned_on(published.year, published.month)] += 4.0
    for role, ahead, vote in (
        (Role.REVIEW_HEADING, 1, 6.0),
        (Role.PLAN_HEADING, 0, 6.0),
    ):
        for year in {one.year for one in printed if one.role is role}:
            votes[year + ahead] += vote
    for one in printed:
        late = one.span.start > _LATE * len(text)
        if one.role is Role.CALLED:
            votes[one.year if late else one.year + 1] += 2.0
        elif one.role is Role.PLAN:
            votes[one.year] += 1.5 if late else 0.2
        elif one.role in (Role.RESULT, Role.UNTIL):
            votes[one.year + 1] += 0.2 if late else 0.4
    if published is not None:
        votes = {year: vote for year, vote in votes.items() if year <= published.year + 1}
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def spoken_for(one: Mention) -> int | None:
    """The year planned by a report that was spoken on the day under its title: in November, for the next year."""
    if one.role not in (Role.MEETING, Role.HEAD_DATE) or one.span.start >= _OPENING // 3:
        return None
    return _planned_on(one.year, one.month or 1)


def _planned_on(year: int, month: int) -> int:
    return year + 1 if month >= 11 else year


def _five_year_plan(opening: str) -> int | None:
    """The first year of the plan whose draft is put before the same congress: the eleventh began in 2006."""
    found = [*_FIVE_YEAR_PLAN.finditer(opening), *_SHORT_PLAN.finditer(opening)]
    numbers = [_number(match["number"]) for match in found if "执行" not in match[0]]
    return 1951 + 5 * max(numbers) if numbers else None


def _number(word: str) -> int:
    return 10 + _NUMBERS.get(word[1:], 0) if word.startswith("十") else _NUMBERS[word]
