"""Of what a value is true (全市, 市区, 规上), how sure it is said to be (约, 预计), and whether it is an aim."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from indexer.domain.report import FigureRole, Status

_AREA = (
    "全国|全省|全自治区|全市|全区|全县|全州|全盟|全旗|全镇|全域|我省|我市|我区|我县"
    "|市区|城区|主城区|中心城区|市本级|市直|区本级|省本级|县域|核心区|直管区|主园区|园区|开发区|高新区|经开区|综保区|保税区|新区|自贸区"
)
# 居全省第2, 高于全国: among whom, not of what.
# 10个平台完成规上工业产值 …: of some of the region.
PARTS = re.compile(
    "(?:重点|省级|国家级|市级)?(?:平台|园区|开发区|功能区|县区?|区县|乡镇|片区|产业园)[^，,。；、]{0,6}(?:完成|实现)"
)
AREA = re.compile(
    rf"(?<![居列占于比较为])(?<!位列|位居|高于|低于)(?P<area>{_AREA})(?!第|前[一二三四五六七八九十\d列]|首|平均|最|排|唯一|先进|水平|各市|建设|管委会|发展|改革|高质量|率先|\d)"
)
SORT = re.compile("规上|规模以上|限上|限额以上|全口径|不含农户|四上")
# What is hoped for. These hold for a whole sentence; 将 and 目标 only for their clause.
AIMS = re.compile(
    r"力争|确保|争取(?!到|.{0,24}(?:资金|支持|政策))|计划(?=[\d到在新建引投完实开总签达聚])(?!投资|总投资|单列)|拟(?=[建引投开出])"
)
NEAR_AIMS = re.compile(r"将(?!近)|目标(?!任务)|要(?=[超过突达])")
DONE = re.compile("[；;]|截至|截止|已(?!有)|实际")  # an aim before these was reached or left behind
EXPECTED = re.compile("预计|有望|力争|确保|争取|初步统计|快报")


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that a text names, (place, words) in their order."""

    text: str
    named: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, text: str) -> Areas:
        return cls(text, tuple((match.start(), match.group("area")) for match in AREA.finditer(text)))

    def scope_of(self, at: int, left: str) -> str | None:
        """The last area named before ``at`` in its paragraph, with 规上 and the like from the number's own words."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        last = bisect_left(self.named, (at, "")) - 1
        words = [self.named[last][1]] if last >= 0 and self.named[last][0] >= paragraph else []
        words += SORT.findall(left)[-1:]
        if "其中" in re.split("[；;]", left)[-1]:
            words.append("其中")
        return "、".join(words) or None


def hedge_of(left: str, printed: str | None) -> str | None:
    expected = EXPECTED.findall(left)
    words = ([expected[-1]] if expected else []) + ([printed] if printed else [])
    return "、".join(words) or None


def role_of(status: Status | None, sentence: str, left: str, mapped: bool) -> FigureRole:
    """The chapter first: what stands among next year's tasks is a target.

    ``sentence``: up to the number. Without a status the sentence itself must say what is hoped for.
    """
    if status is Status.NOTE:
        return FigureRole.OTHER
    if ("其中" in left and not mapped) or PARTS.match(left):
        return FigureRole.PART
    if status is Status.PLAN:
        return FigureRole.TARGET
    if AIMS.search(DONE.split(sentence)[-1]) or NEAR_AIMS.search(re.split("[，,：:（(]", left)[-1]):
        return FigureRole.TARGET
    return FigureRole.RESULT
