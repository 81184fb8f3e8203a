"""A report beside what it was before cleaning, and the signs that cleaning left in its text."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient

from indexer.domain.edits import Edit, Edited, apply
from indexer.domain.report import Report
from tests.web.conftest import ClientOver
from tests.web.looking import content, found, links, text, words
from tests.web.shelf import shelf
from webapp.presenters import originals, reading

FIRST = "全区新开工项目十二个，\n总投资四十亿元。"


def cleaned(*steps: tuple[str, list[Edit]]) -> Report:
    (first, *_) = shelf()
    history: list[Edited] = []
    now = FIRST
    for rule, edits in steps:
        history.append(apply(rule, now, edits))
        now = history[-1].text
    bare = replace(first.report, passages=(), sections=(), masks=(), restorations=(), years=replace(first.report.years))
    return replace(bare, text=now, history=tuple(history))


def test_all_of_the_original_stands_at_the_right_once() -> None:
    report = cleaned(("notices", [Edit(0, "全区", "")]), ("hard_wraps", [Edit(9, "\n", "")]))
    shown = originals.pairs(report)
    right = "".join(content(found(f"<p>{one.original}</p>", "//p")[0]) for one in shown)
    assert right.replace("⏎", "") == FIRST.replace("\n", "")
    assert [one.cleaned for one in shown] == ["", "新开工项目十二个，总投资四十亿元。"]
    assert '<span class="was">⏎</span>' in shown[1].original


def test_a_place_is_followed_through_later_steps() -> None:
    joined = apply("hard_wraps", FIRST, [Edit(11, "\n", "")])
    assert [joined.place_after(at) for at in (0, 10, 11, 12, 13)] == [0, 10, 11, 11, 12]
    report = cleaned(("hard_wraps", [Edit(11, "\n", "")]), ("notices", [Edit(0, "全区", "")]))
    assert reading.joins(report) == [9]
    assert report.text[9:] == "总投资四十亿元。"


def test_the_page_shows_both_and_leads_back(client: FlaskClient) -> None:
    html = text(client, "/doc/r1?q=招商")
    beside = client.get(links(html)["对照原文"])
    assert beside.request.args.to_dict() == {"q": "招商", "view": "original"}
    assert len(found(beside.text, "//table[contains(@class, 'originals')]//tr[@class='changed']")) >= 1
    assert client.get(links(beside.text)["只看正文"]).request.args.to_dict() == {"q": "招商"}


def test_a_join_is_explained_where_it_stands(client: FlaskClient) -> None:
    html = text(client, "/doc/r1")
    assert len(found(html, "//span[@class='join'][@title='原文此处断开，已接合']")) == 2, (
        "the third is the end of a line"
    )
    assert "原文在此断开，已接合" in words(html)
    assert "原文在此断开" not in words(text(client, "/doc/r5"))


def test_other_reports_of_the_zone_and_copies_are_named_not_numbered(client_over: ClientOver) -> None:
    (first, *rest) = shelf()
    other = replace(first, id="r1-b", report=replace(first.report, title="全年工作总结"))
    client = client_over([first, other, *rest])
    assert links(text(client, "/doc/r1"))["全年工作总结"] == "/doc/r1-b"


def test_the_printed_page_names_its_source_and_address(client: FlaskClient) -> None:
    (printed,) = found(text(client, "/doc/r1"), "//p[@class='printed']")
    assert "https://www.example.gov.cn/zwgk/202208/t20220805_1.html" in content(printed)
    assert "http://localhost/doc/r1" in content(printed)
