"""Figures: each printed quantity with what it counts, its change on the year before, its rank, scope and period.

Every quantity becomes one figure. A growth rate right after a value (``产值115亿元，增长4.4%``) is written into that
value's ``change`` and is a figure of its own too (``产值增速``): zones that print only the rate stand beside it.
A range gives two figures, its ends (scope 下限, 上限). A blotted number has its mask and no value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.report import Figure
from indexer.pipeline.segment.indicators import COUNTERS, indicator_of, share_of
from indexer.pipeline.segment.quantities import Quantity, quantities_of
from indexer.pipeline.segment.ranks import Rank, ranks_of

RATES = ("%", "‰", "个百分点", "百分点", "倍")
UP = "增长|比增|同增|增幅|增速|净增|增加|上升|上涨|提高|提升|攀升|扩大|前移|增|升|涨|多"
DOWN = "负增长|削减|下降|降低|减少|下滑|回落|下跌|缩减|压减|压缩|缩短|收窄|节约|减|降"
COMPARED = (
    r"(?:同比|环比|比上年同期|较上年同期|比去年同期|较去年同期|比上年|较上年|比去年|较去年|同期"
    r"|年均|平均|分别|累计|实现|可?比|合计|逆势|名义)*"
)
CHANGE = re.compile(
    rf"(?P<compared>{COMPARED})(?P<verb>{DOWN}|{UP})(?:了|为|达到|达|率|幅度|约|近|超过|超|逾|至少|预计|\s)*$"
)
JOINT = re.compile(rf"[,，、;；(（\s]*(?:其中|并|且|也)?{COMPARED}$")
CLAUSE = re.compile(r"[。！？；;!?\n]")
PERIOD = re.compile(
    r"(?:(?:(?:19|20)\d\d|[xX×]{2,4})年)?"
    r"(?:上半年|下半年|前[一二三四]个?季度|前三季度|[一二三四]季度|(?<!\d)\d{1,2}月?[-—–~至到](?!20)\d{1,2}月(?:份)?|(?<![\dxX])[xX]{1,2}[-—–~至到][xX]{1,2}月"
    r"|(?<!第)前[一二三四五六七八九十\d]{1,2}个?月|全年|年内)"
    r"|(?:截至|截止到?|到)?(?:(?:19|20)\d\d|[xX×]{4})年(?:(?<!\d)(?:1[0-2]|0?[1-9])月)?(?:底|末|初)?"
    r"|截[至止]到?(?:目前|今|(?:1[0-2]|[1-9]|[xX]{1,2})月)(?:底|末)?|目前|今年以?来|一年来|五年来|三年来|今年|(?<![较比于和与同])去年(?!同期)|(?<![较比于和与同])上年度?(?!同期)"
    r"|“?十[一二三四五]五”?(?:时期|期间|末|以来)?|(?<![\d-])(?:1[0-2]|[1-9])月份?(?!\d)"
)
# Every period begins with one of these; a plain character class skips the rest of the text fast.
PERIOD_OPENING = re.compile(r"[\dxX×上下前一二三四五全年截到目今去“十]")
SPLICED = re.compile(r"(?<!\d)\d{1,2}[-—–~至到](?:19|20)\d\d月|(?<!\d)(?:19|20)\d\d月")
SCOPES = (
    ("累计", re.compile("累计|合计|总计")),
    ("年度计划", re.compile("年度计划|计划投资")),
    ("全国", re.compile("全国")),
    ("全省", re.compile("全省|全自治区")),
    ("全市", re.compile("全市")),
    ("全区", re.compile("全区|我区")),
    ("其中", re.compile("其中")),
)
# What is hoped for. These hold for a whole sentence; 将 and 目标 only for their clause.
AIMS = re.compile(
    r"力争|确保|争取(?!到|.{0,24}(?:资金|支持|政策))|计划(?=[\d到在新建引投完实开总签达聚])(?!投资|总投资|单列)|拟(?=[建引投开出])"
)
NEAR_AIMS = re.compile(r"将(?!近)|目标(?!任务)|要(?=[超过突达])")
DONE = re.compile("[；;]|截至|截止|已(?!有)|实际")  # an aim before these was reached or left behind
EXPECTED = re.compile("预计|有望")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with the text between the one before it (or the start of its sentence) and itself."""

    quantity: Quantity
    left: str
    sentence: str  # the sentence up to the quantity
    joined: bool  # stands in the same sentence as the quantity before it


def is_redated(text: str) -> bool:
    """Whether years were spliced over other numbers (1-2023月份): then a number that reads as a year may be one."""
    return SPLICED.search(text) is not None


def figures_of(text: str, redated: bool = False) -> tuple[Figure, ...]:
    """Figures of one passage; spans are offsets into ``text``."""
    figures: list[Figure] = []
    periods = _periods(text)
    for placed in _placed(text, redated):
        period = _period_before(text, periods, placed.quantity.span.start)
        figures += _figures(text, placed, period, figures)
    return tuple(_with_ranks(text, figures))


def _placed(text: str, redated: bool) -> list[Placed]:
    placed: list[Placed] = []
    here = 0
    for quantity in quantities_of(text, redated):
        stops = [stop.end() for stop in CLAUSE.finditer(text, here, quantity.span.start)]
        start = stops[-1] if stops else here
        joined = bool(placed) and not any(text[s - 1] not in "；;" for s in stops)
        opening = max((text.rfind(c, 0, quantity.span.start) for c in "。！？\n"), default=-1) + 1
        placed.append(
            Placed(
                quantity, text[start : quantity.span.start], text[opening : quantity.span.start], joined and not stops
            )
        )
        here = quantity.span.end
    return placed


def _figures(text: str, placed: Placed, period: str | None, figures: list[Figure]) -> list[Figure]:
    """The figure of one quantity; the value that its rate of change belongs to is rewritten in ``figures``."""
    quantity, left = placed.quantity, placed.left
    scope = _scope(placed)
    before = figures[-1] if figures and placed.joined else None
    opening = quantity.span.start - len(placed.sentence)
    counted = next((f for f in reversed(figures) if f.unit not in RATES and f.span.start >= opening), None)
    counted = counted if before else None
    change = CHANGE.search(left, max(0, len(left) - 24)) if quantity.unit in RATES else None
    if change is None:
        share = share_of(left, counted.indicator if counted else None) if quantity.unit == "%" else None
        indicator = share or indicator_of(left, text[quantity.span.end :], quantity.unit, counted or before)
        return [
            Figure(indicator, quantity.value, quantity.unit, None, None, scope, period, quantity.mask, quantity.span)
        ]
    falls = re.fullmatch(DOWN, change.group("verb")) is not None
    value = None if quantity.value is None else (-quantity.value if falls else quantity.value)
    own = left[: change.start()]
    if before is not None and JOINT.fullmatch(own) and before.unit not in ("个百分点", "百分点"):
        indicator = before.indicator
        if before.change is None and value is not None:
            figures[-1] = replace(before, change=value)
    else:
        indicator = indicator_of(own, "", quantity.unit, before)
    named = _named(indicator, quantity.unit)
    return [Figure(named, value, quantity.unit, value, None, scope, period, quantity.mask, quantity.span)]


def _named(indicator: str | None, unit: str) -> str | None:
    """What a change is called: 产值增速, but 失业率变化 for points of a rate."""
    if indicator is None or indicator.endswith(("增速", "增幅", "变化")):
        return indicator
    return indicator + ("变化" if unit.endswith("百分点") else "增速")


def _scope(placed: Placed) -> str | None:
    """Words that say how far the number reaches, from its clause, and whether it is an aim, from its sentence."""
    clause = re.split("[，,：:（(]", placed.left)[-1]
    words = [name for name, pattern in SCOPES if pattern.search(clause)]
    if AIMS.search(DONE.split(placed.sentence)[-1]) or NEAR_AIMS.search(clause):
        words.insert(0, "目标")
    elif EXPECTED.search(clause):
        words.insert(0, "预计")
    if placed.quantity.qualifier:
        words.append(placed.quantity.qualifier)
    return "、".join(words) or None


def _periods(text: str) -> list[tuple[int, str]]:
    """(end, words) of the periods that ``text`` names."""
    periods = []
    here = 0
    for opening in PERIOD_OPENING.finditer(text):
        if opening.start() >= here and (match := PERIOD.match(text, opening.start())) is not None:
            here = match.end()
            periods.append((here, match.group()))
    return periods


def _period_before(text: str, periods: Sequence[tuple[int, str]], at: int) -> str | None:
    """The last period named before ``at`` in its paragraph: 统计显示，上半年 … holds for the sentences after it too."""
    paragraph = text.rfind("\n", 0, at)
    return next((words for end, words in reversed(periods) if paragraph < end <= at), None)


def _with_ranks(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Ranks written to the figure they follow (增长6.9%，居全市第一); the others are figures with unit 位."""
    placed = list(figures)
    for rank in ranks_of(text):
        index = next((i for i in range(len(placed) - 1, -1, -1) if placed[i].span.end <= rank.span.start), None)
        if index is not None and _follows(text, placed[index], rank) and placed[index].rank is None:
            placed[index] = replace(placed[index], rank=rank.words)
            if _is_rate_of(placed, index):
                placed[index - 1] = replace(placed[index - 1], rank=rank.words)
        elif rank.place is not None and not any(f.span.overlaps(rank.span) for f in placed):
            placed.append(Figure(rank.of, float(rank.place), "位", None, rank.words, None, None, None, rank.span))
            placed.sort(key=lambda figure: figure.span)
    return placed


def _is_rate_of(figures: Sequence[Figure], index: int) -> bool:
    """Whether figure ``index`` is the growth rate of the one before it: they share the rank then."""
    rate = figures[index]
    if index == 0 or rate.change is None:
        return False
    value = figures[index - 1]
    return value.change == rate.change and value.span.end < rate.span.start and rate.span.start - value.span.end < 12


BETWEEN = re.compile(r"[,，、;；\s]*(?:均|都|也|总量|增速|增幅|数量|规模|分别|金额|和|与)*")
NOUN_BETWEEN = re.compile(r"[^\d，,。；;：:]{1,14}[,，]?")  # 净增12户工业企业，居全市第一


def _follows(text: str, figure: Figure, rank: Rank) -> bool:
    between = text[figure.span.end : rank.span.start]
    counted = figure.unit in COUNTERS and NOUN_BETWEEN.fullmatch(between) is not None
    return rank.verb and (counted or BETWEEN.fullmatch(between) is not None)
