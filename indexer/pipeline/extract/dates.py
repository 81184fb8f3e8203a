"""The day of publication, only where the page gives one: a label, a standard tag, a line below the headline.

Never from the address, never from a copyright line, and never the day a text was signed (成文) or a page was built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.pipeline.extract.boilerplate import plainly
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head

_YEAR, _MONTH, _DAY = r"(?:19|20)\d{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
# The same mark twice, or 年 and 月: 2020年1-8月 and 2020.1-8 are eight months, no day. So is 2020.1.1-12.31 no day, and
# 2020.1.8.3 a version; 2020-01-08-10:30 is one.
_WRITTEN = (
    rf"(?P<y>{_YEAR})\s*(?:年\s*(?P<m>{_MONTH})\s*月|(?P<gap>—{{1,2}}|-{{1,2}}|[/.·])\s*(?P<n>{_MONTH})\s*(?P=gap))"
    rf"\s*(?P<d>{_DAY})(?!\d|\s*月)(?!\s*日?\s*(?:[-—~.]{{1,2}}|至|到)\s*\d+(?![\d:时点]))"
)
_DATE = re.compile(r"(?<!\d)(?<!\d\.)" + _WRITTEN)
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>)(?P<n>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:\d{4,6})?$")
_META = (
    "pubdate",
    "publishdate",
    "publish_date",
    "pubtime",
    "publishtime",
    "firstpublishedtime",
    "published_time",
    "datepublished",
    "releasedate",
    "release_date",
    "date",
    "created",
    "createdate",
    "weibo:article:create_at",
    "apub:time",
    "bytedance:published_time",
    "publish-date",
    "_pubtime",
)
_STRONG_LABEL = re.compile(r"(?:发布|发表|上传|刊发|刊登|公布|公开|发文|发稿|首发|上线)(?:时间|日期|于|:)")
_WEAK_LABEL = re.compile(r"(?:^|[^一-鿿])(?:更新|编辑|录入|添加|修改|信息|文章)?(?:时间|日期|更新)\s*[:】|]?\s*$")
_OTHER_LABEL = re.compile(r"[一-鿿]\s*(?:时间|日期)\s*[:】|]?\s*$")
_NOT_PUBLISHED = re.compile(
    r"推荐|成文|生成|印发|落款|签发|施行|实施|生效|有效|废止|截止|起止|开标|会议时间|活动时间|当前时间|今天是|现在是|系统时间|制定|修订|注册|成立|出生|版权|copyright|©|icp|备案|开始时间|结束时间|有效期"
)
_NEAR_LABEL = 14  # characters between a label and its date: 发布时间：<icon> 2022-08-05
_LONGEST = 360  # characters of a line that still can be a header of 信息公开


@dataclass(frozen=True, slots=True)
class Published:
    day: date
    origin: str


def from_head(head: Head) -> Published | None:
    for name in _META:
        said = head.first(name)
        if said:
            day = read_day(said[1])
            if day:
                return Published(day, f"页面标签 {said[0]}")
    return None


def labelled(lines: Sequence[Line], start: int, stop: int) -> Published | None:
    """A date behind 发布时间 and its like among ``lines[start:stop]``; a strong label before a weak one.

    The label may stand on the line before, as in the header tables of 信息公开.
    """
    weak: Published | None = None
    for index in range(start, stop):
        text = lines[index].plain
        if len(text) > _LONGEST:
            continue
        for match in _DATE.finditer(text):
            before = _label_of(lines, index, text, match.start())
            found = _made(match, before)
            if found is None or _NOT_PUBLISHED.search(before):
                continue
            if _STRONG_LABEL.search(before):
                return found
            if weak is None and _WEAK_LABEL.search(before):
                weak = found
    return weak


def beside_headline(lines: Sequence[Line], start: int, stop: int) -> Published | None:
    """A date on a short line below the headline, without any label, as news sites print it."""
    for index in range(start, stop):
        text = lines[index].plain
        match = _DATE.search(text)
        if match is None or not lines[index].is_facts:
            continue
        before = _label_of(lines, index, text, match.start())
        if _NOT_PUBLISHED.search(text) or _NOT_PUBLISHED.search(before) or _OTHER_LABEL.search(before):
            continue
        found = _made(match, "")
        if found:
            return found
    return None


def _label_of(lines: Sequence[Line], index: int, text: str, at: int) -> str:
    before = text[max(0, at - _NEAR_LABEL) : at]
    if not before.strip(" :|") and index > 0:
        above = lines[index - 1].plain
        return above if len(above) <= _NEAR_LABEL else ""
    return before


def read_day(text: str) -> date | None:
    """The first calendar day in ``text``; also 20220805 and 20220805084300 alone."""
    plain = plainly(text)
    match = _DATE.search(plain) or _COMPACT.match(plain)
    found = _made(match, "") if match else None
    return found.day if found else None


def _made(match: re.Match[str], label: str) -> Published | None:
    try:
        day = date(int(match["y"]), int(match["m"] or match["n"]), int(match["d"]))
    except ValueError:  # 2022-02-30
        return None
    if not 1990 <= day.year <= 2099:  # there was no web before
        return None
    words = re.findall(r"[一-鿿]+", label)
    return Published(day, f"正文前的“{words[-1]}”" if words else "标题旁的日期")
