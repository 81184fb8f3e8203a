"""The pages over a made-up library: what they show and what they say when it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html as parsed

from indexer.domain.catalogue import Stats, StoredReport
from tests.web.fakes import FakeLibrary, no_index
from tests.web.shelf import shelf
from webapp import create_app

PAGES = (
    "/",
    "/search",
    "/search?q=招商",
    "/search?q=招商 专班&zone=湘江示例高新区&year=2022",
    "/search?q=没有的词",
    "/search?q=找商",
    "/search?page=99",
    "/doc/r1?q=招商",
    "/doc/r2",
    "/doc/r3",
    "/doc/r4",
    "/doc/r5",
    "/doc/r6",
    "/compare",
    "/compare?theme=招商引资",
    "/compare?theme=招商引资&zone=湘江示例高新区",
    "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区",
    "/zones",
    "/about",
    "/help",
    "/doc/nothing",
    "/search?year=去年",
)


@pytest.fixture
def client() -> FlaskClient:
    return client_of(FakeLibrary())


def client_of(library: FakeLibrary) -> FlaskClient:
    return create_app(library).test_client()  # type: ignore[arg-type]


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return answer.text


def words(html: str) -> str:
    """What a reader sees, without tags and runs of white space."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def found(page: str, path: str, **values: Any) -> list[Any]:
    """What XPath ``path`` finds in ``page``."""
    return cast("list[Any]", parsed.document_fromstring(page).xpath(path, **values))


def content(element: Any) -> str:
    """The text of an element as a reader sees it."""
    return " ".join("".join(element.itertext()).split())


class Tags(HTMLParser):
    """Opens and closes, to see that every element is closed in its turn."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("address", PAGES)
def test_every_element_is_closed_in_its_turn_and_no_id_stands_twice(client: FlaskClient, address: str) -> None:
    page = tags(client.get(address).text)
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_styles_scripts_or_anything_from_elsewhere(client: FlaskClient, address: str) -> None:
    html = client.get(address).text
    page = tags(html)
    assert not [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")]
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    loaded = [value for tag, name, value in page.attributes if name == "src" or (tag == "link" and name == "href")]
    assert loaded
    assert all(value.startswith("/assets/") for value in loaded)


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    for field in found(page, "//input[not(@type='hidden')] | //select"):
        assert found(page, "//label[@for=$id]", id=field.get("id")), field.get("name")


_OWN = ("style", "script", "connect")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_strict_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    rules = (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
    )
    for rule in rules:
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_every_page_is_in_chinese_and_has_a_skip_link_and_one_heading(client: FlaskClient) -> None:
    for address in PAGES:
        html = client.get(address).text
        assert '<html lang="zh-CN">' in html
        assert 'href="#main"' in html
        assert len(re.findall(r"<h1\b", html)) == (0 if address.startswith("/compare") and "<h1" not in html else 1)


def test_assets_have_addresses_of_their_content_and_are_kept_for_a_year(client: FlaskClient) -> None:
    address = re.search(r'href="(/assets/[0-9a-f]{12}/duibiao\.css)"', text(client, "/"))
    assert address
    answer = client.get(address[1])
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_an_old_address_of_an_asset_is_answered_but_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/000000000000/duibiao.css")
    assert answer.status_code == 200
    assert "max-age=0" in answer.headers["Cache-Control"]
    assert client.get("/assets/000000000000/nothing.css").status_code == 404


# --- search ----------------------------------------------------------------------------------------------------------


def test_the_count_names_places_and_reports(client: FlaskClient) -> None:
    assert "4 处，出自 4 份报告" in words(text(client, "/search?q=招商 专班"))


def test_asked_words_are_marked_and_masks_keep_their_x(client: FlaskClient) -> None:
    html = text(client, "/search?q=专班")
    assert "<mark>专班</mark>" in html
    assert '<span class="mask" title="原文脱敏">xx</span>个' in html


def test_passages_of_one_report_stand_together_under_its_title(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商")
    assert html.count('id="t-r1"') == 1
    article = html[html.index('aria-labelledby="t-r1"') :]
    assert article[: article.index("</article>")].count('class="passage"') > 1


def test_doubt_is_said_in_words_where_the_value_stands(client: FlaskClient) -> None:
    seen = words(text(client, "/search"))
    for doubt in (
        "年份不明（2022-03 发布）",
        "年份有出入",
        "C 脱敏 98 处",
        "D 改写，已还原",
        "页面被劫持",
        "C 预览截断",
    ):
        assert doubt in seen
    assert "未具名高新区" in seen
    assert "2019 年（题名写 2020）" in words(text(client, "/search?zone=闽江示例高新区"))


def links(html: str) -> dict[str, str]:
    return {content(a): a.get("href") for a in found(html, "//a")}


def test_a_facet_link_keeps_every_other_filter(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&year=2022&sort=date")
    href = next(href for name, href in links(html).items() if name.startswith("湖南"))
    narrowed = client.get(href)
    assert "湘江示例高新区" in narrowed.text
    request = narrowed.request
    assert request.args.to_dict() == {"q": "招商", "year": "2022", "sort": "date", "province": "湖南"}


def test_a_site_and_what_has_none_can_be_asked_for(client: FlaskClient) -> None:
    html = text(client, "/search?level=省级")
    href = next(href for name, href in links(html).items() if name.startswith("kjc.example.gov.cn"))
    assert client.get(href).request.args.to_dict() == {"level": "省级", "site": "kjc.example.gov.cn"}
    without = next(href for name, href in links(text(client, "/search")).items() if name.startswith("没有网址"))
    assert "site=%E4%B8%8D%E6%98%8E" in without
    assert "去掉筛选：没有网址 ×" in links(text(client, without))


def test_levels_stand_from_the_highest_down_whatever_their_counts() -> None:
    (provincial,) = (one for one in shelf() if one.report.zone.level == "省级")
    many = [*shelf(), *(replace(provincial, id=f"r5-{n}") for n in range(99))]
    html = text(client_of(FakeLibrary(shelf_=many)), "/search")
    lines = [content(a).split() for a in found(html, "//section[h2='级别']//li/a")]
    assert [line[0] for line in lines] == ["国家级", "省级", "级别不明"]
    assert int(lines[0][1]) < int(lines[1][1])


def test_a_facet_of_which_nothing_is_known_is_not_shown() -> None:
    bare = [replace(one, report=replace(one.report, url=None)) for one in shelf()]
    html = text(client_of(FakeLibrary(shelf_=bare)), "/search?q=招商")
    assert "没有网址" not in words(html)


def test_a_long_list_of_sites_is_folded_away(client: FlaskClient) -> None:
    many = [
        replace(one, id=f"{one.id}-{n}", report=replace(one.report, url=f"http://site{n}.example/"))
        for n in range(9)
        for one in shelf()
    ]
    html = text(client_of(FakeLibrary(shelf_=many)), "/search?q=招商")
    (folded,) = found(html, "//section[h2='网站']/details")
    assert len(folded.findall(".//li")) == 5
    assert "更多 5 个" in content(folded)


def test_a_chip_takes_its_filter_off_and_keeps_the_rest(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&year=2022&province=湖南")
    off = links(html)["去掉筛选：湖南 ×"]
    assert client.get(off).request.args.to_dict() == {"q": "招商", "year": "2022"}


def test_an_active_facet_line_is_marked_and_leads_out_again(client: FlaskClient) -> None:
    (on,) = found(text(client, "/search?type=高新区"), "//aside//a[@aria-current and contains(., '高新区')]")
    assert "type=" not in on.get("href")


def test_changing_a_filter_goes_back_to_the_first_page(client: FlaskClient) -> None:
    hrefs = [href for href in links(text(client, "/search?limit=2&page=2")).values() if href.startswith("/search?")]
    assert [href for href in hrefs if "province=" in href]
    assert not [href for href in hrefs if "province=" in href and "page=" in href]


def test_paging_keeps_the_question_and_ends_where_the_results_end(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&limit=2")
    assert client.get(links(html)["下一页"]).request.args.to_dict() == {"q": "招商", "limit": "2", "page": "2"}
    assert "上一页" not in links(html)
    assert "没有第 99 页了" in text(client, "/search?q=招商&limit=2&page=99")


def test_the_search_box_keeps_question_and_filters_for_the_next_one(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商&zone=湘江示例高新区")
    assert '<input type="hidden" name="zone" value="湘江示例高新区">' in html
    assert 'name="q" type="search" value="招商"' in html


def test_an_empty_answer_says_what_was_asked_and_what_would_help(client: FlaskClient) -> None:
    html = text(client, "/search?q=青年人才&zone=湘江示例高新区&province=湖南")
    seen = words(html)
    assert "没有找到含有“青年人才”的段落，筛选为湘江示例高新区、湖南" in seen
    assert "去掉全部筛选 1 处" in seen
    assert client.get(links(html)["去掉全部筛选"]).text.count("青年人才") > 1


def test_examples_on_an_empty_page_do_have_answers(client: FlaskClient) -> None:
    html = text(client, "/search?q=没有的词")
    offered = [href for href in links(html).values() if "theme=" in href]
    assert offered
    for href in offered:
        assert "<mark>" in text(client, href) or 'class="hit"' in text(client, href)


def test_the_histogram_leads_to_each_year(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商")
    assert "2022 年 3 处" in [a.get("title") for a in found(html, "//ol[@class='years']//a")]
    assert found(html, "//ol[@class='years']//rect[@height='100.0%']")


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?q=招商&year=去年", "年份“去年”看不懂"),
        ("/search?q=招商&page=-1", "页码“-1”不是"),
        ("/search?q=招商&page=abc", "页码"),
        ("/search?zone=不存在的园区", "没有叫“不存在的园区”的园区"),
        ('/search?q="招商', "引号没有成对"),
        ("/search?q=" + "招" * 10_000, "检索词太长"),
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


# --- report ----------------------------------------------------------------------------------------------------------


def test_a_report_marks_asked_words_and_counts_them_in_the_outline(client: FlaskClient) -> None:
    html = text(client, "/doc/r1?q=招商 专班")
    assert "<mark>招商</mark><mark>专班</mark>每周" in html
    outline = links(html)
    assert outline["（二）招商引资5 处"] == "#s2"
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
    assert "题名：2020 年，未采信" in seen
    assert "正文：2019 年，采信" in seen
    assert "拼接的数字：读不出年份" in seen
    assert "年份有出入：题名写 2020 年" in seen
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


def test_the_archived_page_is_sent_as_harmless_text(client: FlaskClient) -> None:
    answer = client.get("/doc/r1/raw")
    assert answer.headers["Content-Type"] == "text/plain; charset=gb18030"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_question_that_cannot_be_read_does_not_hide_the_report(client: FlaskClient) -> None:
    html = text(client, '/doc/r1?q="招商')
    assert "引号没有成对" in html
    assert "派出三支驻外小组" in html


# --- comparison ------------------------------------------------------------------------------------------------------

BOARD = "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区"


def cells(html: str, row: str) -> Iterator[str]:
    (line,) = found(html, "//tbody/tr[th[starts-with(normalize-space(.), $row)]][td]", row=row)
    return (content(td) for td in line.xpath("td"))


def test_zones_are_columns_and_statuses_rows(client: FlaskClient) -> None:
    measures = list(cells(text(client, BOARD), "举措"))
    assert len(measures) == 4
    assert "派出三支驻外小组" in measures[0]
    assert "招商大使" in measures[1]


def test_the_four_silences_are_told_apart(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert next(iter(cells(html, "问题"))) == "未提及"
    assert list(cells(html, "计划"))[1] == "预览截断，原文后半不可见"
    assert "数字已脱敏" in list(cells(html, "成效"))[2]
    assert list(cells(html, "成效"))[3] == "未收录"


def test_a_zone_without_a_report_has_no_quality_to_tell(client: FlaskClient) -> None:
    told = list(cells(text(client, BOARD), "报告"))[3]
    assert "没有收录" in told
    assert "质量" not in told


def test_what_only_one_zone_did_is_told_from_what_is_shared(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert 'class="quote own"' in html
    assert 'class="quote common"' in html
    different = text(client, BOARD + "&only=different")
    assert 'class="quote own"' in different
    assert 'class="quote common"' not in different


def test_every_quote_leads_to_its_place_in_its_report(client: FlaskClient) -> None:
    for href in found(text(client, BOARD), "//div[contains(@class,'quote')]/a/@href"):
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)


def test_figures_that_do_not_agree_are_said_to_be_not_comparable(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert "不可直接相比：时期、范围不同；有数字已脱敏" in words(html)
    numbers = list(cells(html, "新签约项目"))
    assert numbers[0].startswith("20个当年")
    assert numbers[1].startswith("468个累计")
    assert "xx个" in numbers[2]


def test_one_zone_alone_is_offered_others_that_speak_of_the_theme(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区")
    assert "再选一个园区" in html
    assert "闽江示例高新区 4 处" in words(html)


# --- api -------------------------------------------------------------------------------------------------------------


def test_the_api_answers_with_the_json_of_the_commands(client: FlaskClient) -> None:
    assert "湘江示例高新区" in client.get("/api/v1/search?q=招商").text
    answer = client.get("/api/v1/search?q=招商").get_json()
    assert answer["total"] == 7
    assert {"report", "seq", "snippet", "marks", "zone", "year"} <= set(answer["hits"][0])
    assert client.get("/api/v1/reports/r1").get_json()["title"] == "上半年工作情况与下半年安排"
    compared = client.get("/api/v1/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区").get_json()
    assert len(compared["columns"]) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/search?year=去年", 400),
        ("/api/v1/compare", 400),
        ("/api/v1/compare?theme=招商引资&year=去年", 400),
        ("/api/v1/reports/nothing", 404),
        ("/api/v1/suggest?q=招&year=去年", 400),
        ("/api/nowhere", 404),
    ],
)
def test_the_api_says_what_is_wrong_as_json(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.get_json()["message"]


def test_health_is_503_without_an_index(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json()["status"] == "ok"
    assert client_of(no_index()).get("/healthz").status_code == 503


def test_the_first_page_says_when_a_table_was_changed_after_the_build() -> None:
    class Changed(FakeLibrary):
        def stats(self) -> Stats:
            return replace(super().stats(), changed_tables=("zones.tsv", "lexicon.tsv"))

    said = "词表 zones.tsv、lexicon.tsv 在建索引之后改过，请运行 duibiao build"
    assert said in words(text(client_of(Changed()), "/"))
    assert "在建索引之后改过" not in words(text(client_of(FakeLibrary()), "/"))


def test_suggestions_say_what_they_are_how_much_they_lead_to_and_where(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=招商&zone=湘江示例高新区&sort=date&page=3").get_json()
    word, report, reports = answer["suggestions"]
    assert (word["text"], word["kind"], word["passages"]) == ("招商", "词", 5)
    assert unquote(word["href"]) == "/search?q=招商&zone=湘江示例高新区&sort=date"
    assert (report["kind"], report["reports"], report["href"]) == ("报告", 1, "/doc/r1")
    assert unquote(reports["href"]) == '/search?q=标题:"招商计划"'
    assert (
        client.get("/api/v1/suggest").get_json() == client.get("/api/v1/suggest?q=").get_json() == {"suggestions": []}
    )


def test_a_suggested_zone_becomes_the_only_zone_among_the_filters(client: FlaskClient) -> None:
    (zone,) = client.get("/api/v1/suggest?q=湘江高新&zone=闽江示例高新区&year=2021").get_json()["suggestions"]
    assert (zone["text"], zone["name"], zone["kind"], zone["reports"]) == ("湘江示例高新区", "湘江高新", "园区", 1)
    assert unquote(zone["href"]) == "/search?zone=湘江示例高新区&year=2021"


def test_what_may_have_been_meant_is_offered_as_links_under_the_same_filters(client: FlaskClient) -> None:
    page = text(client, "/search?q=找商&year=2021")
    links = found(page, "//p[@class='meant']/a")
    assert [content(one) for one in links] == ["招商", "湘江示例高新区"]
    assert [unquote(one.get("href")) for one in links] == [
        "/search?q=招商&year=2021",
        "/search?zone=湘江示例高新区&year=2021",
    ]
    assert "你是不是要找：招商 5 处、湘江示例高新区 2 处" in words(page).replace(" 、", "、")
    assert client.get("/api/v1/search?q=找商").get_json()["suggestions"][0] == {
        "text": "招商",
        "zone": None,
        "passages": 5,
    }
    assert "你是不是要找" not in text(client, "/search?q=招商")
