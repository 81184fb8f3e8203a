"""What kind of paper a page is."""

from __future__ import annotations

import re

from indexer.domain.report import Genre
from indexer.pipeline.describe.congress import is_governments_report

# The first row that matches the title decides: 工作总结和工作计划 is a 总结, 计划执行情况的报告 a 汇报.
_TITLES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (Genre.SPEECH, re.compile(r"讲话|致辞|发言(?!人)|演讲")),
    (
        Genre.POLICY,
        re.compile(
            r"(?:关于)?印发.*(?:通知|方案|计划|办法|规划|要点)|(?:通知|办法|条例|细则|规定|决定|若干措施|若干政策|政策措施|实施意见|指导意见)(?:[（(].{0,12}[)）])?$"
        ),
    ),
    # 政策解读, 一图读懂《…》, 《…》问答: whatever it explains, a plan or a summary of measures, is explained as policy
    (
        Genre.POLICY,
        re.compile(
            r"(?:政策|措施|办法|条例|意见|方案|规划|细则|规定|通知|文件|决定|计划|要点|若干条)[”》）)]?[^，。]{0,4}(?:解读|问答)(?=$|[^一-鿿]|之[一二三四五六七八九]|[一二三四五六]$)"
            r"|一图(?:读懂|看懂|解读)|图解[^，。]{0,24}(?:政策|措施|办法|条例|意见|方案|规划|细则|规定)|^(?:政策)?解读[：:|｜丨《]"
        ),
    ),
    (Genre.SUMMARY, re.compile(r"总结|回顾|工作成效|工作综述|运行情况|运行分析|述评|统计公报|年报")),
    (
        Genre.BRIEFING,
        re.compile(r"汇报|工作报告|情况报告|情况的报告|述职|工作情况|进展情况|完成情况|执行情况|报告$|发展情况"),
    ),
    (Genre.PLAN, re.compile(r"工作计划|计划|工作要点|工作思路|工作打算|工作安排|工作谋划|重点工作|目标任务|展望")),
    (Genre.POLICY, re.compile(r"方案|规划|意见$|政策措施|政策$|措施$|规程|公告$|通告$")),
)
_NEWS = re.compile(r"记者|本报讯|通讯员|（图|摄影|日前|近日|获悉|昨日|\d{1,2}月\d{1,2}日[,，]")
_SUMMARY = re.compile(r"工作总结|总结如下|工作回顾")
_BRIEFING = re.compile(r"(?:现将|现就).{0,20}(?:汇报|报告)如下|情况汇报如下|汇报如下|报告如下")
_PLAN = re.compile(r"(?:特)?制定(?:本|以下|如下)(?:工作)?(?:计划|要点)")
_SPEECH = re.compile(r"^(?:同志们|各位(?:领导|来宾|嘉宾|同志|朋友))[：:，,！]", re.MULTILINE)
_POLICY = re.compile(
    r"第一条[\s　][^\n]{0,60}(?:为|根据|依据|本)|本(?:办法|规定|条例|细则|措施)自|自发布之日起|自印发之日起"
)
_LEAD = 1_200  # characters: the frame of a paper stands at its start


def genre_of(title: str | None, text: str) -> Genre:
    """From the title; where that says nothing, from the words that frame the text."""
    lead = text[:_LEAD]
    if is_governments_report(title, text):
        return Genre.BRIEFING
    for genre, words in _TITLES:
        if title and words.search(title):
            return genre
    for genre, words, where in (
        (Genre.BRIEFING, _BRIEFING, lead),
        (Genre.POLICY, _POLICY, lead),
        (Genre.SPEECH, _SPEECH, lead[:300]),
        (Genre.NEWS, _NEWS, lead),
        (Genre.SUMMARY, _SUMMARY, lead),
        (Genre.PLAN, _PLAN, lead),
    ):
        if words.search(where):
            return genre
    return Genre.OTHER
