"""What a text says of its time: public events whose year everybody can look up.

An event bounds the time of writing from below. Where the text speaks of it as of its own year (庆祝…周年, 开局之年) it
pins that year. Words that look ahead (迎接…召开) pin it half: they stand in the plan of the year before as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Event:
    """``key`` is a literal that ``words`` cannot match without: 30 patterns a page cost 3 ms, 30 literals 0.1."""

    year: int
    key: str
    words: re.Pattern[str]
    pins: float  # 0 only bounds; 0.5 looks ahead to its year; 1 speaks of it as its own
    what: str  # the event and its date, for the reader


_BIRTHDAY = r"(?:新中国|建国|中华人民共和国|国庆)?(?:成立)?"
_PARTY = r"(?:建党|中国共产党(?:成立|建党))"
_OPENING, _CLOSING = r"[”\"]?(?:规划)?(?:的)?(?:开局|起步)(?:之年|年)", r"[”\"]?(?:规划)?(?:的)?收官(?:之年|年)"

# Dates: Xinhua's reports of the plenums and congresses, the outlines of the five-year plans, notices of the State
# Council. The rows are in order of time.
_TABLE: tuple[tuple[int, str, str, float, str], ...] = (
    (2008, "北京奥运", r"北京奥运会?(?:成功举办|圆满)", 1, "北京奥运会，2008年8月"),
    (2009, "周年", rf"庆祝{_BIRTHDAY}(?:60|六十)周年", 1, "新中国成立60周年，2009年10月"),
    (2011, "周年", rf"庆祝{_PARTY}(?:90|九十)周年", 1, "建党90周年，2011年7月"),
    (2012, "十八大", r"(?:迎接|喜迎)党的十八大", 0.5, "党的十八大召开前，2012年11月"),
    (2017, "十九大", r"(?:迎接|喜迎)党的十九大", 0.5, "党的十九大召开前，2017年10月"),
    (2018, "改革开放", r"(?:庆祝|纪念)改革开放(?:40|四十)周年", 1, "改革开放40周年，2018年12月"),
    (2019, "周年", rf"(?:庆祝|纪念){_BIRTHDAY}(?:70|七十)周年", 1, "新中国成立70周年，2019年10月"),
    (2019, "十九届四中", r"十九届四中全会", 0, "党的十九届四中全会，2019年10月"),
    (2019, "不忘初心", r"不忘初心[、，]牢记使命[”\"’]?主题教育", 0, "“不忘初心、牢记使命”主题教育，2019年6月起"),
    (2020, "肺炎", r"新型冠状病毒(?:感染的)?肺炎|新冠肺炎", 0, "新冠肺炎疫情，2020年1月起"),
    (2020, "共渡难关", r"共渡难关", 0, "支持企业共渡难关的首批措施，2020年2月"),
    (2020, "复产", r"复工复产|复产复工", 0, "复工复产，2020年2月起"),
    (2020, "六保", r"六稳[”\"]?[、和]?[“\"]?六保|抓[“\"]?六保|落实[“\"]?六保", 0, "“六稳”“六保”，2020年4月起"),
    (2020, "疫情", r"抗击(?:新冠)?(?:肺炎)?疫情|疫情防控阻击战|疫情防控物资", 0, "抗击新冠疫情，2020年"),
    (2020, "十九届五中", r"十九届五中全会", 0, "党的十九届五中全会，2020年10月"),
    (2020, "十三五", rf"十三五{_CLOSING}", 1, "“十三五”收官，2020年"),
    (2020, "脱贫攻坚", r"脱贫攻坚战?(?:的)?(?:收官|决战决胜)(?:之年|年)", 1, "脱贫攻坚收官，2020年"),
    (2020, "小康社会", r"全面建成小康社会(?:的)?(?:收官|决胜)之年", 1, "全面建成小康社会收官，2020年"),
    (2021, "十四五", rf"十四五{_OPENING}", 1, "“十四五”开局，2021年"),
    (2021, "周年", rf"(?:庆祝|隆重纪念){_PARTY}(?:100|一百|百)周年", 1, "建党100周年，2021年7月"),
    (2021, "建党百年", r"建党百年", 1, "建党100周年，2021年7月"),
    (2021, "党史学习教育", r"党史学习教育", 0, "党史学习教育，2021年2月起"),
    (2021, "十九届六中", r"十九届六中全会", 0, "党的十九届六中全会，2021年11月"),
    (2022, "二十大", r"(?:迎接|喜迎)(?:党的)?二十大", 0.5, "党的二十大召开前，2022年10月"),
    (2022, "疫情要防住", r"疫情要防住[、，]\s?经济要稳住", 1, "疫情要防住等三项要求，2022年4月"),
    (2022, "稳经济", r"稳经济(?:一揽子|33条|三十三条|大盘)", 0, "稳经济一揽子政策，2022年5月"),
    (2022, "二十大", r"党的二十大(?:精神|报告|召开以来)", 0, "党的二十大，2022年10月"),
    (2023, "二十大精神", r"贯彻(?:落实)?党的二十大精神(?:的)?开局之年", 1, "贯彻党的二十大精神的开局之年，2023年"),
    (2023, "主题教育", r"新时代中国特色社会主义思想主题教育", 0, "主题教育，2023年4月起"),
    (2024, "二十届三中", r"二十届三中全会", 0, "党的二十届三中全会，2024年7月"),
    (2024, "周年", rf"庆祝{_BIRTHDAY}(?:75|七十五)周年", 1, "新中国成立75周年，2024年10月"),
    (2025, "十四五", rf"十四五{_CLOSING}", 1, "“十四五”收官，2025年"),
    (2025, "二十届四中", r"二十届四中全会", 0, "党的二十届四中全会，2025年10月"),
    (2026, "十五五", rf"十五五{_OPENING}", 1, "“十五五”开局，2026年"),
)
EVENTS = tuple(Event(year, key, re.compile(words), pins, what) for year, key, words, pins, what in _TABLE)
# Words of the first months of the pandemic. Each alone was used until 2022; three together, and nothing of 2021 or
# later, were written in 2020 (seed 001 has five of them).
_FIRST_WAVE = frozenset(event for event in EVENTS if event.year == 2020 and not event.pins and "全会" not in event.what)
_TOGETHER = 3
_CLAUSE = re.compile(r"[。；！，,\n]")
_SAID_TO_BE = re.compile(r"((?:19|20)\d{2})\s?年(?:度)?(?:既|也|正|恰)?是")


@dataclass(frozen=True, slots=True)
class Happened:
    """``printed``: the year its own clause prints for it (2021年是“十四五”开局之年), None where it prints none."""

    event: Event
    span: Span
    text: str
    printed: int | None

    @property
    def contradicted(self) -> bool:
        """2024年是“十四五”开局之年 was not written so."""
        return self.event.pins == 1 and self.printed is not None and self.printed != self.event.year


def events_in(text: str) -> Iterator[Happened]:
    """The first mention of each event of the table."""
    for event in EVENTS:
        match = event.words.search(text) if event.key in text else None
        if match:
            before = _CLAUSE.split(text[max(0, match.start() - 40) : match.start()])[-1]
            said = _SAID_TO_BE.search(before)
            yield Happened(event, Span(match.start(), match.end()), match[0], int(said[1]) if said else None)


def pinned_years(happened: tuple[Happened, ...], plan_begins: int) -> dict[int, float]:
    """Year under review → how strongly the events speak for it: the sum of what they pin.

    What stands after ``plan_begins`` (an offset) is of the year planned, and speaks for the one before.
    """
    pinned: dict[int, float] = {}
    for one in happened:
        if one.event.pins and one.printed != one.event.year:
            year = one.event.year - (1 if one.span.start >= plan_begins else 0)
            pinned[year] = pinned.get(year, 0.0) + one.event.pins
    latest = max((one.event.year for one in happened), default=0)
    first_wave = sum(1 for one in happened if one.event in _FIRST_WAVE)
    if latest == 2020 and first_wave >= _TOGETHER:
        pinned[2020] = pinned.get(2020, 0.0) + 1.0
    for one in happened:  # a plenum of the very year that is pinned bears it out
        if one.event.year in pinned and not one.event.pins and one.event.year == latest:
            pinned[one.event.year] += 0.25
    return pinned
