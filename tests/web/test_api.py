"""The same over JSON: answers, errors, health and suggestions."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient


def test_the_api_answers_with_the_json_of_the_commands(client: FlaskClient) -> None:
    assert "湘江示例高新区" in client.get("/api/v1/search?q=招商").text
    answer = client.get("/api/v1/search?q=招商").get_json()
    assert answer["total"] == 7
    assert {"report", "seq", "snippet", "marks", "zone", "year"} <= set(answer["hits"][0])
    assert client.get("/api/v1/reports/r1").get_json()["title"] == "上半年工作情况与下半年安排"
    compared = client.get("/api/v1/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区").get_json()
    assert [one["zone"] for one in compared["zones"]] == ["湘江示例高新区", "闽江示例高新区"]
    assert {"practice", "name", "in", "of", "cells"} <= set(compared["rows"][0])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/search?year=去年", 400),
        ("/api/v1/compare", 400),
        ("/api/v1/compare?theme=招商引资&year=去年", 400),
        ("/api/v1/reports/nothing", 404),
        ("/api/v1/suggest?q=招&year=去年", 400),
        ("/api/nowhere", 404),
    ],
)
def test_the_api_says_what_is_wrong_as_json(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.get_json()["message"]


def test_health_is_503_without_an_index(client: FlaskClient, without_index: FlaskClient) -> None:
    assert client.get("/healthz").get_json()["status"] == "ok"
    assert without_index.get("/healthz").status_code == 503


def test_codebooks_are_named_and_defined_in_the_language_asked_for_and_ids_are_not(client: FlaskClient) -> None:
    asked = "/api/v1/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"
    chinese, english = (client.get(one).get_json() for one in (asked, f"{asked}&lang=en"))
    named = {row["practice"]: row["name"] for row in english["rows"]}
    assert named["investment/stationed-teams"] == "Investment teams stationed elsewhere"
    assert [{**row, "name": ""} for row in english["rows"]] == [{**row, "name": ""} for row in chinese["rows"]]
    (row,) = (
        row
        for row in client.get("/api/v1/practices?lang=en").get_json()["practices"]
        if row["id"] == "investment/stationed-teams"
    )
    assert row["definition"].startswith("Offices or small teams placed in other cities")
    assert row["theme"] == "招商引资"
    table = client.get("/api/v1/figures?indicator=rd-intensity&lang=en").get_json()
    assert table["note"] == "R&D of firms as a share of their revenue isn't merged into it."


def test_white_space_counts_where_a_program_may_send_so_many_characters(client: FlaskClient) -> None:
    """As the description says; a page drops what surrounds the words."""
    blank = " " * 200
    assert client.get("/api/v1/search", query_string={"q": f"招商{blank}"}).status_code == 400
    assert client.get("/search", query_string={"q": f"招商{blank}"}).status_code == 200
    assert client.get("/api/v1/search", query_string={"q": " 招商 "}).get_json()["total"] > 0
    assert client.post("/api/v1/similar", data={"text": f"驻点招商{' ' * 5000}"}).status_code == 400


def test_suggestions_say_what_they_are_how_much_they_lead_to_and_where(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=招商&zone=湘江示例高新区&sort=date&page=3").get_json()
    word, other = answer["suggestions"]
    assert (word["text"], word["kind"], word["passages"]) == ("招商", "词", 2)
    assert unquote(word["href"]) == "/search?q=招商&zone=湘江示例高新区&sort=date"
    assert (other["text"], other["passages"]) == ("招商专班", 1)
    (report,) = client.get("/api/v1/suggest?q=年度工作总结").get_json()["suggestions"]
    assert (report["kind"], report["reports"], report["href"]) == ("报告", 1, "/doc/r5")
    assert (
        client.get("/api/v1/suggest").get_json() == client.get("/api/v1/suggest?q=").get_json() == {"suggestions": []}
    )


def test_a_suggested_zone_becomes_the_only_zone_among_the_filters(client: FlaskClient) -> None:
    (zone,) = client.get("/api/v1/suggest?q=湘江高新&zone=闽江示例高新区&year=2022").get_json()["suggestions"]
    assert (zone["text"], zone["name"], zone["kind"], zone["passages"]) == ("湘江示例高新区", "湘江高新", "园区", 9)
    assert unquote(zone["href"]) == "/search?zone=湘江示例高新区&year=2022"
