"""Single keys, and the way to the first hit by Tab."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

FOCUSED = "document.activeElement.closest('article.hit')?.getAttribute('aria-labelledby') ?? ''"


IN_RESULTS = "document.activeElement.matches('#results a, #results input, #results button, #results summary')"


def hit_at(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


def test_from_the_box_to_the_first_hit_it_takes_twelve_presses_at_most(open_page: OpenPage) -> None:
    for address in ("/search?q=招商", "/search?q=招商&type=高新区&year=2021", "/search?q=2021年 陕西 高新区 招商"):
        page = open_page(address, width=390)  # one button more than on a desk
        page.get_by_label("检索词").focus()
        presses = 0
        while not hit_at(page) and presses < 20:
            page.keyboard.press("Tab")
            presses += 1
        assert presses <= 12, address


def test_on_a_phone_what_is_said_of_the_results_takes_a_quarter_of_the_page(open_page: OpenPage) -> None:
    for address in ("/search?q=招商", "/search?q=天津经开区 招商 2021"):
        page = open_page(address, width=390)
        head, hit = (page.locator(what).first.bounding_box() for what in ("header.top", "article.hit"))
        assert head is not None
        assert hit is not None
        assert hit["y"] - head["y"] - head["height"] <= 240, address


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "/search?q=招商",
        "/compare?theme=科技创新&zone=苏州&zone=宁波&zone=南京&zone=西安&year=2021",
        "/figures?indicator=高新技术企业数",
        "/figures?indicator=project-total-investment",
        "/gaps?zone=芜湖&year=2021",
        "/matrix?theme=招商引资",
        "/matrix?theme=招商引资&rows=province",
        "/zones",
        "/practices",
        "/indicators",
    ],
)
def test_from_the_start_of_a_page_to_its_first_result_it_takes_twelve_presses_at_most(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到结果")).to_be_focused()
    page.keyboard.press("Enter")
    presses = 2
    while presses < 20 and not page.evaluate(IN_RESULTS):
        page.keyboard.press("Tab")
        presses += 1
    assert presses <= 12


def test_the_first_link_leads_to_the_results(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到结果")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert hit_at(page)


def test_j_and_k_walk_through_the_hits_and_o_opens_one(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.keyboard.press("j")
    first = hit_at(page)
    page.keyboard.press("j")
    second = hit_at(page)
    page.keyboard.press("k")
    assert first
    assert second not in ("", first)
    assert hit_at(page) == first
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/doc/" + first.removeprefix("t-")))


def test_c_cites_and_p_keeps_the_hit_one_is_at(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.locator("article.hit .keep").first).to_have_text("已在篮子")
    expect(page.locator(".tray-count").first).to_contain_text("1")
    page.keyboard.press("c")
    page.wait_for_url(re.compile("/cite"))
    expect(page.get_by_role("heading", name="带出处的原句")).to_be_visible()


def test_n_walks_through_the_marks_of_a_report(open_page: OpenPage, a_hit: tuple[str, int]) -> None:
    page = open_page(f"/doc/{a_hit[0]}?q=招商")
    page.wait_for_load_state()
    total = page.locator("mark").count()
    page.keyboard.press("n")
    expect(page.locator("mark.now")).to_have_attribute("id", "h0")
    page.keyboard.press("n")
    expect(page.locator("mark.now")).to_have_attribute("id", "h1")
    expect(page.locator("mark.now")).to_be_in_viewport()
    page.keyboard.press("Shift+N")
    page.keyboard.press("Shift+N")
    expect(page.locator("mark.now")).to_have_attribute("id", f"h{total - 1}")
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.now")).to_have_attribute("id", "h0")


def test_search_box_and_title_stay_in_sight(open_page: OpenPage, a_hit: tuple[str, int]) -> None:
    page = open_page(f"/doc/{a_hit[0]}?q=招商")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_label("检索词")).to_be_in_viewport()
    expect(page.locator(".here .title")).to_be_in_viewport()


def test_the_keys_are_listed_and_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="快捷键")
    expect(dialog).to_be_visible()
    dialog.get_by_label("使用单键快捷键").uncheck()
    dialog.get_by_role("button", name="关闭").click()
    page.keyboard.press("j")
    assert not hit_at(page)
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_label("检索词")).not_to_be_focused()


def test_letters_that_are_typed_are_only_letters(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.get_by_label("检索词").fill("")
    page.keyboard.type("jkop?")
    expect(page.get_by_label("检索词")).to_have_value("jkop?")
