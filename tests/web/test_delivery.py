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
