"""Copies of one report are found and the best of them stands for all."""

from __future__ import annotations

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Genre, Grade, Quality, Report, Years
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.pipeline.cluster import cluster

TEXT = "今年以来,全区围绕招商和双创两条主线推进各项工作,专项债资金用到了标准厂房上。"


def a_report(id: str, text: str = TEXT, grade: Grade = Grade.COPY, masks: int = 0) -> StoredReport:
    report = Report(
        title="某区工作总结",
        published_on=None,
        source=None,
        genre=Genre.SUMMARY,
        years=Years(),
        zone=ZoneReading(ZoneStatus.NONE),
        quality=Quality(grade, (), {"x": masks} if masks else {}),
        text=text,
        sections=(),
        passages=(),
    )
    return StoredReport(id=id, file=None, report=report, sha256=id)


def test_two_copies_that_differ_in_spacing_and_width_are_one_cluster() -> None:
    wrapped = TEXT.replace("推进", "推 进\n").replace(",", "，")
    (found,) = cluster([a_report("a"), a_report("b", wrapped), a_report("c", "另一个区的另一份总结,说的是别的事。")])
    assert set(found.reports) == {"a", "b"}


def test_a_report_without_a_copy_is_in_no_cluster() -> None:
    assert cluster([a_report("a"), a_report("b", "别的话,一句也不相同的内容写在这里。")]) == ()


def test_reports_without_any_words_are_not_copies_of_each_other() -> None:
    assert cluster([a_report("a", "……"), a_report("b", "——")]) == ()


def test_the_official_copy_is_the_witness_however_the_reports_come() -> None:
    copies = [a_report("a", grade=Grade.TAMPERED), a_report("b", grade=Grade.OFFICIAL), a_report("c")]
    assert {cluster(order)[0].witness for order in (copies, copies[::-1])} == {"b"}
    assert cluster(copies)[0].reports == ("b", "c", "a")
