"""The first page, similar measures, citations, and what is said of bad input."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words

PASSAGE = (184, 221)  # of r1: 半年新签约项目20个……


def test_the_first_page_leads_to_themes_zones_and_what_was_taken_in_last(client: FlaskClient) -> None:
    html = text(client, "/")
    named = links(html)
    assert unquote(named["招商引资"]) == "/compare?theme=招商引资"
    assert unquote(named["湘江示例高新区"]) == "/zones/湘江示例高新区"
    latest = [content(a) for a in found(html, "//ul[contains(@class, 'latest')]//a")]
    assert latest[0] == "关于印发年度工作要点的通知"
    assert "7 份报告" in words(html)


def test_every_example_of_the_first_page_is_answered(client: FlaskClient) -> None:
    for href in found(text(client, "/"), "//ul[contains(@class, 'examples')]//a/@href"):
        assert client.get(href).status_code == 200, unquote(href)


def test_the_comparison_on_the_first_page_counts_the_columns_that_it_shows(sample: FlaskClient) -> None:
    html = text(sample, "/")
    heads = found(html, "//table[contains(@class, 'board')]/thead//th")
    counts = [content(one) for one in found(html, "//table[contains(@class, 'board')]//*[@class='counted']")]
    assert len(heads) == 3
    assert counts
    for count in counts:
        assert re.match(r"三家都有|3 家中 2 家|所比三家中", count), count


def test_the_first_page_says_when_each_of_the_newest_was_taken_in(client: FlaskClient) -> None:
    html = text(client, "/")
    told = [content(one) for one in found(html, "//ul[contains(@class, 'latest')]/li")]
    assert told
    assert all("收录于 2026-11-20" in one for one in told)
    days = [one.partition("发布于 ")[2] for one in told]
    assert days == sorted(days, reverse=True), "all of one day: those published last come first"
    assert "added 2026-11-20" in text(client, "/?lang=en")


def test_a_passage_finds_measures_like_it_of_other_zones(client: FlaskClient) -> None:
    html = text(client, "/similar?passage=r1:3")
    zones = [content(b) for b in found(html, "//ol[@class='practices']/li/div/a")]
    assert zones[0] == "示例科技城"
    assert not [one for one in zones if one == "湘江示例高新区"]
    assert "同一做法" in words(html)
    assert "做法：驻点与外出招商" in words(html)
    assert "signed-projects" not in html, "reasons are words"


def test_a_pasted_text_is_sent_in_the_body_and_stays_in_the_box(client: FlaskClient) -> None:
    pasted = "我们在沿海城市设了三个招商驻点，每周上门拜访目标企业。"
    answer = client.post("/similar", data={"text": pasted})
    assert answer.status_code == 200
    assert "驻点与外出并重" in answer.text
    assert found(answer.text, "//textarea")[0].text == pasted
    assert found(answer.text, "//header//input[@name='q']/@value") == [""]


def test_a_text_that_is_too_long_is_refused_with_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/similar", data={"text": "招商" * 2501})
    assert answer.status_code == 400
    (said,) = found(answer.text, "//*[@role='alert']")
    assert "5002 字，至多 5000 字" in content(said)
    assert "分几次查找" in content(said)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("passage=r1", 400), ("passage=r1:99", 404), ("passage=nothing:1", 404), ("limit=0&text=招", 400)],
)
def test_a_passage_that_is_not_there_is_said_so(client: FlaskClient, asked: str, status: int) -> None:
    assert client.get(f"/similar?{asked}").status_code == status


def test_a_sentence_is_cited_with_its_source_and_the_report_in_two_forms(client: FlaskClient) -> None:
    start, end = PASSAGE
    quoted, national, bibtex = (
        content(code) for code in found(text(client, f"/doc/r1/cite?start={start}&end={end}"), "//code")
    )
    address = "https://www.example.gov.cn/zwgk/202208/t20220805_1.html"
    assert quoted.startswith("“半年新签约项目20个")
    assert quoted.endswith(f"（《上半年工作情况与下半年安排》，2022-08-05，{address}，第 5 段）")
    assert national.startswith("湘江示例高新区管委会. 上半年工作情况与下半年安排[EB/OL]. (2022-08-05)[")
    assert national.endswith(f"]. {address}.")
    assert bibtex.startswith("@online{duibiaor1,")
    assert "year = {2022}" in bibtex


@pytest.mark.parametrize(
    "asked", ["", "?start=9&end=3", "?start=-1&end=5", "?start=a&end=b", "?start=99999&end=999999"]
)
def test_a_report_is_cited_alone_where_no_sentence_is_meant(client: FlaskClient, asked: str) -> None:
    forms = found(text(client, f"/doc/r2/cite{asked}"), "//h2")
    assert [content(h) for h in forms] == ["GB/T 7714—2025", "BibTeX"]


@pytest.mark.parametrize(
    "address",
    [
        "/figures?indicator=没有的指标",
        "/figures?indicator=工业投资&role=梦想",
        "/figures?indicator=工业投资&year=去年",
        "/gaps?zone=没有的园区",
        "/gaps?zone=湘江示例高新区&theme=没有的主题",
        "/matrix?theme=没有的主题",
        "/matrix?theme=招商引资&rows=颜色",
        "/zones?type=没有的类型",
        "/compare?theme=招商引资&sort=随便",
    ],
)
def test_what_cannot_be_understood_gets_400_in_chinese_with_what_would_be_right(
    client: FlaskClient, address: str
) -> None:
    (said, *_) = found(text(client, address, 400), "//*[@role='alert']")
    assert len(content(said)) > 10


@pytest.mark.parametrize(
    "address", ["/zones/没有的园区", "/practices/nothing", "/doc/nothing/cite", "/compare.exe?theme=招商引资"]
)
def test_what_is_not_there_is_said_in_chinese(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert found(answer.text, "//*[@role='alert']")


@pytest.mark.parametrize(
    "address",
    [
        "/gaps",
        "/figures?indicator=工业投资",
        "/matrix?theme=招商引资",
        "/zones",
        "/practices",
        "/tray?item=r1:4:184-221",
    ],
)
def test_without_an_index_the_new_pages_say_what_to_run(without_index: FlaskClient, address: str) -> None:
    assert "duibiao build" in text(without_index, address, 503)
