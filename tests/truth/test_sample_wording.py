"""The sample corpus says nothing in words that are not ours, and nothing that its sources don't say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
RUN = 18  # characters: a longer run in common is a sentence taken over


def runs(text: str) -> set[str]:
    """Every run of 18 characters, blanks removed, that is mostly Chinese."""
    flat = re.sub(r"\s", "", text)
    every = (flat[at : at + RUN] for at in range(len(flat) - RUN + 1))
    return {run for run in every if len(re.findall("[\u4e00-\u9fff]", run)) >= RUN - 3}


def our_words() -> set[str]:
    return {run for source in (CORPUS / "sources").glob("*.txt") for run in runs(source.read_text("utf-8"))}


def facts() -> dict[str, Any]:
    lines = (shared_dir() / "domain" / "facts.jsonl").read_text("utf-8").splitlines()
    return {fact["id"]: fact for fact in map(json.loads, lines)}


def test_no_sentence_of_the_seeds_is_taken_over() -> None:
    ours = our_words()
    seeds = sorted((shared_dir() / "seeds").glob("*.txt"))
    assert seeds
    assert [(seed.name, run) for seed in seeds for run in runs(seed.read_text("utf-8")) & ours] == []


def test_no_sentence_of_the_collected_facts_is_taken_over() -> None:
    ours = our_words()
    assert [(id, run) for id, fact in facts().items() for run in runs(fact["gist"]) & ours] == []


def test_every_fact_used_has_an_address_and_is_not_doubtful() -> None:
    known = facts()
    for page in json.loads((CORPUS / "truth.json").read_text("utf-8")).values():
        for used in page["facts"]:
            assert used["url"] == known[used["id"]]["url"]
            assert known[used["id"]]["source_confidence"] != "低"


def test_every_figure_of_the_sources_is_one_of_a_fact() -> None:
    """Years and months are set aside. 500 (米) stands in the words of a fact, not among its figures: both count."""
    known = facts()
    truth = json.loads((CORPUS / "truth.json").read_text("utf-8"))
    for page, said in truth.items():
        source = (CORPUS / "sources" / f"{page.partition('_')[0]}.txt").read_text("utf-8")
        told = json.dumps([known[used["id"]] for used in said["facts"]], ensure_ascii=False)
        allowed = set(re.findall(r"\d+(?:\.\d+)?", told))
        figures = re.findall(r"(?<![\d.-])\d+(?:\.\d+)?(?![\d.]*[年月-])", source)
        assert [figure for figure in figures if figure not in allowed] == [], page
