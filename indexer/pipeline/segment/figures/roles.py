"""Whether a value was reached, is aimed at, or is of a part only: by its sentence, then by its chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.report import FigureRole, Status
from indexer.pipeline.segment.figures.context import FigureContext
from indexer.pipeline.segment.figures.outlook import Outlook, outlook_of
from indexer.pipeline.segment.figures.periods import AVERAGE
from indexer.pipeline.segment.figures.times import Opening, opening_at

# 10个平台完成规上工业产值 …: of some of the region.
PARTS = re.compile(
    "(?:重点|省级|国家级|市级)?(?:平台|园区|开发区|功能区|县区?|区县|乡镇|片区|产业园)[^，,。；、]{0,6}(?:完成|实现)"
)
SOME = re.compile(
    r"(?:分之[一二三四五]|部分|个别)的?(?:市县|县市|县区?|区县|乡镇|镇街|园区)[^，,。；]*$"
    r"|[^，,；;。\d]{2,14}(?:公园|湿地|林场|景区|街道)(?:共|已|累计|全年)*(?:完成|实现|建成)[^，,。；]{0,6}$"
)
# What is hoped for. These hold for a whole sentence; 将 and 目标 only for their clause.
AIMS = re.compile(
    r"(?:主要|预期|发展|奋斗|总体|调控)目标(?:主要)?(?:是|为|如下)?[：:]|力争|确保(?!了)|争取(?!到|.{0,24}(?:资金|支持|政策|债券|补助))|计划(?=安排|[\d到在新建引投完实开总签达聚])(?!投资|总投资|单列)|拟(?=[建引投开出])"
)
NEAR_AIMS = re.compile(r"将(?!近)|目标(?!任务)|要(?=[超过突达])")
DONE = re.compile(
    "[；;]|截至|截止|已(?!有)|实际(?!利用|使用|吸收|到位|到账|引进|引资|外资|增长)"
)  # an aim before these was reached or left behind
# 主要目标是：…；生产总值突破…: over all items of the list, unless it tells that they were reached.
GOALS = re.compile(
    r"(?<!完成)(?<!实现)(?<!达到)(?:主要|预期|发展|奋斗|总体|调控)目标(?:主要)?(?:是|为)[：:]"
    r"(?!.*(?:截至|截止|已(?!有)|实际|完成了|实现了))"
)
YET_TO_COME = re.compile(r"[今明]年(?!以?来|前|上半年)|今后|未来|下一步|力争(?!取)|到(?:19|20)\d\d年")
OVER = re.compile("[比较](?:上年|去年)|同比|实现了|取得|完成了|成效|成绩|预计(?:完成|全年)|已完成")
# 至2023年1月累计签约项目90个: told in a page of that month.
BY_NOW = re.compile(r"累计|截[至止]|已(?!有)|至(?:19|20)\d\d年\d{1,2}月")
PROPOSED = re.compile("提出|确定|设定|纲要")
AROUND = 60  # characters before a sentence that may say that what it tells is over
STOP = re.compile("[。！？\\n]")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A number in its text. ``sentence``: where its sentence begins, by semicolons too."""

    text: str
    sentence: int
    start: int
    end: int
    status: Status | None

    @property
    def before(self) -> str:
        return self.text[self.sentence : self.start]

    @property
    def full_stop(self) -> int:
        """Where the sentence begins by full stops alone."""
        return max(self.text.rfind(mark, 0, self.sentence) for mark in "。！？\n") + 1

    @property
    def around(self) -> str:
        """From a few words before the sentence to its full stop, within its paragraph."""
        paragraph = self.text.rfind("\n", 0, self.start) + 1
        stop = STOP.search(self.text, self.end)
        return self.text[max(paragraph, self.full_stop - AROUND) : stop.start() if stop else len(self.text)]


def role_of(status: Status | None, sentence: str, left: str, mapped: bool) -> FigureRole:
    """The status first: what stands among next year's tasks is a target.

    ``sentence``: up to the number. Without a status the sentence itself must say what is hoped for.
    """
    if status is Status.NOTE:
        return FigureRole.OTHER
    if ("其中" in left and not mapped) or PARTS.match(left) or SOME.search(sentence):
        return FigureRole.PART
    if status is Status.PLAN:
        return FigureRole.TARGET
    if AIMS.search(DONE.split(sentence)[-1]) or NEAR_AIMS.search(re.split("[，,：:（(]", left)[-1]):
        return FigureRole.TARGET
    return FigureRole.RESULT


def in_its_chapter(role: FigureRole, number: Occurrence, context: FigureContext) -> FigureRole:
    """The role that the sentence gave, where the chapter and the paragraph say otherwise."""
    outlook = outlook_of(context.headings)
    if role is FigureRole.TARGET and _is_over(number, outlook, context):
        return FigureRole.RESULT
    if role is FigureRole.RESULT and _is_aimed_at(number, outlook):
        return FigureRole.TARGET
    return role


def of_its_year(role: FigureRole, year: int | None, before: str, context: FigureContext) -> FigureRole:
    """到2030年 is no result, and what a chapter on tasks tells of a year that is over no aim.

    ``before``: what stands before the number in its sentence.
    """
    if year is None or context.report_year is None or context.plan_year is None:
        return role
    if role is FigureRole.TARGET and year <= context.report_year:
        return FigureRole.RESULT
    ahead = year > context.report_year and BY_NOW.search(before) is None
    return FigureRole.TARGET if role is FigureRole.RESULT and ahead else role


def _is_over(number: Occurrence, outlook: Outlook | None, context: FigureContext) -> bool:
    if YET_TO_COME.search(number.before):
        return False
    if opening_at(number.text, number.start, context.opening) is Opening.PAST:
        return True  # 刚刚过去的2015年，…, wherever that paragraph stands (17 of 17 read)
    if outlook is not Outlook.BACK:
        return False
    if number.status is Status.RESULT:
        return True  # 积极争取专项债90亿元, in a review: of 60 read as aims for such words 57 were results
    return number.status is Status.PLAN and OVER.search(number.around) is not None


def _is_aimed_at(number: Occurrence, outlook: Outlook | None) -> bool:
    if number.status is Status.RESULT and outlook is Outlook.BACK:
        return False
    text = number.text
    if GOALS.search(text, number.full_stop, number.sentence) and DONE.search(number.before) is None:
        return True
    if number.status not in (Status.BACKGROUND, Status.PROBLEM) or outlook is not Outlook.AHEAD:
        return False
    # 《纲要》提出，生产总值年均增长7%, in a chapter on aims whose sentences count as background
    return (
        AVERAGE.search(number.before) is not None or PROPOSED.search(text, number.full_stop, number.start) is not None
    )
