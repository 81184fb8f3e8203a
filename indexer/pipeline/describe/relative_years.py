"""The year of a paper without one in its title, by the day it was put out: news, and what an office prints itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.domain.report import Genre
from indexer.pipeline.describe.periods import last_month, period_in
from indexer.pipeline.describe.year_ledger import Verdict
from indexer.pipeline.describe.year_mentions import Mention, Role

_THIS_YEAR = re.compile(r"今年|本年度|上半年|前三季度|[一二三]季度|\n1\s?[-—–至到]\s?\d{1,2}月")
_WHOLE_YEAR = re.compile(r"年度|全年|年终|年末|年底")
_NEXT_YEAR = re.compile(
    r"(?:^|\n)[^\n，。；]{0,14}(?:明年|来年)[^\n，。；]{0,16}(?=\n|。)"
)  # a heading: 四、明年工作打算
_NEXT_HALF = re.compile(r"(?:^|\n)[^\n，。；]{0,14}下半年[^\n，。；]{0,16}(?=\n|。)")
_WHOLE_YEAR_OVER = 11  # month
_LATEST_SUMMARY = 4  # month in which last year's summaries still come out
_TOO_EARLY = 2  # month
_LEAD = 600  # characters: where a paper says of when it speaks
_OPENING = 120  # characters: the first sentence or two of a piece of news
_OF_ITSELF = frozenset((Role.PASSING, Role.RESULT, Role.UNTIL, Role.CALLED, Role.REVIEW_HEADING))
_NOT_OF_A_YEAR = re.compile(r"\d|[初末底春夏秋冬]|以|起|前|后|间|版")  # 2022年3月, 2022年底, 2022年起, 2022年版


def by_publication(title: str | None, text: str, published: date, genre: Genre, verdict: Verdict) -> Verdict:
    """今年 in news, or in an office's own paper, is the year it was put out in. Not on the pages of a document mill.

    Unless the period it reports on had not ended by then: a whole year's summary of 16 January is of the year before.
    Later than April it stays unknown which year is meant.
    """
    if verdict.report is not None or verdict.conflict is not None:
        return verdict
    if not _THIS_YEAR.search(f"{title or ''}\n{text[:_LEAD]}"):
        return verdict
    last = _last_month(title or "", text, genre)
    if not last and genre in (Genre.SUMMARY, Genre.BRIEFING) and published.month <= _TOO_EARLY:
        return verdict  # of which year a summary without a period speaks in January nobody can tell
    if last <= published.month:
        return Verdict(published.year, verdict.plan, None)
    if published.month <= _LATEST_SUMMARY:
        return Verdict(published.year - 1, verdict.plan, None)
    return verdict


def _last_month(title: str, text: str, genre: Genre) -> int:
    """The month (1 to 12) in which the period ends that the paper reports on; 0 where nothing says so.

    A year's last month is taken as November: many summaries are put out before the year is over.
    """
    period = period_in(title)
    if period is None and genre in (Genre.SUMMARY, Genre.BRIEFING):
        if _WHOLE_YEAR.search(title) or _NEXT_YEAR.search(text):
            return _WHOLE_YEAR_OVER
        if _NEXT_HALF.search(text):
            return 6
        period = period_in(text[:_LEAD])
    elif period is None:
        return _WHOLE_YEAR_OVER if _WHOLE_YEAR.search(title) else 0
    last = last_month(period) if period else 0
    return min(last, _WHOLE_YEAR_OVER)


def by_opening(text: str, printed: Sequence[Mention], published: date, verdict: Verdict) -> Verdict:
    """The whole year that news names as it opens (看某区2022年如何招商), if it speaks of no other as its own.

    It must have been put out in that year, or by April of the next one.
    """
    own = [one for one in printed if one.role in _OF_ITSELF]
    years = {one.year for one in own}
    opens = [one for one in own if one.span.end <= _OPENING and not _NOT_OF_A_YEAR.match(text, one.span.end)]
    if verdict.report is not None or verdict.conflict is not None or len(years) != 1 or not opens:
        return verdict
    year = own[0].year
    late = published.year - year
    if late == 0 or (late == 1 and published.month <= 4):
        return Verdict(year, verdict.plan, None)
    return verdict
