"""Names of indicators in a text, and which of them a number is a value of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.pipeline.segment.figures.between import BESIDE, FAR, GLUE, STANDING, TIGHT
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import family_of, fits
from indexer.pipeline.segment.wording import any_of
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


# Before a name: a part of what it counts, what is only carried along, or the name's own denominator.
NOT_BEFORE = re.compile(
    r"(?:(?<![批核标])准|拟|后备|提供的|贡献的|来自|带动(?:形成)?|拉动|撬动|占|占全[市省区国州县]|相当于|非|除|每万元|单位|万元|亩均|人均|户均|地均|日均|平均每户|展会|推介会)$"
)
SOMEBODY = re.compile(
    r"(?:[^企]产业|企业|集群|公司|集团|行业|产业链|制造业|商贸|物流业"
    r"|加工业|(?:高技术|高新技术|战略性新兴|装备|轻|重|民营|非公有?制?|县域|乡村)经?济?)"
    r"(?:共|累计|全年|总)?(?:实现|完成|的)?$"
)
WHOLE_INDUSTRY = re.compile(r"(?:规上|规模以上|规模|限上)(?:工业|服务业)?企业(?:实现|完成|的)?$")
MODIFIER = (
    r"(?:国家级|省级|市级|区级|国家|省|市|重点|重大|优质|规模以上|规上|新|各类"
    r"|国省|亿元以上|以上|高质量|产业|工业|中小|外贸|科技|农业|招商|建设|余|多|以上|左右|的)"
)
ADVERBS = "(?:接续|陆续|相继|先后|成功|顺利|正式|全部|实现|加快|加速|如期)?"
MODIFIERS = re.compile(f"(?:{MODIFIER}(?:[、和及](?={MODIFIER}))?){{0,4}}")
NOT_AFTER = re.compile(
    r"\d|[达到共为有约近超]+\d|的|产值|收入|贷款|实现|完成产|税|融资|负责|代表|员工|职工|家庭|参[加与展]|开展|共同|给予|达标"
)
SERVED = re.compile(
    "(?:走访|引导|支持|服务|帮助|帮扶|组织|推动|促进|为|向|对|给|鼓励|指导|惠及|帮助全市|助力|联系|派驻|覆盖|涉及|减轻|推荐|储备)$"
)
TWO = re.compile("[、和及与](?:批评)?[、和]?(?:意见)?[、和]?")  # 建议、批评、意见和提案
COUNTED = ("count", "persons")


class Matcher:
    """Built once for a table; safe to use from many threads."""

    def __init__(self, indicators: Indicators) -> None:
        self._phrases = indicators.phrases
        self._joint = indicators.joint
        self._around: dict[str, list[tuple[str, str, re.Pattern[str] | None, str, Indicator]]] = {}
        for before, counter, after, row in indicators.around:
            told = after.replace("项目", f"项目{ADVERBS}") if not after.endswith("项目") else after
            pattern = re.compile(rf"{MODIFIER}{{0,3}}?{told}(?!的|资金|总投资|贷款|任务)") if after else None
            self._around.setdefault(before[-1:], []).append((before, counter, pattern, before + after, row))
        nouns = {after[:2] for before, _, after, _ in indicators.around if not before}
        self._behind = re.compile(rf"{MODIFIER}{{0,3}}?{any_of(nouns)}") if nouns else None
        self._scanner = NameScanner(self._phrases)

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        return [
            Mention(start + at, start + at + len(name), name, self._phrases[name], self._joint.get(name, ()))
            for at, name in self._scanner.scan(text[start:end])
        ]

    def around(self, text: str, quantity: Quantity) -> Named | None:
        """The ``#`` name that the quantity stands in: 签约36个项目."""
        if family_of(quantity.unit) != "count":
            return None
        left, right = text[max(0, quantity.start - 8) : quantity.start], text[quantity.after : quantity.after + 20]
        candidates = self._around.get(left[-1:], [])
        if self._behind is not None and self._behind.match(right):
            candidates = candidates + self._around[""]
        for before, counter, pattern, name, row in candidates:
            if not left.endswith(before) or not fits(quantity.unit, row.units):
                continue
            if before[:1] in ("亿", "百") and re.search(r"[\d十百千几数]$", left[: -len(before)]):
                continue  # 5亿元以上30个 is another threshold
            if pattern is None and quantity.unit == counter and re.match(r"[，,。、；;]|$", right):
                return Named(row, name, quantity.start - len(before))
            if pattern is not None and (not counter or quantity.unit == counter) and pattern.match(right):
                return Named(row, name, quantity.start - len(before))
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
    if row and _of_two(text, mention, mentions[at + 1 : at + 2]):
        return Named(None, mention.name, mention.start)
    return Named(row, mention.name, mention.start) if row else None


def _of_two(text: str, mention: Mention, behind: Sequence[Mention]) -> bool:
    """Whether a number before two names is of both: 900件建议、提案全部办结, not 20家高企、科技型中小企业30家."""
    for after in behind:
        listed = TWO.fullmatch(text, mention.end, after.start) is not None and after.rows != mention.rows
        return bool(after.rows) and listed and re.match(r"[^，,。；、]{0,4}\d", text[after.end :]) is None
    return False


def row_for(rows: Sequence[Indicator], unit: str, change: bool) -> Indicator | None:
    """The unit decides; a change is in per cent or points, of a row that knows growth or is a percentage itself."""
    if change:
        changing = [row for row in rows if row.level_or_growth != "none"]
        return changing[0] if changing else None
    return next((row for row in rows if fits(unit, row.units)), None)
