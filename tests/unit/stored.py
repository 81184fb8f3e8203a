"""Reports made by hand, for the tests of what is kept and compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from indexer.domain.catalogue import StoredReport, Version
from indexer.domain.edits import Edit, apply
from indexer.domain.page import Attachment, Mask, Restoration
from indexer.domain.report import (
    Figure,
    Genre,
    Grade,
    Passage,
    Quality,
    Report,
    Section,
    Status,
    YearEvidence,
    YearKind,
    Years,
)
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus

ADDED_AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def a_figure(at: int = 0, value: float | None = 12.5, mask: str | None = None) -> Figure:
    return Figure("固定资产投资", value, "亿元", 3.0, None, "累计", None, mask, Span(at, at + 4))


def a_stored(
    id: str,
    *said: tuple[Status, str, tuple[Figure, ...]],
    zone: str | None = "甲高新区",
    zone_type: str | None = "高新区",
    year: int | None = 2022,
    theme: str = "招商引资",
    flags: tuple[str, ...] = (),
    grade: Grade = Grade.COPY,
) -> StoredReport:
    """A report that says ``said``, one passage a paragraph; figures' spans are moved to their passage."""
    text = "\n".join(words for _, words, _ in said)
    passages = []
    at = 0
    for seq, (status, words, figures) in enumerate(said):
        moved = tuple(replace(one, span=one.span.shifted(at)) if at else one for one in figures)
        passages.append(Passage(seq, None, status, (theme,), Span(at, at + len(words)), words, moved))
        at += len(words) + 1
    report = Report(
        title=f"{zone or 'xx高新区'}{year or 'xxxx'}年工作总结",
        published_on=None,
        source=None,
        genre=Genre.SUMMARY,
        years=Years(report=year),
        zone=ZoneReading(ZoneStatus.NAMED if zone else ZoneStatus.ANONYMISED, zone, zone, zone_type),
        quality=Quality(grade, flags),
        text=text,
        sections=(),
        passages=tuple(passages),
    )
    return StoredReport(id, f"/pages/{id}.html", report, id * 5, (Version(id * 5, ADDED_AT),))


def a_full_report() -> Report:
    """One with something in every field."""
    first = apply("hard_wraps", "一、工作成效\n投 资xx亿元,开展招商。", [Edit(8, " ", "")])
    second = apply("notices", first.text + "本文由网友上传", [Edit(len(first.text), "本文由网友上传", "")])
    text = second.text
    return Report(
        title="某高新区2021年工作总结",
        published_on=date(2022, 1, 5),
        source="某区管委会",
        genre=Genre.SUMMARY,
        years=Years(
            2021,
            2022,
            "全年",
            "题名作2021年，正文作2020年",
            (
                YearEvidence(YearKind.TITLE, 2021, "2021年", None, True),
                YearEvidence(YearKind.BODY, 2020, "投资", Span(7, 9), False),
            ),
        ),
        zone=ZoneReading(
            ZoneStatus.NAMED,
            "甲市高新技术产业开发区",
            "甲高新区",
            "高新区",
            "国家级",
            "乙",
            "甲",
            None,
            ("光谷",),
            "题名",
        ),
        quality=Quality(Grade.MASKED, ("masked", "hard_wrapped"), {"x": 1}),
        text=text,
        sections=(Section(1, "一、工作成效", Span(0, len(text))),),
        passages=(
            Passage(
                0,
                0,
                Status.RESULT,
                ("招商引资",),
                Span(7, len(text)),
                text[7:],
                (Figure("投资", None, "亿元", None, None, None, None, "xx", Span(9, 11)),),
            ),
        ),
        attachments=(Attachment("全文.pdf", "http://example.org/f.pdf"),),
        masks=(Mask("x", Span(9, 11)),),
        restorations=(Restoration(Span(14, 16), "发展"),),
        history=(first, second),
        origins={"title": "h1"},
        family="density",
        url="http://example.org/a.html",
        site_name="某站",
    )
