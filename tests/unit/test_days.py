"""The day of publication: what is a calendar day and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.domain.page import RawPage
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract
from indexer.pipeline.extract.dates import read_day


@pytest.mark.parametrize(
    "written",
    [
        "2020年1-8月",
        "2020年1—8月",
        "2020年1至8月",
        "2020年01-08月",
        "2020.1-8",
        "2020.1-8月",
        "2020-1-8月",
        "2021/22",
        "2021-22年度",
        "版本 1.2020.1.8",
        "2020.1.8.3",
        "2020.1.1-12.31",
        "2020年1月1日至12月31日",
        "2020年1月1日—6月30日",
        "文号 2020-1-8-12",
    ],
)
def test_a_period_or_a_serial_number_is_no_day(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2020年1月8日",
        "2020 年 1 月 8 日",
        "2020-01-08",
        "2020/1/8",
        "2020.1.8",
        "2020·01·08",
        "2020--01--08",
        "2020-01-08 10:30",
        "2020-01-08-10:30",
        "2020-01-08T10:30:00",
        "2020年1月8日—10时发布",
        "20200108",
        "20200108103000",
    ],
)
def test_a_calendar_day_is_read_however_it_is_written(written: str) -> None:
    assert read_day(written) == date(2020, 1, 8)


def test_the_months_of_a_headline_are_not_the_day_it_was_published() -> None:
    page = """<html><head><title>开发区2020年1-8月运行简况</title></head><body><h1>开发区2020年1-8月运行简况</h1>
    <p>开发区2020年1-8月运行简况</p><p>来源：办公室　2020-09-18</p>
    <div><p>前八个月，园区工业稳步回升，新开工项目一批，规上企业产值同比转正，服务专班走访企业，解决用工和物流的难处。</p>
    <p>下一步，园区继续盯紧项目，抓好要素保障，让企业安心生产。</p></div></body></html>""".encode()
    raw = RawPage(page, "a.html")

    assert extract(raw, decode(raw)).published_on == date(2020, 9, 18)
