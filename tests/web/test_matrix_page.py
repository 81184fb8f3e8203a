"""Zones, provinces or types by years: every cell leads to what it counts."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.web.looking import content, found, links, text, words


def test_every_cell_of_a_matrix_leads_to_what_it_counts(client: FlaskClient) -> None:
    """The same number of passages, as long as the cell isn't of a report that hides its zone."""
    html = text(client, "/matrix?theme=招商引资")
    (cell,) = found(html, "//tr[contains(th, '闽江示例高新区')]/td/a[. = '3']")
    answer = client.get(cell.get("href"))
    assert answer.status_code == 200
    assert "共 3 段" in words(answer.text)


@pytest.mark.parametrize(
    "asked",
    [
        "theme=招商引资",
        "theme=招商引资&rows=province",
        "theme=招商引资&rows=type",
        "practice=驻点与外出招商",
        "practice=招商专班队伍&rows=type",
        "practice=招商专班队伍&rows=province",
        "indicator=工业投资",
        "indicator=地区生产总值&rows=province",
    ],
)
def test_no_cell_of_a_matrix_leads_nowhere(client: FlaskClient, asked: str) -> None:
    html = text(client, f"/matrix?{asked}")
    hrefs = found(html, "//table//td//a/@href")
    assert hrefs or "省份不明" in words(html)
    for href in hrefs:
        answer = client.get(href)
        assert answer.status_code == 200, unquote(href)
        assert "先选主题" not in words(answer.text), unquote(href)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("theme=招商引资", ("/compare", "/matrix")),
        ("practice=驻点与外出招商", ("/compare", "/matrix")),
        ("indicator=工业投资", ("/figures", "/matrix")),
    ],
)
def test_ticked_rows_of_a_matrix_lead_on(client: FlaskClient, asked: str, led_to: tuple[str, str]) -> None:
    (form,) = found(text(client, f"/matrix?{asked}"), "//form[.//table]")
    kept = [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")]
    ticked = [("zone", one.get("value")) for one in form.xpath(".//input[@type='checkbox']")][:2]
    assert ticked
    for button, path in zip(form.xpath(".//button"), led_to, strict=True):
        assert (button.get("formaction") or form.get("action")) == path
        own = [(button.get("name"), button.get("value"))] if button.get("name") else []
        answer = client.get(path, query_string=MultiDict([*kept, *ticked, *own]))
        assert answer.status_code == 200
        assert ticked[0][1] in words(answer.text)


def test_a_theme_chosen_over_the_matrix_of_a_practice_is_what_is_shown(client: FlaskClient) -> None:
    html = text(client, "/matrix?practice=驻点与外出招商&theme=营商环境")
    assert [content(h) for h in found(html, "//h1")] == ["营商环境"]


def test_of_many_years_a_matrix_shows_the_last_and_leads_to_all(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.matrix._YEARS", 2)
    html = text(client, "/matrix?theme=招商引资")
    shown = [content(th) for th in found(html, "//thead//th")][1:-1]
    assert len(shown) == 2
    (all_of_them,) = {href for name, href in links(html).items() if "全部列出" in name}
    every = [content(th) for th in found(text(client, all_of_them), "//thead//th")][1:-1]
    assert every[-2:] == shown
    assert len(every) > 2
    assert f"year={shown[0]}-{shown[-1]}" in links(html)["CSV"], "what is taken home is what is shown"


def test_grade_and_plans_of_a_cell_are_said_in_words(client: FlaskClient) -> None:
    (cell,) = found(text(client, "/matrix?theme=招商引资"), "//tr[contains(th, '湘江示例高新区')]/td[a = '4']")
    assert content(cell) == "4 B · 1 处计划"


def test_provinces_are_34_tiles_and_those_that_tell_lead_to_their_own_matrix(client: FlaskClient) -> None:
    html = text(client, "/matrix?theme=招商引资&rows=province")
    tiles = found(html, "//ul[@class='tiles']/li[not(@aria-hidden)]")
    assert len(tiles) == 34
    (hunan,) = found(html, "//ul[@class='tiles']/li/a[starts-with(., '湖南')]")
    assert content(hunan) == "湖南4"
    assert "湘江示例高新区" in client.get(hunan.get("href")).text
    assert len(found(html, "//ul[@class='tiles']/li/a")) == 4
