"""Traditional script: put back where a mill put it on, kept where the page was written in it."""

from __future__ import annotations

from functools import cache

import pytest

from indexer.domain.edits import original_of
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.pipeline.read import Reader
from indexer.settings import load
from indexer.tables import Tables, reader_of

NATIVE = (
    "<title>書店的燈</title><h1>書店的燈</h1><div class='article'><p>巷口的舊書店開了四十年，老闆每天傍晚把燈點亮，"
    "等放學的孩子進來翻書。他說，書沒有賣掉不要緊，有人讀過就好。</p><p>今年春天，書店要搬到對面的樓上，街坊們"
    "排成一列，一本一本把書傳過馬路，整整傳了三個晚上。</p></div>"
)
MILL = (
    "<title>工作總結</title><h1>雲嶺示例高新區2021年工作總結</h1><div class='article'><p>一年來，高新區管委會把招商引資"
    "擺在首位，規模以上工業增加值增長8.5%，引進億元以上項目23個。</p><p>下一步，繼續優化營商環境，把專項債用到"
    "標準廠房上，讓簽約項目早日開工。</p></div>"
)


@cache
def reader() -> Reader:
    settings = load(None)
    return reader_of(settings, Tables(settings.corpus_folder))


def read(html: str) -> Report:
    return reader().read(RawPage(f"<html><head><meta charset='utf-8'>{html}</html>".encode(), "page.html"))


def test_a_page_written_in_traditional_script_is_shown_as_it_was_written() -> None:
    report = read(NATIVE)
    assert report.title == "書店的燈"
    assert "老闆每天傍晚把燈點亮" in report.text
    assert "traditional" in report.quality.flags


def test_a_mainland_report_in_traditional_clothing_is_put_back() -> None:
    report = read(MILL)
    assert report.title == "云岭示例高新区2021年工作总结"
    assert "规模以上工业增加值增长8.5%" in report.text


def test_no_step_of_a_page_in_its_own_script_was_simplifying_and_its_joined_lines_are_its_own() -> None:
    wrapped = NATIVE.replace("老闆每天傍晚把燈點亮，等", "老闆每天傍晚把燈點亮，\n等")
    report = read(wrapped)
    assert "traditional" not in {step.rule for step in report.history}
    assert "舊書店開了四十年" in original_of(report.text, report.history)
    removed = "".join(edit.removed for step in report.history for edit in step.edits)
    assert set(removed) <= set(original_of(report.text, report.history))


@pytest.mark.parametrize("html", [NATIVE, MILL])
def test_spans_and_the_way_back_hold_in_either_script(html: str) -> None:
    report = read(html)
    assert all(one.span.of(report.text) == one.text for one in report.passages)
    assert all(one.span is None or one.span.of(report.text) == one.text for one in report.years.evidence)
    assert report.text.count("\n") == 1
    assert "高新區管委會" in original_of(report.text, report.history) or "舊書店" in report.text
