"""Zones, and the codebooks of practices and indicators."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words


def test_zones_stand_by_type_with_those_that_hide_their_name_apart(client: FlaskClient) -> None:
    html = text(client, "/zones")
    heads = [content(h).split()[0] for h in found(html, "//section/h2")]
    assert heads[0] == "高新区"
    assert heads[-2:] == ["省、市、区县的报告", "未具名"]
    assert "2019、2021 · 3 种做法" in words(html)
    assert "闽江示例高新区" not in links(text(client, "/zones?province=湖南"))


def test_a_zone_shows_its_years_practices_figures_and_peers(client: FlaskClient) -> None:
    html = text(client, "/zones/湘江高新")
    seen = words(html)
    assert [content(h) for h in found(html, "//h1")] == ["湘江示例高新区"]
    assert "也叫：湘江高新" in seen
    assert "2022 4 种做法" in seen
    assert "38.6亿元 2022 · 1-6月" in seen
    assert "闽江示例高新区 同类型、同级别" in seen


def test_practices_of_earlier_years_stand_on_a_page_of_all_years(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.zones._YEARS", 0)
    html = text(client, "/zones/湘江示例高新区?mine=闽江示例高新区")
    assert "2022 4 种做法" in words(html), "what isn't listed is counted"
    assert not found(html, "//section[@id='y2022']")
    (more,) = {href for name, href in links(html).items() if "全部列出" in name}
    whole = text(client, more)
    assert len(found(whole, "//section[@id='y2022']//ul[@class='practices']/li")) == 4
    (year,) = (href for href in found(html, "//ol[@class='ticks']//a/@href") if "year=2022" in href)
    assert "mine=" in year
    assert year.endswith("#y2022")
    assert found(text(client, year), "//section[@id='y2022']")


@pytest.mark.parametrize("zone", ["湘江示例高新区", "r4", "示例市"])
def test_what_a_zone_page_links_to_is_there(client: FlaskClient, zone: str) -> None:
    for href in {a for a in found(text(client, f"/zones/{zone}"), "//main//a/@href") if a.startswith("/")}:
        assert client.get(href).status_code == 200, unquote(href)


def test_the_practices_are_defined_counted_and_each_has_its_page(client: FlaskClient) -> None:
    html = text(client, "/practices")
    assert "驻点与外出招商 3 个园区 · 4 处" in words(html)
    by_name = text(client, "/practices/驻点与外出招商")
    assert words(by_name) == words(text(client, "/practices/investment/stationed-teams"))
    assert "例（自拟）" in by_name
    for href in found(by_name, "//main//a/@href"):
        assert client.get(href).status_code == 200, unquote(href)
    assert "没有“写诗招商”" in words(text(client, "/practices/写诗招商", 404))


def test_what_is_no_indicator_can_be_searched_as_words(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工程 xx 个", 400)
    assert unquote(links(html)["按词检索“工程 xx 个”"]) == "/search?q=工程 xx 个"
    assert "按词检索" not in text(client, "/figures?indicator=工业投资&year=abc", 400)


def test_the_indicators_lead_to_their_figures(client: FlaskClient) -> None:
    html = text(client, "/indicators")
    assert links(html)["工业投资"] == "/figures?indicator=industrial-investment"
    assert "2 个园区 · 4 个数字" in words(html)
