"""What a number without a name of its own carries on from the one before it in its sentence.

310亿元，增长12% · 增长18%，达到96亿元 · 净增40家、总数达210家 · 由48%提高到53% · 增长8%以上、力争10%
· 36个项目、总投资120亿元
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.report import FigureKind
from indexer.pipeline.segment.figures.between import STANDING
from indexer.pipeline.segment.figures.kinds import COMPARED, GAP, Change
from indexer.pipeline.segment.figures.quantities import Quantity
from indexer.pipeline.segment.figures.units import family_of, fits
from indexer.reference.indicators import Indicator, Indicators

MARKS = r"(?:大关|关口|台阶)?[,，、;；:()（）\s]*(?:以上|左右|以内)?[,，、;；:()（）\s]*"
CHANGES = re.compile(
    rf"{MARKS}(?:其中|并且?|且|也|增速|增幅|总量|[比较](?:上年|去年)(?:同期)?|[比较][^，。；、\d]{{0,8}})?{COMPARED}$"
)
HOPES = re.compile(
    rf"{MARKS}(?:并)?(?:力争|争取|确保|奋力|冲刺|努力|预计|预期)(?:达到?|实现|增长|突破|完成|增速达?到?|为|在)?(?:约|近|超过?)?"
)
REACHES = re.compile(
    rf"{MARKS}(?:总数|总量|总额|总值|总规模|规模|数量|总面积|累计|余额|全年|首次|成功|历史性|预计|有望|已|将)*(?:总数|总量|达到|达|突破|完成|实现|增加?[至到]|提[高升]?[至到]|扩大?[至到]|增至|升至|降[至低到]*|下降[至到为]|缩短[至到]|压[缩减][至到]|减少?[至到]|为|越过|迈上|站上|跃上|超过|上升[至到]|变为|调整[为到至])(?:约|近|超过?|逾|了)?"
)
ADDS = re.compile(
    rf"{MARKS}(?:其中|比上年|较上年|同比|今年|全年|当年|年内|本年)*(?:新增|净增|增加|减少)(?:加)?(?:约|近|超过?)?"
)
RANGE = re.compile(r"(?:以上|左右)?[到至]")
INVESTED = re.compile(
    rf"(?:[^，,、。；\d]{{0,10}}项目)?{MARKS}(?:计划|意向|预计|合计|总)*(?:投资|资金|金额)?(?:总)?(?:额)?(?:达到?|约|近|超过?|共|为)*"
)
SIGNED = re.compile("签约|新签|签下|签订")
SETS_OF_PROJECTS = (
    "signed-projects",
    "started-projects",
    "completed-projects",
    "introduced-projects",
    "hundred-million-projects",
    "key-projects",
)


@dataclass(frozen=True, slots=True)
class Before:
    """The number before in its sentence. ``signed``: the sentence tells of signing."""

    row: Indicator | None
    kind: FigureKind
    quantity: Quantity
    change: Change | None
    signed: bool


@dataclass(frozen=True, slots=True)
class Carried:
    row: Indicator | None
    kind: FigureKind | None = None
    change: Change | None = None


def carried_on(
    left: str, quantity: Quantity, change: Change | None, handed: Before | None, table: Indicators
) -> Carried | None:
    """None where nothing carries on. Masks hand nothing on, and after an unknown subject growth is unknown too."""
    if handed is None:
        return None
    before, kind = handed.quantity, handed.kind
    left = STANDING.sub("", left)
    usable = handed.row if before.mask is None and kind is not FigureKind.RANK else None
    if change is not None:
        return Carried(usable) if CHANGES.fullmatch(left[: change.start]) else None
    family, family_before = family_of(quantity.unit), family_of(before.unit)
    if family == "multiple":
        return (
            Carried(usable)
            if re.fullmatch(rf"{MARKS}(?:实现|[比较][^，。；、\d]*|是[^，。；、]*的|{COMPARED})*", left)
            else None
        )
    listed = left in ("和", "、", "与") and family == family_before and handed.change is None
    if listed and family in ("percent", "points") and kind in (FigureKind.SHARE, FigureKind.OTHER):
        return Carried(usable, kind)  # 仅为全国、全省的50%和64%
    if family == "points" or (family == "percent" and GAP.search(left)):
        gap = re.fullmatch(rf"{MARKS}[^，。；、\d]{{0,16}}", left)
        return Carried(usable, FigureKind.OTHER) if gap and GAP.search(left) else None
    if family == family_before and handed.change is not None and HOPES.fullmatch(left):
        return Carried(usable, kind, handed.change)
    if usable is not None and usable.id in SETS_OF_PROJECTS and family.startswith("money") and INVESTED.fullmatch(left):
        return Carried(
            table.get("signed-investment" if handed.signed else "project-total-investment"), FigureKind.LEVEL
        )
    if usable is None or not fits(quantity.unit, usable.units):
        return None
    if (
        family == "percent"
        and family_before == "percent"
        and kind is FigureKind.GROWTH
        and "percent" not in usable.units
    ):
        return None
    if ADDS.fullmatch(left) and usable.cumulative == "either":
        return Carried(usable, FigureKind.ADDED)
    if HOPES.fullmatch(left) and family == family_before:
        return Carried(usable, kind)
    if REACHES.fullmatch(left) or RANGE.fullmatch(left):
        return Carried(usable, FigureKind.SHARE if family == "percent" else FigureKind.LEVEL)
    return None
