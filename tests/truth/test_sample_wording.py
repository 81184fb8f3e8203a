"""The sample corpus says nothing in words that are not ours, and nothing that its sources don't say."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.sample_corpus.facts import MORE, STATUS
from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
OWN = "F5001"  # from this id on the notes are ours (tests/sample_corpus/more_facts.jsonl)
RUN = 18  # characters: a longer run in common is a sentence taken over


def runs(text: str) -> set[str]:
    """Every run of 18 characters, blanks removed, that is mostly Chinese."""
    flat = re.sub(r"\s", "", text)
    every = (flat[at : at + RUN] for at in range(len(flat) - RUN + 1))
    return {run for run in every if len(re.findall("[\u4e00-\u9fff]", run)) >= RUN - 3}


@cache
def our_words() -> frozenset[str]:
    """Of the full-length sources and of every page."""
    sources = [source.read_text("utf-8") for source in (CORPUS / "sample" / "sources").glob("*.txt")]
    pages = [json.loads(line)["text"] for line in (CORPUS / "sample" / "truth.jsonl").read_text("utf-8").splitlines()]
    phrases = (CORPUS.parent / "tests" / "sample_corpus" / "phrases.toml").read_text("utf-8").splitlines()
    return frozenset(run for text in (*sources, *pages, *phrases) for run in runs(text))


def collected() -> dict[str, Any]:
    """The collected facts, and our own notes on a few more pages."""
    files = (shared_dir() / "domain" / "facts.jsonl", MORE)
    return {fact["id"]: fact for file in files for fact in map(json.loads, file.read_text("utf-8").splitlines())}


def kept() -> dict[str, Any]:
    return {
        fact["id"]: fact
        for fact in map(json.loads, (CORPUS / "sample" / "facts.jsonl").read_text("utf-8").splitlines())
    }


def hand_written() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CORPUS / "sample" / "sources" / "truth.json").read_text("utf-8"))
    return told


def test_no_sentence_of_the_seeds_is_taken_over() -> None:
    ours = our_words()
    seeds = sorted((shared_dir() / "seeds").glob("*.txt"))
    assert seeds
    assert [(seed.name, run) for seed in seeds for run in runs(seed.read_text("utf-8")) & ours] == []


def test_no_sentence_of_the_collected_facts_is_taken_over() -> None:
    """Of the collected notes, and of the gists of pages that our own notes are on."""
    ours = our_words()
    notes = [(id, fact["gist"]) for id, fact in collected().items() if id < OWN]
    lines = (shared_dir() / "zone_texts" / "texts.jsonl").read_text("utf-8").splitlines()
    notes += [(page["id"], one["text"]) for page in map(json.loads, lines) for one in page.get("gist") or ()]
    notes += [(page["id"], page["text"]) for page in map(json.loads, lines) if page["text"]]
    assert [(id, run) for id, note in notes for run in runs(note) & ours] == []


def test_every_collected_fact_is_kept_or_left_out_with_a_reason() -> None:
    with (CORPUS / "sample" / "left_out.tsv").open(encoding="utf-8", newline="") as file:
        left = {row["id"]: row["reason"] for row in csv.DictReader(file, delimiter="\t")}
    assert left.keys() | kept().keys() == collected().keys()
    bare = [fact for fact in collected().values() if not fact["url"] and not fact.get("source_title")]
    assert all(left[fact["id"]] == "no address" for fact in bare)


def test_a_kept_fact_says_what_the_collected_one_said() -> None:
    known = collected()
    for id, fact in kept().items():
        for key in ("year", "period", "topic", "gist", "figures", "published"):
            assert fact[key] == known[id][key], (id, key)
        assert fact["practice"] == known[id].get("practice"), id
        assert fact["source_title"] == known[id].get("source_title"), id
        assert fact["url"] in (known[id]["url"], None), id
        assert fact["status"] == STATUS[known[id]["kind"]]
        assert fact["confidence"] == known[id]["source_confidence"]


def test_a_full_length_page_rests_on_facts_with_addresses_that_are_not_doubtful() -> None:
    known = collected()
    for page in hand_written().values():
        for used in page["facts"]:
            assert used["url"] in (known[used["id"]]["url"], None)
            assert known[used["id"]]["source_confidence"] != "低"


def test_every_figure_of_the_sources_is_one_of_a_fact() -> None:
    """Years and months are set aside. 500 (米) stands in the words of a fact, not among its figures: both count."""
    known = collected()
    for page, said in hand_written().items():
        name = re.sub(r"(?<=[a-z])(?=20)", "_", page.partition("_")[0])
        source = (CORPUS / "sample" / "sources" / f"{name}.txt").read_text("utf-8")
        told = json.dumps([known[used["id"]] for used in said["facts"]], ensure_ascii=False)
        allowed = set(re.findall(r"\d+(?:\.\d+)?", told))
        figures = re.findall(r"(?<![\d.-])\d+(?:\.\d+)?(?![\d.]*[年月-])", source)
        assert [figure for figure in figures if figure not in allowed] == [], page
