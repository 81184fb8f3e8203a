"""The time that a figure is about: as printed, of what kind, and the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.report import FigureKind, FigureRole, PeriodKind
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.times import Opening, opening_at
from indexer.reference.indicators import Indicator

PERIOD = re.compile(
    r"(?:(?:(?:19|20)\d\d|[xX×]{2,4})年)?"
    r"(?:上半年|下半年|前[一二三四]个?季度|前三季度|[一二三四]季度|(?<!\d)\d{1,2}月?[-—–~至到](?!20)\d{1,2}月(?:份)?|(?<![\dxX])[xX]{1,2}[-—–~至到][xX]{1,2}月"
    r"|(?<!第)前[一二三四五六七八九十\d]{1,2}个?月|全年|年内)"
    r"|(?:截至|截止到?|到)?(?:(?:19|20)\d\d|[xX×]{4})年(?:(?<!\d)(?:1[0-2]|0?[1-9])月)?(?:底|末|初)?"
    r"|截[至止]到?(?:目前|今|(?:1[0-2]|[1-9]|[xX]{1,2})月)(?:底|末)?|目前|今年以?来|一年来|五年来|三年来|今年|(?<![较比于和与同])去年(?!同期)|(?<![较比于和与同])上年度?(?!同期)"
    r"|(?:过去|今后|未来|这)[三四五]年|(?<![较比于和与同是为])十[一二三四五]五(?:时期|期间|末|以来)?|(?<![\d-])(?:1[0-2]|[1-9])月份?(?!\d)"
)
# Every period begins with one of these; a plain character class skips the rest of the text fast.
PERIOD_OPENING = re.compile(r"[\dxX×上下前一二三四五全年截到目今去十过未这]")
SPLICED = re.compile(r"(?<!\d)\d{1,2}[-—–~至到](?:19|20)\d\d月|(?<!\d)(?:19|20)\d\d月")
PARTIAL = re.compile(
    r"上半年|下半年|季度|前[一二三四五六七八九十\d]{1,2}个?月|\d月?[-—–~至到]\d{1,2}月|^(?:1[0-2]|[1-9])月份?$|截[至止]到?(?:1[0-2]|[1-9])月|年(?:1[01]|[1-9])月"
)
# 前三季度生产总值增速居全省第2 is of those quarters; a month that dates something else in the sentence is not it.
RANKED_IN = re.compile(
    r"(?<![比较])(?:前[两二三]个?季度|(?<!个)[一二三四]季度|上半年|\d{1,2}月?[-—–~至到]\d{1,2}月)(?!.*(?:全年|年末|预计))"
)
DAY = re.compile(r"^\d{1,2}月份?$")
AVERAGE = re.compile("年均(?!浓度|值|气温|降水)|平均每年|每年平均|(?<!前)[两三四五]年平均(?!数|值|水平)")
EACH_YEAR = re.compile(r"每年[^，,；;：:\d]*$")
RISE_AFTER = re.compile(
    r"(?:以上|左右)?[，,、](?:(?:年均|同比|比上年)?(?:分别)?(?:增长|递增|增速|下降)|是(?:(?:19|20)\d\d年|十[一二三四五]五末)的)"
)
MULTI = re.compile(
    r"(?<!前)[两三四五六七八九十]年(?:来|间|内|累计|共|新增|期间|完成|引进|建成|合计|实现|时间|以来)|(?:过去|近|今后|未来|这|(?<![比较是于为])前|五|连续)[两三四五十]年(?!的?(?:之和|总和|总量|合计))|十[一二三四五]五(?!(?:发展)?(?:规划|纲要|重[大点]|项目))(?:期间|时期|以来)?|(?<![比较是由从于十])[十九八七]五(?:期间|时期|以来)(?!的)|(?:19|20)\d\d[-—–~至到](?:19|20)\d\d年|累计(?!达|有|拥有)|历年|任期|届政府"
    r"|(?<![^，,：:])[三四五]年(?![级期制规行计以前后多度均平年翻\d]|增[长加]|提[高升]|[下降减])"  # 五年办理建议900件
)
ADDED_UP = re.compile("(?<![公总])共(?![同享建有计])|累计|合计")
CLAUSES = re.compile("[，,；;]")  # 连续三年超过1万人，新增就业3万人: the jobs are of one year
ALREADY = re.compile("累计")
OTHER_BASE = re.compile(
    r"(?:[比较]|是|相当于)(?:(?:19|20)\d\d年|(?:[八九]五|十五|十[一二三四五]五)(?:末|期末|期间|时期)|[二三四五六七八九十]年前|前[两三]年|上届|改革前)(?!同期)"
)
# Incomes and products don't grow so much in one year: in a chapter on several years that is what all of them brought.
GROWING = ("gdp", "gdp-per-capita", "urban-income", "rural-income", "residents-income", "retail-sales")
# Of what is told of projects, items and parks these are flows: in a chapter on five years they are their sum.
ADDING_UP = ("completed-investment", "delegated-items")
COUNTED = ("count", "persons", "area", "length")  # families of units
MOST_A_YEAR = 25  # per cent
GREW_SINCE = re.compile(
    r"[比较](?:(?:19|20)\d\d年|[二三四五]年前)[^，,。；]{0,4}?(?:分别)?(?:增长|增加|提高|下降|降低|增)"
)
NEW_BASE = re.compile(r"[比较](?:上年|去年)|同比|年均|(?:19|20)\d\d年|全年|去年|今年")
AGAINST = re.compile("[，,][比较]")
NEAR = 20  # characters behind a number that may tell against what it grew
ONE_YEAR = re.compile(r"(?:是|相当于)(?:(?:19|20)\d\d年|十[一二三四五]五末)")  # 是2015年的两倍: of one year
STATE = re.compile("年末|年底|期末|截至|截止")
YEAR = re.compile(
    r"(?<![比较于与和自从由是\d-])(?<!相比)((?:19|20)\d\d)年(?!以来|起|的?基础|相比|度?计划|版|前|价|的[\d.]+倍)"
)
AIMED = re.compile(r"到((?:19|20)\d\d)年(?!的[\d.]+倍)")
FIVE = re.compile("(?:今后|未来)五年")
# A heading on the aims of a government that takes office: of its term of five years.
TERM = re.compile(
    r"(?:第[一二三四五六七八九十百]+届|新一届|本届|下一?届)(?:[市省州县]?人民)?政府[^，。]{0,6}(?:目标|任务|思路)(?!完成)"
)
PLAN_END = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
BASE = re.compile(
    r"[由从](?:[^，,。；、]{0,14}(?:[、和与及][^，,。；、]{0,14})?|(?:(?:19|20)\d\d年的?)?(?:[\d.]+[∶:：]){1,2})$"
)
BASE_AFTER = re.compile(
    r"(?:[、和与及][\d.]+(?!年)[^，,。；、\d]{0,4})?(?:[∶:：][\d.]+)*(?:以上|左右)?[，,]?(?:[^，,。；\d]{0,4})(?:提[高升]?|增[加长]?|上?升|下?降低?|扩大?|缩[短减]?|压[缩减降]?|减少?|调整|跃升|上涨|优化|回落|发展|扩展?|变)[到至为]"
)
REACHED = re.compile("(?:达到?|突破|超过|增加?[到至]|提[高升]到|跃上|迈上|控制在|保持在?|稳定在|维持在)(?:了|约|近)?$")
OPENS_YEARS = re.compile(
    "^(?:五年来|三年来|(?:过去|这)[三四五]年|十[一二三四五]五(?:时期|期间|以来))$"
)  # 五年来，…。… 新增就业51万人
SEVERAL_YEARS = re.compile("[三五]年来|这[三五]年|(?:过去|今后|未来)[三四五]年|十[一二三四五]五")
FIVE_TOLD = re.compile(
    "过去五年|五年来|这五年|(?:人大|人民代表大会)一次会议以来|十[一二三四五]五[”』」]?(?:时期|期间)的(?:政府)?工作|五年工作|五年政府工作|本届政府(?!的?(?:良好)?(?:开局|首年|第一年|起步))|十[一二三四五]五[”』」]?(?:时期|期间)?[^，。]{0,10}(?:回顾|成就|成绩|成效)"
)
ONE_NAMED = re.compile(r"(?:19|20)\d\d年|过去一年|去年|上年|一年来")
IN_YEARS = re.compile("[三四五]年(?:来|间)?(?:共|实际)?(?:增长|增加|提高|下降|降低)$")
WHOLE_YEAR = re.compile("(?:全年|上年|同比)累计$")
UP_TO = re.compile(r"到(?:19|20)\d\d年|年末|(?<!\d)(?:19|20)\d\d年，")
PLAN_OF_YEARS = re.compile("(十[一二三四五]五|十五五)[”』」]?(?:时期|期间|规划)?[^，。]{0,12}目标")
PLAN_AIMS = re.compile("(十[一二三四五]五|十五五)[”』」]?(?:时期|期间)[^，。]{0,14}目标(?:主要)?(?:是|为|[：:])")
ENDS = re.compile("(?<![比较是于由从])(十[一二三四五]五|十五五)(?:末|规划末)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the beginning of its sentence, its own, and the text from the number before to it."""

    sentence: int
    start: int
    end: int
    left: str


@dataclass(frozen=True, slots=True)
class Timed:
    period: str | None
    kind: PeriodKind | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods that a text names: (end, words) in their order."""

    text: str
    named: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, text: str) -> Periods:
        named = []
        here = 0
        for opening in PERIOD_OPENING.finditer(text):
            if opening.start() >= here and (match := PERIOD.match(text, opening.start())) is not None:
                here = match.end()
                named.append((here, match.group()))
        return cls(text, tuple(named))

    def before(self, at: int, sentence: int) -> tuple[str | None, bool]:
        """The last one before ``at`` in its paragraph, and whether it holds for the kind of time.

        统计显示，上半年 … holds for the sentences after it too where it opens the paragraph; a month that dates an
        event in an earlier sentence does not.
        """
        paragraph = self.text.rfind("\n", 0, at)
        end, words = next(((end, words) for end, words in reversed(self.named) if paragraph < end <= at), (0, None))
        return words, words is not None and (end > sentence or (end - paragraph < 24 and not DAY.search(words)))


def is_redated(text: str) -> bool:
    """Whether years were spliced over other numbers (1-2023月份): then a number that reads as a year may be one."""
    return SPLICED.search(text) is not None


def timed(
    periods: Periods, place: Place, row: Indicator | None, kind: FigureKind, role: FigureRole, context: FigureContext
) -> Timed:
    """The time of a number at ``place``."""
    words, near = periods.before(place.start, place.sentence)
    before = periods.text[place.sentence : place.start]
    since = is_base(before, periods.text, place.end)
    opening = _opening(periods.text, place.start, row, context)
    paragraph = opening_at(periods.text, place.start, context.opening)
    if since:
        sort = PeriodKind.END
    elif kind is FigureKind.POINTS and paragraph is Opening.SEVERAL and not NEW_BASE.search(before):
        sort = PeriodKind.MULTI  # 五年来，…城镇化率提高6个百分点
    else:
        sort = _kind(words if near else None, before, place.left, row, kind, opening, context)
    if sort is PeriodKind.MULTI and kind is FigureKind.LEVEL and row is not None and not MULTI.search(before):
        # 五年来，…。财政收入完成70亿元，年均增长9%: what is told with its rise is of the year where that ends, unless
        # it is added up: 共引进企业90家、资金50亿元，年均增长12%
        one = RISE_AFTER.match(periods.text, place.end) and not ADDED_UP.search(CLAUSES.split(before)[-1])
        sort = PeriodKind.YEAR if one else sort
    year = _stated_base(before) if since else _year(periods.text, before, place.start, role, context)
    if role is FigureRole.TARGET and year == context.plan_year and year and year % 5 == 1:
        # 生产总值年均增长8%, said in the first year of a five-year plan
        year = year + 4 if sort is PeriodKind.AVERAGE or AVERAGE.search(before) else year
    return Timed(words if words and _agrees(words, sort, year) else None, sort, year)


def is_base(before: str, text: str, end: int) -> bool:
    """Whether a number that ends at ``end`` is what a later one is told to have come from: 由48%提高到53%."""
    return BASE.search(before, max(0, len(before) - 20)) is not None and BASE_AFTER.match(text, end) is not None


def _agrees(words: str, sort: PeriodKind | None, year: int | None) -> bool:
    """Whether a printed period can be the one of the value: not the year that it is compared with, nor five years
    where the value is of one."""
    named = re.findall(r"(?:19|20)\d\d", words)
    if named and year is not None:
        return str(year) in named
    if sort is PeriodKind.YEAR and PARTIAL.search(words):
        return False
    one = sort in (PeriodKind.YEAR, PeriodKind.END)
    return not (one and (year is None or SEVERAL_YEARS.search(words)))


def _stated_base(before: str) -> int | None:
    """The year of the first value of 由48%提高到53%, where it is told: 由2015年的48%."""
    match = BASE.search(before, max(0, len(before) - 20))
    years = re.findall(r"(?:19|20)\d\d", match.group()) if match else []
    ends = ENDS.findall(match.group()) if match else []
    return int(years[-1]) if years else PLAN_END[ends[-1]] if ends else None


def _kind(
    words: str | None,
    before: str,
    left: str,
    row: Indicator | None,
    kind: FigureKind,
    opening: Opening | None,
    context: FigureContext,
) -> PeriodKind:
    cumulative = row.cumulative if row else "year"
    if AVERAGE.search(re.split("[，,；]", left.rstrip("，,"))[-1]):
        return PeriodKind.AVERAGE
    if (
        EACH_YEAR.search(left)
        and kind is not FigureKind.SHARE
        and (cumulative == "year" or kind is not FigureKind.LEVEL)
    ):
        return PeriodKind.AVERAGE  # 每年新增就业3万人, not 失业率每年控制在4%以内
    of_months = RANKED_IN.search(before) if kind is FigureKind.RANK else words and PARTIAL.search(words)
    if of_months:
        return PeriodKind.PART
    if kind in (FigureKind.GROWTH, FigureKind.POINTS) and _is_beside_another_year(left, context):
        return PeriodKind.MULTI
    state = kind in (FigureKind.LEVEL, FigureKind.SHARE) and cumulative == "either"
    if cumulative == "end" or (state and (not ALREADY.search(left) or (row is not None and kind is FigureKind.LEVEL))):
        return (
            PeriodKind.END
            if not (row and row.comparable == "object" and cumulative == "either")
            else _sum(row, words, before, left, opening, context)
        )
    if kind in (FigureKind.LEVEL, FigureKind.ADDED) and _is_sum(words, before, left, opening, context):
        return PeriodKind.MULTI
    if kind in (FigureKind.GROWTH, FigureKind.POINTS) and _is_sum_of_changes(left):
        return PeriodKind.MULTI
    if kind is FigureKind.OTHER and cumulative == "either":
        return PeriodKind.END
    if kind is FigureKind.OTHER and OTHER_BASE.search(left):
        return PeriodKind.YEAR if ONE_YEAR.search(left) else PeriodKind.MULTI
    return PeriodKind.END if row is None and STATE.search(left) else PeriodKind.YEAR


def _is_sum(words: str | None, before: str, left: str, opening: Opening | None, context: FigureContext) -> bool:
    """五年累计引进 …; a state that is reached (五年来 … 达到900亿元) is of the last year.

    ``words``: the period that holds for the number, from an earlier sentence perhaps; ``opening``: on what the
    paragraph opens (过去五年，我们…).
    """
    if REACHED.search(left) and not ALREADY.search(left):
        return False
    clause = CLAUSES.split(before)[-1]
    spans = [one for one in MULTI.finditer(before) if not one.group().startswith("连续") or one.group() in clause]
    if spans and UP_TO.search(before, spans[-1].end()) is None:
        # 五年投入支农资金24亿元，2005年粮食产量260万吨: a year named behind it holds
        return len(spans[-1].group()) > 2 or ONE_NAMED.search(before, spans[-1].end()) is None
    if words is not None and not SEVERAL_YEARS.search(words):
        return False  # 全年, 2021年
    if words is not None and OPENS_YEARS.search(words) is not None:
        return True
    return _in_five_years(context) if opening is None else opening is Opening.SEVERAL


def _opening(text: str, at: int, row: Indicator | None, context: FigureContext) -> Opening | None:
    """What the paragraph opens on, where that decides: 五年来，我们…新增企业900家 are a sum; 财政收入接近90亿元 is
    of the last year."""
    opening = opening_at(text, at, context.opening)
    adds_up = row is None or row.id in ADDING_UP or any(unit.startswith(COUNTED) for unit in row.units)
    return opening if adds_up or opening is not Opening.SEVERAL else None


def _is_beside_another_year(left: str, context: FigureContext) -> bool:
    """较2015年增长30%, unless that is the year before."""
    base = OTHER_BASE.search(left)
    years = re.findall(r"\d{4}", base.group()) if base else []
    last = context.report_year is not None and bool(years) and int(years[0]) >= context.report_year - 1
    return base is not None and not last


def shares_a_base(text: str, start: int, end: int, context: FigureContext) -> bool:
    """比2010年增长40%；利用外资90亿元，增长70%: what the sentence said the first grew against holds for the second.
    ``start`` and ``end``: of a growth without a comparison of its own."""
    full_stop = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    told = list(GREW_SINCE.finditer(text, full_stop, start))
    if not told or NEW_BASE.search(text, told[-1].end(), start) or AGAINST.search(text, end, end + NEAR):
        return False
    return _is_beside_another_year(told[-1].group(), context)


def _is_sum_of_changes(left: str) -> bool:
    """能耗累计下降20%, 五年增长60%: over some years, unless the year is said."""
    if IN_YEARS.search(left):
        return True
    said = re.search("[^，,；、]*累计(?=[^，,；、]*$)", left)
    return said is not None and WHOLE_YEAR.search(said.group()) is None


def is_of_several(row: Indicator | None, value: float | None, words: str | None, headings: Sequence[str]) -> bool:
    """Whether a growth is too much for one year, where several are told of. ``words``: the period that holds."""
    if row is None or value is None or row.id not in GROWING or value <= MOST_A_YEAR:
        return False
    return (words is not None and SEVERAL_YEARS.search(words) is not None) or any(
        FIVE_TOLD.search(heading) for heading in headings
    )


def _sum(
    row: Indicator, words: str | None, before: str, left: str, opening: Opening | None, context: FigureContext
) -> PeriodKind:
    several = MULTI.search(before) or (row.id in ADDING_UP and _is_sum(words, before, left, opening, context))
    return PeriodKind.MULTI if several else PeriodKind.YEAR


def _in_five_years(context: FigureContext) -> bool:
    """By the nearest heading that says so, or names a year; naming both (2021年和过去五年回顾) decides nothing."""
    for heading in context.headings:
        five, one = FIVE_TOLD.search(heading) is not None, ONE_NAMED.search(heading) is not None
        if five or one:
            return five and not one
    return False


def _aimed_by(headings: Sequence[str], plan_year: int | None) -> int | None:
    """The last year of what the nearest telling heading is about (“十三五”发展目标, 今后五年), else the plan year."""
    for heading in headings:
        plans = PLAN_OF_YEARS.findall(heading)
        if re.search(r"(?:19|20)\d\d年|今年", heading):
            return plan_year
        if plans:
            return PLAN_END[plans[-1]]
        if FIVE.search(heading) or TERM.search(heading):
            return plan_year + 4 if plan_year else None
    return plan_year


def _year(text: str, before: str, at: int, role: FigureRole, context: FigureContext) -> int | None:
    target = role is FigureRole.TARGET
    years = [int(match.group(1)) for match in YEAR.finditer(before)]
    if years:
        return years[-1]
    if target:
        paragraph = text[text.rfind("\n", 0, at) + 1 : at]
        aimed = [(m.start(), int(m.group(1))) for m in AIMED.finditer(paragraph)]
        aimed += [(m.start(), PLAN_END[m.group(1)]) for m in ENDS.finditer(paragraph)]
        aimed += [(m.start(), PLAN_END[m.group(1)]) for m in PLAN_AIMS.finditer(paragraph)]
        if context.plan_year:
            aimed += [(m.start(), context.plan_year + 4) for m in FIVE.finditer(paragraph)]
            aimed += [(m.start(), context.plan_year) for m in re.finditer(f"今年|{context.plan_year}年", paragraph)]
        if aimed:
            return max(aimed)[1]
        return _aimed_by(context.headings, context.plan_year)
    ends = ENDS.findall(before)
    if ends:
        return PLAN_END[ends[-1]]
    return context.report_year
