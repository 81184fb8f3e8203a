"""One theme, zones side by side: what each tells of a practice, what they share, and why a cell is empty."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.compare.choosing import Entries
from indexer.compare.columns import column_of
from indexer.compare.comparison import compare
from indexer.domain.catalogue import StoredReport
from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import By, Comparison, Order, Row
from indexer.domain.query import YearRange
from indexer.domain.report import Status
from indexer.formats.comparison_words import counted
from tests.row_tables import tables_of
from tests.unit.rows import THEME, Told, a_report, all_rows, figure, measure, passage

STATIONED, FUNDS, CHAIN = "investment/stationed-teams", "investment/funds", "investment/chain-based"
NAMES = {STATIONED: "驻点招商", FUNDS: "基金招商", CHAIN: "产业链招商"}
TELLING = "派三支小组常驻两座城市，全年签约项目12个。"


def compared(
    *reports: StoredReport,
    zones: Sequence[str] | None = None,
    by: By = By.PRACTICE,
    order: Order = Order.SHARED,
    only: bool = False,
    year: int | None = None,
    per_cell: int = 3,
) -> Comparison:
    rows = all_rows(reports)
    years = YearRange(year, year) if year else None
    keys = zones or list(dict.fromkeys(one.source.column for one in rows))
    columns = [column_of(key, [one.source for one in rows if one.source.column == key], years) for key in keys]
    tables = tables_of(rows)
    entries = Entries(tables.measures_on(keys, THEME, years), tables.passages_on(keys, THEME, years), NAMES)
    return compare(
        THEME, columns, entries, tables, years=years, by=by, order=order, only_differences=only, per_cell=per_cell
    )


def row(comparison: Comparison, name: str) -> Row:
    return next(one for one in comparison.rows if one.name == name)


def quotes(comparison: Comparison, name: str, column: int = 0) -> list[str]:
    return [quote.text for quote in row(comparison, name).cells[column].quotes]


def told(text: str = TELLING, practice: str | None = STATIONED, status: Status = Status.MEASURE) -> Told:
    return (
        measure(text, practice, figure("12个", "signed-projects", 12))
        if "12个" in text
        else measure(text, practice, status=status)
    )


def test_practices_are_rows_and_zones_columns() -> None:
    found = compared(
        a_report("a", told(), told("设立产业基金招引项目。", FUNDS), zone="甲高新区"),
        a_report("b", told("在沿海三市各设一个联络处。"), zone="乙经开区"),
    )
    assert [one.name for one in found.rows] == ["驻点招商", "基金招商"], "what both have stands first"
    assert quotes(found, "驻点招商") == [TELLING]
    assert quotes(found, "驻点招商", 1) == ["在沿海三市各设一个联络处。"]
    assert quotes(found, "基金招商", 1) == []


def test_what_is_counted_is_said_of_the_zones_that_could_be_read() -> None:
    found = compared(
        a_report("a", told(), told("设立产业基金招引项目。", FUNDS), zone="甲高新区"),
        a_report("b", told("在沿海三市各设一个联络处。"), zone="乙经开区"),
        zones=["甲高新区", "乙经开区", "丙新区"],
    )
    shared, few = row(found, "驻点招商"), row(found, "基金招商")
    assert (shared.have, shared.of) == (2, 2), "of 丙新区 no report is collected"
    assert counted(shared, found.columns) == "两家都有"
    assert counted(few, found.columns) == "所比两家中仅见于甲高新区"
    assert few.cells[2].silence is Silence.NOT_COLLECTED


def test_how_it_is_done_comes_before_names_and_what_was_done_before_plans() -> None:
    found = compared(
        a_report(
            "a",
            measure("抓好驻点招商、基金招商、场景招商。", STATIONED),
            measure("明年在三座城市设办事处，选派干部常驻。", STATIONED, status=Status.PLAN),
            measure("全区上下抓驻点招商。", STATIONED),
            told(),
        )
    )
    assert quotes(found, "驻点招商")[0] == TELLING
    assert "抓好" not in quotes(found, "驻点招商")[0]


def test_many_figures_do_not_put_a_list_of_results_first() -> None:
    figures = [figure(f"{n}亿元", None, n, unit="亿元") for n in (11, 22, 33, 44)]
    many = measure("产值11亿元，税收22亿元，投资33亿元，收入44亿元。", None, *figures)
    found = compared(
        a_report("a", many, measure("组建专班，班子成员带队上门，签约12个。", None, figure("12个", None, 12)))
    )
    assert quotes(found, "其他举措")[0].startswith("组建专班")


def test_more_is_counted_and_the_same_sentence_of_another_year_is_not() -> None:
    texts = [f"在第{n}座城市设立联络处，派驻干部常年对接。" for n in range(5)]
    found = compared(
        a_report("a", *(measure(text, STATIONED) for text in texts), year=2021),
        a_report("b", measure(texts[0], STATIONED), year=2022),
    )
    cell = row(found, "驻点招商").cells[0]
    assert (len(cell.quotes), cell.more) == (3, 2)


def test_problems_background_and_notes_show_no_practice() -> None:
    statuses = (Status.PROBLEM, Status.NOTE, Status.BACKGROUND)
    found = compared(a_report("a", *(measure("驻点招商力量不足。", STATIONED, status=status) for status in statuses)))
    assert "驻点招商" not in [one.name for one in found.rows]


def test_what_is_told_without_a_named_practice_stands_in_the_last_row() -> None:
    found = compared(a_report("a", told(), measure("每周会商一次在谈项目并通报。", None), passage("签约总额创新高。")))
    last = found.rows[-1]
    assert last.unnamed
    assert [quote.text for quote in last.cells[0].quotes] == ["每周会商一次在谈项目并通报。", "签约总额创新高。"]


def test_of_a_passage_without_a_measure_the_sentence_that_tells_the_theme_is_quoted() -> None:
    text, key = "天气不好。签约总额增长到12亿元。大家都来。", "签约总额增长到12亿元。"
    found = compared(a_report("a", passage(text, figure("12亿元", None, 12, unit="亿元"), key=key)))
    (quote,) = found.rows[-1].cells[0].quotes
    assert (quote.text, quote.span.of(text), len(quote.figures)) == (key, key, 1)


def test_a_passage_of_which_no_sentence_tells_the_theme_is_counted_and_not_shown() -> None:
    vague = passage("天气不好，签约的也有。", key=None)
    alone = compared(a_report("a", vague)).rows[-1].cells[0]
    assert (alone.quotes, alone.more, alone.silence) == ((), 1, None), "nothing may be said to be missing"
    beside = compared(a_report("a", vague, passage("签约总额增长。"))).rows[-1].cells[0]
    assert ([quote.text for quote in beside.quotes], beside.more) == (["签约总额增长。"], 1)
    by_status = compared(a_report("a", vague), by=By.STATUS)
    assert quotes(by_status, "成效") == ["天气不好，签约的也有。"], "whole: it is a result all the same"


def test_two_reports_that_hide_their_zone_are_two_columns() -> None:
    found = compared(
        a_report("a", told(), zone=None, year=2021), a_report("b", told("驻点小组每月轮换。"), zone=None, year=2021)
    )
    assert [column.key for column in found.columns] == ["a", "b"]
    assert all(column.label.startswith("未具名高新区 · 2021 · ") for column in found.columns)


def test_the_kinds_of_silence_are_told_apart() -> None:
    other = passage("别的事。", theme="民生")
    assert silence([]) is Silence.NOT_COLLECTED
    assert silence([a_report("a", other)]) is Silence.NOT_MENTIONED
    assert silence([a_report("a", other, flags=("truncated",))]) is Silence.TRUNCATED
    assert silence([a_report("a", other, flags=("truncated",)), a_report("b", other)]) is Silence.NOT_MENTIONED
    assert silence([a_report("a", other, flags=("fragmented",))]) is Silence.NOT_SEEN
    assert silence([a_report("a", other, year=2021)], year=2021) is Silence.NOT_MENTIONED
    assert silence([a_report("a", other, year=2020)], year=2021) is Silence.NOT_SEEN, "only its plan part is of 2021"
    assert silence([a_report("a", other, year=2018)], year=2021) is Silence.NOT_COLLECTED


def silence(reports: Sequence[StoredReport], year: int | None = None) -> Silence | None:
    """Of the zone of ``reports`` where another one tells a practice."""
    found = compared(*reports, a_report("z", told(), zone="丙新区", year=2021), zones=["甲高新区", "丙新区"], year=year)
    return row(found, "驻点招商").cells[0].silence


def test_a_cell_whose_numbers_are_all_blotted_out_says_so() -> None:
    masked = measure("派小组驻点，签约xx个。", STATIONED, figure("xx个", None, None, mask="xx"))
    cell = row(compared(a_report("a", masked)), "驻点招商").cells[0]
    assert cell.silence is Silence.MASKED
    assert cell.quotes[0].masked


def test_rows_can_stand_by_difference_and_those_that_agree_be_left_out() -> None:
    def pair(id: str, zone: str, *more: Told) -> StoredReport:
        return a_report(id, told(), *more, zone=zone)

    reports = (pair("a", "甲高新区", told("设立产业基金招引项目。", FUNDS)), pair("b", "乙经开区"))
    assert [one.name for one in compared(*reports, order=Order.DIFFERENCE).rows] == ["基金招商", "驻点招商"]
    assert [one.name for one in compared(*reports, only=True).rows] == ["基金招商"]


def test_done_here_and_planned_there_is_a_difference() -> None:
    planned = measure("明年设联络处。", STATIONED, status=Status.PLAN)
    found = compared(a_report("a", told(), zone="甲高新区"), a_report("b", planned, zone="乙经开区"), only=True)
    assert [one.name for one in found.rows] == ["驻点招商"]
    assert [cell.done for cell in found.rows[0].cells] == [True, False]


def test_statuses_are_rows_where_that_is_asked() -> None:
    found = compared(
        a_report("a", told(), passage("项目储备不足。", status=Status.PROBLEM), passage("签约总额增长一成。")),
        by=By.STATUS,
    )
    assert [(one.name, quotes(found, one.name)) for one in found.rows] == [
        ("举措", [TELLING]),
        ("成效", ["签约总额增长一成。"]),
        ("计划", []),
        ("问题", ["项目储备不足。"]),
    ]


def test_a_column_shows_what_it_rests_on() -> None:
    reports = all_rows([a_report("a", year=2020), a_report("b", year=None), a_report("c", year=2022)])
    column: Column = column_of("甲高新区", [one.source for one in reports])
    assert column.years == (2022, 2020, None)
    assert [source.id for source in column.sources] == ["c", "a", "b"]


def test_what_is_told_in_passages_on_something_else_is_counted_and_stands_in_where_nothing_else_does() -> None:
    weak = measure("另抓驻点招商。", STATIONED)
    elsewhere = a_report("b", told(), weak, zone="乙经开区")
    rows = all_rows([a_report("a", told()), elsewhere])
    columns = [column_of(one.source.column, [one.source]) for one in rows]
    tables, keys = tables_of(rows), [column.key for column in columns]
    entries = Entries(tables.measures_on(keys, THEME), tables.passages_on(keys[:1], THEME), NAMES)
    cells = compare(THEME, columns, entries, tables).rows[0].cells
    assert [len(cell.quotes) for cell in cells] == [1, 0]
    assert (cells[1].more, cells[1].silence) == (2, None), "it is told, so that nothing may be said to be missing"


def test_a_sentence_that_holds_another_or_is_held_by_one_counts_once_however_short_they_are() -> None:
    def counted_once(*texts: str) -> int:
        reports = [a_report(f"r{n}", told(text)) for n, text in enumerate(texts)]
        cell = row(compared(*reports, per_cell=20), NAMES[STATIONED]).cells[0]
        return len(cell.quotes) + cell.more

    long = "派十名干部驻点招商，收到线索三十条。"
    assert counted_once(long, "派十名干部驻点招商") == 1
    assert counted_once(long, "收到线索三十条。") == counted_once("收到线索三十条。", long) == 1
    assert counted_once(long, "驻点招商。") == counted_once("驻点招商。", long) == 1
    assert counted_once("派十名干部驻点招商。", "派九名干部驻点招商。") == 2
