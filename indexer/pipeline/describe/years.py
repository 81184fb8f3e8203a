"""Which year a report reviews and which it plans: a ledger of evidence, and a verdict over it.

Rules of trust, strongest first (the weights below are votes for one year under review):

1. the day of the people's congress a government reports to; it is named after the year it plans;
2. headings of the text (一、2021年工作回顾; 二、2022年工作安排), unless they only repeat the title;
3. public events the text speaks of as its own year's (庆祝建国70周年);
4. the title. It loses to two kinds of evidence of the body that agree (seed 003: titled a year too late);
5. what the text says was done in a year (2019年全区完成…), or is to be done.

A text that prints no years but spliced ones (1-2023月份), or ones its events contradict, was re-dated: then only the
events speak. Policies' own dates, files' names, targets and dates of founding have no vote at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from indexer.domain.report import Genre, Years
from indexer.locale.remarks import remark
from indexer.pipeline.describe.congress import is_governments_report
from indexer.pipeline.describe.congress_years import named_after
from indexer.pipeline.describe.events import events_in, pinned_years
from indexer.pipeline.describe.periods import period_of
from indexer.pipeline.describe.relative_years import by_opening, by_publication
from indexer.pipeline.describe.title_years import TitleYears, title_years
from indexer.pipeline.describe.year_ledger import Verdict, guess_of, ledger_of
from indexer.pipeline.describe.year_mentions import Mention, Role, mentions

_HEADING_VOTE = 6.0
_TITLE_VOTE = 4.0
_EVENT_VOTE = 4.0
_CALLED_VOTE = 2.0
_DONE_VOTE, _DONE_CAP = 1.0, 3.0
_PLANNED_VOTE, _PLANNED_CAP = 1.0, 2.0
_SENTENCES = ("done", "planned", "passing")

_OF_THE_DAY = (Genre.NEWS, Genre.OTHER)
_LOOKING_AHEAD = (Genre.PLAN, Genre.POLICY)
_REVIEWING = (Role.REVIEW_HEADING, Role.RESULT, Role.UNTIL)
_OPENING = 150  # characters in which a body repeats its title
_PLAN_LINE = re.compile(
    r"\n[^\n，。]{0,14}(?:下一?步|下阶段|今后|来年|明年|工作安排|工作思路|工作打算|总体要求|目标任务|工作计划|主要任务)[^\n，。]{0,16}(?=\n)"
)


@dataclass(slots=True)
class _Votes:
    """Votes for each year under review, by the kind of evidence they rest on."""

    by_year: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def add(self, year: int, witness: str, vote: float, cap: float = 99.0) -> None:
        self.by_year[year][witness] = min(cap, self.by_year[year][witness] + vote)

    def total(self, year: int, without: str | None = None) -> float:
        return sum(vote for witness, vote in self.by_year[year].items() if witness != without)

    def best(self, without: str | None = None) -> int | None:
        """The year with most votes; of two alike the later one."""
        standing = [(self.total(year, without), year) for year in self.by_year]
        standing = [(total, year) for total, year in standing if total > 0]
        return max(standing)[1] if standing else None

    def forget_after(self, year: int, *, unless: int | None) -> None:
        """No page speaks of a year after it was published; a title that does is kept, to be shown as a conflict."""
        for later in [one for one in self.by_year if one > year and one != unless]:
            del self.by_year[later]

    def only_in_passing(self, year: int) -> bool:
        """True where nothing but sentences of the body speak for the year."""
        return not any(vote >= 1 for witness, vote in self.by_year[year].items() if witness not in _SENTENCES)

    def witnesses(self, year: int, without: str | None = None) -> int:
        return sum(1 for witness, vote in self.by_year[year].items() if vote > 0 and witness != without)


@dataclass(frozen=True, slots=True)
class Dating:
    """The years of a report, and whether somebody rewrote them."""

    years: Years
    redated: bool


def date_report(
    title: str | None,
    text: str,
    published: date | None,
    genre: Genre,
    *,
    masked_year: bool,
    own_site: bool = False,
) -> Dating:
    """``masked_year``: the text prints its year as xxxx年, so that no other year in it may stand for it.

    ``own_site``: the date of publication is the author's, not the day somebody uploaded a copy.
    """
    printed = tuple(one for one in mentions(text) if not _repeats_title(one, title, text))
    happened = tuple(events_in(text))
    titled = title_years(title, genre)
    plan_begins = _plan_begins(text, printed)
    pinned = pinned_years(happened, plan_begins)
    redated = _redated(printed, pinned) or any(one.contradicted for one in happened)
    if redated:
        report = max(pinned, key=lambda year: pinned[year]) if pinned else None
        verdict = Verdict(report, None, _redated_sentence(printed, titled, report))
    elif is_governments_report(title, text) and not masked_year:
        verdict = _of_congress(text, title, printed, titled, published)
    else:
        votes = _poll(printed, titled, pinned, plan_begins)
        verdict = _judge(votes, printed, titled, genre, published, masked_year=masked_year)
        authors_own = genre is Genre.NEWS or (own_site and genre in (Genre.SUMMARY, Genre.BRIEFING))
        if published and authors_own and not masked_year and not titled.all:
            verdict = by_publication(title, text, published, genre, verdict)
        if published and genre is Genre.NEWS and not masked_year and not titled.all:
            verdict = by_opening(text, printed, published, verdict)
    period = period_of(
        title, text, genre, not redated and verdict.report is not None and _reviews_a_year(titled, printed)
    )
    entries = ledger_of(printed, happened, titled, published, verdict, redated=redated)
    guess = guess_of(verdict, published, genre) if verdict.report is None else None
    evidence = (*entries, guess) if guess else entries
    return Dating(Years(verdict.report, verdict.plan, period, verdict.conflict, evidence), redated)


def _of_congress(
    text: str, title: str | None, printed: tuple[Mention, ...], titled: TitleYears, published: date | None
) -> Verdict:
    """A government's report reviews the year, or the term, before the one it is named after and plans."""
    plan = named_after(text, title, printed, published) or titled.plan
    if plan is None:
        return Verdict(titled.report, None, None)
    conflict = None
    if titled.plan is not None and titled.plan != plan:
        conflict = remark("congress", titled=titled.plan, plan=plan)
    return Verdict(plan - 1, plan, conflict)


def _repeats_title(one: Mention, title: str | None, text: str) -> bool:
    """A heading near the start that only says the title again was put there with it (seed 003), and has no vote."""
    if title is None or one.span.start > _OPENING or one.role not in (Role.REVIEW_HEADING, Role.PLAN_HEADING):
        return False
    return text[one.span.start : one.span.end + 3] in title


def _plan_begins(text: str, printed: tuple[Mention, ...]) -> int:
    """Where the review ends: the first heading that plans, the end of the text where there is none."""
    headed = [one.span.start for one in printed if one.role is Role.PLAN_HEADING and one.span.start > _OPENING]
    line = _PLAN_LINE.search(text, min(_OPENING, len(text)))
    return min([*headed, *([line.start()] if line else []), len(text)])


def _redated(printed: tuple[Mention, ...], pinned: dict[int, float]) -> bool:
    """True where years were put in the place of other numbers, or every printed year is years later than its events."""
    spliced = [one.year for one in printed if one.role is Role.SPLICED]
    if len(spliced) >= 2:
        return True
    plain = [one.year for one in printed if one.role not in (Role.SPLICED, Role.QUOTED, Role.TARGET)]
    if spliced and plain and set(plain) == set(spliced):
        return True
    return bool(pinned) and len(plain) >= 3 and len(set(plain)) == 1 and plain[0] >= max(pinned) + 2


def _redated_sentence(printed: tuple[Mention, ...], titled: TitleYears, report: int | None) -> str:
    spliced = sorted({one.year for one in printed if one.role is Role.SPLICED} or {one.year for one in printed})
    claimed = "、".join(f"{year}年" for year in sorted({*spliced, *titled.all}))
    return remark("redated", claimed=claimed, year=report) if report else remark("redated_from", claimed=claimed)


def _judge(
    votes: _Votes,
    printed: tuple[Mention, ...],
    titled: TitleYears,
    genre: Genre,
    published: date | None,
    *,
    masked_year: bool,
) -> Verdict:
    if published is not None:
        votes.forget_after(published.year, unless=titled.reviewed)
    report = votes.best()
    claimed = titled.reviewed
    without_title = votes.best(without="title")
    if claimed is not None and report is not None and report != claimed and votes.witnesses(report, "title") < 2:
        report = claimed  # one kind of evidence alone does not overrule the title
    if masked_year and not titled.all and not any(one.role is Role.REVIEW_HEADING for one in printed):
        report = None
    if report is not None and votes.only_in_passing(report) and not _is_recent(report, votes, published):
        report = None
    if report is not None and genre in _OF_THE_DAY and published and published.year - report > 1 and not titled.all:
        report = None  # what news tells of years ago is its background
    plan = _planned(printed, titled, report)
    pinned = report is not None and votes.by_year[report]["event"] >= _EVENT_VOTE and genre not in _LOOKING_AHEAD
    if not pinned and not _reviews(printed, titled, genre):
        report = None
    if published and report and report > published.year:
        return Verdict(None, None, remark("published_before", year=report, day=published.isoformat()))
    return Verdict(report, plan, _conflict(titled, report, plan, without_title))


def _is_recent(report: int, votes: _Votes, published: date | None) -> bool:
    """News of 2024 that says what was built in 2019 is no report of 2019: sentences alone need a date beside them."""
    if published is None:
        return votes.by_year[report]["done"] >= 2
    return published.year - report <= (1 if published.month <= 4 else 0)


def _poll(printed: tuple[Mention, ...], titled: TitleYears, pinned: dict[int, float], plan_begins: int) -> _Votes:
    votes = _Votes()
    if titled.report is not None:
        votes.add(titled.report, "title", _TITLE_VOTE)
    elif titled.plan is not None:
        votes.add(titled.plan - 1, "title", _TITLE_VOTE)
    review_headings = {one.year for one in printed if one.role is Role.REVIEW_HEADING}
    plan_headings = {one.year for one in printed if one.role is Role.PLAN_HEADING}
    for year in review_headings:
        # A heading that reviews the year another one plans was put there with the title (seed 003)
        if year not in plan_headings or year + 1 in plan_headings:
            votes.add(year, "review heading", _HEADING_VOTE)
    for year in plan_headings:
        votes.add(year - 1, "plan heading", _HEADING_VOTE)
    for one in printed:
        if one.role in (Role.RESULT, Role.UNTIL):
            votes.add(one.year, "done", _DONE_VOTE, _DONE_CAP)
        elif one.role is Role.PLAN:
            votes.add(one.year - 1, "planned", _PLANNED_VOTE, _PLANNED_CAP)
        elif one.role is Role.CALLED and one.span.start >= plan_begins:
            votes.add(one.year - 1, "called a year to come", _CALLED_VOTE, _CALLED_VOTE)
        elif one.role is Role.CALLED:
            votes.add(one.year, "called the year", _CALLED_VOTE, _CALLED_VOTE)
        elif one.role is Role.PASSING:
            votes.add(one.year, "passing", 0.1, 0.5)
    for year, strength in pinned.items():
        votes.add(year, "event", _EVENT_VOTE * strength, 2 * _EVENT_VOTE)
    return votes


def _reviews(printed: tuple[Mention, ...], titled: TitleYears, genre: Genre) -> bool:
    """True where the paper looks back at a year at all: a plan or a rule does not."""
    if titled.report is not None or any(one.role is Role.REVIEW_HEADING for one in printed):
        return True
    if genre in _LOOKING_AHEAD:
        return False
    return any(one.role in _REVIEWING for one in printed)


def _planned(printed: tuple[Mention, ...], titled: TitleYears, report: int | None) -> int | None:
    headed = [one.year for one in printed if one.role is Role.PLAN_HEADING]
    if report is not None and report + 1 in headed:
        return report + 1
    if titled.plan is not None and (report is None or titled.plan > report) and titled.plan - (report or 0) < 2:
        return titled.plan
    if report is None:
        return titled.plan or (max(set(headed), key=headed.count) if headed else None)
    spoken = sum(1 for one in printed if one.role is Role.PLAN and one.year == report + 1)
    return report + 1 if spoken >= 2 else None


def _conflict(titled: TitleYears, report: int | None, plan: int | None, body: int | None) -> str | None:
    if titled.report is not None and report is not None and titled.report != report:
        said = {"titled": titled.report, "body": report}
        if titled.plan and plan:
            return remark("year_both_plan", **said, titled_plan=titled.plan, plan=plan)
        if titled.plan or plan:
            return remark("year_title_plans" if titled.plan else "year_text_plans", **said, plan=titled.plan or plan)
        return remark("year", **said)
    if titled.plan is not None and plan is not None and titled.plan != plan:
        return remark("plan", titled=titled.plan, plan=plan)
    if titled.report is not None and body is not None and abs(body - titled.report) >= 3:
        return remark("year_of_body", titled=titled.report, body=body)
    return None


def _reviews_a_year(titled: TitleYears, printed: tuple[Mention, ...]) -> bool:
    return titled.whole_year or any(one.role in (Role.REVIEW_HEADING, Role.MEETING) for one in printed)
