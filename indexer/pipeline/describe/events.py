"""What a text says of its time: public events whose year everybody can look up.

An event bounds the time of writing from below. Where the text speaks of it as of its own year (庆祝…周年, 开局之年),
it pins that year, or the one before when the sentence stands in the plan for the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Event:
    """``pins``: the text that holds the words was about that very year, not only after it."""

    year: int
    words: re.Pattern[str]
    pins: bool
    what: str  # the event and its date, for the reader


def _event(year: int, words: str, what: str, *, pins: bool = False) -> Event:
    return Event(year, re.compile(words), pins, what)


# Dates: Xinhua's reports of the plenums and congresses; the outlines of the five-year plans; the State Council's
# notices. Each row was read against its date of publication.
EVENTS: tuple[Event, ...] = (
    _event(2008, r"(?:北京奥运会|北京奥运)(?:会)?(?:成功举办|圆满)", "北京奥运会，2008年8月", pins=True),
    _event(
        2009,
        r"(?:庆祝|喜迎|迎接)(?:新中国|建国|中华人民共和国)?(?:成立)?(?:60|六十)周年",
        "新中国成立60周年，2009年10月",
        pins=True,
    ),
    _event(2011, r"(?:庆祝|喜迎|迎接)(?:建党|中国共产党成立)(?:90|九十)周年", "建党90周年，2011年7月", pins=True),
    _event(2012, r"(?:迎接|喜迎)党的十八大", "党的十八大召开前，2012年11月", pins=True),
    _event(2017, r"(?:迎接|喜迎)党的十九大", "党的十九大召开前，2017年10月", pins=True),
    _event(2018, r"(?:庆祝|纪念|隆重庆祝)改革开放(?:40|四十)周年", "改革开放40周年，2018年12月", pins=True),
    _event(
        2019,
        r"(?:庆祝|喜迎|迎接|纪念)(?:新中国|建国|中华人民共和国|国庆)?(?:成立)?(?:70|七十)周年",
        "新中国成立70周年，2019年10月",
        pins=True,
    ),
    _event(2019, r"十九届四中全会", "党的十九届四中全会，2019年10月"),
    _event(2019, r"不忘初心[、，]牢记使命[”\"’]?主题教育", "“不忘初心、牢记使命”主题教育，2019年6月起"),
    _event(2020, r"新型冠状病毒(?:感染的)?肺炎|新冠肺炎", "新冠肺炎疫情，2020年1月起"),
    _event(2020, r"共渡难关", "应对疫情支持企业共渡难关的首批措施，2020年2月"),
    _event(2020, r"复工复产|复产复工", "复工复产，2020年2月起"),
    _event(2020, r"[“\"]?六稳[”\"]?[、和]?[“\"]?六保|抓六保|落实[“\"]?六保", "“六稳”“六保”，2020年4月起"),
    _event(2020, r"抗击(?:新冠)?(?:肺炎)?疫情|疫情防控阻击战|疫情防控物资", "抗击新冠疫情，2020年"),
    _event(2020, r"十九届五中全会", "党的十九届五中全会，2020年10月"),
    _event(2020, r"[“\"]?十三五[”\"]?(?:规划)?(?:的)?收官(?:之年|年)", "“十三五”收官，2020年", pins=True),
    _event(2020, r"(?:决战)?脱贫攻坚(?:战)?(?:的)?(?:收官|决战决胜)(?:之年|年)", "脱贫攻坚收官，2020年", pins=True),
    _event(2020, r"全面建成小康社会(?:的)?(?:收官|决胜)之年", "全面建成小康社会收官，2020年", pins=True),
    _event(2021, r"[“\"]?十四五[”\"]?(?:规划)?(?:的)?开局(?:之年|起步之年|年)", "“十四五”开局，2021年", pins=True),
    _event(
        2021,
        r"(?:庆祝|喜迎|迎接|热烈庆祝)(?:建党|中国共产党(?:成立|建党))(?:100|一百|百)周年|建党(?:百年|一百周年|100周年)",
        "建党100周年，2021年7月",
        pins=True,
    ),
    _event(2021, r"党史学习教育", "党史学习教育，2021年2月起"),
    _event(2021, r"十九届六中全会", "党的十九届六中全会，2021年11月"),
    _event(2022, r"(?:迎接|喜迎)(?:党的)?二十大", "党的二十大召开前，2022年10月", pins=True),
    _event(
        2022,
        r"疫情要防住[、，]\s?经济要稳住[、，]\s?发展要安全",
        "“疫情要防住、经济要稳住、发展要安全”，2022年4月",
        pins=True,
    ),
    _event(2022, r"稳经济(?:一揽子|33条|三十三条|大盘)", "稳经济一揽子政策，2022年5月"),
    _event(2022, r"党的二十大(?:精神|报告|召开以来)", "党的二十大，2022年10月"),
    _event(
        2023, r"全面贯彻(?:落实)?党的二十大精神(?:的)?开局之年", "全面贯彻党的二十大精神的开局之年，2023年", pins=True
    ),
    _event(2023, r"学习贯彻习近平新时代中国特色社会主义思想主题教育", "主题教育，2023年4月起"),
    _event(2024, r"(?:党的)?二十届三中全会", "党的二十届三中全会，2024年7月"),
    _event(
        2024,
        r"(?:庆祝|喜迎|迎接)(?:新中国|中华人民共和国)?(?:成立)?(?:75|七十五)周年",
        "新中国成立75周年，2024年10月",
        pins=True,
    ),
    _event(2025, r"[“\"]?十四五[”\"]?(?:规划)?(?:的)?收官(?:之年|年)", "“十四五”收官，2025年", pins=True),
    _event(2025, r"(?:党的)?二十届四中全会", "党的二十届四中全会，2025年10月"),
    _event(2026, r"[“\"]?十五五[”\"]?(?:规划)?(?:的)?开局(?:之年|年)", "“十五五”开局，2026年", pins=True),
)


@dataclass(frozen=True, slots=True)
class Happened:
    event: Event
    span: Span
    text: str


def events_in(text: str) -> Iterator[Happened]:
    """The first mention of each event of the table."""
    for event in EVENTS:
        match = event.words.search(text)
        if match:
            yield Happened(event, Span(match.start(), match.end()), match[0])


# Words of the first months of the pandemic. Each alone was used until 2022; four together, and nothing of 2021 or
# later, were written in 2020 (seed 001: five of them).
_FIRST_WAVE = frozenset(
    event for event in EVENTS if event.year == 2020 and not event.pins and "五中全会" not in event.what
)


def pinned_years(happened: tuple[Happened, ...]) -> dict[int, tuple[Happened, ...]]:
    """Year → the events that say the text is about it. Events that only bound the time from below are left out."""
    pinned: dict[int, tuple[Happened, ...]] = {}
    for one in happened:
        if one.event.pins:
            pinned[one.event.year] = (*pinned.get(one.event.year, ()), one)
    latest = max((one.event.year for one in happened), default=0)
    first_wave = tuple(one for one in happened if one.event in _FIRST_WAVE)
    if latest == 2020 and len(first_wave) >= 3:
        pinned[2020] = (*pinned.get(2020, ()), *first_wave)
    return pinned
