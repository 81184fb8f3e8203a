"""The year of a paper without one in its title, by the day it was put out: news, and what an office prints itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.pipeline.describe.year_ledger import Verdict
from indexer.pipeline.describe.year_mentions import Mention, Role

_THIS_YEAR = re.compile(r"今年|本年度|上半年|前三季度|[一二三]季度|\n1\s?[-—–至到]\s?\d{1,2}月")
_LEAD = 600  # characters: where a paper says of when it speaks
_OPENING = 120  # characters: the first sentence or two of a piece of news
_OF_ITSELF = frozenset((Role.PASSING, Role.RESULT, Role.UNTIL, Role.CALLED, Role.REVIEW_HEADING))
_NOT_OF_A_YEAR = re.compile(r"\d|[初末底春夏秋冬]|以|起|前|后|间|版")  # 2022年3月, 2022年底, 2022年起, 2022年版


def by_publication(title: str | None, text: str, published: date, verdict: Verdict) -> Verdict:
    """今年 in news, or in an office's own paper, is the year it was put out in. Not on the pages of a document mill."""
    if verdict.report is None and verdict.conflict is None and _THIS_YEAR.search(f"{title or ''}\n{text[:_LEAD]}"):
        return Verdict(published.year, verdict.plan, None)
    return verdict


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
