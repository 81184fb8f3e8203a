"""Feeds, the site map, OpenSearch, .json twins, problems and heads: what programs find beside the API."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree
from protego import Protego

from indexer.domain.catalogue import Version
from indexer.library import Library
from tests.schemas import ATOM, checked
from tests.web.conftest import ClientOver
from tests.web.looking import client_of, found, text
from tests.web.shelf import shelf
from webapp import create_app
from webapp.calls import CALLS
from webapp.views import discovery, feeds

FEEDS = ["/search.atom", "/search.atom?q=招商", "/search.atom?q=没有的词", "/search.atom?grade=A&lang=en"]
TWINS = {
    "/search": "q=招商&year=2022",
    "/compare": "theme=招商引资",
    "/figures": "indicator=工业投资",
    "/gaps": "zone=湘江示例高新区",
    "/matrix": "theme=招商引资&rows=province",
    "/zones": "",
    "/zones/湘江示例高新区": "",
    "/doc/r1": "",
    "/practices": "",
    "/practices/investment/funds": "",
    "/indicators": "",
    "/similar": "text=组建招商专班常驻外地",
    "/tray": "item=r1:2:0-5&zone=湘江示例高新区",
    "/about": "",
}


def in_feed(client: FlaskClient, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/atom+xml"
    return checked(answer.data, "atom")


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_atom(client: FlaskClient, address: str) -> None:
    in_feed(client, address)


def test_a_schema_refuses_what_is_no_feed(client: FlaskClient) -> None:
    good = client.get("/search.atom").data
    for wrong in (
        good.replace(b"<updated>", b"<when>").replace(b"</updated>", b"</when>"),
        good.replace(b"+00:00", b""),
    ):
        with pytest.raises(etree.DocumentInvalid):
            checked(wrong, "atom")
    entry = re.search(rb"<entry>.*?</entry>", good, re.S)
    assert entry
    with pytest.raises(etree.DocumentInvalid, match="twice"):
        checked(good.replace(b"</feed>", entry[0] + b"</feed>"), "atom")


def test_a_feed_has_the_reports_that_the_search_finds_those_taken_in_last_first(client_over: ClientOver) -> None:
    begun = datetime(2026, 3, 1, 8, tzinfo=UTC)
    reports = [
        replace(one, versions=(Version("0" * 64, begun + timedelta(days=7 * number % 5)),))
        for number, one in enumerate(shelf())
    ]
    client = client_over(reports)
    feed = in_feed(client, "/search.atom?q=招商")
    added = [one.findtext(f"{ATOM}published") or "" for one in feed.findall(f"{ATOM}entry")]
    assert added == sorted(added, reverse=True)
    assert len(set(added)) > 2
    ids = {(one.findtext(f"{ATOM}id") or "").rpartition(":")[2] for one in feed.findall(f"{ATOM}entry")}
    assert ids == {hit["report"] for hit in (client.get("/api/v1/search?q=招商&limit=100").json or {})["hits"]}
    assert feed.findtext(f"{ATOM}updated") == max(added)
    assert len(in_feed(client, "/search.atom?q=招商&limit=2").findall(f"{ATOM}entry")) == 2


def test_ids_of_a_feed_are_the_same_under_any_name_and_language(client: FlaskClient) -> None:
    here = in_feed(client, "/search.atom?q=招商")
    there = checked(client.get("/search.atom?q=招商&lang=en", base_url="http://127.0.0.1:8123").data, "atom")
    assert [one.text for one in here.iter(f"{ATOM}id")] == [one.text for one in there.iter(f"{ATOM}id")]
    assert all((one.text or "").startswith("tag:") for one in here.iter(f"{ATOM}id"))


def test_a_feed_of_words_as_they_stand_names_itself_so(client: FlaskClient) -> None:
    feed = client.get("/search.atom?q=湖南 招商&plain=1").text
    assert feed.count("plain=1") == 2, "itself, and its page"


def test_a_feed_of_a_question_that_cannot_be_understood_says_so_to_a_program(client: FlaskClient) -> None:
    answer = client.get("/search.atom?year=abc")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("page", TWINS)
def test_a_page_with_json_behind_its_path_answers_as_the_api_does(client: FlaskClient, page: str) -> None:
    asked = f"?{TWINS[page]}" if TWINS[page] else ""
    twin = client.get(f"{page}.json{asked}")
    assert (twin.status_code, twin.mimetype) == (200, "application/json")
    same = page.replace("/doc/", "/reports/").replace("/about", "/stats")
    other = client.get(f"/api/v1{same}{asked}").json
    assert untimed(twin.json) == untimed(other)
    html = text(client, page + asked)
    (href,) = found(html, "//head/link[@rel='alternate'][@type='application/json']/@href")
    assert untimed(client.get(href).json) == untimed(twin.json), "and the page leads there"
    assert f"<http://localhost{href}>" in client.get(page + asked).headers["Link"]


def untimed(answer: Any) -> Any:
    return {name: value for name, value in (answer or {}).items() if name != "took_ms"}


def test_every_page_that_has_an_answer_has_a_twin() -> None:
    assert {one.page for one in CALLS if one.page} == {
        re.sub("/investment/funds", "/<path:practice>", re.sub("湘江示例高新区", "<zone>", page)).replace(
            "r1", "<report>"
        )
        for page in TWINS
    }


def test_a_form_that_nobody_has_filled_in_leads_to_no_twin_that_would_refuse(client: FlaskClient) -> None:
    for page in ("/compare", "/figures", "/gaps", "/matrix", "/similar", "/compare?theme="):
        assert not found(text(client, page), "//head/link[@type='application/json']")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/search.json?year=abc", 400), ("/doc/nobody.json", 404), ("/api/v1/compare", 400), ("/nothing.json", 404)],
)
def test_an_error_is_a_problem_and_keeps_its_old_fields(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    told = answer.json or {}
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (told["status"], told["title"], told["detail"]) == (status, told["error"], told["message"])
    page, _, anchor = urlsplit(told["type"]).geturl().partition("#")
    assert found(text(client, page.replace("http://localhost", "")), "//*[@id=$id]", id=anchor), "it is explained there"
    assert told["code"].isascii()


@pytest.mark.parametrize(
    ("address", "code", "parameter"),
    [
        ("/api/v1/search?page=0", "query.not_a_number", "page"),
        ("/api/v1/search?year=abc", "query.year_unreadable", "year"),
        ("/api/v1/search?match=abc", "query.not_a_choice", "match"),
        ("/api/v1/compare", "query.choose", "theme"),
        ("/tray.json?item=null", "query.item_form", "item"),
        ("/api/v1/similar?text=a&passage=b:1", "query.text_or_passage", None),
    ],
)
def test_a_problem_names_the_parameter_at_fault_where_that_is_known(
    client: FlaskClient, address: str, code: str, parameter: str | None
) -> None:
    for language in ("zh", "en"):
        told = client.get(f"{address}{'&' if '?' in address else '?'}lang={language}").json or {}
        assert (told["code"], told.get("parameter")) == (code, parameter)


def test_a_method_that_is_not_taken_is_a_problem_too(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/search")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_the_site_map_names_reports_zones_and_practices_that_are_there(client: FlaskClient) -> None:
    parsed = checked(client.get("/sitemap.xml").data, "sitemap")
    places = [str(one.text) for one in parsed.iter("{*}loc")]
    assert len(places) == len(set(places))
    assert {"http://localhost/doc/r1", f"http://localhost/zones/{quote('湘江示例高新区')}"} <= set(places)
    some = [one for one in places if "/practices/" not in one] + [one for one in places if "/practices/" in one][:5]
    assert {client.get(one.removeprefix("http://localhost")).status_code for one in some} == {200}


def test_a_large_site_map_is_an_index_of_others(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [one.text for one in checked(client.get("/sitemap.xml").data, "sitemap").iter("{*}loc")]
    monkeypatch.setattr(discovery, "PER_FILE", 40)
    index = checked(client.get("/sitemap.xml").data, "sitemap")
    assert etree.QName(index).localname == "sitemapindex"
    parts = [str(one.text).removeprefix("http://localhost") for one in index.iter("{*}loc")]
    assert [one.text for part in parts for one in checked(client.get(part).data, "sitemap").iter("{*}loc")] == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == client.get("/sitemap-0.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("/search?q=招商", True),
        ("/compare?theme=招商引资&zone=甲&zone=乙", True),
        ("/doc/r1", True),
        ("/zones/湘江示例高新区", True),
        ("/practices/investment/funds", True),
        ("/search?q=招商&zone=甲&year=2022", False),
        ("/search?q=招商&page=3", False),
        ("/search.xlsx?q=招商", False),
        ("/doc/r1?q=招商", False),
        ("/doc/r1/raw", False),
        ("/doc/r1.json", False),
        ("/api/v1/search?q=招商", False),
        ("/tray?item=r1:1:0-2", False),
    ],
)
def test_robots_keep_out_of_what_is_endless(client: FlaskClient, path: str, may: bool) -> None:
    rules = Protego.parse(text(client, "/robots.txt"))
    assert rules.can_fetch(f"http://localhost{path}", "anybody") is may
    assert list(rules.sitemaps) == ["http://localhost/sitemap.xml"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_browsers_can_add_the_search_and_its_suggestions(client: FlaskClient, language: str) -> None:
    parsed = checked(client.get(f"/opensearch.xml?lang={language}").data, "opensearch")
    urls = {one.get("type"): one.get("template") or "" for one in parsed.iter("{*}Url")}
    asked = urls["text/html"].replace("{searchTerms}", "招商").removeprefix("http://localhost")
    assert "湘江示例高新区" in text(client, asked)
    suggest = urls["application/x-suggestions+json"].replace("{searchTerms}", "招商").removeprefix("http://localhost")
    typed, words, kinds, places = client.get(suggest).get_json(force=True)
    assert typed == "招商"
    assert len(words) == len(kinds) == len(places) > 0
    assert client.get(places[0].removeprefix("http://localhost")).status_code == 200


def test_there_is_an_icon_for_those_who_ask_without_reading(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.data.startswith(b"\0\0\1\0")
    assert answer.mimetype == "image/vnd.microsoft.icon"


def test_a_report_and_what_is_collected_are_described_for_search_engines(client: FlaskClient) -> None:
    (data,) = found(text(client, "/doc/r1"), "//script[@type='application/ld+json']/text()")
    told = json.loads(data)
    assert (told["@type"], told["temporalCoverage"], told["url"]) == ("Report", "2022", "http://localhost/doc/r1")
    for page in ("/", "/about", "/figures"):
        (data,) = found(text(client, page), "//script[@type='application/ld+json']/text()")
        assert json.loads(data)["@type"] == "Dataset"
    (description,) = found(text(client, "/doc/r1"), "//meta[@name='description']/@content")
    assert "湘江示例高新区" in description


def test_no_text_of_a_report_ends_the_script_that_describes_it(client_over: ClientOver) -> None:
    (one, *_) = shelf()
    client = client_over([replace(one, report=replace(one.report, title="</script><b id=out>收尾</b>"))])
    page = text(client, f"/doc/{one.id}")
    assert not found(page, "//b[@id='out']")
    (data,) = found(page, "//script[@type='application/ld+json']/text()")
    assert json.loads(data)["name"].startswith("</script>")


def test_a_search_is_known_again_though_it_took_another_time(client: FlaskClient) -> None:
    for address in ("/api/v1/search?q=招商", "/search.json?q=招商"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get("/api/v1/search?q=人才", headers={"If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200


def test_under_a_path_of_a_site_every_absolute_address_has_it(shelved: Library) -> None:
    client = create_app(shelved, base_path="/desk").test_client()
    root = "http://localhost/desk"
    assert (client.get("/desk/api/openapi.json").json or {})["servers"] == [{"url": root}]
    places = [str(one.text) for one in checked(client.get("/desk/sitemap.xml").data, "sitemap").iter("{*}loc")]
    assert all(one.startswith(f"{root}/") for one in places)
    links = [
        one.get("href") or ""
        for one in checked(client.get("/desk/search.atom?q=招商").data, "atom").iter(f"{ATOM}link")
    ]
    assert all(one.startswith(f"{root}/") for one in links if "example" not in one)
    robots = client.get("/desk/robots.txt").text
    assert f"Sitemap: {root}/sitemap.xml" in robots
    assert "Disallow: /desk/tray" in robots
    page = client.get("/desk/search?q=招商")
    assert found(page.text, "//head/link[@rel='alternate']/@href")[0].startswith("/desk/search.json?")
    assert f"<{root}/search.json?" in page.headers["Link"]
    assert (client.get("/desk/api/v1/compare").json or {})["type"] == f"{root}/api#problem-bad_request"


def test_no_other_site_may_read_anything_unless_it_is_named(shelved: Library) -> None:
    asking = {"Origin": "https://desk.example"}
    closed = client_of(shelved).get("/api/v1/zones", headers=asking)
    assert "Access-Control-Allow-Origin" not in closed.headers
    client = create_app(shelved, origins=("https://desk.example/",)).test_client()
    for address in ("/api/v1/zones", "/search.json?q=招商", "/search.atom?q=招商", "/api/openapi.json"):
        answer = client.get(address, headers=asking)
        assert answer.headers["Access-Control-Allow-Origin"] == "https://desk.example"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in client.get("/search?q=招商", headers=asking).headers, "pages never"
    other = client.get("/api/v1/zones", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    flight = client.options("/api/v1/zones", headers={**asking, "Access-Control-Request-Method": "GET"})
    assert "If-None-Match" in flight.headers["Access-Control-Allow-Headers"]
    anybody = create_app(shelved, origins=("*",)).test_client().get("/api/v1/zones", headers=asking)
    assert anybody.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_api_shows_every_call_and_tries_it_without_a_script(client: FlaskClient, language: str) -> None:
    page = text(client, f"/api?lang={language}")
    assert len(found(page, "//form[starts-with(@action, '/api/try/')]")) == len(CALLS)
    for form in found(page, "//form[starts-with(@action, '/api/try/')]"):
        fields = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
        answer = client.get(form.get("action"), query_string=fields, follow_redirects=True)
        assert answer.status_code == 200, (form.get("action"), answer.text[:200])
        assert answer.is_json


def test_the_subscription_of_a_search_stands_on_its_page(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商&year=2022")
    (href,) = found(page, "//main//a[starts-with(@href, '/search.atom')]/@href")
    assert in_feed(client, href).findall(f"{ATOM}entry")


@pytest.mark.parametrize("address", ["http://[x", "http://evil.example:99999/", "https://www.zone.example]/a"])
def test_what_a_page_calls_its_address_and_is_none_is_left_out_of_a_feed(address: str) -> None:
    assert feeds._ascii(address) is None
    assert feeds._ascii("https://www.zone.example/报告.html") == "https://www.zone.example/%E6%8A%A5%E5%91%8A.html"
