"""corpus/facts.jsonl holds together: every fact can be looked up, is placed, and says what it is."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest

from corpus.making.facts import CORPUS, facts, regions, zones
from indexer.tables import Tables

KEYS: dict[str, Any] = {
    "id": str,
    "zone": str,
    "zone_id": (str, type(None)),
    "zone_status": str,
    "zone_type": str,
    "province": (str, type(None)),
    "city": (str, type(None)),
    "year": (int, type(None)),
    "period": str,
    "topic": str,
    "status": str,
    "gist": str,
    "figures": list,
    "url": str,
    "link": bool,
    "site_kind": str,
    "published": (str, type(None)),
    "confidence": str,
    "doubtful": bool,
    "also": list,
}
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (CORPUS / "facts.jsonl").read_text("utf-8").splitlines()]
FOUL = re.compile(r"色情|博彩|bet\d|jizz|tits|casino|porn", re.IGNORECASE)


def test_every_row_has_these_keys_and_no_other() -> None:
    assert [row["id"] for row in ROWS if list(row) != list(KEYS)] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_key_holds_one_kind_of_value(key: str) -> None:
    assert [row["id"] for row in ROWS if not isinstance(row[key], KEYS[key])] == []


def test_ids_are_unique_and_a_double_is_no_row_of_its_own() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert not {double["id"] for row in ROWS for double in row["also"]} & set(ids)


def test_every_fact_has_an_address() -> None:
    assert [row["id"] for row in ROWS if not re.match(r"https?://[^/]+/", row["url"] + "/")] == []


def test_no_address_is_of_an_adult_or_gambling_host() -> None:
    told = [(row["id"], url) for row in ROWS for url in (row["url"], *(one["url"] for one in row["also"]))]
    assert [(id, url) for id, url in told if FOUL.search(re.sub(r"https?://([^/]*).*", r"\1", url))] == []


def test_figures_have_a_name_a_value_and_a_unit() -> None:
    wrong = [
        row["id"]
        for row in ROWS
        for figure in row["figures"]
        if set(figure) != {"name", "value", "unit"}
        or not figure["name"]
        or not isinstance(figure["value"], int | float | str)
    ]
    assert wrong == []


def test_every_fact_is_placed_or_said_not_to_be() -> None:
    """listed: in zones.tsv. unlisted: a zone that the table of national zones has not. region: all zones of one.
    nation: of the whole country. hidden: the source blots the name out, or it was only guessed."""
    for row in ROWS:
        assert row["zone_status"] in ("listed", "unlisted", "region", "nation", "hidden"), row["id"]
        assert (row["zone_id"] in zones()) is (row["zone_status"] == "listed"), row["id"]
        if row["zone_status"] == "listed":
            assert row["province"] == zones()[row["zone_id"]]["province"], row["id"]
        if row["zone_status"] == "region":
            assert row["zone"] in regions(), row["id"]


def test_an_unlisted_zone_is_really_in_no_table() -> None:
    gazetteer = Tables(CORPUS).gazetteer
    assert [row["id"] for row in ROWS if row["zone_status"] == "unlisted" and gazetteer.resolve(row["zone"])] == []


def test_low_confidence_and_hidden_names_are_marked() -> None:
    assert [row["id"] for row in ROWS if row["confidence"] not in ("高", "中", "低")] == []
    assert [
        row["id"]
        for row in ROWS
        if not row["doubtful"] and (row["confidence"] == "低" or row["zone_status"] == "hidden")
    ] == []


def test_topics_are_themes_and_statuses_those_of_passages() -> None:
    themes = {theme.name for theme in Tables(CORPUS).codebook.themes}
    assert {row["topic"] for row in ROWS} <= themes
    assert {row["status"] for row in ROWS} == {"成效", "举措", "计划", "问题"}


def test_what_is_left_out_is_told_with_a_reason() -> None:
    with (CORPUS / "left_out.tsv").open(encoding="utf-8", newline="") as file:
        left = list(csv.DictReader(file, delimiter="\t"))
    assert not {row["id"] for row in left} & {row["id"] for row in ROWS}
    assert [row["id"] for row in left if not row["reason"]] == []


def test_the_rows_are_what_the_pages_are_made_of() -> None:
    assert [fact.id for fact in facts()] == [row["id"] for row in ROWS]
