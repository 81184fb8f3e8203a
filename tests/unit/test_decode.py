"""Bytes to text: labels lie, bytes get lost, and some files are no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.pipeline.decode import decode

STORY = "今年以来，示范区的招商工作有了新的起色：签约项目二十个，其中外资企业三家，园区道路也都修好了。" * 3
PAGE = '<html><head><meta charset="{}"><title>园区总结</title></head><body><p>{}</p><p>{}</p></body></html>'


def page(label: str, text: str = STORY) -> str:
    return PAGE.format(label, text, text)


def decoded(data: bytes, charset: str | None = None) -> str:
    return decode(RawPage(data, "page.html", charset=charset)).text


@pytest.mark.parametrize("label", ["gb2312", "", "utf-8", "no-such-charset", "utf-16"])
def test_gb18030_is_read_whatever_the_label_says(label: str) -> None:
    text = page(label, STORY + "镕喆㎡")
    assert decoded(text.encode("gb18030")) == text


def test_utf8_under_a_gb2312_label_is_read_as_utf8() -> None:
    text = page("gb2312")
    result = decode(RawPage(text.encode(), "page.html", charset="gb2312"))
    assert (result.text, result.encoding, result.declared, result.replaced) == (text, "utf-8", "gb2312", 0)


def test_big5_is_read_without_a_label() -> None:
    text = "<html><title>園區總結</title><p>{}</p></html>".format(
        "這個開發區今年的招商工作有了新的進展，簽約項目二十個，其中外資企業三家。" * 3
    )
    assert decoded(text.encode("big5hkscs")) == text


def test_a_short_gbk_word_that_happens_to_be_valid_utf8_is_not_taken_for_it() -> None:
    assert decoded("联通".encode("gbk"), charset="gbk") == "联通"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("where", range(120, 136))
def test_one_lost_byte_costs_at_most_two_characters(encoding: str, where: int) -> None:
    data = page("gb2312").encode(encoding)
    broken = data[:where] + data[where + 1 :]
    text = decoded(broken)
    assert text.count("有了新的起色") >= 5
    assert abs(len(text) - len(page("gb2312"))) <= 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_leaves_the_rest_of_its_line_readable(encoding: str) -> None:
    data = bytearray(page("gb2312").encode(encoding))
    data[130] = 0xFF
    result = decode(RawPage(bytes(data), "page.html"))
    assert result.encoding == encoding
    assert 1 <= result.replaced <= 3
    assert result.text.endswith(f"<p>{STORY}</p></body></html>")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_marks_and_wide_characters_are_understood(encoding: str) -> None:
    assert decoded(page("").encode(encoding)) == page("")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.7 and so on", "binary"),
        (b"PK\x03\x04" + b"\0" * 40, "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "binary"),
        (b"<html>" + bytes(range(32)) * 200, "binary"),
        (bytes(range(128, 256)) * 40, "undecodable"),
    ],
)
def test_what_is_no_text_is_skipped_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(Skip) as skipped:
        decode(RawPage(data, "report.html"))
    assert skipped.value.code == code
    assert skipped.value.message


def test_a_page_over_the_limit_is_skipped_and_the_limit_can_be_set() -> None:
    data = page("utf-8").encode()
    assert decode(RawPage(data, "p"), max_bytes=len(data)).text
    with pytest.raises(Skip) as skipped:
        decode(RawPage(data, "p"), max_bytes=len(data) - 1)
    assert skipped.value.code == "too_large"


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        result = decode(RawPage(data, "x"))
    except Skip:
        return
    assert result.text.strip()
    assert result.replaced == result.text.count("\ufffd")


@given(st.text(min_size=1))
def test_what_utf8_says_is_kept_letter_for_letter(text: str) -> None:
    data = ("园区" + text).encode("utf-8", "ignore")
    if b"\0" not in data and not any(c < 32 for c in data):
        assert decoded(data) == data.decode()
