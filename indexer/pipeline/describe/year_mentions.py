"""Every year a text prints, with what it is said of: a review, a plan, a meeting, a policy's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from indexer.domain.spans import Span


class Role(Enum):
    """What a year is printed for. Only the first eight can carry a report's own years."""

    REVIEW_HEADING = "回顾标题"  # 一、2021年工作回顾
    PLAN_HEADING = "计划标题"  # 二、2022年工作安排
    MEETING = "会议日期"  # 2022年1月8日在某市第五届人民代表大会
    HEAD_DATE = "题下日期"  # （2010年1月25日 某某某）
    RESULT = "成效"  # 2021年，全区完成…
    PLAN = "打算"  # 2022年，我们将…
    UNTIL = "截至"  # 截至2021年11月底
    BASELINE = "基期"  # 比2020年增长
    TARGET = "目标年"  # 到2025年
    DATED = "事件日期"  # 2017年印发的…, 自2016年以来
    QUOTED = "文件名"  # 《…（2021—2025年）》
    CALLED = "定位"  # 2003年是极不平凡的一年
    PASSING = "提及"
    SPLICED = "拼接"  # 1-2023月份: no year at all


@dataclass(frozen=True, slots=True)
class Mention:
    """One printed year. ``month`` where a month follows it; ``start`` is True at the start of a line or sentence."""

    year: int
    role: Role
    span: Span
    text: str  # as printed
    around: str  # the words beside it that give the role
    month: int | None = None


# What people type for 〇: signs that only look like it, letters of three alphabets, the digit (二0三五年).
_ZEROS = "〇零○◯⚪⭕0０oOｏＯοΟоОº"
_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(_ZEROS, 0)
_DIGITS = re.compile(r"[12][09]\d{2}")
_CHINESE = re.compile(rf"[一二][{_ZEROS}九][{_ZEROS}一二三四五六七八九]{{2}}(?=年)")
_IS_YEAR = re.compile(r"\s?年(?!代|期国债|龄)")
_IS_SPLICED = re.compile(r"\s?月(?:份|底|末|中旬|初)?")
_FROM_MONTH = re.compile(r"(?<!\d)\d{1,2}\s?[-—–~～至到]\s?$")
_AFTER_MONTH = re.compile(r"(?<!\d)\d{1,2}月$")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?年")
_BOUNDARY = re.compile(r"[。！？；!?;\n]")
_MONTH = re.compile(r"\s?(\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月")
_CHINESE_MONTHS = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}

_REVIEW_WORDS = (
    r"回顾|总结|工作情况|完成情况|开展情况|运行情况|发展情况|基本情况|主要成绩|工作成效|主要成效|主要做法|工作概况"
    r"|工作[和及暨与][“\"]?(?:过去|十.五|本届)|工作的基本估|工作汇报|述职|主要工作和[“\"]?(?:过去|十.五)"
)
_PLAN_WORDS = (
    r"工作安排|安排|重点工作|主要任务|工作重点|总体要求|基本要求|工作要求|目标任务|工作任务|重点任务|思路|工作计划|计划|打算|工作建议|部署"
    r"|预期目标|工作要点|工作意见|工作目标|奋斗目标|主要目标|发展目标|形势与任务|面临的形势|总体目标|工作的总体|政府工作总体|展望"
)
_HEADING = re.compile(
    rf"[^，,。；;：:！!]{{0,12}}?(?:(?P<plan>{_PLAN_WORDS})|(?P<review>{_REVIEW_WORDS}))|(?P<work>[^，,。；;：:！!]{{0,6}}主要工作)(?:$|\n)"
)
_HEADING_START = re.compile(
    r"(?:^|[\s\n*#>》（(“\"]|[一二三四五六七八九十]\s?[、.．,，]|[)）]|第[一二三四五六]部分[：:、]?|\d[.、．]|关于|过去五年[及和]|[”\"]和|总结[和暨及与]|回顾[和暨及与])"
    r"(?:做好|抓好|对)?$"
)
_MEETING = re.compile(
    r"\s?[\d一二三四五六七八九十]+\s?月(?:\s?[\d一二三四五六七八九十]+\s?日)?[^。；\n]{0,40}?(?:人民代表大会|人大|次会议)"
)
_CALLED = re.compile(r"[，,]?(?:[是为]|将是|注定是)[^。；]{2,40}?年")
_HEADED_BEFORE = re.compile(r"(?P<review>回顾|总结)$|(?P<plan>展望|谋划|做好|安排)$")
_FIRST_HEADING = re.compile(r"(?:^|[\n*#])\s?一、$")
_SINCE = re.compile(r"[^。；，\n]{0,40}?(?:以来|至今|期间)")
_FULL_DATE = re.compile(r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日")
_HEAD, _HEAD_LINE = 400, 60  # characters: a date under the title stands on a short line of its own near the start
_PLAN_PROSE = re.compile(
    r"[，,、]?[^，,。；]{0,14}?(?:将(?!近|军|来)|要(?!求|素)|(?<![”\"五])计划(?!的|第|和|执行)|力争|拟|预期|努力|争取|重点抓好|重点做好|主要预期)"
)
_RESULT = re.compile(
    r"[^。；;]{0,26}?(?:完成|实现|达到?|增长|下降|新增|引进|建成|累计|同比|获|突破|增加|提升|提高|投入|新建|开工|签约|成功|位居|排名|推进|落实)"
)
_DATED = re.compile(
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?[，,]?[^，,。；]{0,14}?"
    r"(?:印发|出台|发布|颁布|修订|施行|成立|设立|创办|创建于|批准|批复|升级为|升格|组建|建区|始建|挂牌|制定的|下发|公布|以来|以前|之前|起[，,]?)"
)
_DATED_BEFORE = re.compile(r"(?:自从?|从|早在|始于|于|继|经)$")
_UNTIL_BEFORE = re.compile(r"截[至止](?:到)?$")
_TARGET_BEFORE = re.compile(r"(?:到|至|在|力争|确保|面向|争取到?)$")
_BASELINE_BEFORE = re.compile(r"(?:比|较|与|同|和|相当于|是|超过|恢复到)$")
_BASELINE_AFTER = re.compile(
    r"(?:度|全年|同期|底|末)?(?:的)?(?:\d|相比|同期|增长|提高|增加|的?[\d.]+倍|水平|提升|净增|翻)"
)
_TIMES_AS_MUCH = re.compile(r"(?:度|全年|同期|底|末)?的?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:多|余)?倍")


def mentions(text: str) -> Iterator[Mention]:
    """Every year of ``text``, first to last, spliced ones included."""
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 6) : start]
        spliced = _spliced(before, text, end)
        if spliced is not None:
            yield Mention(int(match[0]), Role.SPLICED, spliced, spliced.of(text), spliced.of(text))
            continue
        year = _IS_YEAR.match(text, end)
        if year and not before.endswith((".", "-")) and not before[-1:].isdigit() and 1949 <= int(match[0]) <= 2060:
            yield _mention(text, Span(start, year.end()), int(match[0]))
    for match in _CHINESE.finditer(text):
        number = _chinese_year(match[0])
        if number is not None and 1949 <= number <= 2060:
            yield _mention(text, Span(match.start(), match.end() + 1), number)


def with_plain_years(title: str) -> str:
    """``title`` with 二〇二一年 as 2021年: as long as before, so that every offset stays true."""
    return _CHINESE.sub(lambda match: str(_chinese_year(match[0]) or match[0]), title)


def _spliced(before: str, text: str, end: int) -> Span | None:
    """1-2023月份, 2023月底, 7月2023日: a year that was put where a month or a day stood."""
    start = end - 4
    months = _FROM_MONTH.search(before)
    month = _IS_SPLICED.match(text, end)
    if month and (months or not before[-1:].isdigit()):
        return Span(start - (len(months[0]) if months else 0), month.end())
    month_before = _AFTER_MONTH.search(before)
    if month_before and text.startswith("日", end):
        return Span(start - len(month_before[0]), end + 1)
    return None


def _chinese_year(written: str) -> int | None:
    digits = [_CHINESE_DIGITS.get(character) for character in written]
    if any(digit is None for digit in digits):
        return None
    return int("".join(str(digit) for digit in digits))


def _mention(text: str, printed: Span, year: int) -> Mention:
    start, end = printed.start, printed.end
    before = _BOUNDARY.split(text[max(0, start - 16) : start])[-1]
    at_line_start = start == 0 or text[start - 1] == "\n"
    after = _BOUNDARY.split(text[end : end + 60])[0]
    cut = _ANY_YEAR.search(after)
    near = after[: cut.start()] if cut else after
    month = _MONTH.match(after)
    role = _role(text, start, before, near, after, at_line_start)
    return Mention(
        year=year,
        role=role,
        span=printed,
        text=printed.of(text),
        around=(before[-8:] + printed.of(text) + near[:16]).strip(),
        month=_month(month[1]) if month else None,
    )


def _month(written: str) -> int | None:
    month = int(written) if written.isdigit() else _CHINESE_MONTHS.get(written)
    return month if month is not None and 1 <= month <= 12 else None


def _role(text: str, start: int, before: str, near: str, after: str, at_line_start: bool) -> Role:
    if _inside_quoted_title(text, start):
        return Role.QUOTED
    if _MEETING.match(after) and not _SINCE.match(after):
        return Role.MEETING
    if start < _HEAD and _FULL_DATE.match(after) and _is_short_line(text, start):
        return Role.HEAD_DATE
    heading = None if re.match(r"[是，,、]|以来", near) else _HEADING.match(near)
    if heading and (at_line_start or not before.strip() or _HEADING_START.search(before)):
        if heading["work"]:  # 2009年的主要工作: done where it is the first heading, to do in a later one
            first = text.rfind("一、", max(0, start - 6), start) >= 0
            return Role.REVIEW_HEADING if first else Role.PLAN_HEADING
        return Role.PLAN_HEADING if heading["plan"] else Role.REVIEW_HEADING
    if _FIRST_HEADING.search(text[max(0, start - 6) : start]) and not near.startswith(("，", ",", "是", "以来")):
        return Role.REVIEW_HEADING  # 一、1993年提前翻番: whatever its words, the first heading looks back
    headed = _HEADED_BEFORE.search(before)
    if headed and len(before) <= 6:
        return Role.REVIEW_HEADING if headed["review"] else Role.PLAN_HEADING
    if _UNTIL_BEFORE.search(before):
        return Role.UNTIL
    if _DATED_BEFORE.search(before):
        return Role.DATED
    if _BASELINE_BEFORE.search(before) and _BASELINE_AFTER.match(near):
        return Role.BASELINE
    if before.endswith("为") and _TIMES_AS_MUCH.match(near):
        return Role.BASELINE  # 为2016年的2.5倍
    if _TARGET_BEFORE.search(before):
        return Role.TARGET
    if _DATED.match(near):
        return Role.DATED
    if _CALLED.match(near):
        return Role.CALLED
    if _PLAN_PROSE.match(near):
        return Role.PLAN
    if _RESULT.match(near):
        return Role.RESULT
    return Role.PASSING


def _is_short_line(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return (len(text) if end < 0 else end) - start <= _HEAD_LINE


def _inside_quoted_title(text: str, at: int) -> bool:
    opened = text.rfind("《", max(0, at - 50), at)
    return opened >= 0 and text.find("》", opened, at) < 0
