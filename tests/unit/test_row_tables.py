"""The rows of a catalogue: what is written of a report is what comparing is given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from indexer.compare.report_rows import Vocabulary, rows_of
from indexer.domain.catalogue import StoredReport
from indexer.domain.query import YearRange
from indexer.domain.report import Measure, Status
from indexer.domain.rows import NO_ZONE, ReportRows
from indexer.domain.spans import Span
from indexer.reference.industries import Industries
from indexer.stores.catalogue import Catalogue
from tests.row_tables import tables_of
from tests.unit.rows import a_report, figure, measure


@pytest.fixture
def reports() -> list[StoredReport]:
    return [
        a_report(
            "east",
            measure(
                "派三支小组常驻两座城市，签约12个项目。",
                "investment/stationed-teams",
                figure("12个", "signed-projects", 12),
            ),
            measure("明年设招商基金。", "investment/funds", status=Status.PLAN),
            zone="东湖示例高新区",
            year=2021,
        ),
        a_report("west", measure("每周会商一次。", None), zone="西山示例经开区", year=2022),
        a_report("veiled", measure("派人驻点招商。", "investment/stationed-teams"), zone=None, year=2021),
    ]


@pytest.fixture
def catalogue(tmp_path: Path, reports: list[StoredReport]) -> Iterator[Catalogue]:
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all(reports, rows_of)
        fresh.finish((), datetime(2024, 1, 1, tzinfo=UTC))
    with closing(Catalogue.finished(file)) as finished:
        yield finished


def rows(reports: list[StoredReport]) -> list[ReportRows]:
    return [rows_of(report) for report in reports]


def test_what_is_written_is_what_is_given_back(catalogue: Catalogue, reports: list[StoredReport]) -> None:
    written = rows(reports)
    assert list(catalogue.rows.sources) == [one.source for one in written]
    assert list(catalogue.rows.measures().values()) == [row for one in written for row in one.measures]
    assert catalogue.rows.figures() == [row for one in written for row in one.figures]
    places = ["东湖示例高新区", "西山示例经开区", "veiled"]
    entries = catalogue.rows.passages_on(places, "招商引资")
    passages = catalogue.rows.passages_at([one.row for one in entries])
    assert list(passages.values()) == [row for one in written for row in one.passages]


def test_measures_are_narrowed_by_place_theme_and_year(catalogue: Catalogue) -> None:
    def found(places: Sequence[str], theme: str = "招商引资", years: YearRange | None = None) -> list[str]:
        rows = [one.row for one in catalogue.rows.measures_on(places, theme, years)]
        return [row.text for row in catalogue.rows.measures_at(rows).values()]

    everywhere = list(catalogue.rows.by_place)
    assert found(["西山示例经开区"]) == ["每周会商一次。"]
    assert len(found(everywhere)) == 4
    assert found(everywhere, theme="城市建设") == []
    assert found(everywhere, years=YearRange(2022, 2022)) == ["明年设招商基金。", "每周会商一次。"], (
        "a plan is of the year it plans"
    )


def test_an_entry_tells_what_its_measure_does(catalogue: Catalogue, reports: list[StoredReport]) -> None:
    entries = catalogue.rows.measures_on(list(catalogue.rows.by_place), "招商引资")
    for entry, of in zip(entries, (row for one in rows(reports) for row in one.measures), strict=True):
        assert (entry.source, entry.seq, entry.number) == (of.source, of.seq, of.number)
        assert (entry.practice, entry.status, entry.year) == (of.practice, of.status, of.year)
        assert (entry.telling, entry.saying) == (of.telling, entry.row)


def test_what_a_place_says_again_stands_under_what_it_said(tmp_path: Path) -> None:
    whole, part = "派三支小组常驻两座城市，每月轮换。", "派三支小组常驻两座城市"
    reports = [
        a_report("new", measure(part, None), measure(whole, None), zone="东湖示例高新区"),
        a_report("old", measure(whole, None), zone="东湖示例高新区"),
        a_report("other", measure(whole, None), zone="西山示例经开区"),
    ]
    tables = tables_of(rows(reports))
    part_, whole_, again, elsewhere = tables.measures_on(list(tables.by_place), "招商引资")
    assert part_.saying == again.saying == whole_.saying == whole_.row
    assert elsewhere.saying == elsewhere.row, "another place says it for itself"


def test_a_practice_is_counted_by_place_and_stands_for_it_with_what_was_done(catalogue: Catalogue) -> None:
    uses = {(use.practice, use.place): use for use in catalogue.rows.practice_uses(None)}
    assert uses["investment/stationed-teams", "东湖示例高新区"].done == 1
    assert uses["investment/funds", "东湖示例高新区"].done == 0
    best = uses["investment/stationed-teams", "veiled"].best
    assert catalogue.rows.measures_at([best])[best].text == "派人驻点招商。"


def test_a_report_that_hides_its_zone_is_a_place_of_its_own(catalogue: Catalogue, reports: list[StoredReport]) -> None:
    assert set(catalogue.rows.by_place) == {"东湖示例高新区", "西山示例经开区", "veiled"}
    (veiled,) = catalogue.rows.by_place["veiled"]
    assert veiled.label == "未具名高新区 · 2021 · xx高新区2021年工作总结"
    nowhere = replace(veiled, zone=None, zone_type=None, year=None)
    assert nowhere.label.startswith(f"{NO_ZONE} · 年份不明")


def test_a_sentence_that_four_places_print_tells_of_none(tmp_path: Path) -> None:
    same = measure("像抓粮食一样抓招商，建立专班盯住不放。", "investment/special-teams")
    own = measure("派两支小组常驻示例市，按清单上门。", "investment/stationed-teams")
    reports = [a_report(f"r{n}", same, own if n == 0 else same, zone=f"第{n}示例区") for n in range(4)]
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all(reports, rows_of)
        found = {row.text: row.telling for row in fresh.rows.measures().values()}
    told = {row.text: row.telling for one in rows(reports) for row in one.measures}
    assert found[own.text] == told[own.text]
    assert found[same.text] < told[same.text] / 2


def test_a_figure_of_no_indicator_is_found_by_the_name_in_its_phrase(tmp_path: Path) -> None:
    odd = figure("6亿元", None, 6, unit="亿元", phrase="争取专项债券资金")
    reports = [a_report("a", measure("争取专项债券资金6亿元。", None, odd)), a_report("b", measure("没有数字。", None))]
    vocabulary = Vocabulary(Industries({}), {"专项债": ("special-bonds",), "项目": ("projects",)})
    with closing(Catalogue.new(tmp_path / "c.sqlite")) as fresh:
        fresh.save_all(reports, partial(rows_of, vocabulary=vocabulary))
        assert [row.text for row in fresh.rows.unmapped("special-bonds")] == ["6亿元"]
        assert fresh.rows.unmapped("tax-revenue") == []


def test_a_figure_is_shown_in_its_own_sentence() -> None:
    stored = a_report(
        "a", measure("先说别的事。税收9亿元。再说别的。", None, figure("9亿元", "tax-revenue", 9, unit="亿元"))
    )
    (row,) = rows_of(stored).figures
    assert (row.text, row.sentence) == ("9亿元", "税收9亿元。")


def test_a_plan_in_a_review_is_of_the_plan_year() -> None:
    stored = a_report("a", measure("拟设办事处。", None, status=Status.PLAN), year=2021)
    (passage,) = stored.report.passages
    moved = replace(passage, status=Status.MEASURE, year=2021, year_basis="report")
    mixed = replace(stored, report=replace(stored.report, passages=(moved,)))
    (row,) = rows_of(mixed).measures
    assert (row.year, row.year_basis) == (2022, "plan")
    assert Measure(None, None, Status.PLAN, Span(0, 6)) != passage.measures[0]


def test_a_lead_is_told_with_the_sentence_that_it_leads() -> None:
    stored = a_report("a", measure("一是全员招商。聘请大使35名，按季通报。另有别的事。", "investment/all-staff"))
    (passage,) = stored.report.passages
    lead = replace(passage.measures[0], span=Span(0, 7))
    led = replace(passage, measures=(lead,), figures=(replace(figure("35名", None, 35).figure, span=Span(12, 15)),))
    (row,) = rows_of(replace(stored, report=replace(stored.report, passages=(led,)))).measures
    assert row.text == "一是全员招商。聘请大使35名，按季通报。"
    assert [one.value for one in row.figures] == [35]
    long = replace(passage, measures=(replace(lead, span=Span(7, 20)),))
    (row,) = rows_of(replace(stored, report=replace(stored.report, passages=(long,)))).measures
    assert row.text.startswith("聘请大使35名")
