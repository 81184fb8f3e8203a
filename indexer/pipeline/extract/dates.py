"""The day of publication, only where the page gives one: a label, a standard tag, a line below the headline, what its
system wrote beside it (JSON-LD, a comment), or the issue of the newspaper that it is a page of.

Never from any other address, never from a copyright line, and never the day a text was signed (成文) or a page was
built. Days are Beijing's: a moment that carries its zone is moved there. A day still to come is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from indexer.locale.remarks import remark
from indexer.pipeline.extract.boilerplate import plainly
from indexer.pipeline.extract.lines import Line
from indexer.pipeline.extract.markup import Head
from indexer.pipeline.extract.raw_elements import raw_elements

_YEAR, _MONTH, _DAY = r"(?:19|20)\d{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
# The same mark twice, or 年 and 月: 2020年1-8月 and 2020.1-8 are eight months, no day. So is 2020.1.1-12.31 no day, and
# 2020.1.8.3 a version; 2020-01-08-10:30 is one.
_WRITTEN = (
    rf"(?P<y>{_YEAR})\s*(?:年\s*(?P<m>{_MONTH})\s*月|(?P<gap>—{{1,2}}|-{{1,2}}|[/.·])\s*(?P<n>{_MONTH})\s*(?P=gap))"
    rf"\s*(?P<d>{_DAY})(?!\d|\s*月)(?!\s*日?\s*(?:[-—~.]{{1,2}}|至|到)\s*\d+(?![\d:时点]))"
)
_DATE = re.compile(r"(?<!\d)(?<!\d\.)" + _WRITTEN)
# 9/17/2004: only where it can't be 9 January
_AMERICAN = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d{2})(?!\d)")
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>)(?P<n>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:\d{4,6})?$")
_NUMERALS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_CHINESE_DATE = re.compile(
    r"(?P<year>[一二][〇零○九][〇零○一二三四五六七八九]{2})年(?P<month>十?[一二三四五六七八九]|十)月"
    r"(?P<day>[二三]?十?[一二三四五六七八九]|[二三]?十)日"
)
_E_PAPER = re.compile(
    r"/(?P<y>(?:19|20)\d{2})-?(?P<m>)(?P<n>\d{2})/(?P<d>\d{2})/(?:node|content|con|page)_?\w*\.s?html?(?:$|[?#])",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?P<seconds>1[0-9]{9})(?:\d{3})?")
_MOMENT = re.compile(
    r"(?:19|20)\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE
)
_BEFORE_ZONE = re.compile(r"\s+(?=(?:[+-]\d{2}:?\d{2}|[zZ])$)")
_BEIJING = timezone(timedelta(hours=8))
_CLOCK = re.compile(r"\s*(?:日|[T,，])?\s*(?:[上下]午|星期.|周.|週.)?\s*\d{1,2}\s?[:：点时]\s?\d{2}")
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
_PUT_OUT_AFTER = re.compile(
    r"\s*日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:发布|发表|上传|首发|刊登|在[^，。]{1,20}发表)"
)
_IN_COMMENT = re.compile(
    r"<!--[^>]{0,120}?(?:published\s+at|enpproperty\s*<date>)[\s:=\"'>]{0,6}"
    rf"(?P<day>{_YEAR}[-/年.]{_MONTH}[-/月.]{_DAY})(?!\d)",
    re.IGNORECASE,
)
_WRITTEN_BY_SCRIPT = re.compile(
    rf"发布(?:时间|日期)[\s:：]{{0,4}}(?:<[^>]*>\s*){{0,4}}<script[^>]*>[^<]{{0,80}}?[\"'](?P<day>{_YEAR}[-/年.]{_MONTH}[-/月.]{_DAY})(?!\d)"
)
_LINKED_DAY = re.compile(r"\"(?:datePublished|pubDate)\"\s*:\s*\"(?P<day>[^\"]{8,40})\"", re.IGNORECASE)
_LINKED_CHANGE = re.compile(r"\"dateModified\"\s*:\s*\"(?P<day>[^\"]{8,40})\"", re.IGNORECASE)
_KEPT_UP = timedelta(days=300)  # a page still written on so long after is an encyclopedia's: its first day says nothing
_POSTED = re.compile(r"本[贴帖文]由.{1,30}?于\s*")
# 电子报: …/html/2022-02/13/content_1.htm; its pages name their sheet (第A01版) and lead to the others.
_ISSUE = re.compile(
    r"/(?P<y>(?:19|20)\d{2})-?(?P<n>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])/(?:[A-Z]?\d{1,3}/)?[^/\s\"'>]*$"
)
_SHEET = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版|上一版|下一版|版面(?:导航|目录|概览)|上一期|下一期")
_LEAST_LINKS = 3  # of one issue
_LONGEST_HEAD_LINE = 100  # characters
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
            day = _day_of_tag(said[1])
            if day:
                return Published(day, remark("origin_tag", name=said[0]))
    return None


def _day_of_tag(content: str) -> date | None:
    epoch = _EPOCH.fullmatch(content.strip())
    if epoch:
        return _possible(datetime.fromtimestamp(int(epoch["seconds"]), _BEIJING).date())
    return read_day(content)


def from_markup(raw: str) -> Published | None:
    """What the page's system wrote for other programs, or for itself: JSON-LD, a script behind 发布时间, a comment."""
    if "ld+json" in raw:
        data = "".join(one.content for one in raw_elements(raw, "script") if "ld+json" in one.attributes.lower())
        days = {day for found in _LINKED_DAY.finditer(data) if (day := read_day(found["day"])) is not None}
        changed = [day for found in _LINKED_CHANGE.finditer(data) if (day := read_day(found["day"])) is not None]
        if len(days) == 1 and all(day - min(days) < _KEPT_UP for day in changed):
            return Published(days.pop(), "JSON-LD datePublished")
    for pattern, origin in ((_WRITTEN_BY_SCRIPT, remark("origin_before", words="发布时间")), (_IN_COMMENT, "网页注释")):
        found = pattern.search(raw)
        day = read_day(found["day"]) if found else None
        if day:
            return Published(day, origin)
    return None


def of_newspaper(text: str, addresses: Sequence[str], own: str | None) -> Published | None:
    """The day of the issue: of an address as only e-papers have it (…/202202/13/node_01.html), or of a page that names
    its sheet (第A01版), by its own address or by the one day to which its links to other sheets lead."""
    if own and (found := _E_PAPER.search(own)) and (made := _made(found, "", "电子报的期号")):
        return made
    if not _SHEET.search(text):
        return None
    if own and (found := _ISSUE.search(own.partition("?")[0])):
        return _made(found, "", "电子报的期号")
    matches = [found for address in addresses if (found := _ISSUE.search(address.partition("?")[0]))]
    days = {(found["y"], found["n"], found["d"]) for found in matches}
    if len(days) == 1 and len(matches) >= _LEAST_LINKS:
        return _made(matches[0], "", "电子报的期号")
    return None


def labelled(lines: Sequence[Line], start: int, stop: int) -> Published | None:
    """A date behind 发布时间 and its like among ``lines[start:stop]``; a strong label before a weak one.

    The label may stand on the line before, as in the header tables of 信息公开.
    """
    weak: Published | None = None
    for index in range(start, stop):
        text = _with_digits(lines[index].plain)
        if len(text) > _LONGEST:
            continue
        for match in (*_DATE.finditer(text), *_AMERICAN.finditer(text)):
            before = _label_of(lines, index, text, match.start())
            found = _made(match, before)
            if found is None or _NOT_PUBLISHED.search(before):
                continue
            if _STRONG_LABEL.search(before) or _PUT_OUT_AFTER.match(text, match.end()):
                return found
            if weak is None and _WEAK_LABEL.search(before):
                weak = found
    return weak


def _with_digits(plain: str) -> str:
    """二〇二四年一月十八日 as 2024年1月18日."""
    if "月" not in plain or "年" not in plain:
        return plain
    return _CHINESE_DATE.sub(_digits_of, plain)


def _digits_of(found: re.Match[str]) -> str:
    year = "".join(str(_NUMERALS[character]) for character in found["year"])
    return f"{year}年{_number(found['month'])}月{_number(found['day'])}日"


def _number(written: str) -> int:
    """一 to 三十一."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS[written]
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)


def beside_headline(lines: Sequence[Line], start: int, stop: int) -> Published | None:
    """A date on a short line below the headline, without any label, as news sites print it."""
    for index in range(start, stop):
        text = lines[index].plain
        match = _DATE.search(text)
        if match is None or not (lines[index].is_facts or _is_head_line(lines[index], match)):
            continue
        before = _label_of(lines, index, text, match.start())
        if _NOT_PUBLISHED.search(text) or _NOT_PUBLISHED.search(before) or _OTHER_LABEL.search(before):
            continue
        found = _made(match, "")
        if found:
            return found
    return None


def above_headline(lines: Sequence[Line], headline: int) -> Published | None:
    """A moment on the last lines above it, as forums print it. With its clock: a bare day up there is today's."""
    for line in reversed(lines[max(0, headline - 2) : headline]):
        match = _DATE.search(line.plain)
        if match and _is_head_line(line, match) and not _NOT_PUBLISHED.search(line.plain):
            return _made(match, "")
    return None


def posted(lines: Sequence[Line]) -> Published | None:
    """本贴由某人于2005年8月12日16:12:21在某论坛发表."""
    for line in lines:
        if len(line.plain) <= _LONGEST_HEAD_LINE and (named := _POSTED.match(line.plain)):
            match = _DATE.match(line.plain, named.end())
            if match:
                return _made(match, "发表")
    return None


def _is_head_line(line: Line, day: re.Match[str]) -> bool:
    """A moment among names, without any label: AUTO.EXAMPLE.COM 2003年11月12日16:36 某某网.
    No sentence has a clock so."""
    text = line.plain
    if len(text) > _LONGEST_HEAD_LINE or line.link_share > 0.5 or "。" in text:
        return False
    return bool(_CLOCK.match(text, day.end())) and len(_DATE.findall(text)) == 1


def _label_of(lines: Sequence[Line], index: int, text: str, at: int) -> str:
    before = text[max(0, at - _NEAR_LABEL) : at]
    if not before.strip(" :|") and index > 0:
        above = lines[index - 1].plain
        return above if len(above) <= _NEAR_LABEL else ""
    return before


def read_day(text: str) -> date | None:
    """The first calendar day in ``text``, in Beijing where a zone stands behind it; also 20220805 and 20220805084300
    alone."""
    moment = _MOMENT.match(text.strip())
    if moment:
        try:
            written = datetime.fromisoformat(_BEFORE_ZONE.sub("", moment.group()))
        except ValueError:
            written = None
        if written is not None and written.tzinfo is not None:
            return _possible(written.astimezone(_BEIJING).date())
    plain = plainly(text)
    match = _DATE.search(plain) or _COMPACT.match(plain)
    found = _made(match, "") if match else None
    return found.day if found else None


def _made(match: re.Match[str], label: str, origin: str | None = None) -> Published | None:
    try:
        day = _possible(_day_in(match.groupdict()))
    except ValueError:  # 2022-02-30
        return None
    if day is None:
        return None
    words = re.findall(r"[一-鿿]+", label)
    return Published(day, origin or (remark("origin_before", words=words[-1]) if words else "标题旁的日期"))


def _day_in(parts: dict[str, str | None]) -> date | None:
    year = int(parts["y"] or 0)
    if "a" in parts:  # American: the month first, seen by a day that can't be one
        month, day = int(parts["a"] or 0), int(parts["b"] or 0)
        return date(year, month, day) if month <= 12 < day else None
    return date(year, int(parts.get("m") or parts["n"] or 0), int(parts["d"] or 0))


def _possible(day: date | None) -> date | None:
    """None before there was a web, and for a day that has not come yet, wherever on earth one is."""
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    return day if day is not None and day.year >= 1990 and day <= latest else None
