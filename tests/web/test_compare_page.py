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
    assert list(cells(html, "计划"))[1] == "预览截断，原文后半不可见"
    assert "数字已脱敏" in list(cells(html, "成效"))[2]
    assert list(cells(html, "成效"))[3] == "未收录"


def test_a_zone_without_a_report_has_no_quality_to_tell(client: FlaskClient) -> None:
    told = list(cells(text(client, BOARD), "报告"))[3]
    assert "没有收录" in told
    assert "质量" not in told


def test_what_only_one_zone_did_is_told_from_what_is_shared(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert 'class="quote own"' in html
    assert 'class="quote common"' in html
    different = text(client, BOARD + "&only=different")
    assert 'class="quote own"' in different
    assert 'class="quote common"' not in different


def test_every_quote_leads_to_its_place_in_its_report(client: FlaskClient) -> None:
    for href in found(text(client, BOARD), "//div[contains(@class,'quote')]/a/@href"):
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)


def test_figures_that_do_not_agree_are_said_to_be_not_comparable(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert "不可直接相比：时期、范围不同；有数字已脱敏" in words(html)
    numbers = list(cells(html, "新签约项目"))
    assert numbers[0].startswith("20个当年")
    assert numbers[1].startswith("468个累计")
    assert "xx个" in numbers[2]


def test_one_zone_alone_is_offered_others_that_speak_of_the_theme(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区")
    assert "再选一个园区" in html
    assert "闽江示例高新区 4 处" in words(html)
