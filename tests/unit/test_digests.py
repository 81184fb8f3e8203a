"""A page that says of itself that it is a digest made for Duibiao is shown as one, with its sources."""

from __future__ import annotations

from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import StoredReport
from indexer.domain.page import RawPage
from indexer.domain.report import Report
from indexer.formats.json import report_json
from tests.evaluation.reading_sample import reader
from webapp.presenters.words import Standing, badges

TITLE = "示例高新区工作总结"
BODY = (
    "<p>示例高新区把标准厂房的建设摆在前面，企业来了就能装机器。</p><p>园区还设了服务专窗，一件一件把手续办完。</p>" * 2
)
LINKS = '<a href="https://one.example/a">来源1</a>、<a href="https://two.example/b.pdf">来源2</a>'
FOOT = f'<div class="footer duibiao-sources"><p>出处：{LINKS}</p></div>'


def read(meta: str) -> Report:
    head = f"<html><head>{meta}<title>{TITLE}</title></head>"
    return reader().read(RawPage(f"{head}<body><h1>{TITLE}</h1>{BODY}{FOOT}</body></html>".encode(), "page.html"))


def test_a_digest_names_its_sources() -> None:
    cited = read('<meta name="duibiao-sample" content="digest">').cited
    assert [(one.name, one.url) for one in cited] == [
        ("来源1", "https://one.example/a"),
        ("来源2", "https://two.example/b.pdf"),
    ]


def test_a_source_that_is_named_by_its_title_alone_is_one_too() -> None:
    foot = '<div class="duibiao-sources"><p>数据出处：《示例市2022年政府工作报告》、<a href="/c">《年鉴》</a></p></div>'
    head = f'<html><head><meta name="duibiao-sample" content="digest"><title>{TITLE}</title></head>'
    page = f"{head}<body><h1>{TITLE}</h1>{BODY}{foot}</body></html>"
    cited = reader().read(RawPage(page.encode(), "page.html")).cited
    assert [(one.name, one.url) for one in cited] == [("《年鉴》", "/c"), ("示例市2022年政府工作报告", "")]


def test_a_source_that_is_a_file_is_no_attachment_of_a_digest() -> None:
    assert read('<meta name="duibiao-sample" content="digest">').attachments == ()


def test_links_of_any_other_page_are_not_taken_for_sources() -> None:
    assert read("").cited == ()


def test_sources_are_kept_with_the_report() -> None:
    report = read('<meta name="duibiao-sample" content="digest">')
    assert report_json(report)["cited"] == [{"name": one.name, "url": one.url} for one in report.cited] != []


def test_results_mark_a_digest_as_a_sample() -> None:
    digest, other = read('<meta name="duibiao-sample" content="digest">'), read("")
    assert "示例文摘" in [
        badge.text for badge in badges(Standing.of(ReportCard.of(StoredReport("a", None, digest, "a"))))
    ]
    assert "示例文摘" not in [
        badge.text for badge in badges(Standing.of(ReportCard.of(StoredReport("b", None, other, "b"))))
    ]
