"""Readers are told in their words what went wrong; who runs the server finds what to do in the log and at /healthz."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NoReturn, cast

import pytest
from flask.testing import FlaskClient

from indexer.errors import BadSetup, DuibiaoError, Interrupted, NoIndex, NothingBuilt
from indexer.library import Library
from indexer.locale import say
from tests.web.looking import text, words
from webapp import create_app
from webapp.errors import READERS

OPERATORS = "segment.npy 坏了。请运行 duibiao build 重建索引。"


class Unusable:
    """A library that answers every question with ``error``."""

    def __init__(self, error: DuibiaoError) -> None:
        self._error = error

    def one_build(self) -> AbstractContextManager[None]:
        return nullcontext()

    def __getattr__(self, name: str) -> object:
        def fail(*_: object, **__: object) -> NoReturn:
            raise self._error

        return fail


def unusable(error: DuibiaoError) -> FlaskClient:
    return create_app(cast(Library, Unusable(error))).test_client()


def kinds(kind: type[NoIndex] = NoIndex) -> list[type[NoIndex]]:
    return [kind, *(one for child in kind.__subclasses__() for one in kinds(child))]


@pytest.mark.parametrize("kind", [one for one in kinds() if one is not NothingBuilt])
def test_readers_are_told_in_their_words_and_operators_in_theirs(
    kind: type[NoIndex], caplog: pytest.LogCaptureFixture
) -> None:
    client = unusable(kind("index.rebuild", problem="segment.npy 坏了"))
    for address in ("/", "/search?q=招商", "/zones", "/doc/r1", "/api/v1/search?q=招商"):
        answer = text(client, address, 503)
        assert say(f"page.unusable.{kind.code}") in answer
        assert "duibiao build" not in answer
    assert OPERATORS in caplog.text
    health = client.get("/healthz")
    assert health.status_code == 503
    found = health.json or {}
    assert (found["error"], found["message"], found["code"]) == ("现在还不能检索", OPERATORS, kind.code)


def test_what_is_set_up_wrongly_is_told_to_who_runs_the_server_alone(caplog: pytest.LogCaptureFixture) -> None:
    client = unusable(BadSetup("embedding.no_folder", folder="/srv/models/bge"))
    for address in ("/similar?text=驻点招商", "/api/v1/similar?text=驻点招商"):
        assert "/srv/models" not in text(client, address, 500)
    assert "compare.embedding_model" in caplog.text
    assert "Traceback" not in caplog.text


def test_programs_are_told_the_code() -> None:
    answer = unusable(Interrupted("index.replaced")).get("/api/v1/search?q=招商")
    assert (answer.status_code, (answer.json or {})["code"]) == (503, "interrupted")


def test_a_library_that_nobody_has_filled_says_how_to_fill_it() -> None:
    assert "请先运行 duibiao add" in text(unusable(NothingBuilt("library.no_pages")), "/", 503)


def test_no_failure_is_only_called_unusable() -> None:
    sources = (Path(__file__).resolve().parents[2] / "indexer").rglob("*.py")
    assert [file.name for file in sources if "raise NoIndex(" in file.read_text(encoding="utf-8")] == []


def test_each_kind_of_unusable_library_has_a_code_of_its_own() -> None:
    codes = [one.code for one in kinds()]
    assert len(set(codes)) == len(codes) == 8
    assert set(READERS) == set(codes) - {NothingBuilt.code}


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/search?q=招商", "/search?q=招商&year=去年", "/search?q=没有这样的词", "/doc/nothing", "/nowhere"),
        *("/compare?theme=招商引资", "/gaps", "/figures", "/matrix", "/zones", "/similar", "/tray", "/practices"),
        *("/indicators", "/about", "/help"),
    ],
)
def test_readers_of_a_filled_library_meet_no_operators_words(sample: FlaskClient, address: str) -> None:
    shown = words(sample.get(address).text)
    assert [word for word in ("duibiao", "JSON", "命令") if word in shown] == []


def test_a_report_page_has_no_operators_words(sample: FlaskClient) -> None:
    answer = sample.get("/api/v1/search?q=招商&limit=5").json or {}
    reports = {hit["report"]["id"] if isinstance(hit["report"], dict) else hit["report"] for hit in answer["hits"]}
    for report in reports:
        shown = words(text(sample, f"/doc/{report}"))
        assert [word for word in ("duibiao", "JSON", "命令") if word in shown] == []


def test_health_names_the_tables_that_were_changed_since_the_build(sample: FlaskClient) -> None:
    assert (sample.get("/healthz").json or {})["changed_tables"] == []
