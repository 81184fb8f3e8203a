"""Zones side by side, with what is not known said so."""

from __future__ import annotations

from collections.abc import Iterator

from flask.testing import FlaskClient

from tests.web.looking import content, found, text, words

BOARD = "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区"


def cells(html: str, row: str) -> Iterator[str]:
    (line,) = found(html, "//tbody/tr[th[starts-with(normalize-space(.), $row)]][td]", row=row)
    return (content(td) for td in line.xpath("td"))


def test_zones_are_columns_and_statuses_rows(client: FlaskClient) -> None:
    measures = list(cells(text(client, BOARD), "举措"))
    assert len(measures) == 4
    assert "派出三支驻外小组" in measures[0]
    assert "招商大使" in measures[1]


def test_the_four_silences_are_told_apart(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert next(iter(cells(html, "问题"))) == "未提及"
    cut = text(client, BOARD + "&year=2021")
    assert list(cells(cut, "计划"))[1] == "预览截断，原文后半不可见"
    assert "数字已脱敏" in list(cells(html, "成效"))[2]
    assert list(cells(html, "成效"))[3] == "未收录"


def test_a_zone_without_a_report_has_no_quality_to_tell(client: FlaskClient) -> None:
    told = list(cells(text(client, BOARD), "报告"))[3]
    assert "没有收录" in told
    assert "质量" not in told


def test_rows_in_which_all_zones_agree_can_be_hidden(client: FlaskClient) -> None:
    assert list(cells(text(client, BOARD), "举措"))
    different = text(client, BOARD + "&only=different")
    assert not found(different, "//tbody/tr[th[normalize-space(.) = '举措']]"), "three of three have measures"
    assert list(cells(different, "问题"))


def test_nothing_is_said_to_be_done_by_one_zone_alone(client: FlaskClient) -> None:
    assert "只有这一家" not in words(text(client, BOARD))


def test_every_quote_leads_to_its_place_in_its_report(client: FlaskClient) -> None:
    for href in found(text(client, BOARD), "//div[contains(@class,'quote')]/a/@href"):
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)


def test_unlike_figures_do_not_stand_in_one_row(client: FlaskClient) -> None:
    """Of half a year, since the zone was founded, and blotted out of a whole year."""
    assert "这几家没有给出口径相同的数字" in words(text(client, BOARD))


def test_one_zone_alone_is_offered_others_that_speak_of_the_theme(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区")
    assert "再选一个园区" in html
    assert "闽江示例高新区 4 处" in words(html)
