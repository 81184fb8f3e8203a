"""Figures, gaps, the matrix, zones, codebooks, similar measures, the tray and citations."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.web.looking import content, found, links, text, words

PASSAGE = (184, 221)  # of r1: 半年新签约项目20个……


# --- the first page ---


def test_the_first_page_leads_to_themes_zones_and_what_was_taken_in_last(client: FlaskClient) -> None:
    html = text(client, "/")
    named = links(html)
    assert unquote(named["招商引资"]) == "/compare?theme=招商引资"
    assert unquote(named["湘江示例高新区"]) == "/zones/湘江示例高新区"
    latest = [content(a) for a in found(html, "//ul[contains(@class, 'latest')]//a")]
    assert latest[0] == "关于印发年度工作要点的通知"
    assert "7 份报告" in words(html)


def test_every_example_of_the_first_page_is_answered(client: FlaskClient) -> None:
    for href in found(text(client, "/"), "//ul[contains(@class, 'examples')]//a/@href"):
        assert client.get(href).status_code == 200, unquote(href)


def test_the_comparison_on_the_first_page_counts_the_columns_that_it_shows(sample: FlaskClient) -> None:
    html = text(sample, "/")
    heads = found(html, "//table[contains(@class, 'board')]/thead//th")
    counts = [content(one) for one in found(html, "//table[contains(@class, 'board')]//*[@class='counted']")]
    assert len(heads) == 3
    assert counts
    for count in counts:
        assert re.match(r"三家都有|3 家中 2 家|所比三家中", count), count


# --- figures ---


def test_an_indicator_is_a_table_of_zones_by_years(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工业投资")
    (whole, half) = found(html, "//section[@class='line']")
    assert [content(th) for th in whole.xpath(".//thead//th")][:4] == ["园区", "2019", "2020", "2021"]
    (row,) = whole.xpath(".//tbody/tr[th/a = '闽江示例高新区']")
    assert [content(td) for td in row.xpath("td")][:3] == ["51.2亿元", "55亿元 目标", "58.9亿元"]
    assert "1-6月" in content(half.xpath("h2")[0])
    assert "38.6" not in content(whole)


def test_a_target_is_an_open_mark_and_a_link_leads_to_each_figure(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工业投资")
    assert len(found(html, "//circle")) == 3
    assert [one.xpath("string(title)") for one in found(html, "//circle[@class='target']")] == [
        "闽江示例高新区 2020 目标 55亿元"
    ]
    assert not found(html, "//polyline"), "2020 has no result, and 2019 and 2021 are not joined over it"
    for href in found(html, "//p[@class='number']/a/@href"):
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)


def test_results_or_targets_alone_and_fewer_years(client: FlaskClient) -> None:
    assert "51.2亿元" not in words(text(client, "/figures?indicator=工业投资&role=target"))
    later = words(text(client, "/figures?indicator=工业投资&year=2021"))
    assert "58.9亿元" in later
    assert "51.2亿元" not in later


def test_the_first_of_one_has_no_place(client: FlaskClient) -> None:
    assert "1 / 1" not in words(text(client, "/figures?indicator=工业投资"))


def test_a_blotted_figure_is_shown_as_such_and_drawn_nowhere(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=地区生产总值")
    assert "已脱敏" in words(html)
    assert not found(html, "//circle")


def test_without_an_indicator_all_that_have_figures_are_offered(client: FlaskClient) -> None:
    html = text(client, "/figures")
    assert links(html)["工业投资"] == "/figures?indicator=industrial-investment"


# --- gaps ---


def test_what_peers_have_and_mine_lacks_stands_with_an_example(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江高新")
    items = {content(a): content(li) for li in found(html, "//section[@class='gaps']//li") for a in li.xpath("div/a")}
    assert set(items) == {"商会乡贤与招商大使", "企业服务专员"}
    assert "1 家中 1 家" in items["企业服务专员"]
    assert "设立企业服务专员" in items["企业服务专员"]
    assert "不等于没有做" in words(html)
    assert "同类型、同级别" in words(html)


def test_those_compared_with_are_ticked_and_can_be_changed(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江高新&with=示例科技城")
    ticked = found(html, "//input[@name='with'][@type='checkbox'][@checked]/@value")
    assert ticked == ["示例科技城"]
    others = found(html, "//input[@name='with'][@type='checkbox'][not(@checked)]/@value")
    assert "闽江示例高新区" in others
    changed = text(client, f"/gaps?zone=湘江高新&with={others[0]}")
    assert found(changed, "//input[@name='with'][@type='checkbox'][@checked]/@value") == [others[0]]


def test_a_page_of_gaps_without_a_zone_leads_on(client: FlaskClient) -> None:
    for address, status in (("/gaps", 200), ("/gaps?zone=没有的区", 400)):
        html = text(client, address, status)
        assert len(found(html, "//h1")) == 1
        hrefs = found(html, "//ul[@class='offered']//a/@href")
        assert hrefs, address
        assert client.get(hrefs[0]).status_code == 200


def test_a_zone_compared_with_itself_alone_lacks_nothing_and_says_why(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江示例高新区&with=湘江示例高新区")
    assert "没有可比的园区" in words(html)
    assert "闽江示例高新区" in words(text(client, links(html)["与同类比"]))


def test_a_type_that_no_zone_of_the_theme_is_of_can_be_taken_off(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&type=高新区&province=安徽")
    assert "type=" not in links(html)["去掉类型"]
    assert "province=" not in links(html)["去掉省份"]


def test_the_reverse_and_what_is_shared_are_one_click_away(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江示例高新区&with=闽江示例高新区&theme=招商引资")
    own = words(client.get(links(html)["我有他无 2"]).text)
    assert "驻点与外出招商" in own
    assert "委托中介招商" in own
    assert "招商专班队伍" in words(client.get(links(html)["都有 1"]).text)


def test_a_zone_of_which_only_a_part_was_seen_lacks_nothing_for_certain(client: FlaskClient) -> None:
    assert "只能当线索看" in words(text(client, "/gaps?zone=空白示例新区&with=湘江示例高新区"))
    assert "只能当线索看" not in words(text(client, "/gaps?zone=湘江示例高新区"))


# --- the matrix ---


def test_every_cell_of_a_matrix_leads_to_what_it_counts(client: FlaskClient) -> None:
    """The same number of passages, as long as the cell isn't of a report that hides its zone."""
    html = text(client, "/matrix?theme=招商引资")
    (cell,) = found(html, "//tr[contains(th, '闽江示例高新区')]/td/a[. = '3']")
    answer = client.get(cell.get("href"))
    assert answer.status_code == 200
    assert "共 3 段" in words(answer.text)


@pytest.mark.parametrize(
    "asked",
    [
        "theme=招商引资",
        "theme=招商引资&rows=province",
        "theme=招商引资&rows=type",
        "practice=驻点与外出招商",
        "practice=招商专班队伍&rows=type",
        "practice=招商专班队伍&rows=province",
        "indicator=工业投资",
        "indicator=地区生产总值&rows=province",
    ],
)
def test_no_cell_of_a_matrix_leads_nowhere(client: FlaskClient, asked: str) -> None:
    html = text(client, f"/matrix?{asked}")
    hrefs = found(html, "//table//td//a/@href")
    assert hrefs or "省份不明" in words(html)
    for href in hrefs:
        answer = client.get(href)
        assert answer.status_code == 200, unquote(href)
        assert "先选主题" not in words(answer.text), unquote(href)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("theme=招商引资", ("/compare", "/matrix")),
        ("practice=驻点与外出招商", ("/compare", "/matrix")),
        ("indicator=工业投资", ("/figures", "/matrix")),
    ],
)
def test_ticked_rows_of_a_matrix_lead_on(client: FlaskClient, asked: str, led_to: tuple[str, str]) -> None:
    (form,) = found(text(client, f"/matrix?{asked}"), "//form[.//table]")
    kept = [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")]
    ticked = [("zone", one.get("value")) for one in form.xpath(".//input[@type='checkbox']")][:2]
    assert ticked
    for button, path in zip(form.xpath(".//button"), led_to, strict=True):
        assert (button.get("formaction") or form.get("action")) == path
        own = [(button.get("name"), button.get("value"))] if button.get("name") else []
        answer = client.get(path, query_string=MultiDict([*kept, *ticked, *own]))
        assert answer.status_code == 200
        assert ticked[0][1] in words(answer.text)


def test_a_theme_chosen_over_the_matrix_of_a_practice_is_what_is_shown(client: FlaskClient) -> None:
    html = text(client, "/matrix?practice=驻点与外出招商&theme=营商环境")
    assert [content(h) for h in found(html, "//h1")] == ["营商环境"]


def test_of_many_years_a_matrix_shows_the_last_and_leads_to_all(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.matrix._YEARS", 2)
    html = text(client, "/matrix?theme=招商引资")
    shown = [content(th) for th in found(html, "//thead//th")][1:-1]
    assert len(shown) == 2
    (all_of_them,) = {href for name, href in links(html).items() if "全部列出" in name}
    every = [content(th) for th in found(text(client, all_of_them), "//thead//th")][1:-1]
    assert every[-2:] == shown
    assert len(every) > 2
    assert f"year={shown[0]}-{shown[-1]}" in links(html)["CSV"], "what is taken home is what is shown"


def test_grade_and_plans_of_a_cell_are_said_in_words(client: FlaskClient) -> None:
    (cell,) = found(text(client, "/matrix?theme=招商引资"), "//tr[contains(th, '湘江示例高新区')]/td[a = '4']")
    assert content(cell) == "4 B · 1 处计划"


def test_provinces_are_34_tiles_and_those_that_tell_lead_to_their_own_matrix(client: FlaskClient) -> None:
    html = text(client, "/matrix?theme=招商引资&rows=province")
    tiles = found(html, "//ul[@class='tiles']/li[not(@aria-hidden)]")
    assert len(tiles) == 34
    (hunan,) = found(html, "//ul[@class='tiles']/li/a[starts-with(., '湖南')]")
    assert content(hunan) == "湖南4"
    assert "湘江示例高新区" in client.get(hunan.get("href")).text
    assert len(found(html, "//ul[@class='tiles']/li/a")) == 4


# --- zones and codebooks ---


def test_zones_stand_by_type_with_those_that_hide_their_name_apart(client: FlaskClient) -> None:
    html = text(client, "/zones")
    heads = [content(h).split()[0] for h in found(html, "//section/h2")]
    assert heads[0] == "高新区"
    assert heads[-2:] == ["省、市、区县的报告", "未具名"]
    assert "2019、2021 · 3 种做法" in words(html)
    assert "闽江示例高新区" not in links(text(client, "/zones?province=湖南"))


def test_a_zone_shows_its_years_practices_figures_and_peers(client: FlaskClient) -> None:
    html = text(client, "/zones/湘江高新")
    seen = words(html)
    assert [content(h) for h in found(html, "//h1")] == ["湘江示例高新区"]
    assert "也叫：湘江高新" in seen
    assert "2022 4 种做法" in seen
    assert "38.6亿元 2022 · 1-6月" in seen
    assert "闽江示例高新区 同类型、同级别" in seen


def test_practices_of_earlier_years_stand_on_a_page_of_all_years(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.zones._YEARS", 0)
    html = text(client, "/zones/湘江示例高新区?mine=闽江示例高新区")
    assert "2022 4 种做法" in words(html), "what isn't listed is counted"
    assert not found(html, "//section[@id='y2022']")
    (more,) = {href for name, href in links(html).items() if "全部列出" in name}
    whole = text(client, more)
    assert len(found(whole, "//section[@id='y2022']//ul[@class='practices']/li")) == 4
    (year,) = (href for href in found(html, "//ol[@class='ticks']//a/@href") if "year=2022" in href)
    assert "mine=" in year
    assert year.endswith("#y2022")
    assert found(text(client, year), "//section[@id='y2022']")


@pytest.mark.parametrize("zone", ["湘江示例高新区", "r4", "示例市"])
def test_what_a_zone_page_links_to_is_there(client: FlaskClient, zone: str) -> None:
    for href in {a for a in found(text(client, f"/zones/{zone}"), "//main//a/@href") if a.startswith("/")}:
        assert client.get(href).status_code == 200, unquote(href)


def test_the_practices_are_defined_counted_and_each_has_its_page(client: FlaskClient) -> None:
    html = text(client, "/practices")
    assert "驻点与外出招商 3 个园区 · 4 处" in words(html)
    by_name = text(client, "/practices/驻点与外出招商")
    assert words(by_name) == words(text(client, "/practices/investment/stationed-teams"))
    assert "例（自拟）" in by_name
    for href in found(by_name, "//main//a/@href"):
        assert client.get(href).status_code == 200, unquote(href)
    assert "没有“写诗招商”" in words(text(client, "/practices/写诗招商", 404))


def test_what_is_no_indicator_can_be_searched_as_words(client: FlaskClient) -> None:
    html = text(client, "/figures?indicator=工程 xx 个", 400)
    assert unquote(links(html)["按词检索“工程 xx 个”"]) == "/search?q=工程 xx 个"
    assert "按词检索" not in text(client, "/figures?indicator=工业投资&year=abc", 400)


def test_the_indicators_lead_to_their_figures(client: FlaskClient) -> None:
    html = text(client, "/indicators")
    assert links(html)["工业投资"] == "/figures?indicator=industrial-investment"
    assert "2 个园区 · 4 个数字" in words(html)


# --- similar measures ---


def test_a_passage_finds_measures_like_it_of_other_zones(client: FlaskClient) -> None:
    html = text(client, "/similar?passage=r1:3")
    zones = [content(b) for b in found(html, "//ol[@class='practices']/li/div/a")]
    assert zones[0] == "示例科技城"
    assert not [one for one in zones if one == "湘江示例高新区"]
    assert "同一做法" in words(html)
    assert "做法：驻点与外出招商" in words(html)
    assert "signed-projects" not in html, "reasons are words"


def test_a_pasted_text_is_sent_in_the_body_and_stays_in_the_box(client: FlaskClient) -> None:
    pasted = "我们在沿海城市设了三个招商驻点，每周上门拜访目标企业。"
    answer = client.post("/similar", data={"text": pasted})
    assert answer.status_code == 200
    assert "驻点与外出并重" in answer.text
    assert found(answer.text, "//textarea")[0].text == pasted
    assert found(answer.text, "//header//input[@name='q']/@value") == [""]


def test_a_text_that_is_too_long_is_refused_with_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/similar", data={"text": "招商" * 2501})
    assert answer.status_code == 400
    (said,) = found(answer.text, "//*[@role='alert']")
    assert "5002 字，至多 5000 字" in content(said)
    assert "分几次查找" in content(said)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("passage=r1", 400), ("passage=r1:99", 404), ("passage=nothing:1", 404), ("limit=0&text=招", 400)],
)
def test_a_passage_that_is_not_there_is_said_so(client: FlaskClient, asked: str, status: int) -> None:
    assert client.get(f"/similar?{asked}").status_code == status


# --- the tray ---


def test_the_tray_lives_in_its_address(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区")
    items = found(html, "//button[@class='keep']/@value")[:2]
    tray = client.get("/tray", query_string={"item": items, "zone": "湘江示例高新区"})
    assert len(found(tray.text, "//ul[@class='practices']/li")) == 2
    (off, *_) = found(tray.text, "//a[@aria-label='拿出这一句']/@href")
    assert client.get(off).request.args.getlist("item") == items[1:]
    assert "湘江示例高新区" in links(tray.text)


def test_what_is_no_more_in_the_build_is_counted_not_shown(client: FlaskClient) -> None:
    start, end = PASSAGE
    lost = ("r1:4:0-9", "gone:0:1-2", "r1:99:1-2", "../etc", "r1:4:200-190")
    tray = client.get("/tray", query_string={"item": [f"r1:4:{start}-{end}", *lost]})
    assert f"有 {len(lost)} 处已随新的目录换了位置" in words(tray.text)
    assert len(found(tray.text, "//ul[@class='practices']/li")) == 1


def test_an_empty_tray_says_how_it_is_filled(client: FlaskClient) -> None:
    html = text(client, "/tray")
    assert "篮子是空的" in words(html)
    assert "导出" not in words(html).partition("篮子是空的")[0]


# --- citations ---


def test_a_sentence_is_cited_with_its_source_and_the_report_in_two_forms(client: FlaskClient) -> None:
    start, end = PASSAGE
    quoted, national, bibtex = (
        content(code) for code in found(text(client, f"/doc/r1/cite?start={start}&end={end}"), "//code")
    )
    address = "https://www.example.gov.cn/zwgk/202208/t20220805_1.html"
    assert quoted.startswith("“半年新签约项目20个")
    assert quoted.endswith(f"（《上半年工作情况与下半年安排》，2022-08-05，{address}，第 5 段）")
    assert national.startswith("湘江示例高新区管委会. 上半年工作情况与下半年安排[EB/OL]. (2022-08-05)[")
    assert national.endswith(f"]. {address}.")
    assert bibtex.startswith("@online{duibiaor1,")
    assert "year = {2022}" in bibtex


@pytest.mark.parametrize(
    "asked", ["", "?start=9&end=3", "?start=-1&end=5", "?start=a&end=b", "?start=99999&end=999999"]
)
def test_a_report_is_cited_alone_where_no_sentence_is_meant(client: FlaskClient, asked: str) -> None:
    forms = found(text(client, f"/doc/r2/cite{asked}"), "//h2")
    assert [content(h) for h in forms] == ["GB/T 7714—2025", "BibTeX"]


# --- errors ---


@pytest.mark.parametrize(
    "address",
    [
        "/figures?indicator=没有的指标",
        "/figures?indicator=工业投资&role=梦想",
        "/figures?indicator=工业投资&year=去年",
        "/gaps?zone=没有的园区",
        "/gaps?zone=湘江示例高新区&theme=没有的主题",
        "/matrix?theme=没有的主题",
        "/matrix?theme=招商引资&rows=颜色",
        "/zones?type=没有的类型",
        "/compare?theme=招商引资&sort=随便",
    ],
)
def test_what_cannot_be_understood_gets_400_in_chinese_with_what_would_be_right(
    client: FlaskClient, address: str
) -> None:
    (said, *_) = found(text(client, address, 400), "//*[@role='alert']")
    assert len(content(said)) > 10


@pytest.mark.parametrize(
    "address", ["/zones/没有的园区", "/practices/nothing", "/doc/nothing/cite", "/compare.exe?theme=招商引资"]
)
def test_what_is_not_there_is_said_in_chinese(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert found(answer.text, "//*[@role='alert']")


@pytest.mark.parametrize(
    "address",
    [
        "/gaps",
        "/figures?indicator=工业投资",
        "/matrix?theme=招商引资",
        "/zones",
        "/practices",
        "/tray?item=r1:4:184-221",
    ],
)
def test_without_an_index_the_new_pages_say_what_to_run(without_index: FlaskClient, address: str) -> None:
    assert "duibiao build" in text(without_index, address, 503)


# --- the tray without a script ---


def test_a_sentence_is_put_into_the_tray_by_a_form_and_taken_out_again(client: FlaskClient) -> None:
    board = "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"
    html = text(client, board)
    (form,) = found(html, "//form[@id='keep']")
    (back,) = form.xpath("input[@name='back']/@value")
    item = found(html, "//button[@class='keep']/@value")[0]
    answer = client.post(form.get("action"), data={"item": item, "back": back})
    assert answer.status_code == 303
    assert unquote(answer.headers["Location"]) == board
    pressed = found(text(client, board), "//button[@class='keep'][@value=$item]", item=item)
    assert {content(one) for one in pressed} == {"已入篮"}
    tray = client.get("/tray", follow_redirects=True)
    assert tray.request.args.getlist("item") == [item], "the address holds all, so that it can be sent"
    (off,) = found(tray.text, "//ul[@class='practices']//button[@class='off']")
    emptied = client.post("/tray/keep", data={off.get("name"): off.get("value"), "back": "/tray?item=x"})
    assert emptied.headers["Location"] == "/tray"
    assert "篮子是空的" in words(text(client, "/tray"))


def test_a_zone_goes_into_the_tray_from_its_page(client: FlaskClient) -> None:
    html = text(client, "/zones/湘江示例高新区")
    (button,) = found(html, "//button[@name='zone'][contains(@class, 'keep')]")
    client.post("/tray/keep", data={"zone": button.get("value")})
    assert client.get("/tray", follow_redirects=True).request.args.getlist("zone") == ["湘江示例高新区"]


def test_the_tray_of_somebody_else_is_looked_at_and_leaves_mine_alone(client: FlaskClient) -> None:
    client.post("/tray/keep", data={"zone": "湘江示例高新区"})
    theirs = text(client, "/tray?zone=闽江示例高新区")
    assert not found(theirs, "//button[@class='off']")
    (everything,) = found(theirs, "//button[@name='all']/@value")
    client.post("/tray/keep", data={"all": everything})
    client.post("/tray/keep", data={"all": everything})
    mine = client.get("/tray", follow_redirects=True).request.args.getlist("zone")
    assert mine == ["湘江示例高新区", "闽江示例高新区"]


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", "", "javascript:1"])
def test_the_tray_leads_back_to_our_own_pages_only(client: FlaskClient, back: str) -> None:
    assert client.post("/tray/keep", data={"zone": "x", "back": back}).headers["Location"] == "/tray"


def test_another_site_puts_nothing_into_the_tray(client: FlaskClient) -> None:
    answer = client.post("/tray/keep", data={"zone": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_what_no_sentence_is_doesnt_get_into_the_tray(client: FlaskClient) -> None:
    client.post("/tray/keep", data={"item": "r1:4:nothing"})
    assert "篮子是空的" in words(text(client, "/tray"))


def test_the_first_page_says_when_each_of_the_newest_was_taken_in(client: FlaskClient) -> None:
    html = text(client, "/")
    told = [content(one) for one in found(html, "//ul[contains(@class, 'latest')]/li")]
    assert told
    assert all("收录于 2026-11-20" in one for one in told)
    days = [one.partition("发布于 ")[2] for one in told]
    assert days == sorted(days, reverse=True), "all of one day: those published last come first"
    assert "added 2026-11-20" in text(client, "/?lang=en")
