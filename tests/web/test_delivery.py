"""How pages travel: packed, named by their bytes, not sent again where they are known."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient


def test_a_page_is_packed_for_who_takes_it_and_is_the_same_unpacked(client: FlaskClient) -> None:
    plain = client.get("/search?q=招商")
    packed = client.get("/search?q=招商", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["ETag"] != packed.headers["ETag"], "a strong tag names bytes"


def test_a_page_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        first = client.get("/search?q=招商", headers=headers)
        again = client.get("/search?q=招商", headers={**headers, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get("/search?q=人才", headers={**headers, "If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200


def test_the_time_it_took_is_no_part_of_the_page(client: FlaskClient) -> None:
    assert client.get("/search?q=招商").data == client.get("/search?q=招商").data
    assert client.get("/search?q=招商").headers["Server-Timing"].startswith("app;dur=")


def test_errors_and_small_answers_go_as_they_are(client: FlaskClient) -> None:
    for address in ("/nowhere", "/healthz"):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert "ETag" not in answer.headers or answer.status_code == 200
        assert "Content-Encoding" not in answer.headers or len(answer.data) < 1_000 or answer.status_code == 200


def test_an_answer_to_what_was_sent_is_never_said_to_be_known(client: FlaskClient) -> None:
    answer = client.post("/similar", data={"text": "设三个招商驻点，每周上门拜访目标企业。"})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_a_client_that_takes_no_gzip_gets_none(client: FlaskClient) -> None:
    for accepted in ("identity", "gzip;q=0", ""):
        answer = client.get("/search?q=招商", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in answer.headers


def test_a_file_that_is_packed_already_is_not_packed_again(client: FlaskClient) -> None:
    answer = client.get("/figures.xlsx?indicator=工业投资", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"PK")


def test_a_head_request_has_the_tag_of_the_page(client: FlaskClient) -> None:
    assert client.head("/zones").headers["ETag"] == client.get("/zones").headers["ETag"]
