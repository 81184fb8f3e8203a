"""A table of one indicator: zones by years, targets apart, every figure a link."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words


def test_an_indicator_is_a_table_of_zones_by_years(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工业投资")
    (whole, half) = found(html, "//section[@class='line']")
    assert [content(th) for th in whole.xpath(".//thead//th")][:4] == ["园区", "2019", "2020", "2021"]
    (row,) = whole.xpath(".//tbody/tr[th/a = '闽江示例高新区']")
    assert [content(td) for td in row.xpath("td")][:3] == ["51.2亿元", "55亿元 目标", "58.9亿元"]
    assert "1-6月" in content(half.xpath("h2")[0])
    assert "38.6" not in content(whole)


def test_a_target_is_an_open_mark_and_a_link_leads_to_each_figure(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工业投资")
    assert len(found(html, "//circle")) == 3
    assert [one.xpath("string(title)") for one in found(html, "//circle[@class='target']")] == [
        "闽江示例高新区 2020 目标 55亿元"
    ]
    assert not found(html, "//polyline"), "2020 has no result, and 2019 and 2021 are not joined over it"
    for href in found(html, "//p[@class='number']/a/@href"):
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)


def test_results_or_targets_alone_and_fewer_years(client: FlaskClient) -> None:
    assert "51.2亿元" not in words(text(client, "/figures?indicator=工业投资&role=target"))
    later = words(text(client, "/figures?indicator=工业投资&year=2021"))
    assert "58.9亿元" in later
    assert "51.2亿元" not in later


def test_the_first_of_one_has_no_place(client: FlaskClient) -> None:
    assert "1 / 1" not in words(text(client, "/figures?indicator=工业投资"))


def test_a_blotted_figure_is_shown_as_such_and_drawn_nowhere(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=地区生产总值")
    assert "已脱敏" in words(html)
    assert not found(html, "//circle")


def test_without_an_indicator_all_that_have_figures_are_offered(client: FlaskClient) -> None:
    html = text(client, "/figures")
    assert links(html)["工业投资"] == "/figures?indicator=industrial-investment"
