"""Questions as people type them, through the pages, over the sample corpus."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


def answered(client: FlaskClient, question: str, **more: str) -> dict[str, Any]:
    answer = client.get("/api/v1/search", query_string={"q": question, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json or {}
    return told


def test_a_place_that_the_corpus_has_nothing_of_is_not_loosened_away(sample: FlaskClient) -> None:
    assert answered(sample, "佛山 机器人 产业园 签约")["total"] == 0
    assert answered(sample, "佛山市 机器人 产业园 签约")["total"] == 0
    assert answered(sample, "链主 机器人 产业园 签约")["loosened"]


def test_a_zone_is_found_by_the_city_that_its_report_never_names(sample: FlaskClient) -> None:
    hits = answered(sample, "黔东南 工业园区 投产 企业")["hits"]
    assert {hit["zone"] for hit in hits} == {"施秉工业园区"}
