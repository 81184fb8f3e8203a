"""The ledger of a report's years: every piece of evidence, with its place and whether it was believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.domain.report import Genre, YearEvidence, YearKind
from indexer.locale.remarks import remark
from indexer.pipeline.describe.events import Happened
from indexer.pipeline.describe.title_years import TitleYears
from indexer.pipeline.describe.year_mentions import Mention, Role

_KINDS = {Role.PLAN_HEADING: YearKind.PLAN, Role.PLAN: YearKind.PLAN, Role.SPLICED: YearKind.SPLICED}
_REVIEWING = (Role.REVIEW_HEADING, Role.RESULT, Role.UNTIL)
_PLANNING = (Role.PLAN_HEADING, Role.PLAN)
_LEDGER = 40  # entries kept: the first of each year and role, so that a long report stays readable


@dataclass(frozen=True, slots=True)
class Verdict:
    """The years decided on, and a sentence where title and text disagree."""

    report: int | None
    plan: int | None
    conflict: str | None


def ledger_of(
    printed: tuple[Mention, ...],
    happened: tuple[Happened, ...],
    titled: TitleYears,
    published: date | None,
    verdict: Verdict,
    *,
    redated: bool,
) -> tuple[YearEvidence, ...]:
    entries: list[YearEvidence] = []
    for year, words, planned in titled.claims:
        trusted = not redated and year == (verdict.plan if planned else verdict.report)
        entries.append(YearEvidence(YearKind.TITLE, year, words, None, trusted))
    if published:
        entries.append(YearEvidence(YearKind.PUBLISHED, published.year, published.isoformat(), None, True))
    for one in happened:
        trusted = verdict.report is not None and one.event.year in (verdict.report, verdict.plan)
        entries.append(YearEvidence(YearKind.EVENT, one.event.year, one.text, one.span, trusted, one.event.what))
    seen: set[tuple[int, Role]] = set()
    for mention in printed:
        if (mention.year, mention.role) in seen and mention.role is not Role.SPLICED:
            continue
        seen.add((mention.year, mention.role))
        kind = _KINDS.get(mention.role, YearKind.BODY)
        entries.append(
            YearEvidence(
                kind, mention.year, mention.text, mention.span, _trusted(mention, verdict, redated), mention.around
            )
        )
    return tuple(entries[:_LEDGER])


def _trusted(mention: Mention, verdict: Verdict, redated: bool) -> bool:
    if redated:
        return False
    if mention.role in _PLANNING or mention.role is Role.MEETING:
        return mention.year in (verdict.plan, verdict.report)
    return mention.role in _REVIEWING and mention.year == verdict.report


def guess_of(verdict: Verdict, published: date | None, genre: Genre) -> YearEvidence | None:
    """A report of a year is mostly published in the first months of the next: said as a guess, never as the year."""
    if published is None or genre not in (Genre.SUMMARY, Genre.BRIEFING):
        return None
    year = published.year - 1 if published.month <= 6 else published.year
    if verdict.plan is not None:
        year = verdict.plan - 1
    return YearEvidence(YearKind.GUESS, year, remark("guessed", day=published.isoformat()), None, False)
