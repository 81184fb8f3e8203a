"""In a real browser: the page of the API is tried without a script, and data for search engines break no policy."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import OpenPage


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_call_is_tried_by_filling_in_its_form(open_page: OpenPage, width: int, script: bool) -> None:
    page = open_page("/api?lang=en", width=width, script=script)
    form = page.locator("#compare form")
    assert form.locator("[name=theme]").input_value() == "招商引资"
    form.locator("summary").click()
    form.locator("[name=by]").select_option("status")
    form.locator("button").click()
    page.wait_for_url("**/api/v1/compare?**")
    told = json.loads(page.locator("body").inner_text())
    assert (told["theme"], told["by"]) == ("招商引资", "status")


def test_the_page_of_the_api_needs_no_scrolling_sideways_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/api", width=390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("address", ["/", "/about", "/search?q=招商"])
def test_what_stands_in_the_head_is_read_as_such(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    assert page.locator("head > link[rel=alternate][type='application/json']").count() == 1
    assert page.locator("head > meta[name=description]").count() == 1
    for data in page.locator("head > script[type='application/ld+json']").all():
        assert json.loads(data.inner_text() or data.text_content() or "")["@context"] == "https://schema.org"


def test_a_report_is_described_and_its_policy_is_kept(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/doc/**")
    data = page.locator("head > script[type='application/ld+json']").text_content()
    assert json.loads(data or "")["@type"] == "Report"
