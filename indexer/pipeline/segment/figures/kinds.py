"""What sort of number a figure is, by the words before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.report import FigureKind
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import RATES, family_of
from indexer.reference.indicators import Indicator

UP = "增长|递增|长|比增|同增|增幅|增速|涨幅|净增长|净增|增加|上升|上涨|提高|提升|攀升|扩大|前移|增|升|涨|多"
DOWN = "负增长|降幅|削减|下降|降低|减少|下滑|回落|下跌|缩减|压减|压降|压缩|缩短|收窄|节约|减|降"
COMPARED = (
    r"(?:同比|环比|比上年同期|较上年同期|比去年同期|较去年同期|比上年末|比上年底|比上年|较上年|比去年|较去年|[比较]年初|同期"
    r"|年均|平均|分别|累计|实现|可?比|合计|逆势|名义|实际|按可比价格?(?:计算)?|同口径|可比口径|[比较](?:19|20)\d\d年[底末]?|[比较]改革前|均|双双|也|预计|力争|确保|争取|总量|全年|[五三两]年|再)*"
)
CHANGE = re.compile(
    rf"(?P<compared>{COMPARED})(?P<verb>{DOWN}|{UP})(?:了|为|达到|达|率|幅度|幅|速度|持续|继续|始终|总体|约|近|超过|超|逾|至少|预计|高达|分别|均"
    r"|保持在|控制在|稳定在|不低于|不少于|不超过|高于|有望达到|力争达到|力争|目标|\s|\((?:可比|同口径|预计)[^()]*\)|:)*$"
)
CHANGES = re.compile("[增降升涨减高多长缩跌落扩削移少滑窄约]")
PLACES = (
    "全国|全省|全市|全区|全疆|全州|全自治区|省|全省全国|全国全省|国家|世界|西部|东部|中部"
    "|预期|年初|目标|同期|GDP|经济|平均"
)
GAP = re.compile(
    rf"(?<!不)(?:高于|高出|低于|快于|好于|超出|超过|优于|领先|慢于|跑赢|大于|高过)(?:了)?(?:{PLACES})[^，,。；、\d]{{0,12}}$"
    rf"|[比较](?:{PLACES})[^，,。；、\d]{{0,10}}[高低快多少慢](?:出|了)?(?:约|近)?$|(?<!不)(?:高于|高出|快于)$"
)
# 减税拉低税收增幅4个百分点: what moved it, not how it changed.
# 比一季度回升2个百分点 is no change against the year before either.
MOVING = re.compile(
    "[比较](?:[一二三]季度|上半年|前[两三]个?季度|上个?月)[^，,。；]*$|(?:拉低|拉动|拉高|带动|影响|拖累|贡献)[^，,。；]*$"
)
COMPLETION = re.compile(
    r"(?:完成|达到?|超|占|为)?(?:年度|全年|年初|预算|计划|目标|任务|五年|省定|省下达|市下达|当年)[^，,。；、\d]{0,8}的?(?:的|完成率(?:达到?)?)$"
)
# 达到全国平均水平的80%
OF_AVERAGE = re.compile("(?:全国|全省|全区|全市)[^，,。；、\\d]{0,6}平均(?:水平|数|值)?的$")
ADDED = re.compile(
    r"净增|又有|(?<![创高更革翻国])新[增认入建改获创培引组设登批评命上投备成列签注]|新\([^()]{1,6}\)[建扩]|新开[工业通]|改扩建|增加|再增"
)
MADE = re.compile(
    "建成|建设|培育|引进|认定|获批|改造|打造|创建|招引|引育|培养|筹集|新改扩建|组建|设立|推广|提升|改建|完成|开通|评为|获评|落户|提档升级|提质"
)
TOTAL = re.compile(
    "总数|总量|累计达|累计有|累计拥有|达到|达|共有|拥有|现有|已有|实有|存量|保有|突破|总里程|增至|增加到|发展到|壮大到|提高到|余额|超过"
)
SUM = re.compile("总数|总量|总里程|累计达|增至|增加到|发展到|累计总数|实有|保有")
MORE = re.compile("(?:增加|净增|多|增长|提高)(?:了|约|近)?$")
CUT = re.compile(r"(?:核减|削减)[^，,。；、\d]{0,12}面积$")  # 核减开发区规划面积90平方公里: what is left is not told
LESS = re.compile("(?:减少|少|下降|降低|缩短|压缩|节约)(?:了|约|近)?$")


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is said right before a number. ``start``: where its words begin; ``falls``: it is a decline."""

    start: int
    falls: bool
    compared: str


def change_before(left: str, unit: str) -> Change | None:
    if unit not in RATES and family_of(unit) != "multiple":
        return None
    if not CHANGES.search(left, max(0, len(left) - 20)):  # nine numbers of ten have no word of change before them
        return None
    match = CHANGE.search(left, max(0, len(left) - 44))
    if match is None:
        return None
    return Change(match.start(), re.fullmatch(DOWN, match.group("verb")) is not None, match.group("compared"))


def kind_of(
    row: Indicator | None, quantity: Quantity, left: str, change: Change | None, listed: str = ""
) -> FigureKind:
    """``left``: the text between the number before (or the start of the sentence) and this one; ``listed``: of its
    clause what stands before that, where a list goes on (新建公路30公里、农村公路50公里)."""
    family = family_of(quantity.unit)
    if family == "multiple":
        return FigureKind.OTHER
    if family == "points":
        moved = change is None or GAP.search(left) or MOVING.search(left)
        return FigureKind.OTHER if moved else FigureKind.POINTS
    if family == "percent":
        return _of_per_cent(row, left, change)
    if row is not None and row.id == "approval-time-cut":
        return FigureKind.OTHER
    clause = re.split("[，,：:]", left)[-1]
    made = listed + clause
    if LESS.search(left) or CUT.search(left) or (row is not None and row.cumulative != "either" and MORE.search(left)):
        return FigureKind.OTHER  # 优良天数比上年增加12天
    if row is None:
        return FigureKind.ADDED if re.search("新增|净增|新[认引入获创组开评]", clause) else FigureKind.LEVEL
    if row.cumulative != "either" or not any(
        unit.startswith(("count", "persons", "area", "length", "energy")) for unit in row.units
    ):
        return FigureKind.LEVEL
    if SUM.search(clause) or ("累计" in clause and ADDED.search(clause) is None):  # 累计建成: all there are
        return FigureKind.LEVEL
    if ADDED.search(clause) or (listed and ADDED.search(made) and not TOTAL.search(made)):
        return FigureKind.ADDED
    return FigureKind.ADDED if MADE.search(made) and not TOTAL.search(made) else FigureKind.LEVEL


def _of_per_cent(row: Indicator | None, left: str, change: Change | None) -> FigureKind:
    if COMPLETION.search(left) or GAP.search(left) or OF_AVERAGE.search(left):
        return FigureKind.OTHER
    if change is not None:
        return FigureKind.GROWTH
    if row is not None and row.level_or_growth == "growth" and "percent" in row.units:
        return FigureKind.GROWTH  # the index of prices is told as its rise
    return FigureKind.SHARE


def tells_apart(left: str, right: str) -> bool:
    """新增高企40家、小巨人企业5家: the second is new as well, unless its own words tell of a total."""
    return "其中" in left or TOTAL.search(left) is not None or re.match("[、，,](?:净增|新增)", right) is not None
