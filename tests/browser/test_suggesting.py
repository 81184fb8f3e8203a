"""What is offered under the search box, with keys, by touch, through an input method."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_everybody_can_read_it import LOW_CONTRAST, NAMELESS


def typed(page: Page, text: str) -> None:
    """At one stroke: letter by letter, the list of an earlier letter may still stand when a test looks at it."""
    page.get_by_label("检索词").fill(text)


def names(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option").locator(".name")


def test_pinyin_brings_up_words_and_enter_takes_the_one_chosen(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox", name="检索词")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("zhaosh", delay=10)
    expect(page.get_by_role("listbox", name="联想")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(names(page).first).to_have_text("招商")
    expect(names(page).nth(1)).to_have_text("招商引资")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_contain_text("招商引资")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))
    expect(page.get_by_label("检索词")).to_have_value("招商引资")
    expect(page.locator("article.hit").first).to_be_visible()


def test_enter_without_a_choice_asks_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "招")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("检索词")).to_have_value("招")


def test_arrows_go_round_and_escape_closes_but_keeps_the_words(open_page: OpenPage) -> None:
    page = open_page("/search")
    typed(page, "招商")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("listbox").get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_label("检索词")).to_have_value("招商")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_zone_becomes_a_filter_beside_the_words_and_the_other_filters(open_page: OpenPage) -> None:
    page = open_page("/search?year=2021")
    typed(page, "招商 tianjin")
    page.get_by_role("listbox").get_by_role("option").filter(has_text="天津经开区").click()
    expect(page.locator(".chips a").filter(has_text="天津经开区")).to_have_count(1)
    expect(page.locator(".chips a").filter(has_text="2021")).to_have_count(1)
    expect(page.get_by_label("检索词")).to_have_value("招商")


def test_who_comes_back_finds_no_list_left_open(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "招商引")
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page.locator("article.hit").first).to_be_visible()
    page.go_back()
    expect(page.get_by_label("检索词")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_title_opens_its_report(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "天津经开区2021年")
    page.get_by_role("listbox").get_by_role("option").filter(has_text="报告").first.click()
    expect(page).to_have_url(re.compile("/doc/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_phone_options_are_large_enough_for_a_finger_and_easy_to_read(
    open_page: OpenPage, scheme: Literal["light", "dark"]
) -> None:
    page = open_page("/", width=390)
    page.emulate_media(color_scheme=scheme)
    typed(page, "tianjin")
    expect(page.get_by_role("listbox")).to_be_visible()
    heights = "options => options.map((option) => option.getBoundingClientRect().height)"
    assert min(page.get_by_role("listbox").get_by_role("option").evaluate_all(heights)) >= 43
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate(NAMELESS) == []
    page.get_by_role("listbox").get_by_role("option").first.dispatch_event("click")
    expect(page).to_have_url(re.compile("/search|/doc"))


COMPOSING = """(text) => {
  const box = document.querySelector("#q");
  box.focus();
  box.value = text;
  box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  const inputType = "insertCompositionText";
  box.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true, data: text, inputType }));
}"""
COMPOSED = """(text) => {
  const box = document.querySelector("#q");
  box.value = text;
  box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: text }));
}"""
KEY = """(key) => document.querySelector("#q").dispatchEvent(
  new KeyboardEvent("keydown", { key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""


def test_an_input_method_is_left_to_its_work(open_page: OpenPage) -> None:
    page = open_page("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    page.evaluate(COMPOSING, "ㄓㄠ")
    page.wait_for_timeout(400)
    assert asked == [], "in mid-composition nothing but pinyin says anything"
    page.evaluate(COMPOSING, "zhao'shang")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(names(page).first).to_have_text("招商")
    assert page.evaluate(KEY, "ArrowDown"), "its arrows and its Enter are its own"
    assert page.evaluate(KEY, "Enter")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_count(0)
    page.evaluate(COMPOSED, "专项债")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("专项债")


def test_an_answer_to_what_was_typed_before_is_dropped(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate(
        """() => {
            const real = window.fetch;
            window.fetch = (address) => new Promise((done) => setTimeout(() => done(real(address)),
              String(address).endsWith("q=zhao") ? 900 : 0));
        }"""
    )
    typed(page, "zhao")
    page.wait_for_timeout(300)  # asked, and not answered yet
    page.get_by_label("检索词").fill("chongqing")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("重庆")
    page.wait_for_timeout(1000)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("重庆")


def test_without_a_script_the_box_is_a_plain_search_field(open_page: OpenPage) -> None:
    page = open_page("/", script=False)
    expect(page.get_by_role("searchbox", name="检索词")).to_be_visible()
    expect(page.locator("[role=listbox]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_slip_is_offered_put_right(open_page: OpenPage, script: bool) -> None:
    page = open_page("/search?q=招尚引资&type=经开区", script=script)
    expect(page.get_by_text("你是不是要找")).to_be_visible()
    page.locator(".meant a").first.click()
    expect(page.get_by_label("检索词")).to_have_value("招商引资")
    expect(page.locator(".chips a").filter(has_text="经开区")).to_have_count(1)
    assert page.locator("mark").first.inner_text() == "招商引资"
