"""What the peers of a zone show and its own reports don't; who its peers are; what is new in a year."""

from __future__ import annotations

import sqlite3

import pytest

from indexer.compare.queries import Comparisons
from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import StoredReport
from indexer.domain.columns import Selection, Silence
from indexer.domain.matrix import MatrixRows
from indexer.domain.query import YearRange
from indexer.domain.report import Grade, Status
from indexer.errors import BadQuery, NotFound
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.indicators import Indicators
from indexer.reference.practices import Cue, Practice, Practices
from indexer.stores import row_tables
from indexer.stores.row_queries import RowTables
from tests.unit.rows import THEME, Told, a_report, figure, measure

STATIONED, FUNDS, TEAMS = "investment/stationed-teams", "investment/funds", "investment/special-teams"


def practice(id: str, name: str) -> Practice:
    return Practice(id, THEME, name, "做法。", "", (Cue((name,)),), (), (), (), "", 0, "", (), "")


PRACTICES = Practices([practice(STATIONED, "驻点招商"), practice(FUNDS, "基金招商"), practice(TEAMS, "专班招商")])


def over(*reports: StoredReport) -> Comparisons:
    connection = sqlite3.connect(":memory:")
    connection.executescript(row_tables.SCHEMA)
    for stored in reports:
        row_tables.write(connection, rows_of(stored))
    row_tables.index(connection)
    rows = RowTables(lambda query, *values: connection.execute(query, values).fetchall())
    return Comparisons(rows, PRACTICES, Indicators(()), (THEME, "民生"), Gazetteer(()))


def teams(text: str = "组建专班，逐个项目盯办。") -> Told:
    return measure(text, TEAMS)


def stationed(text: str = "派小组常驻两座城市，全年签约12个项目。") -> Told:
    return measure(text, STATIONED, figure("12个", None, 12)) if "12个" in text else measure(text, STATIONED)


@pytest.fixture
def zones() -> Comparisons:
    fund = measure("设立产业基金，投出六个项目。", FUNDS)
    return over(
        a_report("mine", teams(), stationed("抓好驻点招商。"), zone="我示例高新区", level="国家级", province="湖南"),
        a_report("a", stationed(), teams(), zone="甲示例高新区", level="国家级", province="湖南"),
        a_report("b", fund, stationed(), zone="乙示例高新区", level="国家级", province="福建"),
        a_report("c", measure("基金招商。", FUNDS), zone="丙示例经开区", zone_type="经开区", province="湖南"),
        a_report("d", zone="丁示例综保区", zone_type="综保区"),
    )


OTHERS = ("甲示例高新区", "乙示例高新区", "丙示例经开区")


def test_what_others_show_and_mine_does_not_is_missing(zones: Comparisons) -> None:
    found = zones.gaps("我示例高新区", OTHERS, THEME, None)
    (gap,) = found.missing
    assert (gap.name, gap.have, gap.of) == ("基金招商", 2, 3)
    assert gap.example is not None
    assert gap.example.text == "设立产业基金，投出六个项目。", "the best told of them"


def test_what_mine_only_names_is_shared_and_says_so(zones: Comparisons) -> None:
    found = zones.gaps("我示例高新区", OTHERS, None, None)
    shared = {gap.name: gap for gap in found.shared}
    assert set(shared) == {"驻点招商", "专班招商"}
    assert [gap.name for gap in found.own] == []
    assert zones.gaps("我示例高新区", OTHERS[1:], None, None).own[0].name == "专班招商"


def test_nothing_is_missing_for_sure_where_only_a_part_was_read() -> None:
    found = over(
        a_report("mine", teams(), zone="我示例高新区", flags=("truncated",)),
        a_report("a", stationed(), zone="甲示例高新区"),
    )
    assert found.gaps("我示例高新区", ("甲示例高新区",), None, None).silence is Silence.TRUNCATED
    assert found.gaps("甲示例高新区", ("我示例高新区",), None, None).silence is None


def test_a_zone_without_a_report_of_that_year_counts_for_nothing(zones: Comparisons) -> None:
    found = zones.gaps("我示例高新区", ("甲示例高新区", "没有的高新区"), None, None)
    assert {gap.of for gap in (*found.shared, *found.missing)} == {1}


def test_peers_are_those_most_alike_with_the_reasons(zones: Comparisons) -> None:
    peers = zones.peers("我示例高新区")
    assert [peer.label for peer in peers] == ["甲示例高新区", "乙示例高新区", "丙示例经开区"]
    assert peers[0].reasons == ("同类型", "同级别", "同省")
    assert peers[1].reasons == ("同类型", "同级别")
    assert peers[0].score > peers[1].score > peers[2].score


def test_gaps_without_others_are_held_against_the_peers(zones: Comparisons) -> None:
    found = zones.gaps("我示例高新区", (), None, None)
    assert [column.label for column in found.others] == [peer.label for peer in found.peers]


def test_a_report_that_hides_its_zone_is_nobodys_peer_and_no_one_zone() -> None:
    found = over(
        a_report("mine", zone="我示例高新区"), a_report("x", teams(), zone=None), a_report("y", teams(), zone=None)
    )
    assert found.peers("我示例高新区") == ()
    with pytest.raises(BadQuery, match="未必是同一个园区"):
        found.gaps("未具名高新区", (), None, None)
    assert found.gaps("x", ("y",), None, None).column.apart


def test_a_name_for_several_reports_stands_for_a_column_each() -> None:
    reports = [a_report(f"r{n}", teams(), zone=None, year=2015 + n) for n in range(8)]
    found = over(*reports, a_report("named", teams(), zone="我示例高新区")).compare(
        THEME, Selection(zones=("我示例高新区", "未具名高新区"))
    )
    assert [column.key for column in found.columns] == ["我示例高新区", "r7", "r6", "r5", "r4", "r3"]
    assert len(found.left_out) == 3


def test_more_than_six_zones_are_too_many(zones: Comparisons) -> None:
    with pytest.raises(BadQuery, match="最多对标 6 个"):
        zones.compare(THEME, Selection(zones=tuple(f"第{n}区" for n in range(7))))


def test_without_zones_those_that_tell_most_of_the_theme_are_compared(zones: Comparisons) -> None:
    found = zones.compare(THEME, Selection())
    assert len(found.columns) == 4
    assert "丁示例综保区" not in [column.key for column in found.columns]
    narrowed = zones.compare(THEME, Selection(zone_types=("经开区",)))
    assert [column.key for column in narrowed.columns] == ["丙示例经开区"]


def test_a_matrix_counts_passages_by_year_with_the_best_grade() -> None:
    found = over(
        a_report("a", teams(), stationed(), year=2021, province="湖南", grade=Grade.MASKED),
        a_report("b", teams(), year=2021, province="湖南", zone="乙示例高新区", grade=Grade.OFFICIAL),
        a_report("c", teams(), year=2022, zone="丙示例经开区", zone_type="经开区"),
    )
    by_province = found.matrix(Selection(), MatrixRows.PROVINCE, theme=THEME)
    assert [(row.label, row.zones) for row in by_province.rows] == [("湖南", 2), ("省份不明", 1)]
    cell = by_province.rows[0].cells[2021]
    assert (cell.count, cell.reports, cell.grade) == (3, 2, Grade.OFFICIAL)
    by_type = found.matrix(Selection(years=YearRange(2022, 2022)), MatrixRows.TYPE, practice=PRACTICES.get("专班招商"))
    assert [row.label for row in by_type.rows] == ["经开区"]
    with pytest.raises(BadQuery, match="只选一个"):
        found.matrix(Selection(), MatrixRows.ZONE)


def test_a_zones_year_tells_what_is_new_and_what_is_gone() -> None:
    found = over(
        a_report("a", teams(), year=2021), a_report("b", stationed(), year=2022), a_report("c", teams(), year=2019)
    ).zone("甲高新区")
    by_year = {year.year: year for year in found.years}
    assert [(one.name, one.new) for one in by_year[2022].practices] == [("驻点招商", True)]
    assert by_year[2022].gone == (TEAMS,)
    assert not by_year[2021].before, "of 2020 nothing is collected, so that nothing can be new"
    assert [one.new for one in by_year[2021].practices] == [False]


def test_plans_stand_in_the_year_that_they_are_for() -> None:
    planned = measure("明年设立产业基金。", FUNDS, status=Status.PLAN)
    found = over(a_report("a", teams(), planned, year=2021)).zone("甲高新区")
    assert {year.year: [one.name for one in year.practices] for year in found.years} == {
        2022: ["基金招商"],
        2021: ["专班招商"],
    }


def test_a_zone_that_nothing_is_stored_of_is_not_found(zones: Comparisons) -> None:
    with pytest.raises(NotFound):
        zones.zone("没有的高新区")


def test_themes_and_practices_go_by_id_or_name(zones: Comparisons) -> None:
    assert zones.theme("investment") == zones.theme(THEME) == THEME
    assert zones.practice(FUNDS) == zones.practice("基金招商")
    for ask in (zones.theme, zones.practice, zones.indicator):
        with pytest.raises(BadQuery, match="没有"):
            ask("没有的")


def test_a_list_of_zones_says_who_tells_how_much(zones: Comparisons) -> None:
    listed = {one.column.key: one for one in zones.zones(Selection(provinces=("湖南",)), THEME)}
    assert set(listed) == {"我示例高新区", "甲示例高新区", "丙示例经开区"}
    assert listed["甲示例高新区"].practices == 2
    assert listed["丙示例经开区"].years == (2022,)
