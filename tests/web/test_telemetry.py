"""Counts and logs of what was answered, without anything of who asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from indexer.errors import BadSetup
from indexer.library import Library
from webapp import create_app
from webapp.telemetry import Telemetry, log_to


def pages(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("404 NOT FOUND" if "missing" in environ["PATH_INFO"] else "200 OK", [("Content-Type", "text/html")])
    return [b"twelve bytes"]


def watched(log: logging.Logger | None = None, base_path: str = "") -> Client:
    return Client(Telemetry(pages, ["", "search", "doc"], log, lambda: 2, lambda: 5, base_path))


def test_answers_are_counted_by_page_and_status_and_made_up_addresses_as_one() -> None:
    client = watched()
    for path in ("/", "/search?q=a", "/search?q=b", "/doc/missing", "/wp-login.php", "/.env"):
        client.get(path)
    counts = client.get("/metrics").text
    assert 'duibiao_answers_total{page="home",status="200"} 1.0' in counts
    assert 'duibiao_answers_total{page="search",status="200"} 2.0' in counts
    assert 'duibiao_answers_total{page="doc",status="404"} 1.0' in counts
    assert 'duibiao_answers_total{page="other",status="200"} 2.0' in counts
    assert "wp-login" not in counts
    assert 'duibiao_answer_seconds_count{page="search"} 2.0' in counts
    assert "duibiao_answer_bytes_total 72.0" in counts
    assert "duibiao_idle_workers 2.0" in counts
    assert "duibiao_worker_restarts 5.0" in counts


def test_the_access_log_has_a_line_for_each_answer_and_nothing_of_who_asked(tmp_path: Path) -> None:
    file = tmp_path / "access.jsonl"
    client = watched(log_to(str(file), "test.access"))
    client.get("/search?q=secret", headers={"User-Agent": "Somebody", "X-Forwarded-For": "203.0.113.7"})
    client.get("/doc/missing")
    text = file.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["path"], line["status"], line["bytes"]) for line in lines] == [
        ("/search", 200, 12),
        ("/doc/missing", 404, 12),
    ]
    assert set(lines[0]) == {"at", "method", "path", "status", "ms", "bytes"}
    assert not any(word in text for word in ("secret", "Somebody", "203.0.113.7", "127.0.0.1"))


def test_the_path_of_a_site_is_left_out() -> None:
    client = watched(base_path="/duibiao")
    client.get("/duibiao/search?q=a")
    assert 'page="search",status="200"} 1.0' in client.get("/duibiao/metrics").text


def test_a_log_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetup, match=r"\[serve\]"):
        log_to(str(tmp_path / "nowhere" / "access.jsonl"), "test.nowhere")


def test_a_question_that_found_nothing_is_noted_where_the_operator_asked_for_it(
    shelved: Library, tmp_path: Path
) -> None:
    file = tmp_path / "unanswered.jsonl"
    client = create_app(shelved, testing=True, unanswered=log_to(str(file), "test.unanswered")).test_client()
    client.get("/search?q=招商")
    client.get("/search?q=“量子月球基地”")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(set(line), line["question"]) for line in lines] == [({"day", "question"}, "“量子月球基地”")]


def test_health_tells_generation_and_age_of_the_build(client: FlaskClient) -> None:
    told = client.get("/healthz").json or {}
    assert told["status"] == "ok"
    assert told["generation"] >= 1
    assert told["age_seconds"] >= 0
    assert told["degraded"] == []
