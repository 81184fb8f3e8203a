"""The JSON of commands and API, and that nothing of a report is lost on its way through the stores."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.catalogue import StoredReport
from indexer.domain.edits import Edit, Edited, apply, original_of
from indexer.domain.page import Attachment, Restoration
from indexer.domain.query import Query
from indexer.domain.report import Genre, Grade, Quality, Report
from indexer.domain.results import Count, Hit, IndexedPassage, ResultPage
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.errors import Skip
from indexer.formats.json import (
    reading_json,
    report_json,
    result_json,
    stored_json,
)
from tests.unit.stored import a_full_report, a_stored

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 500), st.integers(1, 40))


def stored_and_back(report: Report) -> Report:
    """As catalogue and readings keep it."""
    return msgspec.json.decode(msgspec.json.encode(report), type=Report)


def test_a_report_with_everything_comes_back_as_it_went() -> None:
    report = a_full_report()
    assert stored_and_back(report) == report
    assert original_of(report.text, stored_and_back(report).history) == "一、工作成效\n投 资xx亿元,开展招商。"


def test_a_report_of_which_nothing_is_known_comes_back_with_its_nulls() -> None:
    bare = replace(
        a_full_report(), title=None, published_on=None, source=None, url=None, site_name=None, history=(), passages=()
    )
    assert stored_and_back(bare) == bare
    assert report_json(bare)["published_on"] is None


@given(
    title=st.none() | TEXT,
    day=st.none() | st.dates(),
    genre=st.sampled_from(Genre),
    grade=st.sampled_from(Grade),
    masks=st.dictionaries(TEXT, st.integers(1, 99), max_size=3),
    hints=st.lists(TEXT, max_size=3),
    attachments=st.lists(st.tuples(TEXT, TEXT), max_size=2),
    steps=st.lists(st.lists(st.tuples(st.integers(0, 5), TEXT), max_size=3), max_size=3),
)
def test_any_report_comes_back_as_it_went(
    title: str | None,
    day: date | None,
    genre: Genre,
    grade: Grade,
    masks: dict[str, int],
    hints: list[str],
    attachments: list[tuple[str, str]],
    steps: list[list[tuple[int, str]]],
) -> None:
    text = "原来的文字"
    history: list[Edited] = []
    for inserted in steps:
        places = {min(at, len(text)): words for at, words in inserted}
        history.append(apply("a rule", text, [Edit(at, "", words) for at, words in places.items()]))
        text = history[-1].text
    report = replace(
        a_full_report(),
        title=title,
        published_on=day,
        genre=genre,
        quality=Quality(grade, (), masks),
        zone=ZoneReading(ZoneStatus.NONE, hints=tuple(hints)),
        attachments=tuple(Attachment(*one) for one in attachments),
        history=tuple(history),
    )
    assert stored_and_back(report) == report


def test_a_stored_report_comes_back_with_its_versions_mirrors_and_witness() -> None:
    stored = replace(a_stored("abc"), report=a_full_report(), mirrors=("b", "c"), witness="b")
    assert msgspec.json.decode(msgspec.json.encode(stored), type=StoredReport) == stored


def test_a_card_comes_back_as_it_went() -> None:
    stored = replace(a_stored("abc"), report=a_full_report(), mirrors=("abc", "b", "c"))
    card = ReportCard.of(stored)
    assert msgspec.json.decode(msgspec.json.encode(card), type=ReportCard) == card
    assert (card.year, card.plan_year, card.mirrors, card.restored) == (2021, 2022, 2, True)


@given(figures=st.lists(SPANS, max_size=3), masks=st.lists(SPANS, max_size=3), words=st.lists(st.tuples(SPANS, TEXT)))
def test_notes_of_a_passage_come_back_as_they_went(
    figures: list[Span], masks: list[Span], words: list[tuple[Span, str]]
) -> None:
    notes = PassageNotes(tuple(figures), tuple(masks), tuple(Restoration(*one) for one in words))
    assert msgspec.json.decode(msgspec.json.encode(notes), type=PassageNotes) == notes


def test_read_and_show_have_the_keys_that_programs_depend_on() -> None:
    keys = {"file", "url", "title", "published_on", "source", "genre", "years", "zone", "quality", "text"}
    keys |= {"sections", "passages", "skipped"}
    read = reading_json("a.html", None, a_full_report(), None)
    assert keys <= read.keys()
    assert read["url"] == "http://example.org/a.html"
    assert read["years"]["evidence"][0] == {
        "kind": "title",
        "year": 2021,
        "text": "2021年",
        "span": None,
        "trusted": True,
        "note": None,
    }
    assert read["zone"].keys() >= {"status", "name", "type", "level", "province", "city", "conflict", "hints"}
    assert read["passages"][0]["figures"][0]["span"] == [9, 11]
    assert stored_json(a_stored("abc")).keys() >= keys | {"report", "mirrors", "witness", "versions"}


def test_a_skipped_page_has_the_same_keys_and_says_why() -> None:
    skipped = reading_json("a.html", None, None, Skip("list_page"))
    assert skipped.keys() == reading_json("a.html", None, a_full_report(), None).keys()
    assert skipped["skipped"] == "list_page: 这是栏目列表页，没有正文"
    assert skipped["zone"].keys() == reading_json("a.html", None, a_full_report(), None)["zone"].keys()
    assert skipped["passages"] == []
    assert skipped["title"] is None


def test_a_search_answers_with_hits_marks_and_facets() -> None:
    passage = IndexedPassage(
        "abc", 3, "开展招商工作", url="http://www.jia.example/1.html", zone="甲高新区", level="国家级",
        published_on=date(2022, 1, 5),
    )  # fmt: skip
    facets: dict[str, tuple[Count, ...]] = {"year": (Count(None, 2), Count("2022", 1))}
    page = ResultPage(3, 2, 1, (Hit(passage, 1.23456, "开展招商", (Span(2, 4),)),), facets, 1.5, ("招引",))
    told = json.loads(json.dumps(result_json(page, Query())))
    assert told["total"] == 3
    assert told["reports"] == 2
    assert told["expanded"] == ["招引"]
    assert told["hits"][0]["marks"] == [[2, 4]]
    assert told["hits"][0]["published_on"] == "2022-01-05"
    assert (told["hits"][0]["level"], told["hits"][0]["site"]) == ("国家级", "jia.example")
    assert told["hits"][0].keys() >= {
        *("report", "seq", "title", "url", "zone", "zone_type", "province", "year", "status"),
        *("themes", "grade", "score", "snippet", "marks", "mirrors"),
    }
    assert told["facets"] == {"year": [{"value": None, "count": 2}, {"value": "2022", "count": 1}]}
    assert Query().warnings == ()
