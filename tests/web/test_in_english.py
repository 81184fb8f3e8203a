"""The comparing pages in English: every sentence of ours, never one of a report's."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, text, words

CJK = re.compile(r"[\u4e00-\u9fff]")
PAGES = (
    "/compare",
    "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区",
    "/compare?theme=招商引资&year=2022&by=status&sort=difference&only=different",
    "/figures",
    "/figures?indicator=工业投资",
    "/figures?indicator=地区生产总值&zone=湘江示例高新区&year=2020",
    "/gaps",
    "/gaps?zone=湘江示例高新区",
    "/gaps?zone=空白示例新区&with=湘江示例高新区&show=own",
    "/matrix",
    "/matrix?theme=招商引资",
    "/matrix?practice=驻点与外出招商&rows=province",
    "/matrix?indicator=工业投资&rows=type",
    "/zones",
    "/zones?theme=招商引资&province=湖南",
    "/zones/湘江示例高新区",
    "/zones/r4",
    "/practices",
    "/practices/驻点与外出招商",
    "/indicators",
)


def in_english(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang=en"


@pytest.mark.parametrize("address", PAGES)
def test_what_is_chinese_on_an_english_page_says_so(client: FlaskClient, address: str) -> None:
    """Names of zones and sentences of reports stay Chinese and are marked as such, for voices and for fonts."""
    html = text(client, in_english(address))
    unmarked = found(
        html, "//main//text()[not(ancestor::*[@lang][1][@lang='zh-CN'])][not(ancestor::svg)][not(ancestor::datalist)]"
    )
    assert [one.strip() for one in unmarked if CJK.search(one)] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_has_the_same_parts_as_in_chinese(client: FlaskClient, address: str) -> None:
    chinese, english = (
        text(client, f"{address}{'&' if '?' in address else '?'}lang=zh"),
        text(client, in_english(address)),
    )
    for part in ("h1", "h2", "h3", "table", "tr", "form", "select", "li", "td"):
        assert len(found(english, f"//main//{part}")) == len(found(chinese, f"//main//{part}")), part


def test_terms_of_the_codebook_are_translated_with_their_chinese_beside(client: FlaskClient) -> None:
    html = text(client, in_english("/practices/驻点与外出招商"))
    (head,) = found(html, "//h1")
    assert content(head) == "Investment teams stationed elsewhere 驻点与外出招商"
    board = text(client, in_english("/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"))
    assert "Investment promotion" in words(board)
    assert "派出三支驻外小组" in words(board), "what a report says is never translated"


def test_counting_is_english_too(client: FlaskClient) -> None:
    board = text(client, in_english("/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"))
    seen = [content(one) for one in found(board, "//*[@class='counted']")]
    assert "all two have it" in seen
    assert "1 practice" in words(text(client, in_english("/zones")))
    assert "1 practices" not in words(text(client, in_english("/zones")))
