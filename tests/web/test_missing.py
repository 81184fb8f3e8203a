"""What pages say where something is wrong or missing: a question, a report, the index, the tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.domain.query import Query
from indexer.domain.results import ResultPage
from indexer.library import Library
from tests.web.conftest import ClientOver
from tests.web.looking import client_of, links, text, words
from tests.web.shelf import shelf
from tests.web.shelved import bare_library, shelve


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?q=招商&year=去年", "看不懂年份“去年”"),
        ("/search?q=招商&page=-1", "收到的是“-1”"),
        ("/search?q=招商&page=abc", "页码"),
        ("/search?zone=不存在的园区", "没有叫“不存在的园区”的园区"),
        ("/search?q=" + "招" * 10_000, "网址过长"),
        ("/search?q=" + "招" * 300, "或改用“找同类做法”"),
        ("/compare?theme=不存在&zone=湘江示例高新区", "没有“不存在”这个主题"),
        ("/compare?theme=招商引资&zone=甲&zone=乙", "没有叫“甲”的园区"),
        ("/compare?theme=招商引资&zone=湘江示例高新区&year=去年", "看不懂年份“去年”"),
        ("/compare?theme=招商引资&zone=湘江示例高新区&by=颜色", "“颜色”"),
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
    assert '<option value="招商引资" selected>' in html


@pytest.mark.parametrize("address", ["/doc/nothing", "/doc/nothing/raw", "/nowhere", "/doc/..%2f..%2fetc"])
def test_what_is_not_there_gets_404_in_chinese(client: FlaskClient, address: str) -> None:
    assert "没有这一页" in text(client, address, 404)


def test_a_wrong_method_gets_405(client: FlaskClient) -> None:
    answer = client.post("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("address", ["/", "/search?q=招商", "/doc/r1", "/compare?theme=招商引资", "/zones", "/about"])
def test_without_an_index_every_page_says_what_to_run(without_index: FlaskClient, address: str) -> None:
    assert "duibiao build" in text(without_index, address, 503)


def test_a_fault_of_ours_shows_no_traceback_and_is_logged(
    shelved: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(query: Query) -> ResultPage:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(shelved, "search_reports", broken)
    html = text(client_of(shelved), "/search?q=招商", 500)
    assert "程序出了错" in html
    assert "secret" not in html
    assert "secret detail" in caplog.text


def test_an_empty_library_says_how_to_fill_it(client_over: ClientOver) -> None:
    assert "duibiao add" in text(client_over([]), "/")


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


def test_the_first_page_says_when_a_table_was_changed_after_the_build(client: FlaskClient, tmp_path: Path) -> None:
    with bare_library(tmp_path) as library:
        shelve(library, shelf())
        with (tmp_path / "tables" / "zones.tsv").open("a", encoding="utf-8") as table:
            table.write("# a line more\n")
        said = words(text(client_of(library), "/"))
    assert "词表在目录建成之后改过，下次更新目录后才生效" in said
    assert "词表在目录建成之后改过" not in words(text(client, "/"))
