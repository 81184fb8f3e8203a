"""corpus/sample/facts.jsonl holds together: every fact can be looked up, is placed, and says what it is."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.tables import Tables
from tests.sample_corpus.facts import CORPUS, facts, regions, zones

SCHEMA: dict[str, Any] = json.loads((CORPUS / "sample" / "facts.schema.json").read_text("utf-8"))
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (CORPUS / "sample" / "facts.jsonl").read_text("utf-8").splitlines()
]
FOUL = re.compile(r"色情|博彩|bet\d|jizz|tits|casino|porn", re.IGNORECASE)


def against(schema: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    """What is wrong with ``value``, by the few words of JSON Schema that facts.schema.json uses."""
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in [one for name in named for one in TYPES[name]]:
        yield f"{at}: {value!r} is no {named}"
        return
    if value not in schema.get("enum", [value]):
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, dict):
        yield from (f"{at}: no {key}" for key in schema["required"] if key not in value)
        for key, own in value.items():
            known = schema["properties"].get(key)
            yield from against(known, own, f"{at}.{key}") if known else [f"{at}: {key} is unknown"]
    if isinstance(value, list):
        for own in value:
            yield from against(schema["items"], own, at)


def test_every_row_is_as_the_schema_says() -> None:
    assert [wrong for row in ROWS for wrong in against(SCHEMA, row, row["id"])] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("confidence", "很高"), ("url", "javascript:alert(1)"), ("year", "2021"), ("link", None), ("more", 1)),
        ("figures", [{"name": "产值", "value": 1}]),
    ],
)
def test_the_schema_refuses_what_is_wrong(key: str, value: Any) -> None:
    assert list(against(SCHEMA, {**ROWS[0], key: value}, "F"))


def test_ids_are_unique_and_a_double_is_no_row_of_its_own() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert not {double["id"] for row in ROWS for double in row["also"]} & set(ids)


def test_no_address_is_of_an_adult_or_gambling_host() -> None:
    told = [(row["id"], url or "") for row in ROWS for url in (row["url"], *(one["url"] for one in row["also"]))]
    assert [(id, url) for id, url in told if FOUL.search(re.sub(r"https?://([^/]*).*", r"\1", url))] == []


def test_a_fact_without_an_address_names_its_source_and_is_no_link() -> None:
    assert [row["id"] for row in ROWS if not row["url"] and (row["link"] or not row["source_title"])] == []


def test_practices_and_indicators_are_those_of_the_codebooks() -> None:
    tables = CORPUS / "tables"
    if not (tables / "practices.tsv").is_file():
        pytest.skip("the codebooks are not among the tables yet")
    known = {name: set(ids(tables / f"{name}.tsv")) for name in ("practices", "indicators")}
    assert {row["practice"] for row in ROWS if row["practice"]} <= known["practices"]
    used = {figure.get("indicator") for row in ROWS for figure in row["figures"]} - {None}
    assert used <= known["indicators"]


def ids(table: Path) -> list[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_every_fact_is_placed_or_said_not_to_be() -> None:
    """listed: in zones.tsv. unlisted: a zone that the table of national zones has not. region: all zones of one.
    nation: of the whole country. hidden: the source blots the name out, or it was only guessed."""
    for row in ROWS:
        assert (row["zone_id"] in zones()) is (row["zone_status"] == "listed"), row["id"]
        if row["zone_status"] == "listed":
            assert row["province"] == zones()[row["zone_id"]]["province"], row["id"]
        if row["zone_status"] == "region":
            assert row["zone"] in regions(), row["id"]


def test_an_unlisted_zone_is_really_in_no_table() -> None:
    gazetteer = Tables(CORPUS / "tables").gazetteer
    assert [row["id"] for row in ROWS if row["zone_status"] == "unlisted" and gazetteer.resolve(row["zone"])] == []


def test_low_confidence_and_hidden_names_are_marked() -> None:
    assert [
        row["id"]
        for row in ROWS
        if not row["doubtful"] and (row["confidence"] == "低" or row["zone_status"] == "hidden")
    ] == []


def test_topics_are_themes_and_statuses_those_of_passages() -> None:
    themes = {theme.name for theme in Tables(CORPUS / "tables").codebook.themes}
    assert {row["topic"] for row in ROWS} <= themes
    assert {row["status"] for row in ROWS} == {"成效", "举措", "计划", "问题"}


def test_what_is_left_out_is_told_with_a_reason() -> None:
    with (CORPUS / "sample" / "left_out.tsv").open(encoding="utf-8", newline="") as file:
        left = list(csv.DictReader(file, delimiter="\t"))
    assert not {row["id"] for row in left} & {row["id"] for row in ROWS}
    assert [row["id"] for row in left if not row["reason"]] == []


def test_the_rows_are_what_the_pages_are_made_of() -> None:
    assert [fact.id for fact in facts()] == [row["id"] for row in ROWS]
