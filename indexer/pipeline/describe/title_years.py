"""The years a title claims: what it reviews, what it plans."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.report import Genre

# A day (2022年1月8日在…会议上) is when it was spoken or put on the web, not what it is about
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?(?:年度?(?!\s?\d{1,2}月\d{1,2}日)|(?=[-—]?(?:上半|下半|[一二三四]季)))")
_BARE = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.年%])(?=工作|政府|总结|计划|[）)]|$)")
_RANGE = re.compile(r"(?:19|20)\d{2}\s?年?\s?[-—–~～至到]+\s?(?:19|20)?\d{2}\s?年")
_PLAN = re.compile(r"工作计划|计划|思路|要点|打算|安排|部署|展望|目标|重点工作|工作谋划|任务")
_REVIEW = re.compile(r"总结|回顾|汇报|报告|情况|成效|亮点|运行|公报|年报|述职|以来")
_NAMED_AFTER_ITS_PLAN = re.compile(r"政府工作报告")
_PART = re.compile(r"上半年|下半年|季度|月")


@dataclass(frozen=True, slots=True)
class TitleYears:
    """``claims``: (year, the words, whether it is planned). ``whole_year``: an annual review."""

    report: int | None = None
    plan: int | None = None
    claims: tuple[tuple[int, str, bool], ...] = ()
    whole_year: bool = False

    @property
    def all(self) -> tuple[int, ...]:
        return tuple(year for year, _, _ in self.claims)

    @property
    def reviewed(self) -> int | None:
        """The year under review that the title implies."""
        if self.report is not None:
            return self.report
        return self.plan - 1 if self.plan is not None else None


def title_years(title: str | None, genre: Genre) -> TitleYears:
    """A year belongs to the words up to the next one: 2021年工作总结 | 和2022年工作计划."""
    if not title:
        return TitleYears()
    plain = _RANGE.sub(lambda match: "□" * len(match[0]), title)
    found = sorted([*_YEAR.finditer(plain), *_BARE.finditer(plain)], key=lambda match: match.start())
    report: int | None = None
    plan: int | None = None
    claims: list[tuple[int, str, bool]] = []
    whole = False
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(plain)
        words = plain[match.end() : end]
        year = int(match[1])
        planned = _planned(words, genre, plain)
        claims.append((year, (match[0] + words).strip("和暨及与、 "), planned))
        if planned:
            plan = plan or year
        else:
            report = report or year
            whole = whole or (bool(re.search(r"总结|回顾|政府工作报告", words)) and not _PART.search(words))
    if plan is not None and _NAMED_AFTER_ITS_PLAN.search(plain):
        report = report or plan - 1
    return TitleYears(report, plan, tuple(claims), whole)


def _planned(words: str, genre: Genre, title: str) -> bool:
    if _NAMED_AFTER_ITS_PLAN.search(title):
        return True
    review = _REVIEW.search(words)
    plan = _PLAN.search(words)
    if review and plan:
        return plan.start() < review.start() and "执行情况" not in words and "完成情况" not in words
    if plan:
        return True
    return not review and genre in (Genre.PLAN, Genre.POLICY)
