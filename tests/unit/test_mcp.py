"""Duibiao as assistants ask it: its own process, over standard input and output, by the SDK's own client."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from indexer.locale import catalogue
from tests.web.shelved import library_of

if os.environ.get("CI") != "true":
    pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client, StdioServerParameters, stdio_client

TOOLS = ("search", "report", "similar", "compare", "gaps", "figures", "zones", "practices")
ASKED: dict[str, dict[str, Any]] = {
    "search": {"question": "招商", "limit": 3},
    "report": {"report": "r1"},
    "similar": {"text": "派出招商小组常驻外地，由领导轮值，每周会商在谈项目。"},
    "compare": {"theme": "招商引资", "zones": ["湘江示例高新区", "闽江示例高新区"]},
    "gaps": {"zone": "湘江示例高新区"},
    "figures": {"indicator": "工业投资"},
    "zones": {},
    "practices": {"theme": "招商引资"},
}


@pytest.fixture(scope="module")
def shelved_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A configuration of the made-up library, for a process of its own."""
    with library_of() as library:
        settings = library.settings
        file = tmp_path_factory.mktemp("mcp") / "config.toml"
        file.write_text(
            f"[data]\nfolder = {json.dumps(settings.data.folder)}\ncorpus = {json.dumps(settings.data.corpus)}\n",
            encoding="utf-8",
        )
        yield file


class Asked:
    """One run of the server, with everything that its client was told."""

    def __init__(self, file: Path, calls: dict[str, tuple[str, dict[str, Any]]], language: str = "zh") -> None:
        self.tools: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.instructions = ""
        anyio.run(self._ask, file, calls, language)

    async def _ask(self, file: Path, calls: dict[str, tuple[str, dict[str, Any]]], language: str) -> None:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-W", "ignore", "-m", "indexer", "mcp", "--config", str(file)],
            env={"DUIBIAO_LANG": language},
            cwd=Path(__file__).parents[2],
        )
        async with Client(stdio_client(server)) as client:
            self.instructions = client.instructions or ""
            self.tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            for name, (tool, arguments) in calls.items():
                self.answers[name] = await client.call_tool(tool, arguments)


@pytest.fixture(scope="module")
def asked(shelved_folder: Path) -> Asked:
    calls = {name: (name, arguments) for name, arguments in ASKED.items()}
    calls["one zone"] = ("zones", {"name": "湘江示例高新区"})
    calls["no theme"] = ("compare", {"theme": "没有的主题"})
    calls["no report"] = ("report", {"report": "没有"})
    calls["too many"] = ("search", {"question": "招商", "limit": 5000})
    calls["nothing known"] = ("search", {"question": "招商", "zones": ["示例科技城"]})
    calls["the rest"] = ("report", {"report": "r1", "start": 20})
    return Asked(shelved_folder, calls)


def told(asked: Asked, name: str) -> dict[str, Any]:
    answer = asked.answers[name]
    assert not answer.is_error, answer.content
    assert json.loads(answer.content[0].text) == answer.structured_content, "those who read text read the same"
    return dict(answer.structured_content)


def cited(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in an answer that quotes a report."""
    if isinstance(value, dict):
        if "source" in value and "text" in value:
            yield value
        for inner in value.values():
            yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


def test_every_tool_is_there_says_what_it_is_for_and_only_reads(asked: Asked) -> None:
    assert tuple(asked.tools) == TOOLS
    for tool in asked.tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
    assert "not_known" in asked.instructions
    assert asked.tools["compare"].input_schema["properties"]["theme"]["description"]


@pytest.mark.parametrize("name", TOOLS)
def test_an_answer_says_what_is_not_known(asked: Asked, name: str) -> None:
    assert isinstance(told(asked, name)["not_known"], list)


@pytest.mark.parametrize("name", ["search", "report", "similar", "compare", "gaps", "figures", "one zone"])
def test_what_is_quoted_has_its_source_year_whose_year_it_is_and_its_grade(asked: Asked, name: str) -> None:
    found = list(cited(told(asked, name)))
    assert found
    for one in found:
        assert one["source"]["report"]
        assert one["source"]["grade"] in "ABCD"
        assert {"url", "title", "zone", "report_year", "report_year_guessed"} <= one["source"].keys()
        if name != "report":  # which tells its years with their evidence
            assert (one["year"] is None) == (one["year_basis"] is None)


def test_a_year_that_is_not_known_is_null_and_said_to_be_unknown(asked: Asked) -> None:
    answer = told(asked, "nothing known")
    undated = [one for one in answer["passages"] if one["year"] is None]
    assert undated
    sentence = catalogue("zh")["program.unknown.undated"].format(n=len(undated))
    assert sentence in answer["not_known"]


def test_what_is_not_shown_is_counted(asked: Asked) -> None:
    answer = told(asked, "search")
    assert len(answer["passages"]) == 3 < answer["total"]
    assert any(str(answer["total"]) in one for one in answer["not_known"])


def test_a_report_can_be_read_on(asked: Asked) -> None:
    whole, rest = told(asked, "report"), told(asked, "the rest")
    assert rest["text"] == whole["text"][20:]
    assert (rest["start"], rest["length"]) == (20, whole["length"])


@pytest.mark.parametrize(("name", "word"), [("no theme", "招商引资"), ("no report", "没有"), ("too many", "50")])
def test_an_error_says_what_would_be_right(asked: Asked, name: str, word: str) -> None:
    answer = asked.answers[name]
    assert answer.is_error
    assert word in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_english_is_spoken_where_it_is_asked_for(shelved_folder: Path) -> None:
    answers = Asked(shelved_folder, {"practices": ("practices", {})}, "en")
    assert answers.tools["search"].description == catalogue("en")["program.tool.search"]
    assert told(answers, "practices")["not_known"] == [catalogue("en")["program.unknown.codebook"]]
