"""The page of results: what it shows of what was found, and where its links lead."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from flask.testing import FlaskClient

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Status
from indexer.domain.spans import Span
from tests.web.conftest import ClientOver
from tests.web.looking import content, found, links, text, words
from tests.web.shelf import shelf


def test_the_count_names_places_and_reports(client: FlaskClient) -> None:
    assert "共 4 段，涉及 4 份报告" in words(text(client, '/search?q=招商 "专班"'))


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
        "年份不明（2022 年 3 月发布）",
        "年份有出入",
        "C 脱敏 98 处",
        "D 改写，已还原",
        "来源网页疑遭篡改",
        "C 预览截断",
    ):
        assert doubt in seen
    assert "未具名高新区" in seen
    assert "2019 年（标题为 2020 年）" in words(text(client, "/search?zone=闽江示例高新区"))


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
    without = next(href for name, href in links(text(client, "/search")).items() if name.startswith("本地文件"))
    assert "site=不明" in without
    assert "去掉筛选：本地文件 ×" in links(text(client, without))


def test_levels_stand_from_the_highest_down_whatever_their_counts(client_over: ClientOver) -> None:
    (provincial,) = (one for one in shelf() if one.report.zone.level == "省级")
    many = [*shelf(), *(replace(provincial, id=f"r5-{n}") for n in range(99))]
    html = text(client_over(many), "/search")
    lines = [content(a).split() for a in found(html, "//section[h2='级别']//li/a")]
    assert [line[0] for line in lines] == ["国家级", "省级", "级别不明"]
    assert int(lines[0][1]) < int(lines[1][1])


def test_a_facet_of_which_nothing_is_known_is_not_shown(client_over: ClientOver) -> None:
    bare = [replace(one, report=replace(one.report, url=None)) for one in shelf()]
    html = text(client_over(bare), "/search?q=招商")
    assert "本地文件" not in words(html)


def of_many_sites(count: int) -> list[StoredReport]:
    return [
        replace(one, id=f"{one.id}-{n}", report=replace(one.report, url=f"http://site{n:02}.example/"))
        for n in range(count)
        for one in shelf()
    ]


def test_a_long_list_of_sites_is_folded_away(client_over: ClientOver) -> None:
    many = of_many_sites(9)
    html = text(client_over(many), "/search?q=招商")
    (folded,) = found(html, "//section[h2='来源网站']/details")
    assert len(folded.findall(".//li")) == 5
    assert "更多 5 个" in content(folded)


def test_of_very_many_values_the_rest_is_counted(client_over: ClientOver) -> None:
    many = of_many_sites(80)
    html = text(client_over(many), "/search?q=招商&site=site79.example")
    (folded,) = found(html, "//section[h2='来源网站']/details")
    assert len(folded.findall(".//a")) == 24
    assert "更多 75 个" in content(folded)
    assert "其余 51 个，缩小范围后可见" in content(folded)
    assert found(html, "//section[h2='来源网站']/ul//a[@aria-current and contains(., 'site79')]")


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
    html = text(client, "/search?q=燃煤锅炉&zone=湘江示例高新区&province=湖南")
    seen = words(html)
    assert "没有找到含有“燃煤锅炉”的段落，筛选为湘江示例高新区、湖南" in seen
    assert "去掉全部筛选 1 段" in seen
    assert client.get(links(html)["去掉全部筛选"]).text.count("燃煤锅炉") > 1


def test_examples_on_an_empty_page_do_have_answers(client: FlaskClient) -> None:
    html = text(client, "/search?q=没有的词")
    offered = [href for href in links(html).values() if "theme=" in href]
    assert offered
    for href in offered:
        assert "<mark>" in text(client, href) or 'class="hit"' in text(client, href)


def test_the_histogram_leads_to_each_year(client: FlaskClient) -> None:
    html = text(client, "/search?q=招商")
    assert "2022 年 3 段" in [a.get("title") for a in found(html, "//ol[@class='years']//a")]
    assert found(html, "//ol[@class='years']//rect[@height='100.0%']")


def years_on(page: str) -> list[str]:
    return [content(a).split()[0] for a in found(page, "//section[h2[contains(., '年份')]]//a[@aria-current]")]


def test_of_years_any_of_several_can_be_chosen_as_of_every_filter(client: FlaskClient) -> None:
    page = text(client, "/search?year=2022")
    (add,) = [href for name, href in links(page).items() if name.startswith("2019 ") and "year=" in href]
    both = client.get(add)
    assert both.request.args.getlist("year") == ["2022", "2019"]
    assert years_on(both.text) == ["2022", "2019"]
    assert {"去掉筛选：2019 年 ×", "去掉筛选：2022 年 ×"} <= links(both.text).keys()
    (off,) = found(both.text, "//aside//a[@aria-current and contains(., '2022')]")
    assert client.get(off.get("href")).request.args.getlist("year") == ["2019"]


def test_a_bar_adds_its_year_and_takes_it_away(client: FlaskClient) -> None:
    def bar(page: str, year: int) -> str:
        (one,) = found(page, f"//ol[@class='years']//a[span[@class='year']='{year}']")
        return str(one.get("href"))

    both = client.get(bar(text(client, "/search?year=2022"), 2020))
    assert both.request.args.getlist("year") == ["2022", "2020"]
    assert client.get(bar(both.text, 2022)).request.args.getlist("year") == ["2020"]


def test_a_year_less_of_a_span_leaves_those_around_it(client: FlaskClient) -> None:
    (off,) = found(text(client, "/search?year=2019-2023"), "//aside//a[@aria-current and contains(., '2020')]")
    assert client.get(off.get("href")).request.args.getlist("year") == ["2019", "2021-2023"]


def test_the_field_for_years_holds_what_is_chosen_and_sets_what_is_written(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商&year=2019&year=2021-2022")
    (field,) = found(page, "//form[@class='range']//input[@id='year']")
    assert field.get("value") == "2019,2021-2022"
    assert not found(page, "//form[@class='range']//input[@type='hidden' and @name='year']")
    assert years_on(text(client, "/search?year=2019,2022")) == ["2022", "2019"]


def test_what_may_have_been_meant_is_offered_as_a_link_under_the_same_filters(client: FlaskClient) -> None:
    page = text(client, "/search?q=找商&year=2022")
    (meant,) = found(page, "//p[@class='meant']/a")
    assert (content(meant), unquote(meant.get("href"))) == ("招商", "/search?q=招商&year=2022")
    assert "你是不是要找：招商 3 段" in words(page)
    assert client.get("/api/v1/search?q=找商&year=2022").get_json()["suggestions"] == [
        {"text": "招商", "zone": None, "passages": 3}
    ]
    assert "你是不是要找" not in text(client, "/search?q=招商")


def test_a_slip_in_a_title_or_a_lone_quote_is_said_above_what_was_found(client: FlaskClient) -> None:
    assert "引号没有成对，已按普通词查找" in words(text(client, '/search?q="招商'))


def test_what_is_shown_can_be_taken_home_under_the_same_address(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商&year=2022&limit=2")
    shown = found(page, "//p[@class='passage']")
    taken = client.get(links(page)["CSV"])
    assert taken.request.args.to_dict() == {"q": "招商", "year": "2022", "limit": "2"}
    rows = taken.data.decode("utf-8-sig").split("\r\n\r\n")[0].splitlines()
    assert len(rows) == 1 + len(shown)
    assert "导出" not in words(text(client, "/search?q=没有的词"))


def test_what_a_report_defines_stands_above_the_results(client_over: ClientOver) -> None:
    (first, *rest) = shelf()
    report = first.report
    note = "招商专班：指为一条产业链专设的招商小组。"
    text_ = f"{report.text}\n{note}"
    passage = replace(
        report.passages[-1],
        seq=len(report.passages),
        status=Status.NOTE,
        span=Span(len(report.text) + 1, len(text_)),
        text=note,
        figures=(),
        measures=(),
    )
    defining = replace(report, text=text_, passages=(*report.passages, passage), history=())
    client = client_over([replace(first, report=defining), *rest])
    (defined,) = found(text(client, "/search?q=招商专班"), "//section[@class='defined']")
    assert note in content(defined)
    assert defined.xpath(".//a/@href") == [f"/doc/r1#p{passage.seq}", f"/doc/r1/cite?p={passage.seq}"]
    for other in ("驻外小组", "招商"):
        assert not found(text(client, f"/search?q={other}"), "//section[@class='defined']")


def test_a_hit_is_kept_whole_and_cited_by_its_passage(client: FlaskClient) -> None:
    page = text(client, '/search?q="半年新签约项目"')
    (item,) = found(page, "//article//button[@class='keep']/@value")
    kept = client.get("/tray", query_string={"item": item})
    assert "半年新签约项目20个" in words(kept.text)
    cited = text(client, links(page)["引用"])
    assert "第 5 段" in cited


def test_synonyms_are_folded_with_their_number(client: FlaskClient) -> None:
    (folded,) = found(text(client, "/search?q=招商"), "//details[contains(@class, 'synonyms')]")
    assert content(folded).startswith(f"已含近义 {len(folded.findall('.//li'))} 个")
    assert folded.get("open") is None


def test_the_results_stand_before_the_filters_for_the_keyboard(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商")
    assert page.index('class="hit"') < page.index('class="facets"')
    assert found(page, "//body/a[1][@href='#results']")
