"""The whole reading, bytes to report, of the five seeds and the twelve rebuilt pages: every field of their truth.

The truth files are notes for people as much as tables; TRUTH below says how a field of theirs is one of ours. Where the
two files speak of the same text and differ, the seeds' truth holds (002: no year, though gold.json guesses 2021).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.errors import Skip
from indexer.pipeline.read import Reader
from indexer.settings import load
from indexer.tables import Tables, reader_of
from indexer.text.fold import fold
from tests.shared import shared_dir

SEEDS = ("000", "001", "002", "003", "004")
PAGES = (
    "777doc",
    "wnwk",
    "gjknj_m_gb18030",
    "book118_like",
    "gov_hijacked_wrongcharset",
    "gov_trs_meta",
    "gov_jcms",
    "gov_vsb_attachment_only",
    "clone_traditional_pinyin",
)
REFUSED = {"neg_list_page": "list_page", "neg_soft404": "soft_404", "neg_js_challenge": "js_challenge"}
TWIN = {
    "777doc": "000",
    "wnwk": "001",
    "gjknj_m_gb18030": "002",
    "book118_like": "003",
    "gov_hijacked_wrongcharset": "004",
}
FLAGS = {  # words of gold.json's flags → of ours
    "masked:x": "masked",
    "masked:x/xx": "masked",
    "fragments": "fragmented",
    "laundered_synonyms": "laundered",
    "truncation_notice": "truncated",
    "truncated": "truncated",
    "hardwrap_spaces": "hard_wrapped",
    "hijacked_site_title": "hijacked",
    "spam_title": "hijacked",
    "traditional": "traditional",
    "pinyin_parens": "phonetics",
    "year_spliced": "year_conflict",
}


@cache
def reader() -> Reader:
    settings = load(None)
    return reader_of(settings, Tables(settings.corpus_folder))


@cache
def read(name: str) -> Report:
    path = path_of(name)
    return reader().read(RawPage(path.read_bytes(), path.name))


def path_of(name: str) -> Path:
    folder = shared_dir()
    return next(iter([*folder.glob(f"seeds/{name}_*.txt"), *folder.glob(f"pages/reconstructed/{name}.html")]))


def seed_truth(name: str) -> dict[str, Any]:
    return dict(json.loads((shared_dir() / "seeds" / "truth.json").read_text("utf-8"))[name])


def gold(name: str) -> dict[str, Any]:
    return dict(json.loads((shared_dir() / "pages" / "reconstructed" / "gold.json").read_text("utf-8"))[f"{name}.html"])


def bare(text: str | None) -> str:
    return re.sub(r"\s+", "", fold(text or ""))


def grams(text: str) -> Counter[str]:
    text = re.sub(r"(?<=.)\d{1,2}、", "", bare(text))  # the markers of fragments: gold keeps some, reading drops all
    return Counter(text[at : at + 4] for at in range(len(text) - 3))


@pytest.mark.parametrize("name", SEEDS)
def test_the_title_date_and_source_of_a_seed(name: str) -> None:
    report, truth = read(name), seed_truth(name)
    assert bare(report.title) == bare(truth["title"])
    day = re.match(r"\d{4}-\d\d-\d\d", truth["publish_date"] or "")
    on_this_copy = day and "twin only" not in truth["publish_date"]
    assert (report.published_on.isoformat() if report.published_on else None) == (
        day[0] if day and on_this_copy else None
    )
    if truth.get("source"):
        assert report.source == truth["source"]


@pytest.mark.parametrize("name", SEEDS)
def test_the_years_of_a_seed(name: str) -> None:
    report, truth = read(name), seed_truth(name)
    assert report.years.report == truth["report_year"]
    assert report.years.plan == truth.get("plan_year")
    assert (report.years.conflict is not None) == ("year_evidence" in truth)
    if truth.get("period") == "上半年":
        assert report.years.period == "上半年"
    assert all(one.span is None or one.span.of(report.text) == one.text for one in report.years.evidence)


@pytest.mark.parametrize("name", SEEDS)
def test_the_zone_of_a_seed(name: str) -> None:
    report, truth = read(name), seed_truth(name)
    wanted = {"partly masked (xx高新区) but named entities remain": "anonymised", "type_only/anonymised": "anonymised"}
    assert report.zone.status.value == wanted.get(truth["zone_status"], truth["zone_status"])
    assert report.zone.name == truth.get("zone")
    if "zone_type" in truth:
        assert report.zone.type == truth["zone_type"]
    assert (report.zone.conflict is not None) == ("zone_type_conflict" in truth)


@pytest.mark.parametrize("name", SEEDS)
def test_the_masks_laundering_and_fragments_of_a_seed(name: str) -> None:
    report, truth = read(name), seed_truth(name)
    for kind, count in truth.get("masks", {}).items():
        assert report.quality.masks[kind] == count
    assert ("laundered" in report.quality.flags) == truth.get("laundered", False)
    assert ("fragmented" in report.quality.flags) == ("fragments" in truth)
    assert ("hard_wrapped" in report.quality.flags) == ("hardwrap" in truth)
    assert all(figure.value is None for one in report.passages for figure in one.figures if figure.mask)


@pytest.mark.parametrize("name", PAGES)
def test_the_title_date_source_and_attachments_of_a_page(name: str) -> None:
    report, truth = read(name), gold(name)
    assert bare(report.title) == bare(truth["title"])
    assert (report.published_on.isoformat() if report.published_on else None) == truth["publish_date"]
    assert report.source == truth["source"]
    assert [file.url for file in report.attachments] == truth.get("attachments", [])


@pytest.mark.parametrize("name", PAGES)
def test_the_years_and_flags_of_a_page(name: str) -> None:
    report, truth = read(name), gold(name)
    wanted = seed_truth(TWIN[name])["report_year"] if name in TWIN else truth["report_year"]
    assert report.years.report == wanted
    if "plan_year" in truth:
        assert report.years.plan == truth["plan_year"]
    missing = {FLAGS[flag] for flag in truth["flags"] if flag in FLAGS} - set(report.quality.flags)
    assert not missing


@pytest.mark.parametrize("name", PAGES)
def test_the_body_of_a_page_and_nothing_else(name: str) -> None:
    found, wanted = grams(read(name).text), grams(gold(name)["body"])
    if not wanted:
        assert not found
        return
    common = (found & wanted).total()
    assert 2 * common / (found.total() + wanted.total()) > 0.985


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_page_without_a_report_is_skipped_with_its_reason(name: str, code: str) -> None:
    with pytest.raises(Skip) as skipped:
        read(name)
    assert skipped.value.code == gold(name)["reject"] == code
