"""What pages write to end, to hide or to turn around what is read of them."""

from __future__ import annotations

import pytest

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.pipeline.clean.characters import shown
from indexer.pipeline.documents.compound import compound_file
from indexer.pipeline.read import Reader
from indexer.settings import load
from indexer.tables import reader_of
from indexer.text.addresses import parts_of
from tests.unit.pages import WORK, a_page

URL = "https://www.hengyang.gov.cn/a.html"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_of(load(None))


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="http://[x">下一页</a>',
        f'<a href="?page={"9" * 5_000}">下一页</a>',
        '<a href="?page=²">下一页</a>',
        '<a href="http://[x/a.pdf">附件</a>',
        '<iframe src="http://[x/a.pdf"></iframe>',
    ],
)
def test_an_address_that_is_none_ends_nothing(reader: Reader, inside: str) -> None:
    page = a_page("衡阳高新区2022年工作总结").replace(b"</body>", f"{inside}</body>".encode())
    assert reader.read(RawPage(page, "a.html", URL)).passages


@pytest.mark.parametrize("address", ["http://[x", "http://℀.gov.cn/", "http://[::1"])
def test_taking_an_address_apart_never_fails(address: str) -> None:
    assert parts_of(address).hostname is None


def test_a_number_of_hundreds_of_digits_is_no_figure(reader: Reader) -> None:
    told = (*WORK, f"招商引资到位资金{'9' * 400}亿元，比上年增长5.5%。")
    report = reader.read(RawPage(a_page("衡阳高新区2022年工作总结", told), "a.html"))
    values = [figure.value for passage in report.passages for figure in passage.figures if figure.value is not None]
    assert values
    assert max(values) < 1e15


def test_names_are_shown_without_what_turns_them_around(reader: Reader) -> None:
    page = a_page("衡阳高新区2022年工作总结").replace(
        b"</head>", '<meta name="ContentSource" content="衡阳\u202e日报\u2066"></head>'.encode()
    )
    source = reader.read(RawPage(page, "a.html")).source
    assert source is None or not {"\u202e", "\u2066"} & set(source)
    assert shown("甲\u202e乙\n丙" + "区" + "\u0489" * 200) == "甲乙 丙区" + "\u0489" * 3


def test_a_page_of_more_tags_than_any_report_has_is_refused(reader: Reader) -> None:
    with pytest.raises(Skip) as refused:
        reader.read(RawPage(b"<p>a" * 300_000, "a.html"))
    assert refused.value.code == "too_large"


def test_a_library_that_panics_over_a_broken_workbook_ends_nothing(reader: Reader) -> None:
    with pytest.raises(Skip) as refused:
        reader.read(RawPage(compound_file({"Workbook": b"\x09\x08"}), "a.xls"))
    assert refused.value.code == "damaged"
