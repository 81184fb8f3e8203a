"""Scans: read where the extra for recognition is installed (`make test-ocr`), else refused with how to install it."""

from __future__ import annotations

import difflib
import io
import re
from typing import Any

import pytest

from indexer.domain.page import Extracted
from indexer.pipeline.documents import pdf as pdf_reader
from indexer.pipeline.documents import recognition
from indexer.pipeline.documents.pdf import is_nonsense
from indexer.pipeline.documents.recognition import picture
from tests import scans
from tests.scans import WIDTH, Words
from tests.unit.documents import Drawn, a_drawn_pdf, read, refusal, set_in_lines

with_extra = pytest.mark.skipif(scans.missing() is not None, reason=scans.missing() or "")

TITLE = "松涛湖高新区2022年工作总结"
TEXT = (
    "全年新签约项目39个，协议投资175.2亿元，同比增长8.4%，其中超亿元项目12个，到位资金61.7亿元。",
    "一、主要做法",
    "推行项目经理负责制，一名干部跟踪一个项目，开工57个，竣工28个，完成投资1,306.5亿元。",
    "二、存在困难",
    "园区公交班次不足，部分楼宇空置，职工出行不便，引进高层次人才的办法不多。",
)
ROWS = (
    ("指标", "完成数", "增长"),
    ("规上产值", "603.8亿元", "9.1%"),
    ("外贸出口", "44.2亿元", "-3.7%"),
    ("新设企业", "815户", "14.6%"),
)


def a_page() -> Any:
    return scans.page([Words(330, 180, 44, TITLE), *scans.set_text(TEXT)])


def in_order(wanted: str, found: Extracted) -> float:
    """Share of the characters that stand in ``found``, in their order."""
    got = re.sub(r"\s", "", (found.title or "") + "".join(block.text.replace(" | ", "") for block in found.blocks))
    blocks = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(wanted), len(got))


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.,]*", text)


@with_extra
@pytest.mark.parametrize(
    "treat",
    [
        lambda image: image,
        lambda image: scans.skewed(image, 4.5),
        lambda image: scans.skewed(scans.sealed(image), -6),
        lambda image: scans.noisy(scans.coarse(image)),
        lambda image: image.rotate(180),
        lambda image: image.rotate(90, expand=True),
        lambda image: scans.skewed(image, 2).rotate(270, expand=True),
    ],
    ids=["plain", "skewed", "sealed", "coarse", "upside down", "on its side", "all but straight"],
)
def test_a_scanned_page_is_read_in_order_with_its_numbers(treat: Any) -> None:
    found = read(scans.png(treat(a_page())), "扫描.png")
    assert found.title == TITLE
    assert in_order(TITLE + "".join(TEXT), found) > 0.98
    assert numbers(found.original) == numbers("".join(TEXT))
    assert found.flags == {"recognised"}
    assert "置信度" in found.origins["body"]


@with_extra
@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_scanned_columns_are_read_one_after_the_other_and_a_table_by_its_rows(degrees: float) -> None:
    left = scans.set_text(TEXT[:3], x=90, size=30, measure=17, pitch=48)
    right = scans.set_text(TEXT[3:], x=660, size=30, measure=17, pitch=48)
    words, lines = scans.table(ROWS, y=1_100)
    image = scans.skewed(scans.page([Words(330, 180, 44, TITLE), *left, *right, *words], lines), degrees)
    found = read(scans.png(image))
    assert in_order(TITLE + "".join(TEXT) + "".join(map("".join, ROWS)), found) > 0.97
    assert [block.text for block in found.blocks][-4:] == [" | ".join(row) for row in ROWS]


@with_extra
def test_a_pdf_may_mix_pages_of_text_with_scanned_ones() -> None:
    import pypdfium2

    scanned = pypdfium2.PdfDocument(scans.pdf([a_page()]))
    text = pypdfium2.PdfDocument(
        a_drawn_pdf(
            [
                set_in_lines(
                    ["前一页是有文字层的说明，由松涛湖高新区办公室于年底印发，共两页，请各部门参照执行并按时反馈。"]
                )
            ]
        )
    )
    text.import_pages(scanned)
    out = io.BytesIO()
    text.save(out)
    found = read(out.getvalue())
    assert found.blocks[0].text.startswith("前一页是有文字层的说明")
    assert numbers("".join(TEXT))[1] in found.original
    assert found.flags == {"recognised"}


@with_extra
def test_one_long_picture_is_read_from_top_to_bottom() -> None:
    from PIL import Image

    strip = Image.new("RGB", (WIDTH, 3 * 1_100), "white")
    for n in range(3):
        strip.paste(a_page().crop((0, 150, WIDTH, 1_250)), (0, 1_100 * n))
    found = read(scans.png(strip))
    assert found.original.count("项目经理负责制") == 3
    assert len(numbers(found.original)) == 3 * len(numbers("".join(TEXT))) + 2  # the title twice more


@with_extra
def test_a_picture_without_text_says_so() -> None:
    assert refusal(scans.png(scans.page([]))) == "no_text"
    assert refusal(scans.png(a_page())[:4_000]) in ("damaged", "no_text")


@with_extra
def test_a_number_with_a_doubtful_digit_is_masked_and_no_other() -> None:
    from indexer.pipeline.documents.recognition.reading import with_masks

    text = "投资418.6亿元，增长7.3%"
    sure = [1.0] * len(text)
    assert with_masks(text, sure) == (text, 0)
    assert with_masks(text, [*sure[:3], 0.4, *sure[4:]]) == ("投资xxx.x亿元，增长7.3%", 1)
    assert with_masks(text, [0.1, 0.1, *sure[2:]]) == (text, 0)


def test_without_the_extra_a_scan_is_refused_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (recognition, pdf_reader, picture):
        monkeypatch.setattr(module, "is_available", lambda: False)
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    assert refusal(a_drawn_pdf([[]])) == "no_text", page
    with pytest.raises(Exception, match=r"duibiao\[ocr\]"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(40), "扫描.png")


@pytest.mark.parametrize(
    ("text", "nonsense"),
    [
        ("今年以来，全区抓项目、促投资，完成规上工业产值418.6亿元，同比增长7.3%，好于预期。" * 2, False),
        ("開發區全年引進專案四十一個，協議投資額一百九十億元，較上年增長百分之七，成效顯著。" * 2, False),
        ("⼯业⼆〇⼆三年⾼新区⻓⾜发展⼈才⼯作⼤⼒推进⼀⼆三四五六七⼋九⼗。" * 2, False),
        ("\ue012\ue0a1\uf123\ue333" * 20, True),
        ("ÂËÆÀÐÒÙß×Øãñþ" * 8, True),
        ("鏄㈠湪鐨勪竴鏄笉浜嗕汉鎴戝湪鏈変粬杩欎负涔嬪ぇ鏉ヤ互涓" * 3, True),
        ("第 3 页", False),
    ],
)
def test_a_text_layer_that_is_nonsense_is_known(text: str, nonsense: bool) -> None:
    assert is_nonsense(text) is nonsense


def test_a_nonsense_text_layer_is_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "is_available", lambda: False)
    garbled = a_drawn_pdf([[Drawn(60, 700 - 20 * n, 12, "龘靐齾龗麤灪爩鱻麷驫" * 3) for n in range(5)]])
    assert refusal(garbled) == "no_text"
