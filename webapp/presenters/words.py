"""How values are said in Chinese. Doubt is said where the value stands, never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.cards import ReportCard
from indexer.domain.comparison import Silence
from indexer.domain.facets import Basis
from indexer.domain.report import Grade, Status, YearKind
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.formats.report_words import FLAGS as FLAGS

GRADES = {"A": "A 官方原文", "B": "B 完整转载", "C": "C 脱敏或截断", "D": "D 改写或改年"}
GRADE_MEANINGS = {
    "A": "发布机关自己的网站上的原文",
    "B": "别处完整的转载",
    "C": "名称或数字被抹去，或只有一部分",
    "D": "字词被替换过，或年份被改过",
}
TELLING_FLAGS = ("year_conflict", "redated", "zone_conflict", "hijacked", "laundered", "masked", "truncated")
YEAR_KINDS = {
    YearKind.TITLE: "题名",
    YearKind.BODY: "正文",
    YearKind.PLAN: "计划",
    YearKind.PUBLISHED: "发布日期",
    YearKind.EVENT: "所记事件",
    YearKind.SPLICED: "拼接的数字",
    YearKind.GUESS: "推测",
}
ZONE_STATUSES = {
    ZoneStatus.NAMED: "文中写明名称",
    ZoneStatus.ANONYMISED: "名称被抹去",
    ZoneStatus.TYPE_ONLY: "只写类型，未写名称",
    ZoneStatus.REGION: "一地政府的报告，不属单个园区",
    ZoneStatus.NONE: "文中看不出是哪里",
}
SILENCE_MEANINGS = {
    Silence.NOT_COLLECTED: "目录里没有这个园区在这一年的报告",
    Silence.NOT_MENTIONED: "有完整的报告，其中没有谈到",
    Silence.MASKED: "谈到了，但数字被抹去",
    Silence.TRUNCATED: "这份副本没有到结尾，后面有没有不知道",
    Silence.NOT_SEEN: "只看到报告的一部分（文摘、片段，或别的年份里的计划），没见到不等于没有",
}
BASES = {Basis.PASSAGE: "所述年份", Basis.REPORT: "报告期", Basis.PUBLISHED: "发布", Basis.PLAN: "计划年"}
STATUS_ORDER = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM, Status.BACKGROUND, Status.NOTE)


@dataclass(frozen=True, slots=True)
class Badge:
    """``tone``: plain for a fact, doubt for what the reader should weigh."""

    text: str
    tone: str = "plain"


def zone_label(zone: ZoneReading) -> str:
    """What the zone is called in a line of results: 未具名高新区 where the text hides its name."""
    if zone.status in (ZoneStatus.NAMED, ZoneStatus.REGION):
        return zone.short or zone.name or "未具名园区"
    if zone.status is ZoneStatus.NONE and not zone.type:
        return "地区不明"
    return f"未具名{zone.type or '园区'}"


def place(zone: ZoneReading) -> str:
    """Province and level, as far as known."""
    city = zone.city if zone.city and zone.status is ZoneStatus.NAMED else None
    return " · ".join(dict.fromkeys(part for part in (zone.province, city, zone.level) if part))


def year_number(card: ReportCard) -> str:
    """2022 上半年 · 2019（标题为 2020 年） · 年份不明（2022 年 3 月发布）."""
    if card.year is None:
        said = f"{card.plan_year} 年计划" if card.plan_year else "年份不明"
        day = card.published_on
        return f"{said}（{day.year} 年 {day.month} 月发布）" if day else said
    period = " 年"
    if card.period and card.period != "全年":
        period = f" 年 {card.period}" if card.period[0].isdigit() else f" {card.period}"
    wrong = f"（标题为 {card.title_year} 年）" if card.title_year else ""
    guess = "（推测）" if card.guessed else ""
    return f"{card.year}{period}{wrong}{guess}"


def badges(card: ReportCard) -> list[Badge]:
    """Grade first, then every reason for doubt that the grade doesn't already say."""
    flags = set(card.quality.flags)
    masked = card.quality.masks_total
    grade = card.quality.grade
    laundered = "改写，已还原" if card.restored else "改写"
    first = Badge(GRADES[grade.value], "plain" if grade in (Grade.OFFICIAL, Grade.COPY) else "doubt")
    if grade is Grade.MASKED and "masked" in flags and masked:
        first = Badge(f"C 脱敏 {masked} 处", "doubt")
        flags.discard("masked")
    elif grade is Grade.MASKED and "truncated" in flags:
        first = Badge("C 预览截断", "doubt")
        flags.discard("truncated")
    elif grade is Grade.MASKED and "recognised" in flags:
        first = Badge("C 由图像识别", "doubt")
        flags.discard("recognised")
    elif grade is Grade.MASKED and "overprinted" in flags:
        first = Badge("C 文字叠印", "doubt")
        flags.discard("overprinted")
    elif grade is Grade.TAMPERED and "laundered" in flags:
        first = Badge(f"D {laundered}", "doubt")
        flags.discard("laundered")
    elif grade is Grade.TAMPERED and "redated" in flags:
        first = Badge("D 年份被改", "doubt")
        flags.discard("redated")
    said = {
        "year_conflict": "年份有出入",
        "redated": "年份被改",
        "zone_conflict": "园区有出入",
        "hijacked": "来源网页疑遭篡改",
        "laundered": laundered,
        "masked": f"脱敏 {masked} 处" if masked else "脱敏",
        "truncated": "预览截断",
        "recognised": "由图像识别",
        "overprinted": "文字叠印",
    }
    return [first, *sample_badges(card), *(Badge(text, "doubt") for flag, text in said.items() if flag in flags)]


def sample_badges(card: ReportCard) -> list[Badge]:
    """A digest made for Duibiao is no official text, and says so wherever it stands."""
    return [Badge("示例文摘", "doubt")] if card.sample else []


def number(value: float) -> str:
    """1014 rather than 1014.0; 38.6 stays."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
