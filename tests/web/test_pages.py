"""What holds for every page, and for what pages load."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.looking import found, tags, text

PAGES = (
    "/",
    "/search",
    "/search?q=招商",
    "/search?q=招商 专班&zone=湘江示例高新区&year=2022",
    "/search?q=没有的词",
    "/search?q=找商",
    "/search?page=99",
    "/doc/r1?q=招商",
    "/doc/r2",
    "/doc/r3",
    "/doc/r4",
    "/doc/r5",
    "/doc/r6",
    "/compare",
    "/compare?theme=招商引资",
    "/compare?theme=招商引资&zone=湘江示例高新区",
    "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区",
    "/compare?theme=招商引资&zone=r3&zone=r4&by=status&sort=difference",
    "/compare?theme=没有的主题",
    "/figures",
    "/figures?indicator=工业投资",
    "/figures?indicator=地区生产总值",
    "/gaps",
    "/gaps?zone=湘江示例高新区&show=own",
    "/matrix",
    "/matrix?theme=招商引资&rows=province",
    "/matrix?practice=驻点与外出招商",
    "/similar",
    "/similar?passage=r1:3",
    "/tray",
    "/tray?item=r1:4:184-221&zone=湘江示例高新区&zone=r4",
    "/doc/r1/cite?start=184&end=221",
    "/practices",
    "/practices/investment/stationed-teams",
    "/indicators",
    "/zones",
    "/zones/湘江示例高新区",
    "/zones/r4",
    "/about",
    "/help",
    "/doc/nothing",
    "/search?year=去年",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_element_is_closed_in_its_turn_and_no_id_stands_twice(client: FlaskClient, address: str) -> None:
    page = tags(client.get(address).text)
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_styles_scripts_or_anything_from_elsewhere(client: FlaskClient, address: str) -> None:
    html = client.get(address).text
    page = tags(html)
    assert not [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")]
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=|[^>]* type=\"application/ld\+json\")", html), "data is no script"
    loaded = found(html, "//*/@src | //link[not(@rel='alternate' or @rel='search')]/@href")
    assert loaded
    assert all(value.startswith("/assets/") for value in loaded)


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    for field in found(page, "//input[not(@type='hidden')] | //select"):
        named = found(page, "//label[@for=$id]", id=field.get("id")) or field.xpath("ancestor::label")
        assert named or field.get("aria-label"), field.get("name")


_OWN = ("style", "script", "connect")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_strict_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    rules = (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
    )
    for rule in rules:
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_every_page_is_in_chinese_and_has_a_skip_link_and_one_heading(client: FlaskClient) -> None:
    for address in PAGES:
        html = client.get(address).text
        assert '<html lang="zh-CN">' in html
        assert found(html, "//body/a[1][@class='skip'][@href='#main' or @href='#results']"), address
        assert len(re.findall(r"<h1\b", html)) == 1, address


def test_assets_have_addresses_of_their_content_and_are_kept_for_a_year(client: FlaskClient) -> None:
    address = re.search(r'href="(/assets/[0-9a-f]{12}/duibiao\.css)"', text(client, "/"))
    assert address
    answer = client.get(address[1])
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_an_old_address_of_an_asset_is_answered_but_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/000000000000/duibiao.css")
    assert answer.status_code == 200
    assert "max-age=0" in answer.headers["Cache-Control"]
    assert client.get("/assets/000000000000/nothing.css").status_code == 404
