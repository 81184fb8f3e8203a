"""The tables of labels made by reading: places and labels only, each of them one that the project knows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from indexer.pipeline.segment.label_model import STATUSES
from indexer.reference.codebook import Codebook
from tests.evaluation.labels import HELD
from tests.learning.material import READ

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


@cache
def rows() -> Sequence[Row]:
    found: list[Row] = []
    for table in (READ, HELD):
        with table.open(encoding="utf-8") as lines:
            found += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


@cache
def themes() -> tuple[str, ...]:
    return Codebook.parse((ROOT / "corpus" / "tables" / "themes.toml").read_text(encoding="utf-8")).names


def paragraphs() -> list[tuple[Row, list[Row]]]:
    found: list[tuple[Row, list[Row]]] = []
    for row in rows():
        if row["kind"]:
            found.append((row, []))
        else:
            found[-1][1].append(row)
    return found


def test_the_sentences_of_a_paragraph_follow_it_and_fill_it() -> None:
    for whole, sentences in paragraphs():
        assert {sentence["report"] for sentence in sentences} == {whole["report"]}
        starts = [int(sentence["start"]) for sentence in sentences]
        ends = [int(sentence["end"]) for sentence in sentences]
        assert starts == [int(whole["start"]), *ends[:-1]], whole
        assert ends[-1] == int(whole["end"])


def test_labels_are_those_of_the_project() -> None:
    for row in rows():
        assert set(filter(None, row["themes"].split(","))) <= set(themes()), row
        assert row["status"] in {status.value for status in STATUSES}, row
        assert not row["main"] or row["main"] in row["themes"].split(","), row


@pytest.mark.parametrize("kind", ["city", "zone"])
def test_both_kinds_of_paragraphs_are_there(kind: str) -> None:
    assert sum(row["kind"] == kind for row in rows()) > 800


def test_the_tables_hold_no_wording() -> None:
    for row in rows():
        assert row["report"].isdigit()
        assert row["start"].isdigit()
        assert row["end"].isdigit()
        assert row["kind"] in ("", "city", "zone")
        assert row["reader"] in ("", *map(str, range(10)))
