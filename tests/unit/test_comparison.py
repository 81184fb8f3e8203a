"""One theme, zones side by side: what each says, what they share, and why a cell is empty."""

from __future__ import annotations

from indexer.compare.comparison import compare
from indexer.domain.catalogue import Silence, StoredReport
from indexer.domain.report import Figure, Grade, Status
from tests.unit.stored import a_figure, a_stored

THEME = "招商引资"
TERMS = ("链长制", "基金招商", "驻点招商", "招商")


def measure(text: str, *figures: Figure) -> tuple[Status, str, tuple[Figure, ...]]:
    return Status.MEASURE, text, figures


def texts(zones: dict[str, list[StoredReport]], zone: str, status: Status = Status.MEASURE) -> list[str]:
    columns = compare(THEME, None, zones, TERMS).columns
    return [one.text for column in columns if column.zone == zone for one in column.cells[status].said]


def silence(reports: list[StoredReport], status: Status = Status.MEASURE, year: int | None = None) -> Silence | None:
    return compare(THEME, year, {"甲高新区": reports}, TERMS).columns[0].cells[status].silence


def test_passages_stand_under_their_zone_and_status() -> None:
    said = a_stored("a", measure("派人驻点招商。"), (Status.RESULT, "签约三十个项目。", ()))
    other = a_stored("b", measure("设立产业基金。"), zone="乙经开区")
    zones = {"甲高新区": [said], "乙经开区": [other]}
    assert texts(zones, "甲高新区") == ["派人驻点招商。"]
    assert texts(zones, "甲高新区", Status.RESULT) == ["签约三十个项目。"]
    assert texts(zones, "乙经开区") == ["设立产业基金。"]


def test_only_passages_of_the_theme_are_taken() -> None:
    assert texts({"甲高新区": [a_stored("a", measure("修了两条路。"), theme="城市建设")]}, "甲高新区") == []


def test_the_passage_with_most_figures_comes_first_and_masked_figures_are_none() -> None:
    masked = a_figure(value=None, mask="xx")
    zones = {
        "甲高新区": [
            a_stored(
                "a",
                measure("没有数字的一段很长很长的话。"),
                measure("xx亿元投资。", masked),
                measure("12.5亿元。", a_figure()),
            )
        ]
    }
    assert texts(zones, "甲高新区")[0] == "12.5亿元。"


def test_the_same_sentence_of_two_years_is_told_once() -> None:
    reports = [
        a_stored("a", measure("派人驻点，招商。"), year=2021),
        a_stored("b", measure("派人驻点招商。"), year=2022),
    ]
    assert texts({"甲高新区": reports}, "甲高新区") == ["派人驻点招商。"]


def test_a_cell_holds_no_more_than_it_is_asked_to() -> None:
    report = a_stored("a", *(measure(f"第{n}项办法。") for n in "一二三四五六七"))
    column = compare(THEME, None, {"甲高新区": [report]}, TERMS, per_cell=3).columns[0]
    assert len(column.cells[Status.MEASURE].said) == 3


def test_what_two_zones_both_do_is_shared_and_what_one_does_is_not() -> None:
    zones = {
        "甲高新区": [a_stored("a", measure("推行链长制，开展基金招商。"), measure("派人驻点招商三个月。"))],
        "乙经开区": [a_stored("b", measure("以链长制带动基金招商。"), zone="乙经开区")],
    }
    columns = compare(THEME, None, zones, TERMS).columns
    shared = {said.text: said.shared for column in columns for said in column.cells[Status.MEASURE].said}
    assert shared == {
        "推行链长制，开展基金招商。": True,
        "派人驻点招商三个月。": False,
        "以链长制带动基金招商。": True,
    }


def test_the_four_kinds_of_silence_are_told_apart() -> None:
    whole = a_stored("a", measure("别的事。"), theme="民生")
    cut = a_stored("a", measure("别的事。"), theme="民生", flags=("truncated",))
    masked = a_stored("a", measure("引资xx亿元。", a_figure(2, None, "xx")))
    assert silence([]) is Silence.NOT_COLLECTED
    assert silence([whole]) is Silence.NOT_MENTIONED
    assert silence([cut]) is Silence.TRUNCATED
    assert silence([cut, whole]) is Silence.NOT_MENTIONED
    assert silence([masked]) is Silence.MASKED
    assert silence([a_stored("a", measure("派人驻点招商。"))]) is None


def test_a_year_keeps_the_reports_about_it_and_the_rest_is_not_collected() -> None:
    report = a_stored("a", measure("派人驻点招商。"), year=2021)
    assert silence([report], year=2021) is None
    assert silence([report], year=2022) is Silence.NOT_COLLECTED
    assert silence([a_stored("a", measure("派人驻点招商。"), year=None)], year=2022) is Silence.NOT_COLLECTED


def test_a_column_shows_what_it_rests_on() -> None:
    reports = [
        a_stored("a", year=None, flags=("masked",), grade=Grade.MASKED),
        a_stored("b", year=2020),
        a_stored("c", year=2022),
    ]
    column = compare(THEME, None, {"甲高新区": reports}, TERMS).columns[0]
    assert column.years == (2022, 2020, None)
    assert column.grades == ("B", "C")
    assert column.flags == ("masked",)
    assert column.reports == ("a", "b", "c")
