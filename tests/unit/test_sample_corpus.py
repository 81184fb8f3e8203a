"""The sample pages are read as corpus/truth.json says, field by field."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.pipeline.read import Reader
from indexer.settings import ReadingSettings
from indexer.tables import Tables
from indexer.wire import report_json

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
TRUTH: dict[str, Any] = json.loads((CORPUS / "truth.json").read_text("utf-8"))
PAGES = sorted(TRUTH)


@cache
def make_pages() -> Any:
    """corpus/make_pages.py, which is a script beside the package."""
    spec = importlib.util.spec_from_file_location("make_pages", CORPUS / "make_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


# What is still read wrong. The reading is to be mended, never the truth; a line of a mended one fails until it is gone.
GAPS: dict[str, str] = {}


def gap(key: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=GAPS[key], strict=True)] if key in GAPS else []


def squeezed(text: str) -> str:
    """Breaks between paragraphs are the reader's own choice; every other character must be right."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def report() -> Callable[[str], Report]:
    """Page name → the report."""
    tables = Tables(CORPUS)
    reader = Reader(tables.gazetteer, tables.laundering, tables.codebook, ReadingSettings())
    return cache(lambda name: reader.read(RawPage((CORPUS / "pages" / name).read_bytes(), name)))


@pytest.fixture(scope="module")
def read(report: Callable[[str], Report]) -> Callable[[str], dict[str, Any]]:
    """Page name → the report as ``duibiao read`` prints it."""
    return cache(lambda name: report_json(report(name)))


# --- the pages themselves ------------------------------------------------------------------------------------------


def test_the_pages_are_what_the_script_makes() -> None:
    for name in PAGES:
        assert (CORPUS / "pages" / name).read_bytes() == make_pages().page(name), name


def test_every_page_has_its_truth_and_every_truth_its_page() -> None:
    assert PAGES == sorted(make_pages().FAMILIES) == sorted(path.name for path in (CORPUS / "pages").iterdir())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_cites_every_source_of_its_figures(name: str) -> None:
    page = (CORPUS / "pages" / name).read_text("gb18030" if name == "hengyang_mobile.html" else "utf-8")
    assert "非官方文本" in page
    assert all(f'href="{fact["url"]}"' in page for fact in TRUTH[name]["facts"])


@pytest.mark.parametrize("name", PAGES)
def test_the_truth_speaks_of_what_stands_in_the_text(name: str) -> None:
    text = make_pages().expected_text(name)
    said = [one["in"] for one in TRUTH[name]["figures"]] + [one["sentence"] for one in TRUTH[name]["passages"]]
    said += [heading for _, heading in TRUTH[name]["headings"]]
    assert [one for one in said if one not in text] == []


def test_the_mobile_page_cannot_be_read_as_what_its_label_says() -> None:
    data = (CORPUS / "pages" / "hengyang_mobile.html").read_bytes()
    assert b'charset="gb2312"' in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")


def test_numbered_fragments_are_cut_in_mid_word_and_put_together_give_the_text() -> None:
    text = "招商引资工作取得了比较好的成绩。" * 60
    pieces = make_pages().fragments(text)
    assert "".join(piece.partition("、")[2] for piece in pieces) == text
    assert len({len(piece.partition("、")[2]) for piece in pieces[:-1]}) == 1


# --- how they are read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["title", "published_on", "source", "genre"])
def test_where_and_when_it_was_published(name: str, key: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert read(name)[key] == TRUTH[name][key]


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_whole_and_nothing_else(name: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert squeezed(read(name)["text"]) == squeezed(make_pages().expected_text(name))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["report", "plan", "period"])
def test_the_years_it_speaks_of(name: str, key: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert read(name)["years"][key] == TRUTH[name]["years"][key]


@pytest.mark.parametrize("name", PAGES)
def test_years_that_disagree_are_said_to(name: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert bool(read(name)["years"]["conflict"]) is TRUTH[name]["years"]["conflict"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["status", "name", "type", "province", "city", "conflict"])
def test_the_zone(name: str, key: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert read(name)["zone"][key] == TRUTH[name]["zone"][key]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["grade", "flags", "masks"])
def test_how_far_it_can_be_trusted(name: str, key: str, read: Callable[[str], dict[str, Any]]) -> None:
    assert read(name)["quality"][key] == TRUTH[name]["quality"][key]


@pytest.mark.parametrize("name", [pytest.param(name, marks=gap(f"outline {name}")) for name in PAGES])
def test_the_outline(name: str, read: Callable[[str], dict[str, Any]]) -> None:
    """一是… is a heading or the first of a row of reasons; only the levels above it are held to the truth."""
    sections = [one for one in read(name)["sections"] if one["level"] <= 2]
    found = [[one["level"], squeezed(one["heading"]).rstrip("。")] for one in sections]
    assert found == [[level, squeezed(heading)] for level, heading in TRUTH[name]["headings"]]


def statements(kind: str, key: str) -> list[Any]:
    """(page, statement) of every page's list ``key`` of the truth."""
    return [
        pytest.param(name, one, id=f"{name}-{n}", marks=gap(f"{kind} {name} {n}"))
        for name in PAGES
        for n, one in enumerate(TRUTH[name][key])
    ]


@pytest.mark.parametrize(("name", "figure"), statements("figure", "figures"))
def test_figures(name: str, figure: dict[str, Any], read: Callable[[str], dict[str, Any]]) -> None:
    """The figure at that place of the text has the value, the unit, and an indicator that holds the word."""
    page = read(name)
    here = squeezed(figure["in"])
    found = [
        one
        for passage in page["passages"]
        for one in passage["figures"]
        if figure["unit"] == one["unit"] and figure["value"] == one["value"] and here in squeezed(passage["text"])
    ]
    assert found, [passage["figures"] for passage in page["passages"] if here in squeezed(passage["text"])]
    assert any(figure["indicator"] in (one["indicator"] or "") for one in found), [one["indicator"] for one in found]
    for key in ("mask", "change"):
        if key in figure:
            assert figure[key] in [one[key] for one in found]


@pytest.mark.parametrize(("name", "said"), statements("passage", "passages"))
def test_what_a_passage_is_and_is_about(name: str, said: dict[str, Any], read: Callable[[str], dict[str, Any]]) -> None:
    found = next(one for one in read(name)["passages"] if squeezed(said["sentence"]) in squeezed(one["text"]))
    if said["status"]:
        assert found["status"] == said["status"]
    if said["theme"]:
        assert said["theme"] in found["themes"]


@pytest.mark.parametrize("name", PAGES)
def test_laundered_words_are_put_back_where_that_is_certain(name: str, report: Callable[[str], Report]) -> None:
    text = report(name).text
    for one in sorted(report(name).restorations, key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.restored + text[one.span.end :]
    assert [word for word in TRUTH[name]["restored"] if word not in text] == []
    assert bool(report(name).restorations) is bool(TRUTH[name]["restored"])
