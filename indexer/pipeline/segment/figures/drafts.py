"""From quantities to drafts: which row of the codebook each number is a value of, and what sort of number it is.

Sentence by sentence, from left to right: numbers that are dealt out (分别) first, then the name right before or right
behind a number, and what carries on from the number before (310亿元，增长12%).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.domain.report import FigureKind
from indexer.pipeline.segment.figures.distribution import (
    ALL,
    EACH,
    FOLLOWING,
    LISTED,
    Dealt,
    dealt,
    items_of,
    named_in,
    run_from,
)
from indexer.pipeline.segment.figures.indicators import Matcher, Mention, Named, named_after, named_before, row_for
from indexer.pipeline.segment.figures.inheriting import SETS_OF_PROJECTS, SIGNED, Before, carried_on
from indexer.pipeline.segment.figures.kinds import Change, change_before, kind_of, tells_apart
from indexer.pipeline.segment.figures.periods import is_base
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import family_of
from indexer.reference.indicators import Indicator, Indicators

CLAUSE = re.compile("[，,：:（(]")
OR_STARTED = re.compile("签约[、和及](?:开工|投产|竣工|在建)")  # 新签约、开工、投产项目90个，总投资…: of all these
GOES_ON = re.compile("[^，,：:（(、和及与]{0,16}(?:[、和及与]|以及)[^，,：:（(]*$")
OTHER_NOUN = re.compile(
    "(?!以上|左右|以内|大关|上下|其中|居|位|排|列|增|占|比|较|是|为|均|且|并|获|入|通|完|办|纳|投|落|建|开|竣)[一-鿿]"
)
# 力争3家企业上市, not 4家上市公司.
GOES_PUBLIC = re.compile(
    "(?:以上)?(?:的)?(?:企业|公司)(?:成功|实现|顺利|在[^，,。；、]{2,8})?(?:挂牌)?上市(?!公司|企业)"
)
SENTENCE = re.compile(r"[。！？；;!?\n]")
# 分别由4673元和2102元提高到6800元和2444元: the second list is of the same names.
ONWARD = re.compile(
    "(?:以上|左右)?[，,]?(?:分别)?(?:提[高升]?|增[加长]?|上?升|下?降低?|扩大?|缩[短减]?|压[缩减降]?|减少?|跃升|上涨|优化|回落|发展|扩展?|变)[到至为]"
    "(?:了|约|近)?(?:分别)?"
)
TOGETHER = re.compile(r"(?:以上|左右)?[，,、\s]*(?:并且?|且)?")  # 4.5万元和2.2万元，年均增长7%和8%: of those two
BUILT = re.compile("[建扩]|新增|投[入用]|开工|竣工|增加|开办|落成")
TOTAL_BEHIND = re.compile("[、，,](?:总[数量]|累计)(?:已|预计)?(?:达|超|突破)")  # 上市公司2家、总数达12家
RECOGNISED = re.compile("认定|达标|评估|验收|升级")
GIVEN_UP = re.compile("取消|下放|调整|承接|精简|[削减]减|减少|清理|赋|放权|授权|委托|移交|划转|压[缩减]|管理权限|事权")
BESIDE = re.compile(r"[^，,、；;。\d]{3,}[和与及、]$")
# 9所中小学创客实验室 are no schools; 9所中小学建设, 9所中小学全部开工 are.
IN_SCHOOLS = re.compile(
    r"[^，,。；、\d]{0,6}?(?:中小学校?|幼儿园|学校|小学|初中|高中)(?!校|教育|和|及|与|建设|网点|新|建|改|扩|投|开工|竣工|项目|完|主体|启动|等|交付|纳入|幼儿园|小学|已|全部|招生)[一-鿿]"
)
OF_BOTH = re.compile(r"(?:高层次|高端|领军|紧缺|专业技术)[、和及与][^，,、\d]{0,4}$")  # 高层次、高技能人才900人
TALENTS = ("skilled-talents", "high-level-talents", "talents-introduced")
MOTIONS = re.compile("议案[^建议，,、]{0,4}$")
SUGGESTIONS = re.compile("[、，,和及]?(?:办理|办复)?(?:人大)?(?:代表)?(?:书面)?建议")
LEFT_OVER = re.compile("保留|[减降]至|[减降]少[到至]|精简[到至]|压[缩减][到至]|[由从][^，。；]{0,12}$")
THREE = re.compile("(?:三次|三大)?产业(?:增加值)?(?:结构|比例|比重|比|构成)|一二三产")


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity on its way to a figure.

    ``sentence``: where its sentence begins; ``left``: the text between the number before it and itself; ``joined``: it
    carries on from that number.
    """

    quantity: Quantity
    sentence: int
    left: str
    row: Indicator | None
    phrase: str | None
    kind: FigureKind
    change: Change | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity with what stands before it. ``own``: phrases of the codebook between the number before and itself."""

    text: str
    quantity: Quantity
    sentence: int
    start: int  # of ``left``
    change: Change | None
    own: Sequence[Mention]
    before: Draft | None

    @property
    def left(self) -> str:
        return self.text[self.start : self.quantity.start]

    @property
    def listed(self) -> str:
        """Of the number's clause what stands before ``left``, where that goes on with a list: 新建县道3公里、村道5公里,
        新设7家企业中心、8家工作站."""
        if GOES_ON.match(self.left) is None:
            return ""
        return CLAUSE.split(self.text[self.sentence : self.start])[-1]

    def draft(self, row: Indicator | None, phrase: str | None, kind: FigureKind | None = None) -> Draft:
        kind = kind or kind_of(row, self.quantity, self.left, self.change, self.listed)
        return Draft(self.quantity, self.sentence, self.left, row, phrase if row else None, kind, self.change)


class Drafter:
    """Built once for a codebook; holds no state between texts."""

    def __init__(self, indicators: Indicators) -> None:
        self._matcher = Matcher(indicators)
        self._indicators = indicators
        self._services = indicators.get("services-share")

    def mentions(self, text: str, places: Sequence[int]) -> list[Mention]:
        """Phrases of the codebook in the sentences that hold one of ``places``, which ascend.

        Most sentences hold no number: looking only where one stands takes half the time.
        """
        found: list[Mention] = []
        upto = 0
        for at in places:
            if at < upto:
                continue
            start = max(text.rfind(mark, 0, at) for mark in "。！？；;!?\n") + 1
            stop = SENTENCE.search(text, at)
            upto = stop.start() if stop else len(text)
            found += self._matcher.mentions(text, max(start, found[-1].end if found else 0), upto)
        return found

    def drafts(self, text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Draft]:
        """One draft for each quantity; more where several names share it (均)."""
        found: list[Draft] = []
        dealt_out: dict[int, Dealt] = {}
        stops = [0, *(stop.end() for stop in SENTENCE.finditer(text)), len(text) + 1]
        for index, quantity in enumerate(quantities):
            at = bisect_left(stops, quantity.start + 1)
            sentence, end = stops[at - 1], stops[at]
            before = found[-1] if found and found[-1].sentence == sentence else None
            if before and before.quantity.start == quantity.start:  # the other end of a range
                found.append(replace(before, quantity=quantity))
                continue
            start = before.quantity.after if before else sentence
            change = change_before(text[start : quantity.start], quantity.unit)
            spot = Spot(text, quantity, sentence, start, change, _between(mentions, start, quantity.start), before)
            if index not in dealt_out:
                here = [one for one in found if one.sentence == sentence]
                dealt_out |= _deal(spot, quantities, index, end, here)
            if index in dealt_out:
                found.append(_dealt_draft(spot, *dealt_out[index]))
            else:
                found += self._plain(spot, mentions)
        return found

    def _plain(self, spot: Spot, mentions: Sequence[Mention]) -> list[Draft]:
        """The drafts of a quantity that no 分别 deals out: one, or one for each of the names before 均."""
        together = _all_of(spot)
        if together:
            changes = spot.change is not None
            rows = [(row_for((row,), spot.quantity.unit, changes) if row else None, name) for row, name in together]
            return [spot.draft(row, name) for row, name in rows]
        if spot.quantity.bound and spot.quantity.bound.endswith("产业"):
            return [self._part_of_three(spot)]
        named = self._named(spot, mentions)
        if named is not None:
            return [self._named_draft(spot, named)]
        if spot.own and spot.left.strip():
            return [spot.draft(None, None)]
        carried = carried_on(spot.left, spot.quantity, spot.change, _handed(spot), self._indicators)
        if carried is not None and carried.row is not None and _counts_something_else(spot):
            carried = None
        if carried is not None and spot.before is not None and (carried.row is None or _counts(carried.row, spot)):
            phrase = spot.before.phrase
            spot = replace(spot, change=spot.change or carried.change)
            return [replace(spot.draft(carried.row, phrase, carried.kind), joined=True)]
        unknown = spot.draft(None, None)
        adding = spot.before is not None and spot.before.kind is FigureKind.ADDED and spot.left.startswith("、")
        if adding and unknown.kind is FigureKind.LEVEL and not tells_apart(spot.left, spot.text[spot.quantity.after :]):
            return [replace(unknown, kind=FigureKind.ADDED)]
        return [unknown]

    def _part_of_three(self, spot: Spot) -> Draft:
        """三次产业结构 8:47:45: the third number is the share of services."""
        third = spot.quantity.bound == "第三产业" and THREE.search(spot.text, spot.sentence, spot.quantity.start)
        row = self._services if third else None
        return spot.draft(row, row.name if row else None, FigureKind.SHARE)

    def _named_draft(self, spot: Spot, named: Named) -> Draft:
        row, before, text = named.row, spot.before, spot.text
        projects = before is not None and _is_set_of_projects(before)
        if row is not None and row.id == "project-total-investment" and projects and _is_signed(spot):
            row = self._indicators.get("signed-investment")
        if row is not None and not _acted_on(row, spot):
            return spot.draft(None, None)
        if row is not None and row.id in TALENTS and OF_BOTH.search(spot.left.split(named.phrase)[0]):
            return spot.draft(None, None)
        kind = kind_of(row, spot.quantity, spot.left, spot.change, spot.listed)
        if row is not None and row.id == "listed-companies" and GOES_PUBLIC.match(text, spot.quantity.end):
            kind = FigureKind.ADDED
        listed = row is not None and row.cumulative == "either"
        if listed and kind is FigureKind.LEVEL and TOTAL_BEHIND.match(text, spot.quantity.after):
            kind = FigureKind.ADDED
        counted = family_of(spot.quantity.unit).startswith(("count", "persons", "area", "length"))
        adding = counted and before is not None and before.kind is FigureKind.ADDED and kind is FigureKind.LEVEL
        if adding and listed and not tells_apart(spot.left, spot.text[spot.quantity.after :]):
            kind = FigureKind.ADDED
        return spot.draft(row, named.phrase, kind)

    def _named(self, spot: Spot, mentions: Sequence[Mention]) -> Named | None:
        """The longest of the names around, behind and before the quantity."""
        text, quantity = spot.text, spot.quantity
        found = [self._matcher.around(text, quantity), named_after(text, mentions, quantity)]
        if spot.own and not _is_sum(spot):
            found.append(named_before(text, spot.own[-1], quantity, spot.change is not None))
        known = [one for one in found if one is not None and one.row is not None]
        if known:
            return max(known, key=lambda one: len(one.phrase))
        return next((one for one in found if one is not None), None)


def _counts_something_else(spot: Spot) -> bool:
    """引进人才2万人，超过30位院士常驻: what stands behind the second counter says whom it counts."""
    counted = family_of(spot.quantity.unit) in ("count", "persons")
    return counted and OTHER_NOUN.match(spot.text, spot.quantity.after) is not None


def _counts(row: Indicator, spot: Spot) -> bool:
    """引进人才3万人，总量达到80万人; 新增企业6万家，累计达30万家: the second are all there are, not those that came."""
    comes = row.cumulative == "year" and family_of(spot.quantity.unit) in ("count", "persons")
    return not comes or re.search("总[量数]|累计达", spot.left) is None


def _acted_on(row: Indicator, spot: Spot) -> bool:
    """Whether the words say what the row counts: schools that were built, items that were given up.

    认定幼儿园76所 builds none, and 审批事项由365项减至148项 are those that are left.
    """
    text, here = spot.text, spot.quantity
    if row.id == "schools-built":
        recognised = RECOGNISED.search(re.split("[，,。；;]", text[here.end : here.end + 24])[0])
        if IN_SCHOOLS.match(text, here.after):
            return False
        return recognised is None and BUILT.search(text, spot.sentence, here.start) is not None
    if row.id == "npc-suggestions":  # 办理议案3件、建议120件: the first are no suggestions
        return MOTIONS.search(spot.left) is None or SUGGESTIONS.match(text, here.after) is None
    if row.id == "delegated-items":
        clause = re.split("[，,；;：:]", text[spot.sentence : here.start])[-1]
        around = clause + text[here.end : here.end + 16]
        return GIVEN_UP.search(around) is not None and LEFT_OVER.search(spot.left) is None and "收费" not in around
    return True


def _is_sum(spot: Spot) -> bool:
    """Whether one number stands behind two names: 孵化器、众创空间276个 are both of them together."""
    if len(spot.own) < 2 or spot.change is not None:
        return False
    first, last = spot.own[-2:]
    alike = any(row_for(one.rows, spot.quantity.unit, False) for one in [first])
    return alike and spot.text[first.end : last.start] in ("、", "和", "与", "及", "以及")


def _between(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    first = bisect_left(mentions, start, key=lambda one: one.start)
    last = bisect_left(mentions, end, key=lambda one: one.start)
    return [one for one in mentions[first:last] if one.end <= end]


def _is_set_of_projects(before: Draft) -> bool:
    if before.row is not None:
        return before.row.id in SETS_OF_PROJECTS
    return re.search(r"项目[^，,。；、\d]{0,4}$", before.left) is not None  # 新签约外地项目超30个、总投资9亿元


def _is_signed(spot: Spot) -> bool:
    signed = SIGNED.search(spot.text, spot.sentence, spot.quantity.start) is not None
    return signed and OR_STARTED.search(spot.text, spot.sentence, spot.quantity.start) is None


def _handed(spot: Spot) -> Before | None:
    """What the number before hands on."""
    before = spot.before
    return Before(before.row, before.kind, before.quantity, before.change, _is_signed(spot)) if before else None


def _dealt_draft(spot: Spot, row: Indicator | None, phrase: str) -> Draft:
    """A number of a list is a change where it says so, or where the one before it in the list is one."""
    before = spot.before
    alike = before is not None and family_of(before.quantity.unit) == family_of(spot.quantity.unit)
    listed = before.change if before is not None and alike and spot.left[:1] in "和、与及，,以左" else None
    spot = replace(spot, change=spot.change or listed)
    if row is not None and spot.change is None:
        row = row_for((row,), spot.quantity.unit, False)
    more = alike and before is not None and before.kind is FigureKind.OTHER and LISTED.fullmatch(spot.left)
    return spot.draft(row, phrase, FigureKind.OTHER if more else None)  # 分别增加107亿元和82亿元: both are changes


def _deal(
    spot: Spot, quantities: Sequence[Quantity], index: int, end: int, drafts: Sequence[Draft]
) -> dict[int, Dealt]:
    """Rows for a list of numbers that begins at ``index``, by the names before 分别 or by the numbers before it."""
    text, at = spot.text, spot.quantity.start
    count = run_from(text, quantities, index, end)
    if count == 1:
        return {}
    marks = list(EACH.finditer(text, spot.start, at))
    earlier = drafts[-count:]
    if len(earlier) == count and all(one.row and one.change is None for one in earlier):
        changed = spot.change is not None and TOGETHER.fullmatch(spot.left[: spot.change.start])
        if ONWARD.fullmatch(spot.left) or (changed and not marks and LISTED.fullmatch(earlier[-1].left)):
            return {index + n: (one.row, one.phrase or "") for n, one in enumerate(earlier)}
    if not marks:
        named = spot.own[-count:]
        if len(named) == count and _listed(text, named) and not any(one.joint for one in named):
            told = _countable(named_in(named), spot) or []
            last = named_before(text, named[-1], spot.quantity, spot.change is not None)
            return dict(zip(range(index, index + count), told, strict=True)) if last else {}
        unknown = _beside_an_unknown_name(spot) if count == len(named) + 1 == 2 else None
        if unknown is not None:
            return {index: (None, ""), index + 1: unknown}
        joint = [one for one in spot.own if one.joint]
        if not joint or len(joint[-1].joint) != count or at - joint[-1].end > 14:
            return {}
        rows: Sequence[Dealt] | None = named_in(joint[-1:])
    else:
        rows = _countable(dealt(text, spot.start, marks[-1].start(), spot.own, count), spot)
        if rows is None and FOLLOWING.fullmatch(text[spot.start : marks[-1].end()]):
            levels = [(one.row, one.phrase or "") for one in drafts if one.change is None and not _is_base(text, one)]
            levels = levels[-count:]
            rows = levels if len(levels) == count else None
    return dict(zip(range(index, index + count), rows, strict=True)) if rows else {}


def _beside_an_unknown_name(spot: Spot) -> Dealt | None:
    """综合指数和PM2.5平均浓度下降12%、13%: the second is of the only name known, the first of the other."""
    name = spot.own[-1]
    before = CLAUSE.split(spot.text[spot.sentence : name.start])[-1]
    if spot.change is None or name.joint or not name.rows or BESIDE.search(before) is None:
        return None
    return (name.rows[0], name.name) if named_before(spot.text, name, spot.quantity, True) else None


def _is_base(text: str, draft: Draft) -> bool:
    """生产总值由900亿元增加到1200亿元，财政收入由60亿元增加到90亿元，年均分别增长7%和9%: of two."""
    return is_base(text[draft.sentence : draft.quantity.start], text, draft.quantity.end)


def _listed(text: str, named: Sequence[Mention]) -> bool:
    """利用外资、出口总额年均增长12%和20%: as many names as numbers, in one list."""
    return all(text[a.end : b.start] in ("、", "和", "与", "及") for a, b in pairwise(named))


def _countable(rows: list[Dealt] | None, spot: Spot) -> list[Dealt] | None:
    """重大产业项目、技术改造投资均增长12%: the investment in projects grew, not their number."""
    if rows is None or family_of(spot.quantity.unit) not in ("percent", "points"):
        return rows
    return [(None if row and row.id in SETS_OF_PROJECTS else row, name) for row, name in rows]


def _all_of(spot: Spot) -> list[Dealt]:
    """The rows that share one number: 甲、乙均增长20%, 存、贷款余额分别突破1万亿元."""
    marks = list(re.finditer(f"{ALL.pattern}|{EACH.pattern}", spot.left[-14:]))
    if not marks or not spot.own:
        return []
    mark = spot.quantity.start - len(spot.left[-14:]) + marks[-1].start()
    comma = max(spot.text.rfind(c, spot.start, mark) for c in "，,")
    inside = [one for one in spot.own if comma < one.start and one.end <= mark]
    rows = _countable(items_of(spot.text, max(comma + 1, spot.start), mark, inside), spot) or []
    return rows if len(rows) > 1 and any(row for row, _ in rows) else []
