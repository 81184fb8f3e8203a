"""What pages say where something is wrong or missing: a question, a report, the index, the tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.domain.catalogue import Stats, StoredReport
from tests.web.fakes import FakeLibrary, no_index
from tests.web.looking import client_of, links, text, words


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?q=招商&year=去年", "年份“去年”看不懂"),
        ("/search?q=招商&page=-1", "页码“-1”不是"),
        ("/search?q=招商&page=abc", "页码"),
        ("/search?zone=不存在的园区", "没有叫“不存在的园区”的园区"),
        ('/search?q="招商', "引号没有成对"),
        ("/search?q=" + "招" * 10_000, "网址过长"),
        ("/search?q=" + "招" * 300, "检索词太长"),
        ("/compare?theme=不存在&zone=湘江示例高新区", "没有叫“不存在”的主题"),
        ("/compare?theme=招商引资&zone=甲&zone=乙", "没有叫“甲”的园区"),
        ("/compare?theme=招商引资&zone=湘江示例高新区&year=去年", "年份“去年”看不懂"),
        ("/compare?theme=招商引资&zone=1&zone=2&zone=3&zone=4&zone=5", "最多对标 4 个"),
    ],
)
def test_what_cannot_be_understood_gets_400_and_a_sentence(client: FlaskClient, address: str, said: str) -> None:
    html = text(client, address, 400)
    assert said in words(html)
    assert "Traceback" not in html


def test_the_form_is_still_filled_in_when_a_filter_was_wrong(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&year=去年&province=湖南", 400)
    assert 'name="q" type="search" value="招商"' in html
    off = links(html)["去掉筛选：去年 ×"]
    assert client.get(off).request.args.to_dict() == {"q": "招商", "province": "湖南"}


def test_the_comparison_form_is_still_filled_in_when_a_zone_was_wrong(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=甲&zone=湘江示例高新区", 400)
    assert 'value="甲"' in html
    assert "<option selected>招商引资</option>" in html


@pytest.mark.parametrize("address", ["/doc/nothing", "/doc/nothing/raw", "/nowhere", "/doc/..%2f..%2fetc"])
def test_what_is_not_there_gets_404_in_chinese(client: FlaskClient, address: str) -> None:
    assert "没有这一页" in text(client, address, 404)


def test_a_wrong_method_gets_405(client: FlaskClient) -> None:
    answer = client.post("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("address", ["/", "/search?q=招商", "/doc/r1", "/compare?theme=招商引资", "/zones", "/about"])
def test_without_an_index_every_page_says_what_to_run(address: str) -> None:
    assert "duibiao build" in text(client_of(no_index()), address, 503)


def test_a_fault_of_ours_shows_no_traceback_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    html = text(client_of(FakeLibrary(RuntimeError("secret detail"))), "/search?q=招商", 500)
    assert "程序出了错" in html
    assert "secret" not in html
    assert "secret detail" in caplog.text


def test_an_empty_library_says_how_to_fill_it() -> None:
    empty: list[StoredReport] = []
    assert "duibiao add" in text(client_of(FakeLibrary(shelf_=empty)), "/")


def test_markup_in_questions_and_texts_stays_text(client: FlaskClient) -> None:
    attack = '"><script>alert(1)</script>'
    for address in (
        "/search?q=" + attack.replace('"', "'"),
        "/doc/r5?q=" + attack,
        "/search?zone=" + attack,
        "/doc/r5",
    ):
        html = client.get(address).text
        assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 交通便利" in text(client, "/doc/r5")


def test_the_first_page_says_when_a_table_was_changed_after_the_build() -> None:
    class Changed(FakeLibrary):
        def stats(self) -> Stats:
            return replace(super().stats(), changed_tables=("zones.tsv", "lexicon.tsv"))

    said = "词表 zones.tsv、lexicon.tsv 在建索引之后改过，请运行 duibiao build"
    assert said in words(text(client_of(Changed()), "/"))
    assert "在建索引之后改过" not in words(text(client_of(FakeLibrary()), "/"))
