"""A page that only says where the real one lies is no report, and its reason names the address."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.domain.page import Decoded, RawPage
from indexer.errors import Skip
from indexer.pipeline.extract import extract
from indexer.pipeline.extract.dates import of_newspaper

NOTICE = "<p>栏目已迁移，稍后自动转到新栏目，没有反应时请<a href='new.html'>点此进入</a>。</p>"
REPORT = "<p>2022年，月亮湾高新区新开工项目三十六个，完成投资四十二亿元，比上年增长百分之八。</p>" * 12


def skipped(html: str) -> Skip:
    page = RawPage(html.encode(), "a.html")
    with pytest.raises(Skip) as refused:
        extract(page, Decoded(html, "utf-8", None, 0))
    return refused.value


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta http-equiv="refresh" content="0;url=new.html">', ""),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"3; URL='new.html'\"><title>页面跳转</title>", NOTICE),
        ('<script>window.location.href="new.html";</script>', ""),
        ("<script>top.location='new.html'</script>", ""),
    ],
)
def test_a_page_that_sends_on_is_no_report(head: str, body: str) -> None:
    skip = skipped(f"<html><head>{head}</head><body>{body}</body></html>")
    assert skip.code == "moved"
    assert "new.html" in skip.message


def test_frames_are_named() -> None:
    frames = '<frameset rows="80,*"><frame src="top.html"><frame src="/main.html" name="main"></frameset>'
    assert "/main.html" in skipped(f"<html><head><title>月亮湾高新区总结</title></head>{frames}</html>").message
    inline = '<html><body><div>导航</div><iframe src="/inner.html"></iframe></body></html>'
    assert "/inner.html" in skipped(inline).message


def test_a_report_that_also_refreshes_is_one() -> None:
    head = '<meta http-equiv="refresh" content="10;url=/"><title>总结</title>'
    html = f"<html><head>{head}</head><body>{REPORT}</body></html>"
    assert extract(RawPage(html.encode(), "a.html"), Decoded(html, "utf-8", None, 0)).blocks


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://paper.example.org/html/202202/13/node_01.html", date(2022, 2, 13)),
        ("http://paper.example.org/2022-02/13/content_12_3.htm?div=-1", date(2022, 2, 13)),
        ("http://paper.example.org/html/202213/13/node_01.html", None),
        ("http://zone.example.org/xxgk/202202/13/gongzuo.html", None),
        ("http://zone.example.org/art/2022/2/13/art_1_2.html", None),
        ("http://zone.example.org/202202/t20220213_5.html", None),
        (None, None),
    ],
)
def test_only_an_e_paper_has_its_day_in_its_address(url: str | None, day: date | None) -> None:
    found = of_newspaper("", (), url)
    assert (found.day if found else None) == day
