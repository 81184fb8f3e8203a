"""axe-core finds nothing on any page, in any state: in Chinese on a light desk, in English on a dark phone.

Contrast in the two other combinations is measured by test_everybody_can_read_it.py. Short lists: axe takes a second for
each thousand elements, and the twentieth hit is made as the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import cast

import pytest
from playwright.sync_api import Browser, Page

RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .map((one) => `${one.id} ×${one.nodes.length}: ${one.nodes[0].html.slice(0, 200)}`)"""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
STATES = {
    "home": "/",
    "results": "/search?q=招商&limit=3",
    "filtered results": "/search?q=招商&type=高新区&year=2021&sort=date&limit=3",
    "a plain question": "/search?q=天津经开区 招商 2021&limit=3",
    "a sentence": "/search?q=企业用地不够怎么办&limit=3",
    "nothing found": "/search?q=没有人会写的词句&match=exact&type=高新区",
    "past the end": "/search?q=招商&page=99",
    "report": "/doc/{report}?q=招商",
    "report beside its original": "/doc/{report}?q=招商&view=original",
    "citation": "/doc/{report}/cite?p=0",
    "similar": "/similar?passage={report}:{seq}",
    "similar, empty": "/similar",
    "tray": "/tray?item={report}:{seq}&zone=天津经开区&zone=衡阳高新区",
    "tray, empty": "/tray",
    "comparison": "/compare?theme=招商引资&year=2021",
    "comparison by kind": "/compare?theme=招商引资&year=2021&by=status&sort=difference",
    "comparison, empty": "/compare",
    "comparison, refused": "/compare?theme=没有的主题",
    "comparison, mine": "/compare?theme=招商引资&zone=株洲高新区&zone=南昌高新区&mine=南昌高新区",
    "figures": "/figures?indicator=工业投资",
    "figures, empty": "/figures",
    "figures of two": "/figures?indicator=上市公司数&zone=苏州&zone=东莞",
    "gaps": "/gaps?zone=天津经开区",
    "gaps, empty": "/gaps",
    "matrix, empty": "/matrix",
    "matrix": "/matrix?theme=专项债与融资",
    "provinces": "/matrix?theme=专项债与融资&rows=province",
    "practices": "/practices",
    "practice": "/practices/investment/stationed-teams",
    "indicators": "/indicators",
    "zones": "/zones",
    "zones, none": "/zones?theme=招商引资&province=湖南&type=科技城",
    "zone": "/zones/天津经开区",
    "about": "/about",
    "help": "/help",
    "refused": "/search?q=招商&year=去年",
    "missing": "/doc/nothing",
}
WAYS = {"zh light desk": ("zh", "light", 1280), "en dark phone": ("en", "dark", 390)}


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core itself, as axe-playwright-python brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=WAYS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    lang, scheme, width = WAYS[request.param]
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for axe itself; what pages load is held by test_pages.py
    )
    context.add_cookies([{"name": "lang", "value": lang, "url": site}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, axe: str, a_hit: tuple[str, int], state: str) -> None:
    report, seq = a_hit
    page.goto(STATES[state].format(report=report, seq=seq))
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    assert cast("list[str]", page.evaluate(RUN)) == []


def test_axe_finds_nothing_in_what_opens(page: Page, axe: str) -> None:
    page.goto("/search?q=招商&limit=2")
    page.keyboard.press("?")
    page.evaluate(axe)
    assert cast("list[str]", page.evaluate(RUN)) == []
    page.keyboard.press("Escape")
    if page.get_by_role("button", name="Filters").is_visible():
        page.get_by_role("button", name="Filters").click()
        assert cast("list[str]", page.evaluate(RUN)) == []


def test_axe_finds_nothing_in_large_type(page: Page, axe: str) -> None:
    page.goto("/search?q=招商&limit=2&size=large")
    page.evaluate(axe)
    assert cast("list[str]", page.evaluate(RUN)) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
