"""The catalogue of a build: what a page of results takes from it, and what is said of one made by another version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import StoredReport, TakenIn, Version
from indexer.domain.page import Mask, Restoration
from indexer.domain.report import Status, YearEvidence, YearKind, Years
from indexer.domain.spans import Span
from indexer.errors import NoIndex, NotFound
from indexer.stores.catalogue import Catalogue
from tests.unit.stored import a_figure, a_full_report, a_stored


@pytest.fixture
def shelf() -> list[StoredReport]:
    full = replace(a_stored("full"), report=a_full_report(), mirrors=("full", "copy"))
    two = a_stored(
        "two",
        (Status.RESULT, "投资12.5亿元", (a_figure(2),)),
        (Status.MEASURE, "上门招商", ()),
    )
    return [full, two]


@pytest.fixture
def catalogue(tmp_path: Path, shelf: list[StoredReport]) -> Iterator[Catalogue]:
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all(shelf)
        fresh.finish((), datetime(2024, 1, 1, tzinfo=UTC))
    with closing(Catalogue.finished(file)) as finished:
        yield finished


def test_a_card_says_of_a_report_what_the_report_itself_would(catalogue: Catalogue, shelf: list[StoredReport]) -> None:
    cards = catalogue.cards({one.id: () for one in shelf})
    assert cards == {one.id: ReportCard.of(one) for one in shelf}


def test_notes_come_for_the_passages_that_were_asked_for(catalogue: Catalogue, shelf: list[StoredReport]) -> None:
    cards = catalogue.cards({"full": [0], "two": [0, 1]})
    assert cards["full"].notes == {0: PassageNotes.of(shelf[0].report, shelf[0].report.passages[0])}
    assert cards["two"].notes == {0: PassageNotes(figures=(Span(2, 6),))}, "the second passage has nothing to note"
    assert catalogue.cards({"two": [1]})["two"].notes == {}


def test_a_report_that_is_not_there_has_no_card(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound, match="elsewhere"):
        catalogue.cards({"two": [0], "elsewhere": [0]})
    assert catalogue.cards({}) == {}


def test_notes_count_from_the_start_of_their_passage_and_stop_at_its_end() -> None:
    stored = a_stored("a", (Status.RESULT, "零一二三四", ()), (Status.RESULT, "五六七八九", (a_figure(1, None, "x"),)))
    report = replace(
        stored.report,
        masks=(Mask("x", Span(4, 8)),),  # over the end of the first into the second, which starts at 6
        restorations=(Restoration(Span(7, 9), "发展"), Restoration(Span(4, 7), "两段之间")),
    )
    first, second = (PassageNotes.of(report, passage) for passage in report.passages)
    assert first == PassageNotes(masks=(Span(4, 5),))
    assert second == PassageNotes(masks=(Span(0, 2),), restorations=(Restoration(Span(1, 3), "发展"),))
    assert second.figures == (), "its only number is a mask"


def test_a_card_keeps_the_doubt_about_a_year_without_its_evidence() -> None:
    title = YearEvidence(YearKind.TITLE, 2021, "2021年", None, False)
    guess = YearEvidence(YearKind.GUESS, 2020, "印发时间", None, False)
    stored = a_stored("a")
    years = Years(2020, evidence=(title, guess))
    card = ReportCard.of(replace(stored, report=replace(stored.report, years=years)))
    assert (card.year, card.title_year, card.guessed) == (2020, 2021, True)


def test_a_catalogue_of_an_older_version_says_to_build_again(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    Catalogue.new(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(NoIndex, match="第 1 版，本程序认得第 9 版。请运行 duibiao build"):
        Catalogue.finished(file)


def test_newest_are_those_taken_in_last_and_of_one_day_those_published_last(tmp_path: Path) -> None:
    def taken_in(id: str, added: datetime | None, published: date | None) -> StoredReport:
        stored = a_stored(id)
        versions = (Version(id, added),) if added else ()
        return replace(stored, versions=versions, report=replace(stored.report, published_on=published))

    morning, evening = datetime(2024, 5, 2, 8, tzinfo=UTC), datetime(2024, 5, 2, 20, tzinfo=UTC)
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all(
            [
                taken_in("old", datetime(2024, 5, 1, tzinfo=UTC), date(2024, 4, 30)),
                taken_in("early", morning, date(2024, 3, 1)),
                taken_in("late", evening, date(2023, 1, 1)),
                taken_in("undated", evening, None),
                taken_in("unknown", None, date(2024, 5, 3)),
                replace(taken_in("copy", evening, date(2024, 5, 2)), witness="early"),
            ]
        )
        fresh.finish((), evening)
    with closing(Catalogue.finished(file)) as catalogue:
        newest = catalogue.newest(9)
        known = catalogue.taken_in()
    assert [one.report for one in newest] == ["early", "late", "undated", "old", "unknown"]
    assert (newest[0].taken_in, newest[0].published_on) == (date(2024, 5, 2), date(2024, 3, 1))
    assert (newest[2].published_on, newest[4].taken_in) == (None, None)
    assert known["late"] == TakenIn(evening, evening)
    assert "unknown" not in known


def test_notes_are_looked_up_not_searched_for(tmp_path: Path) -> None:
    said = [(Status.RESULT, "投资12.5亿元", (a_figure(2),))] * 40
    file = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.new(file)) as fresh:
        fresh.save_all(a_stored(f"r{number}", *said) for number in range(100))
        fresh.finish((), datetime(2024, 1, 1, tzinfo=UTC))
    hundreds: list[int] = []
    with closing(Catalogue.finished(file)) as catalogue:
        catalogue._connection.set_progress_handler(lambda: hundreds.append(1), 100)
        cards = catalogue.cards({"r50": [1, 2, 3]})
    assert len(cards["r50"].notes) == 3
    assert len(hundreds) < 10, "hundreds of steps of SQLite; all 4,000 notes take 200"
