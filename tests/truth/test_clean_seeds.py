"""The five seeds and the rebuilt pages: what cleaning makes of them, held against their truth."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.edits import original_of
from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.pipeline.clean import LaunderingTable, clean
from tests.shared import shared_dir

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
# Where a seed's body begins and ends in its text as scraped.
BODIES = {
    "000": ("总结高新区\n", "\n本文标题"),
    "001": ("资源描述", "展开阅读全文"),
    "002": ("\n卡耐基范文网\n", "\n{title}》"),
    "003": ("文档介绍", "查看更多"),
    "004": ("字体:", "相关阅读"),
}
GOLD = {
    "000": "777doc.html",
    "001": "wnwk.html",
    "002": "gjknj_m_gb18030.html",
    "003": "book118_like.html",
    "004": "gov_hijacked_wrongcharset.html",
}


@cache
def table() -> LaunderingTable:
    with (CORPUS / "tables" / "laundering.tsv").open(encoding="utf-8") as lines:
        return LaunderingTable.parse(lines)


@cache
def gold() -> dict[str, Any]:
    pages: dict[str, Any] = json.loads((shared_dir() / "pages/reconstructed/gold.json").read_text("utf-8"))
    return pages


@cache
def truth() -> dict[str, Any]:
    seeds: dict[str, Any] = json.loads((shared_dir() / "seeds/truth.json").read_text("utf-8"))
    return seeds


@cache
def seed(number: str) -> Cleaned:
    (path,) = (shared_dir() / "seeds").glob(f"{number}_*.txt")
    begins, ends = BODIES[number]
    body = path.read_text("utf-8").split(begins, 1)[1].split(ends.format(title=truth()[number]["title"]), 1)[0]
    cleaned = clean(extracted(truth()[number]["title"], body), table())
    assert original_of(cleaned.text, cleaned.history) == body
    return cleaned


def extracted(title: str, body: str) -> Extracted:
    return Extracted("seed", title, None, None, tuple(Block(BlockKind.PARAGRAPH, line) for line in body.split("\n")))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("number", GOLD)
def test_nothing_but_the_repeated_title_is_missing_from_the_body(number: str) -> None:
    whole, text = squeezed(gold()[GOLD[number]]["body"]), squeezed(seed(number).text)
    assert whole.endswith(text)
    assert len(whole) - len(text) < 40


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_masks_are_counted_as_the_truth_counts_them(number: str) -> None:
    counted = Counter(mask.kind for mask in seed(number).masks)
    assert {kind: counted[kind] for kind in truth()[number]["masks"]} == truth()[number]["masks"]


def test_only_what_is_masked_is_flagged_masked() -> None:
    assert [number for number in GOLD if "masked" in seed(number).flags] == ["000", "001", "002", "003"]
    assert seed("004").masks == ()


def test_each_damage_is_flagged_where_it_is() -> None:
    flagged = {number: seed(number).flags - {"masked"} for number in GOLD}
    assert flagged == {
        "000": set(),
        "001": {"fragmented", "laundered"},
        "002": set(),
        "003": {"hard_wrapped"},
        "004": set(),
    }


def test_the_run_on_text_gets_its_four_headings_back() -> None:
    starts = [line[:2] for line in seed("000").text.split("\n")]
    assert starts[1:] == ["一、", "二、", "三、", "四、"]


def test_the_fragments_are_joined_and_their_headings_split() -> None:
    lines = seed("001").text.split("\n")
    assert [line[:2] for line in lines if re.match("[一二]、", line)] == ["一、", "二、"]
    assert sum(line.startswith("(") for line in lines) == 11
    assert sum(bool(re.match("[一二三四五六]是", line)) for line in lines) == 6
    assert not re.search(r"第\d+页", seed("001").text)


def test_certain_words_of_the_laundered_text_are_restored_and_genuine_ones_left() -> None:
    cleaned = seed("001")
    assert len(cleaned.restorations) >= 50
    pairs = {(restoration.span.of(cleaned.text), restoration.restored) for restoration in cleaned.restorations}
    assert {("开展", "发展"), ("效劳", "服务"), ("假设干", "若干"), ("根底", "基础"), ("外乡", "本土")} <= pairs
    kept = cleaned.text.index("开展精准招商")
    assert all(restoration.span.start != kept for restoration in cleaned.restorations)


def test_wrapped_lines_are_joined_without_a_space_left_between_characters() -> None:
    text = seed("003").text
    assert not re.search(r"[\u4e00-\u9fff] | [\u4e00-\u9fff]", text)
    headings = [line for line in text.split("\n") if re.match(r"[一二]、|\(", line)]
    assert len(headings) == 12
    assert all(len(line) < 40 for line in headings)


def test_numbers_inside_clauses_split_nothing() -> None:
    for number, inside in (("003", "第一、二轮"), ("001", "招商第一、工程为王")):
        line = next(line for line in seed(number).text.split("\n") if inside in line)
        assert not line.startswith(inside[1:])


def test_traditional_script_with_phonetics_becomes_the_simplified_twin() -> None:
    page = (shared_dir() / "pages/reconstructed/clone_traditional_pinyin.html").read_text("utf-8")
    (heading,) = re.findall("<h1>(.*?)</h1>", page)
    (body,) = re.findall('main-content">(.*?)</div>', page)
    cleaned = clean(extracted(heading, body), table())
    wanted = gold()["clone_traditional_pinyin.html"]
    assert (cleaned.title, cleaned.text) == (wanted["title"], wanted["body"])
    assert cleaned.flags == {"traditional", "phonetics"}


@pytest.mark.parametrize("number", GOLD)
def test_cleaning_a_seed_twice_equals_once(number: str) -> None:
    once = seed(number)
    assert clean(extracted(once.title or "", once.text), table()).history == ()
