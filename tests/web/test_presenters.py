"""Comparisons, figures, plots, tiles and quotes as the pages are given them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from indexer.compare.report_rows import source_of
from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import By, Cell, Comparison, Row
from indexer.domain.figure_tables import FigureCell, FigureLine, FigureTable, Place
from indexer.domain.matrix import Matrix, MatrixCell, MatrixRow, MatrixRows
from indexer.domain.query import YearRange
from indexer.domain.report import Figure, FigureKind, FigureRole, Grade, PeriodKind, Status
from indexer.domain.rows import FigureRow
from indexer.domain.spans import Span
from indexer.library import Library
from tests.web.shelf import shelf
from webapp.presenters import comparison, figure_table, plots, tiles
from webapp.presenters.invisible import spelled
from webapp.presenters.quotes import item_of, shown
from webapp.urls import Address

ZONES = ["湘江示例高新区", "闽江示例高新区", "r4", "空白示例新区"]
SOURCE = source_of(shelf()[0])


def compared(library: Library, **asked: str) -> Comparison:
    return library.compare(
        {"theme": ["招商引资"], "zone": ZONES, **{name: [value] for name, value in asked.items()}}, 40
    )


def a_row(holders: tuple[str, ...], of: int, name: str = "以商招商") -> Row:
    return Row("investment/via-existing-firms", name, "招商引资", tuple(Cell() for _ in ZONES), holders, of)


def a_table(*rows: Row) -> Comparison:
    columns = tuple(Column(key, key) for key in ("甲区", "乙区", "丙区", "丁区"))
    return Comparison("招商引资", None, By.PRACTICE, columns, rows)


# --- comparison ---


def test_what_is_counted_is_counted_among_those_compared() -> None:
    table = a_table()
    assert comparison.counted(a_row(("甲区", "乙区", "丙区"), 3), table) == "三家都有"
    assert comparison.counted(a_row(("甲区", "乙区"), 4), table) == "4 家中 2 家"
    assert comparison.counted(a_row(("乙区",), 4), table) == "所比四家中仅见于乙区"
    assert comparison.counted(a_row(("甲区",), 1), table) == "", "of one there is nothing to count"


def test_rows_that_most_have_stand_before_those_of_few() -> None:
    table = a_table(a_row(("甲区", "乙区", "丙区"), 4, "多"), a_row(("乙区",), 4, "少"))
    told = [(group.title, [row.name for row in group.rows]) for group in comparison.groups(table)]
    assert told == [("多家都有", ["多"]), ("少数家有", ["少"])]


def test_a_cell_shows_three_and_keeps_the_rest(shelved: Library) -> None:
    found = compared(shelved)
    quote = next(quote for row in found.rows for cell in row.cells for quote in cell.quotes)
    crowded = replace(found.rows[0], cells=(Cell((quote,) * 5), *found.rows[0].cells[1:]))
    (box, *_) = comparison.shown_row(crowded, found).boxes
    assert (len(box.quotes), len(box.hidden)) == (3, 2)


def test_a_silence_is_named_and_explained(shelved: Library) -> None:
    found = compared(shelved)
    (agents,) = [row for row in found.rows if row.name == "委托中介招商"]
    boxes = comparison.shown_row(agents, found).boxes
    assert [box.silence for box in boxes] == ["", "未提及", "未提及", "未收录"]
    assert boxes[3].why == comparison.why(Silence.NOT_COLLECTED)


def test_every_silence_has_its_meaning() -> None:
    assert all(comparison.why(one) for one in Silence)


def test_the_head_of_a_column_says_what_was_looked_at(shelved: Library) -> None:
    first, second, apart, empty = comparison.heads(compared(shelved), "闽江示例高新区")
    assert (first.place, first.when) == ("湖南 · 国家级 · 高新区", "2022 上半年")
    assert second.mine
    assert not first.mine
    assert sorted(report[2] for report in second.reports) == ["2019", "2021"]
    assert apart.href == "/zones/r4", "a report that hides its zone is a zone of its own"
    assert (empty.when, empty.reports) == ("没有收录这一年的报告", ())


# --- figures ---


def a_figure(
    value: float | None, *, role: FigureRole = FigureRole.RESULT, number: int = 0, mask: str | None = None
) -> FigureRow:
    figure = Figure(
        "industrial-investment", value, "亿元", None, None, None, None, mask, Span(0, 4), role=role,
        period_kind=PeriodKind.YEAR,
    )  # fmt: skip
    return FigureRow(SOURCE, 3, number, figure, f"{value}亿元", "一句话。", Status.RESULT, 2021)


Cells = dict[tuple[str, int | None], FigureCell]


def a_line(cells: Cells) -> FigureLine:
    amounts = {
        (row.source.id, row.seq, row.number): row.figure.value
        for cell in cells.values()
        for row in cell.all
        if row.figure.value is not None
    }
    return FigureLine(
        "industrial-investment", "工业投资", "项目建设", FigureKind.LEVEL, "亿元", "", None, "", True, cells, amounts
    )


def test_a_plot_joins_years_that_follow_each_other_and_leaves_gaps() -> None:
    cells: Cells = {
        ("甲区", year): FigureCell((a_figure(value, number=year),))
        for year, value in ((2018, 2.0), (2019, 4.0), (2021, 8.0))
    }
    (plot,) = plots.plots(a_line(cells), [("甲区", "甲区")], [2018, 2019, 2021], "甲区")
    assert plot.mine
    assert len(plot.points) == 3
    (run,) = plot.runs
    assert len(run.split()) == 2, "nothing is drawn over 2020"
    heights = [point.y for point in plot.points]
    assert heights == sorted(heights, reverse=True), "more stands higher"


def test_all_plots_share_one_scale_that_begins_at_nought() -> None:
    cells: Cells = {
        ("甲区", 2020): FigureCell((a_figure(10.0, number=1),)),
        ("乙区", 2020): FigureCell((a_figure(5.0, number=2),)),
    }
    first, second = plots.plots(a_line(cells), [("甲区", "甲区"), ("乙区", "乙区")], [2020, 2021], "")
    floor = plots.HEIGHT - 18
    assert first.points[0].y == plots.TOP
    assert floor - second.points[0].y == (floor - first.points[0].y) / 2


def test_a_target_is_a_mark_of_its_own_and_no_part_of_the_line() -> None:
    cells: Cells = {
        ("甲区", 2020): FigureCell((a_figure(5.0, number=1),)),
        ("甲区", 2021): FigureCell((), (a_figure(6.0, role=FigureRole.TARGET, number=2),)),
    }
    (plot,) = plots.plots(a_line(cells), [("甲区", "甲区")], [2020, 2021], "")
    assert [point.target for point in plot.points] == [False, True]
    assert plot.runs == ()


def test_masks_alone_are_not_drawn() -> None:
    cells: Cells = {("甲区", 2020): FigureCell((a_figure(None, mask="xx"),))}
    assert plots.plots(a_line(cells), [("甲区", "甲区")], [2020, 2021], "") == []


def a_figure_table(cells: Cells, years: tuple[int | None, ...]) -> FigureTable:
    columns = tuple(Column(key, key) for key in ("甲区", "乙区"))
    line = a_line(cells)
    return FigureTable(line.indicator, line.name, line.theme, (), "", True, columns, years, (line,), ())


def shown_lines(
    found: FigureTable, mine: str = "", asked: Sequence[str] = (), *, every: bool = False
) -> list[figure_table.ShownLine]:
    lines, _ = figure_table.parted(found, asked)
    return figure_table.lines(found, lines, mine, asked, every=every)


def test_of_many_zones_and_years_those_that_tell_most_and_the_last_are_shown_and_the_rest_is_counted() -> None:
    keys = [f"{n:02}区" for n in range(70)]
    cells: Cells = {(key, 2024): FigureCell((a_figure(5.0, number=n),)) for n, key in enumerate(keys)}
    cells |= {("69区", year): FigureCell((a_figure(6.0, number=year),)) for year in range(2001, 2024)}
    found = replace(a_figure_table(cells, tuple(range(2001, 2025))), columns=tuple(Column(key, key) for key in keys))
    (line,) = shown_lines(found, "68区")
    assert [row.label for row in line.rows][:3] == ["68区", "69区", "00区"]
    assert (len(line.rows), line.hidden_rows) == (30, 40)
    assert (line.years, line.hidden_years) == (tuple(range(2015, 2025)), 14)
    (line,) = shown_lines(found, every=True)
    assert (len(line.rows), line.hidden_rows, line.years[0], line.hidden_years) == (70, 0, 2001, 0)


def test_of_many_lines_those_of_one_zone_alone_are_listed_without_a_table() -> None:
    both: Cells = {(zone, 2021): FigureCell((a_figure(5.0, number=n),)) for n, zone in enumerate(("甲区", "乙区"))}
    alone: Cells = {("甲区", 2021): FigureCell((a_figure(7.0, number=9),))}
    found = a_figure_table(both, (2021,))
    many = replace(found, lines=(a_line(both), *[a_line(alone)] * 8))
    lines, rest = figure_table.parted(many, ())
    assert [len(line.cells) for line in lines] == [2]
    assert [row.figure.value for row in rest] == [7.0] * 8
    assert figure_table.parted(many, ["甲区"]) == (many.lines, ())
    assert figure_table.parted(replace(many, lines=many.lines[:8]), ()) == (many.lines[:8], ())


def test_a_place_is_said_with_its_range_where_there_is_anybody_to_be_placed_among() -> None:
    cells: Cells = {
        ("甲区", 2021): FigureCell((a_figure(5.0),), place=Place(2, 3, 1.0, 9.0)),
        ("乙区", 2021): FigureCell((a_figure(7.0, number=1),), place=Place(1, 1, 7.0, 7.0)),
    }
    (line,) = shown_lines(a_figure_table(cells, (2021,)), "甲区")
    assert [row.place for row in line.rows] == ["2 / 3（1–9）", ""]
    assert [row.mine for row in line.rows] == [True, False]


def test_one_value_of_a_zone_is_no_curve() -> None:
    cells: Cells = {
        ("甲区", 2020): FigureCell((a_figure(5.0, number=1),)),
        ("甲区", 2021): FigureCell((a_figure(6.0, number=2),)),
        ("乙区", 2021): FigureCell((a_figure(7.0, number=3),)),
    }
    (line,) = shown_lines(a_figure_table(cells, (2020, 2021)))
    assert [plot.label for plot in line.plots] == ["甲区"]
    assert [row.label for row in line.rows] == ["甲区", "乙区"]


def test_figures_of_one_matter_each_are_sentences_and_no_table() -> None:
    """The investment of a project stands beside no other zone's; what is no value of the zone stays apart."""
    result, target, part = a_figure(5.0), a_figure(9.0, role=FigureRole.TARGET, number=1), a_figure(1.0, number=2)
    table = a_figure_table({("甲区", 2021): FigureCell((result,), (target,))}, (2021,))
    told = replace(table, comparable=False, rows=(target, result, part), apart=(part,))
    assert shown_lines(told) == []
    assert {(one.text, one.target) for one in figure_table.of_one_matter(told)} == {
        ("5.0亿元", False),
        ("9.0亿元", True),
    }
    assert figure_table.of_one_matter(replace(told, comparable=True)) == []


def test_an_empty_cell_says_why() -> None:
    cells: Cells = {("甲区", 2021): FigureCell((a_figure(5.0),))}
    (line,) = shown_lines(a_figure_table(cells, (2021,)), asked=["乙区"])
    assert line.rows[1].cells[0].silence == "未收录"
    assert line.rows[1].cells[0].why


def test_years_that_are_silent_alike_share_a_cell() -> None:
    cells: Cells = {("甲区", year): FigureCell((a_figure(5.0, number=year),)) for year in (2020, 2022)}
    (line,) = shown_lines(a_figure_table(cells, (2020, 2021, 2022)), asked=["乙区"])
    assert [(cell.silence, cell.years) for cell in line.rows[1].cells] == [("未收录", 2)]
    assert [len(row.cells) for row in line.rows] == [2, 1]


def test_results_that_disagree_and_targets_say_so() -> None:
    cell = FigureCell(
        (a_figure(5.0), a_figure(6.0, number=1)), (a_figure(9.0, role=FigureRole.TARGET, number=2),), disagreeing=True
    )
    told = [(one.css, one.notes) for one in comparison.cell_numbers(cell, 2021)]
    assert told == [("disagreeing", "2021 · 两份不一"), ("disagreeing", "2021 · 两份不一"), ("target", "2021 · 目标")]


def test_a_figure_without_a_year_is_said_to_have_none() -> None:
    (one,) = comparison.cell_numbers(FigureCell((a_figure(5.0),)), None)
    assert one.notes == "年份不明"
    assert one.href == "/doc/r1#p3"


# --- tiles ---


def test_the_tiles_are_the_34_provinces_and_the_darkest_is_the_one_that_tells_most() -> None:
    cell = MatrixCell(1, 1, 1, Grade.COPY)
    rows = tuple(MatrixRow(name, name, total, {2021: cell}) for name, total in (("湖南", 9), ("浙江", 1)))
    found = Matrix("招商引资", "招商引资", None, None, MatrixRows.PROVINCE, (2021,), rows)
    made = tiles.tiles(found, Address("/matrix"))
    named = {one.name: one for one in made if one is not None}
    assert len(named) == 34
    assert len(made) % tiles.COLUMNS == 0
    assert (named["湖南"].shade, named["浙江"].shade, named["西藏"].shade) == (5, 1, 0)
    assert named["西藏"].href == ""


# --- quotes ---


def test_a_quote_has_its_figures_bold_its_masks_dashed_and_leads_to_its_place(shelved: Library) -> None:
    found = compared(shelved)
    quotes = [shown(quote) for row in found.rows for cell in row.cells for quote in cell.quotes]
    signed = next(one for one in quotes if "新签约项目" in one.html and not one.masked)
    assert '<b class="figure">20个</b>' in signed.html
    assert (signed.place, signed.href, signed.word, signed.css) == ("2022 ¶5", "/doc/r1#p4", "", "done")
    assert signed.item == item_of("r1", 4, Span(184, 221))
    planned = next(one for one in quotes if "第三方机构" in one.html)
    assert (planned.word, planned.css) == ("计划", "planned")
    masked = next(one for one in quotes if one.masked)
    assert 'class="mask"' in masked.html
    undated = next(
        shown(quote)
        for row in shelved.compare({"theme": ["招商引资"], "zone": ["示例科技城", "湘江示例高新区"]}, 9).rows
        for quote in row.cells[0].quotes
    )
    assert undated.place.startswith("年份不明 ¶")


def test_what_finds_no_room_in_a_cell_is_one_click_away() -> None:
    years = YearRange(2021, 2021)
    columns = (Column("甲区", "甲区"), Column("r9", "未具名高新区", apart=True, sources=(replace(SOURCE, id="r9"),)))
    rows = (
        Row("talent/flats", "人才公寓", "人才", (Cell(more=4), Cell(more=2)), ("甲区",), 2),
        Row(None, "", "人才", (Cell(more=7), Cell()), ("甲区",), 2),
    )
    named, unnamed = comparison.in_order(Comparison("人才", years, By.PRACTICE, columns, rows))[0].rows
    assert [box.further for box in named.boxes] == [4, 2]
    assert unquote(named.boxes[0].href) == "/search?practice=talent/flats&zone=甲区&year=2021"
    assert named.boxes[1].href == "/doc/r9"
    assert unquote(unnamed.boxes[0].href) == "/search?theme=人才&zone=甲区&year=2021"
    assert unnamed.boxes[1].href == ""


def test_what_is_not_seen_is_spelled_by_its_number() -> None:
    assert spelled("收\u202e入\u200b\u200b") == "收〈U+202E〉入〈U+200B〉×2"
    assert spelled("区" + "\u0489" * 200) == "区〈U+0489〉×200"
    assert spelled("一\u3000行\n", kept="\u3000\n") == "一\u3000行\n"
