"""The codebook of indicators: what its two tables say, and what is no table of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.reference.indicators import COLUMNS, Indicators

TABLES = Path(__file__).resolve().parents[2] / "corpus" / "tables"
HEAD = "\t".join(COLUMNS)


def line(identifier: str, names: str, no: str = "", units: str = "money_cny", typical: str = "1..9亿元") -> str:
    cells = (identifier, identifier.upper(), "主导产业", names, no, units, "growth", typical, "year", "high", "region")
    return "\t".join((*cells, "1", "", "6/6", ""))


@pytest.fixture(scope="module")
def shipped() -> Indicators:
    return Indicators.read(TABLES)


def test_the_shipped_tables_are_read(shipped: Indicators) -> None:
    assert len(shipped) == 150
    gdp = shipped.get("gdp")
    assert gdp is not None
    assert (gdp.units, gdp.comparable, gdp.typical[0].unit) == (("money_cny",), "region", "亿元")
    assert shipped.get(None) is None
    assert shipped.get("no-such-row") is None


def test_a_phrase_names_rows_or_only_looks_like_a_name(shipped: Indicators) -> None:
    assert [row.id for row in shipped.phrases["地区生产总值"]] == ["gdp"]
    assert shipped.phrases["非税收收入"] == ()
    assert {row.id for row in shipped.phrases["优良天数"]} == {"good-air-ratio", "good-air-days"}


def test_names_of_several_rows_come_from_the_second_table_and_from_what_is_joined(shipped: Indicators) -> None:
    assert [row.id for row in shipped.joint["存贷款余额"]] == ["deposits", "loans"]
    table = Indicators.parse([HEAD, line("a", "甲项", no="甲项和乙项"), line("b", "乙项")])
    assert [row.id for row in table.joint["甲项和乙项"]] == ["a", "b"]


def test_names_with_a_number_inside_stand_apart(shipped: Indicators) -> None:
    assert not [phrase for phrase in shipped.phrases if "#" in phrase]
    assert ("签约", "", "项目", shipped.get("signed-projects")) in shipped.around
    assert ("签约", "个", "", shipped.get("signed-projects")) in shipped.around


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["id\tname"],
        [HEAD, "a\tb"],
        [HEAD, line("a", "甲项", typical="many")],
    ],
)
def test_what_is_no_table_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Indicators.parse(lines)


def test_a_joint_name_of_an_unknown_row_is_refused() -> None:
    with pytest.raises(ValueError, match="丙丁"):
        Indicators.parse([HEAD, line("a", "甲项")], ["丙丁\ta z"])
