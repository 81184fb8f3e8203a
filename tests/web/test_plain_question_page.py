"""What a plain question is taken to ask is said once, each part with the way to take it off; and what a page of a long
question leaves out."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from indexer.library import Library
from tests.web.looking import content, found, links, text, words

ASKED = "/search?q=湖南 2022年 招商"


def test_what_was_understood_stands_once_and_each_part_can_be_taken_off(client: FlaskClient) -> None:
    html = text(client, ASKED)
    (line,) = found(html, "//div[@class='understood']")
    assert content(line).startswith("已理解为：")
    chips = [content(chip) for chip in line.xpath(".//ul[@class='chips']/li")]
    assert chips == ["去掉筛选：湖南 ×", "去掉筛选：2022 年 ×"]
    assert len(found(html, "//ul[@class='chips'][not(ancestor::details)]")) == 1
    assert [content(one) for one in line.xpath("b")] == ["招商"]
    without = client.get(links(html)["去掉筛选：湖南 ×"])
    assert without.request.args.to_dict() == {"q": "招商", "year": "2022"}


def test_the_words_alone_are_one_click_away(client: FlaskClient) -> None:
    href = links(text(client, ASKED))["按原词检索"]
    assert unquote(href) == "/search?q=湖南 2022年 招商&plain=1"
    assert not found(text(client, href), "//div[@class='understood']")


def test_words_taken_as_they_stand_stay_so_in_every_link(client: FlaskClient) -> None:
    html = text(client, links(text(client, ASKED))["按原词检索"])
    hrefs = list(found(html, "//div[@class='sum']//a/@href | //aside//a/@href"))
    assert hrefs
    assert [href for href in hrefs if "plain=1" not in href] == []


def test_filters_that_were_dropped_are_not_shown_as_if_on(client: FlaskClient) -> None:
    html = text(client, "/search?q=省级高新区 专班")
    assert "按园区、年份等筛选没有找到，下面按原词检索。" in words(html)
    assert not found(html, "//ul[@class='chips'][not(ancestor::details)]/li")
    assert not found(html, "//aside//a[@aria-current]")


def test_a_hit_is_compared_on_the_theme_that_was_asked(client: FlaskClient) -> None:
    for theme in ("招商引资", "营商环境"):
        html = text(client, f"/search?theme={theme}")
        offered = [content(a) for a in found(html, "//p[@class='actions']/a[starts-with(@href, '/compare')]")]
        assert set(offered) == {f"放入对标：{theme}"}


def test_a_kind_of_zone_that_no_report_is_of_is_looked_for_as_words(client: FlaskClient) -> None:
    html = text(client, "/search?q=国家级综保区 招商")
    assert [content(one) for one in found(html, "//div[@class='understood']/b")] == ["综保区 招商"]


def test_words_that_touch_are_one_mark(client: FlaskClient) -> None:
    html = text(client, "/search?q=驻点 招商 成立 专班&match=loose")
    assert "<mark>成立专班驻点招商</mark>" in html
    assert "</mark><mark>" not in html


def test_a_long_question_keeps_of_a_report_the_passages_near_its_best(
    shelved: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = replace(shelved.question({"q": ["招商"]}), by_report=True)
    page = shelved.search(query)
    first, second = (hit for hit in page.hits if hit.passage.report == "r1")
    scored = (replace(first, score=10.0), replace(second, score=5.9))
    for loosened, kept in ((True, 1), (False, 2)):
        given = replace(page, hits=scored, loosened=loosened, full=None)
        monkeypatch.setattr(shelved, "_answered", lambda *_, given=given: given)
        assert len(shelved.search_reports(query)[0].hits) == kept
