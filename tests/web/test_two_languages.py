"""The pages in English, in large type, and by the links that change either."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, links, tags, text, words
from tests.web.test_pages import PAGES

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("lang", "en")
    return client


@pytest.mark.parametrize("address", [one for one in PAGES if not one.startswith(("/compare", "/figures", "/gaps"))])
def test_an_english_page_is_whole(english: FlaskClient, address: str) -> None:
    html = english.get(address).text
    assert '<html lang="en">' in html
    page = tags(html)
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    for name in ("Search", "Compare", "Tray"):
        assert name in links(html)


@pytest.mark.parametrize("address", ["/", "/search?q=招商", "/doc/r2?q=招商", "/doc/r4", "/help", "/about", "/tray"])
def test_what_stands_in_chinese_on_an_english_page_says_so(english: FlaskClient, address: str) -> None:
    html = english.get(address).text
    unsaid = [
        content(one)
        for one in found(html, "//body//*[not(self::script)][text()]")
        if any(len(CHINESE.findall(part)) > 3 for part in own_text(one))
        and not one.xpath("ancestor-or-self::*[@lang][1][@lang='zh-CN']")
    ]
    # sentences of ours carry the Chinese of their terms; a sentence that is Chinese throughout is a report's
    assert [one for one in unsaid if not re.search(r"[A-Za-z]{3}", one)] == []


def own_text(element: Any) -> list[str]:
    return [str(part) for part in element.xpath("text()")]


def test_the_language_stays_chosen_and_the_link_leads_to_the_same_page(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&year=2022")
    href = links(html)["English"]
    answer = client.get(href)
    assert answer.request.args.to_dict() == {"q": "招商", "year": "2022", "lang": "en"}
    assert "lang=en" in answer.headers["Set-Cookie"]
    assert '<html lang="en">' in client.get("/about").text
    assert '<html lang="zh-CN">' in client.get(links(client.get("/about").text)["中文"]).text


def test_a_double_slash_is_not_taken_for_another_site(client: FlaskClient) -> None:
    for href in links(client.get("//elsewhere.example/x").text).values():
        assert not href.startswith("//")


def test_dates_numbers_and_statuses_are_said_in_english(english: FlaskClient) -> None:
    seen = words(english.get("/search").text)
    assert "Year unknown (published Mar 2022)" in seen
    assert "masked (脱敏) in 98 places" in seen
    assert "Result 成效" in seen
    assert "Unnamed high-tech zone" in seen
    assert "1 identical copies" not in seen


def test_large_type_stays_until_it_is_taken_back(client: FlaskClient) -> None:
    html = text(client, "/doc/r1")
    assert 'class="large"' not in html
    assert '<html lang="zh-CN" class="large">' in client.get(links(html)["大字"]).text
    assert 'class="large"' in text(client, "/about")
    assert 'class="large"' not in client.get(links(text(client, "/about"))["标准字号"]).text


def test_errors_speak_the_readers_language(english: FlaskClient) -> None:
    missing = english.get("/doc/nothing")
    assert "There is no such page" in missing.text
    assert "page.refused" not in missing.text
