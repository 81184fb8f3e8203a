"""The page of a report: its text, and how it was read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.domain.catalogue import PageHistory, Version, VersionChange
from indexer.library import Library
from tests.web.conftest import ClientOver
from tests.web.looking import client_of, content, found, links, tags, text, words
from tests.web.shelf import shelf
from tests.web.shelved import bare_library


def test_a_report_marks_asked_words_and_counts_them_in_the_outline(client: FlaskClient) -> None:
    html = text(client, "/doc/r1?q=招商 专班")
    assert re.search(r'<mark id="h\d+">招商</mark><mark id="h\d+">专班</mark>每周', html)
    outline = links(html)
    assert outline["（二）招商引资7 处"] == "#s2"
    assert 'id="s2"' in html


def test_every_anchor_on_a_report_page_leads_somewhere(client: FlaskClient) -> None:
    for report in ("r1", "r2", "r3", "r4", "r5", "r7"):
        page = tags(text(client, f"/doc/{report}?q=招商"))
        targets = {value[1:] for _, name, value in page.attributes if name == "href" and value.startswith("#")}
        assert targets <= set(page.ids)


def test_each_year_evidence_leads_to_its_place_in_the_text(client: FlaskClient) -> None:
    html = text(client, "/doc/r2")
    assert re.search(r'<span id="e1" class="evidence">2019年，全区</span>', html)
    seen = words(html)
    assert "标题：2020 年，未采信" in seen
    assert "正文：2019 年，采信" in seen
    assert "拼接的数字：读不出年份" in seen
    assert "年份有出入：标题写 2020 年" in seen
    assert "园区有出入：" in seen


def test_a_report_says_what_cleaning_did_and_shows_places(client: FlaskClient) -> None:
    seen = words(text(client, "/doc/r1"))
    assert "断行接合 3 处" in seen
    assert "〔␣ → 删去〕" in seen


def test_laundered_words_stand_as_they_are_with_the_first_form_above(client: FlaskClient) -> None:
    html = text(client, "/doc/r4")
    assert '<ruby class="restored">效劳<rt>服务</rt></ruby>' in html
    assert "效劳 ← 服务，1 处" in words(html)


def test_hints_are_not_passed_off_as_a_name(client: FlaskClient) -> None:
    seen = words(text(client, "/doc/r4"))
    assert "未具名经开区" in seen
    assert "线索：皖江。只是线索，没有据此认定" in seen


def test_a_report_in_an_attachment_says_that_it_was_not_read(client: FlaskClient) -> None:
    html = text(client, "/doc/r6")
    assert "正文在附件里，附件没有读入" in html
    assert 'href="https://www.example.gov.cn/a.pdf" rel="noreferrer nofollow external"' in html


def test_the_archived_page_is_sent_as_harmless_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = "全区组建五支招商小组，每周走访在谈企业，上半年签约项目十二个，总投资四十亿元，其中三个当月开工。" * 6
    page.write_bytes(
        f"<meta charset=gb18030><h1>某区上半年总结</h1><script>alert(1)</script><p>{told}".encode("gb18030")
    )
    with bare_library(tmp_path) as library:
        list(library.add([str(page)]))
        library.build()
        answer = client_of(library).get(
            f"/doc/{library.search(library.question({'q': ['招商']})).hits[0].passage.report}/raw"
        )
    assert answer.data == page.read_bytes()
    assert answer.headers["Content-Type"] == "text/plain; charset=gb18030"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_question_that_cannot_be_read_does_not_hide_the_report(client: FlaskClient) -> None:
    html = text(client, "/doc/r1?q=" + "招" * 300)
    assert "检索内容过长" in html
    assert "派出三支驻外小组" in html


def test_a_page_that_changed_or_went_says_so(shelved: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(shelved)
    versions = [Version(f"{n}" * 64, datetime(2024, n, 3, 8, 30, tzinfo=UTC)) for n in (1, 2, 3)]
    gone = PageHistory(
        "原网页已不在（状态 404）",
        (
            VersionChange(versions[1], versions[2], (), (), "页面写着“已删除”"),
            VersionChange(versions[0], versions[1], ("新签约项目40个。",), ("新签约项目41个。", "另有3个在谈。")),
        ),
    )
    monkeypatch.setattr(shelved, "history", lambda report: gone if report == "r1" else PageHistory())
    seen = words(text(client, "/doc/r1"))
    assert "原网页已不在（状态 404）" in seen
    assert "2024-02-03 08:30 的版本：删去 1 行，新写 2 行" in seen
    assert "删去 “新签约项目40个。”" in seen
    assert "页面写着“已删除”" in seen
    assert "原网页现状" not in words(text(client, "/doc/r2"))


def test_an_address_that_only_the_page_names_is_told_apart_from_one_it_was_fetched_from(
    client: FlaskClient, client_over: ClientOver
) -> None:
    (first, *_) = shelf()
    named = replace(first.report, origins=first.report.origins | {"url": "页面自称"})
    over_named = client_over([replace(first, report=named)])
    assert "原始网址（页面自称，没有核对过）" in words(text(over_named, f"/doc/{first.id}"))
    assert "页面自称" not in words(text(client, f"/doc/{first.id}"))


def test_a_report_without_a_title_is_called_by_zone_year_and_kind(client_over: ClientOver) -> None:
    first = shelf()[0]
    untitled = replace(first, report=replace(first.report, title=None))
    client = client_over([untitled, *shelf()[1:]])
    called = "湘江示例高新区 · 2022 年 · 汇报（无标题，据正文）"
    for address in (f"/doc/{first.id}", "/search?q=招商", "/zones/湘江示例高新区", "/search.atom?q=招商"):
        assert called.split(" · 汇报")[0] in client.get(address).text, address
        assert "（无标题，据正文）" in client.get(address).text, address


def test_a_report_leads_to_those_of_its_zone_of_the_years_beside(client_over: ClientOver) -> None:
    (one,) = (stored for stored in shelf() if stored.id == "r1")
    made = [
        replace(
            one,
            id=f"y{year}",
            witness=f"y{year}",
            report=replace(one.report, title=f"{year}年工作", years=replace(one.report.years, report=year)),
        )
        for year in range(1990, 2022)
    ]
    html = text(client_over(made), "/doc/y2000")
    listed = [content(li) for li in found(html, "//ul[@class='others']/li")][:-1]
    assert len(listed) == 12
    assert next(line for line in listed if "2001年工作" in line).endswith("下一年")
    assert next(line for line in listed if "1999年工作" in line).endswith("上一年")
