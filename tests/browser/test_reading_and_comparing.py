"""What a person does here, from the first word asked to two zones side by side."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage


def arrived(page: Page, anchor: str) -> None:
    """Waits until the page has gone to ``anchor`` and shows it; fails where it doesn't."""
    page.wait_for_url(re.compile(f"#{anchor}$"))
    page.wait_for_function(
        """id => {
            const box = document.getElementById(id)?.getBoundingClientRect();
            return box && box.bottom > 0 && box.top < innerHeight;
        }""",
        arg=anchor,
    )


def anchor_of(link: Locator) -> str:
    return (link.get_attribute("href") or "").partition("#")[2]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_search_is_narrowed_by_zone_and_year_and_widened_again(open_page: OpenPage, script: bool) -> None:
    page = open_page("/", script=script)
    page.get_by_label("检索词").fill("招商")
    page.get_by_role("button", name="搜索").click()
    expect(page.get_by_role("heading", name=re.compile("段，涉及"))).to_be_visible()
    page.wait_for_load_state()
    everywhere = page.locator("article.hit").count()
    assert everywhere > 2
    assert page.locator("mark").first.inner_text() in ("招商", "招商引资")  # it adds what is said for it

    page.locator(".facet").filter(has_text="园区类型").get_by_role("link", name=re.compile("^经开区")).click()
    expect(page).to_have_url(re.compile("type="))
    page.locator(".facet").filter(has_text="年份（所述年份）").get_by_role("link", name=re.compile("^20")).first.click()
    expect(page).to_have_url(re.compile("year="))
    page.wait_for_load_state()
    year = re.search(r"year=(\d{4})", page.url)
    assert year is not None
    places = [where.inner_text() for where in page.locator("article.hit .where").all()]
    assert places
    assert [place for place in places if year[1] not in place] == []

    for _ in range(2):
        page.locator(".results > .chips a").first.click()
    expect(page.locator("article.hit")).to_have_count(everywhere)


def test_a_zone_of_the_facets_shows_that_zone_only(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.locator(".facet").filter(has_text="赣州经开区").get_by_role("link", name=re.compile("^赣州经开区")).click()
    expect(page).to_have_url(re.compile("zone="))
    page.wait_for_load_state()  # all() waits for nothing
    assert {where.inner_text().split()[0] for where in page.locator("article.hit .where b").all()} == {"赣州经开区"}


def test_a_hit_opens_its_passage_in_the_report_and_evidence_leads_to_its_place(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商&zone=天津经开区&year=2021")
    hit = page.locator("article.hit").filter(has_text="天津经开区2021年工作总结和2022年工作安排")
    place = hit.locator(".passage a.place").first
    anchor = anchor_of(place)
    assert re.fullmatch(r"p\d+", anchor)
    place.click()
    arrived(page, anchor)
    assert page.locator("mark").count() > 0
    expect(page.get_by_text("来源网页疑遭篡改").first).to_be_visible()

    page.locator(".how summary", has_text="报告期").click()
    evidence = page.locator(".how details[open] a[href^='#e']").first
    anchor = anchor_of(evidence)
    evidence.click()
    arrived(page, anchor)


def test_from_a_hit_to_two_zones_side_by_side(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商&type=经开区")
    page.get_by_role("link", name=re.compile("放入对标")).first.click()
    expect(page.get_by_role("heading", name="再加一个")).to_be_visible()
    page.locator(".candidates li a").first.click()
    expect(page.locator("table.board thead th")).to_have_count(2)
    page.wait_for_load_state()
    assert page.locator("table.board th[scope=row]").count() > 1
    page.get_by_role("link", name="按性质").click()
    expect(page.locator("table.board th[scope=row]").first).to_have_text("举措")
    place = page.locator("div.quote .from a").first
    anchor = anchor_of(place)
    place.click()
    arrived(page, anchor)


def test_the_comparison_form_takes_typed_zones_and_a_year(open_page: OpenPage) -> None:
    page = open_page("/compare")
    page.get_by_label("主题", exact=True).select_option("招商引资")
    page.get_by_label("园区（选填）").fill("衡阳高新区")
    page.get_by_label("年份", exact=True).fill("2021")
    page.get_by_role("button", name="对标", exact=True).click()
    page.get_by_label("加一个园区（选填）").fill("天津经开区")
    page.get_by_role("button", name="对标", exact=True).click()
    expect(page.locator("table.board thead th")).to_have_count(2)
    assert "year=2021" in page.url


def test_a_wrong_year_is_explained_and_the_words_stay_in_the_box(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.get_by_label("年份，如 2022").fill("去年")
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_role("alert")).to_contain_text("去年")
    expect(page.get_by_label("检索词")).to_have_value("招商")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_the_phone_one_button_opens_the_filters(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=招商", width=390, script=script)
    filters = page.locator("#filters")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name=re.compile("^筛选")).click()
    expect(filters).to_be_visible()
    page.keyboard.press("Escape")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name=re.compile("^筛选")).click()
    filters.get_by_role("link", name=re.compile("^经开区")).click()
    expect(page.locator(".chips a").filter(has_text="经开区")).to_have_count(1)


def test_on_the_phone_the_outline_leads_to_its_section_and_closes(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商&zone=天津经开区&year=2021", width=390)
    page.get_by_role("link", name="天津经开区2021年工作总结和2022年工作安排").click()
    page.get_by_role("button", name="目录", exact=True).click()
    last = page.locator("#outline ol a").last
    anchor = anchor_of(last)
    last.click()
    expect(page.locator("#outline")).to_be_hidden()
    arrived(page, anchor)


def test_a_slash_goes_to_the_search_box(open_page: OpenPage) -> None:
    page = open_page("/zones")
    page.keyboard.press("/")
    expect(page.get_by_label("检索词")).to_be_focused()


def test_a_comparison_that_rests_on_sample_digests_says_so_in_every_column(open_page: OpenPage) -> None:
    page = open_page("/compare?theme=招商引资&zone=天津经开区&zone=赣州经开区&year=2021")
    for zone in ("天津经开区", "赣州经开区"):
        head = page.locator("table.board thead th").filter(has_text=zone)
        head.locator("summary").click()
        expect(head.get_by_text("没写到的不等于没做")).to_be_visible()
        expect(head.get_by_text("示例文摘").first).to_be_visible()


def test_on_the_phone_the_board_scrolls_by_itself_and_the_keyboard_reaches_it(open_page: OpenPage) -> None:
    page = open_page("/compare?theme=招商引资&year=2021", width=390)
    board = page.locator(".wide").first
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(board).to_have_attribute("tabindex", "0")
    expect(board).to_have_role("region")


def test_a_sentence_is_put_into_the_tray_and_cited(open_page: OpenPage) -> None:
    page = open_page("/compare?theme=招商引资&year=2021")
    page.locator("div.quote button.keep").first.click()
    expect(page.locator(".tray-count")).to_have_text("1")
    page.locator(".tray-link").click()
    expect(page.locator("ul.practices > li")).to_have_count(1)
    page.get_by_role("link", name="引用").first.click()
    expect(page.get_by_role("heading", name="GB/T 7714—2025")).to_be_visible()


def test_without_a_script_the_tray_is_kept_in_a_cookie(open_page: OpenPage) -> None:
    page = open_page("/compare?theme=招商引资&year=2021", script=False)
    page.locator("div.quote button.keep").first.click()
    expect(page.locator("div.quote button.keep").first).to_have_text("已入篮")
    page.locator(".tray-link").click()
    expect(page.locator("ul.practices > li")).to_have_count(1)


def test_a_zone_is_pinned_and_marked_wherever_it_is_compared(open_page: OpenPage) -> None:
    page = open_page("/zones/天津经开区")
    page.get_by_role("button", name="设为我区").click()
    page.goto("/compare?theme=招商引资&zone=天津经开区&zone=赣州经开区")
    expect(page.locator("table.board thead th.mine")).to_contain_text("天津经开区")


def test_what_is_copied_of_a_hit_has_its_words_and_source_and_no_buttons(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hit = page.locator("article.hit").first
    title = hit.locator("h2").inner_text()
    for what in ("article.hit", "article.hit .passage"):
        page.evaluate(
            "what => { getSelection().selectAllChildren(document.querySelector(what)); document.execCommand('copy') }",
            what,
        )
        copied = page.evaluate("navigator.clipboard.readText()")
        assert hit.locator(".passage > span").nth(1).inner_text()[:12].strip("…") in copied
        assert title in copied
        assert re.search(r"http://[^ ]+/doc/[0-9a-f]+$", copied)
        assert not re.search("放入篮子|看同类做法|匹配说明|原文", copied)
