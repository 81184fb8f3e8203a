"""Names of indicators in a text, and which of them a number is a value of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.pipeline.segment.figures.kinds import PLACES
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import family_of, fits
from indexer.pipeline.segment.wording import any_of, words
from indexer.reference.indicators import Indicator, Indicators
from indexer.text.name_finder import NameScanner


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of the codebook. ``rows`` is empty where it only looks like a name, or names several (``joint``)."""

    start: int
    end: int
    name: str
    rows: tuple[Indicator, ...]
    joint: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A row with the words that named it. ``row`` None: the words are known to mean no row."""

    row: Indicator | None
    phrase: str
    start: int


# What may stand between a name and its number (indicators.md, 2.3).
BETWEEN = words(
    r"""
    全年 今年 去年 上年 当年 年内 年末 年底 年均 累计 每年 期末 目前 截至目前 上半年 前三季度 [一二三四]季度 前?\d{1,2}(?:-\d{1,2})?个?月(?:份|末|底)? (?:19|20)\d\d年(?:底|末)?
    [两三四五十]年(?:来|间)? 同比 环比 (?:[比较]|相比)(?:上年|去年|上年度|20\d\d年|19\d\d年|年初|年初目标|五年前|上届末|十二五末|十三五末|十一五末)(?:同期|底|末)? 按可比价格?(?:计算)? 可比 同口径 可比口径 按?现价 扣除物价因素 名义 实际
    实现 完成 达到? 突破 增加?[至到] 增 提[高升][到至] 扩大[到至] 上?升[到至] 下?降[低]?[到至为] 回落[到至] 减少?[到至] 压[缩减][到至] 缩[短减][到至] 跃升[到至] 控制[在到]? 低于 保持在? 稳定在 维持在 调整?[到为] 为 是 有 共有 现有 已有 约为 跃上 迈[上过入]
    跨[越过上入] 越过 站上 登上 超额 由 从 到 至 在 拥有 新增 净增 新增加 增长 下降 增幅 增速 涨幅 降幅 增长率 年?增长速度 增加 减少 上涨 提高 提升 降低 回落 下跌 下滑 压减 压降 压缩 缩短 减 升 降 净增长 增 涨
    总额 总量 总数 数量 余额 规模 金额 总面积 面积 水平 总里程 里程 总规模 总值 率 数 额 度 个数 家数 户数 人数 共 共计 合计 总计 其中 全市 全省 全区 全县 全州 全年累计 指数 幅度 之和 实际到位 到账 改造 绿化 开行 开行数量 保有量 入库数? 资金 、?批评[和、]?意见 比率 比例 占比 岗位 人员 正增长 递增 始终 一直 多 高 长 涨 做到 到了 发展到 壮大到 建设 总体 综合 备案 评价入库 认定 开工 房 提档升级 提质改造 新改建 同时 同步 继续保持
    预计 力争 确保 争取 约 近 将近 接近 超过? 逾 首次 首破 再次 再 率先 高达 不低于 不少于 不高于 不超过 高于 至少 左右 以上 以内 有望 可 可达 将 要 已 已经 均 也 分别 双双 都 稳步 快速 持续 进一步 继续 大幅 逆势 成功 仅 只 仍 还 的 了 达 过 破 冲刺 奋力 努力 大约
    \([^()]{0,16}\) : ： \*+
    """
)
GLUE = re.compile(f"(?:{any_of(BETWEEN)}|[,，、])*")
TIGHT = re.compile(f"(?:{any_of(BETWEEN)})*")
# What is said between a name and its number about another one: 增速连续三个季度居全省前三，全年增长6%.
STANDING = re.compile(
    r"连续[\d一二三四五六七八九十两]+个?(?:月|季度|年)(?:保持|位居|稳居|居)?|(?:位居|位列|稳居|保持|居|列|排名|排)?(?:全国|全省|全市|全区|全州|西部|东北)[^，,。；、\d]{0,8}"
    r"(?:第[一二三四五六七八九十\d]+位?|前[一二三四五六七八九十\d]+位?|前列|首位|榜首)"
)
# Beside another place: 仅为全国的50%, 低于全省2个百分点.
BESIDE = re.compile(
    rf"(?:增速|增幅|[仅只]|分别)*(?:为|是|相当于|达到?|高于|低于|高出|超过|快于|好于|优于|领先|慢于)(?:{PLACES})[^，,。；\d]{{0,8}}"
    rf"|(?:增速|增幅|涨幅)*[比较](?:{PLACES})[^，,。；、\d]{{0,8}}[高低快慢多少](?:出|了)?(?:约|近)?"
)
# 倍增行动，总数达26万户: the subject stands in the clause before.
FAR = re.compile(
    r"[^，,。；\d]{0,10}[，,](?:总数|总量|总数量|数量)(?:累计)?(?:已|首次|将)?(?:达到?|突破|超过|增至)(?:约|近)?"
)
# Before a name: a part of what it counts, what is only carried along, or the name's own denominator.
NOT_BEFORE = re.compile(
    r"(?:带动|拉动|撬动|占|占全[市省区国州县]|相当于|非|除|每万元|单位|万元|亩均|人均|户均|地均|日均|平均每户)$"
)
SOMEBODY = re.compile(
    r"(?:[^企]产业|企业|集群|公司|集团|行业|产业链|制造业|商贸|物流业|加工业|(?:高技术|高新技术|战略性新兴|装备|轻|重|民营|非公有?制?|县域|乡村)经?济?)(?:共|累计|全年|总)?(?:实现|完成|的)?$"
)
WHOLE_INDUSTRY = re.compile(r"(?:规上|规模以上|规模|限上)(?:工业|服务业)?企业(?:实现|完成|的)?$")
MODIFIER = r"(?:国家级|省级|市级|区级|国家|省|市|重点|重大|优质|规模以上|规上|新|各类|国省|亿元以上|以上|高质量|产业|工业|中小|外贸|科技|农业|招商|建设|余|多|以上|左右|的)"
MODIFIERS = re.compile(f"(?:{MODIFIER}(?:[、和及](?={MODIFIER}))?){{0,4}}")
NOT_AFTER = re.compile(
    r"\d|[达到共为有约近超]+\d|的|产值|收入|贷款|实现|完成产|税|融资|负责|代表|员工|职工|家庭|参[加与展]|开展|共同|给予|达标"
)
SERVED = re.compile(
    "(?:走访|引导|支持|服务|帮助|帮扶|组织|推动|促进|为|向|对|给|鼓励|指导|惠及|帮助全市|助力|联系|派驻|覆盖|涉及|减轻|推荐|储备)$"
)
COUNTED = ("count", "persons")


class Matcher:
    """Built once for a table; safe to use from many threads."""

    def __init__(self, indicators: Indicators) -> None:
        self._phrases = indicators.phrases
        self._joint = indicators.joint
        self._around = indicators.around
        self._scanner = NameScanner(self._phrases)

    def mentions(self, text: str) -> list[Mention]:
        return [
            Mention(at, at + len(name), name, self._phrases[name], self._joint.get(name, ()))
            for at, name in self._scanner.scan(text)
        ]

    def around(self, text: str, quantity: Quantity) -> Named | None:
        """The ``#`` name that the quantity stands in: 签约36个项目."""
        if family_of(quantity.unit) != "count":
            return None
        left, right = text[max(0, quantity.start - 8) : quantity.start], text[quantity.after : quantity.after + 20]
        for before, counter, after, row in self._around:
            if (
                not left.endswith(before)
                or (before[:1] in "亿百" and re.search(r"[\d十百千几数]$", left[: -len(before)]))
                or (counter and quantity.unit != counter)
                or not fits(quantity.unit, row.units)
            ):
                continue
            if not after:
                if counter and re.match(r"[，,。、；;]|$", right):
                    return Named(row, before, quantity.start - len(before))
                continue
            found = re.match(rf"{MODIFIER}{{0,3}}?{after}(?!的|资金|总投资|贷款|任务)", right)
            if found:
                return Named(row, before + after, quantity.start - len(before))
        return None


def named_before(text: str, mention: Mention, quantity: Quantity, change: bool) -> Named | None:
    """The row of the last name before the quantity; None where something else stands between them.

    ``change``: the number is said to be a change, so its unit is not the row's.
    """
    between = STANDING.sub("", text[mention.end : quantity.start])
    family = family_of(quantity.unit)
    glue = TIGHT if family in COUNTED else GLUE
    if mention.name[:1] in "亿百千万" and text[max(0, mention.start - 1) : mention.start] in tuple(
        "0123456789十百千几数"
    ):
        return Named(None, mention.name, mention.start)  # 5亿元以上项目 is another threshold
    if mention.rows and family in ("percent", "points") and BESIDE.fullmatch(between):
        return Named(mention.rows[0], mention.name, mention.start)
    if len(between) > 40 or (glue.fullmatch(between) is None and not (family in COUNTED and FAR.fullmatch(between))):
        return None
    before = text[max(0, mention.start - 12) : mention.start]
    if NOT_BEFORE.search(before):
        return Named(None, mention.name, mention.start)
    money = any(unit.startswith("money") for row in mention.rows for unit in row.units)
    if money and SOMEBODY.search(before) and not WHOLE_INDUSTRY.search(before):
        return Named(None, mention.name, mention.start)
    return Named(row_for(mention.rows, quantity.unit, change), mention.name, mention.start)


def named_after(text: str, mentions: Sequence[Mention], quantity: Quantity) -> Named | None:
    """36家高新技术企业: the name right behind a counter, with up to a few modifiers between."""
    if family_of(quantity.unit) not in COUNTED or SERVED.search(text, max(0, quantity.start - 6), quantity.start):
        return None
    at = bisect_left(mentions, quantity.after, key=lambda one: one.start)
    if at == len(mentions) or mentions[at].start - quantity.after > 14:
        return None
    mention = mentions[at]
    if MODIFIERS.fullmatch(text[quantity.after : mention.start]) is None or NOT_AFTER.match(text, mention.end):
        return None
    row = row_for(mention.rows, quantity.unit, False)
    return Named(row, mention.name, mention.start) if row else None


def row_for(rows: Sequence[Indicator], unit: str, change: bool) -> Indicator | None:
    """The unit decides; a change is in per cent or points, of a row that knows growth or is a percentage itself."""
    if change:
        changing = [row for row in rows if row.level_or_growth != "none"]
        return changing[0] if changing else None
    return next((row for row in rows if fits(unit, row.units)), None)
