"""Tables that stay side by side: heads and first columns in their place, the tray with and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

SIX = "".join(f"&zone={zone}" for zone in ("苏州", "宁波", "南京", "西安", "淄博高新区", "烟台经开区"))
BOARD = f"/compare?theme=科技创新{SIX}&year=2021"
TOP = "e => e.getBoundingClientRect().top"
LEFT = "e => e.getBoundingClientRect().left"


def test_the_head_stays_while_one_reads_down_a_desk(open_page: OpenPage) -> None:
    page = open_page(BOARD)
    head = page.locator(".board thead th").first
    assert head.evaluate(TOP) > 150
    page.evaluate("scrollTo(0, 1400)")
    assert -1 <= head.evaluate(TOP) <= 1
    expect(head).to_be_in_viewport()


def test_zones_stand_beside_each_other_on_a_phone_under_their_heads(open_page: OpenPage) -> None:
    page = open_page(BOARD, width=390)
    box = page.locator(".wide.stays")
    box.evaluate("e => { e.scrollIntoView(); e.scrollTo(600, 700); }")
    practice, head = page.locator(".board tbody th[scope='row']").nth(4), page.locator(".board thead th").nth(2)
    edge = box.evaluate(LEFT)
    assert abs(practice.evaluate(LEFT) - edge) <= 1, "the practice stays at the left"
    assert abs(head.evaluate(TOP) - box.evaluate(TOP)) <= 1, "the zone stays at the top"
    widths = page.eval_on_selector_all(".board thead th", "all => all.map(e => e.offsetWidth)")
    assert min(widths) > 150


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [BOARD, "/figures?indicator=高新技术企业数", "/gaps?zone=芜湖&year=2021", "/matrix?theme=招商引资", "/zones/西安"],
)
def test_what_one_clicks_is_24_pixels_high_or_stands_in_a_sentence(
    open_page: OpenPage, address: str, width: int
) -> None:
    page = open_page(address, width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main summary, main input, main select')]
            .filter(e => e.checkVisibility() && !['hidden', 'checkbox'].includes(e.type)
                && getComputedStyle(e).display !== 'inline' && e.getBoundingClientRect().height < 23.9)
            .map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


@pytest.mark.parametrize("script", [True, False])
def test_a_sentence_goes_into_the_tray_and_out_with_and_without_a_script(open_page: OpenPage, script: bool) -> None:
    page = open_page(BOARD, script=script)
    keep = page.locator(".board .keep").first
    item = keep.get_attribute("value")
    keep.click()
    expect(page.locator(f'.board .keep[value="{item}"]').first).to_have_text("已入篮")
    page.locator(".tray-link").click()
    expect(page.locator("ul.practices > li")).to_have_count(1)
    page.locator("ul.practices button.off").click()
    expect(page.locator("ul.practices")).to_have_count(0)


def test_text_of_twice_the_size_breaks_nothing_off(open_page: OpenPage) -> None:
    """A desk of 1280 pixels enlarged to 200 % has 640 of them; and the reader's own large type on top of that."""
    for address in (
        f"{BOARD}&size=large",
        BOARD,
        "/figures?indicator=高新技术企业数",
        "/gaps?zone=芜湖&year=2021",
        "/zones",
        "/indicators",
    ):
        page = open_page(address, width=640)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_the_address_is_copied_as_it_stands(open_page: OpenPage) -> None:
    page = open_page(BOARD)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="复制链接")
    button.click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_ticked_rows_of_the_matrix_make_a_smaller_one(open_page: OpenPage) -> None:
    page = open_page("/matrix?theme=招商引资", script=False)
    for box in page.locator("main table input[type='checkbox']").all()[:3]:
        box.check()
    page.get_by_role("button", name="只看所选").click()
    expect(page.locator("main tbody tr")).to_have_count(3)


def test_a_zone_is_added_by_filters_without_typing(open_page: OpenPage) -> None:
    page = open_page("/compare?theme=招商引资&zone=株洲高新区", script=False)
    adding = page.locator("#add")
    adding.get_by_label("类型").select_option("经开区")
    adding.get_by_role("button", name="筛选").click()
    first = page.locator("#add .offered a").first
    name = first.inner_text()
    first.click()
    expect(page.locator(".board thead .zone")).to_have_text(["株洲高新区", name])
