"""axe-core finds nothing on any page, in any state: both languages, light and dark, desk and phone.

A state is loaded once in a language; scheme and width change under it. `make test` runs each state in one of two
combinations, half of them in either language; CI all of them in all eight. Short lists: axe takes a second for each
thousand elements, and the twentieth hit is made as the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Literal, cast

import pytest
from playwright.sync_api import Browser, Page

from tests.shared import IN_CI

# what one clicks is 24 pixels high or has room about it (WCAG 2.5.8): off by default in axe
RUN = """async () => (await axe.run(document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } },
  })).violations
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
    "calls for programs": "/api",
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
    "indicator of one matter": "/figures?indicator=project-total-investment",
    "indicators": "/indicators",
    "zones": "/zones",
    "zones, none": "/zones?theme=招商引资&province=湖南&type=科技城",
    "zone": "/zones/天津经开区",
    "about": "/about",
    "help": "/help",
    "refused": "/search?q=招商&year=去年",
    "missing": "/doc/nothing",
}
HEIGHT = 900
Way = tuple[int, Literal["light", "dark"]]  # width of the window in pixels, colour scheme
DESK_LIGHT: Way = (1280, "light")
DESK_DARK: Way = (1280, "dark")
PHONE_LIGHT: Way = (390, "light")
PHONE_DARK: Way = (390, "dark")
OFTEN: dict[str, tuple[Way, ...]] = {"zh": (DESK_LIGHT,), "en": (PHONE_DARK,)}
LEFT_TO_CI: dict[str, tuple[Way, ...]] = {
    "zh": (DESK_DARK, PHONE_DARK, PHONE_LIGHT),
    "en": (PHONE_LIGHT, DESK_LIGHT, DESK_DARK),
}
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core itself, as axe-playwright-python brings it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=OFTEN)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(browser: Browser, site: str, lang: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, bypass_csp=True)  # for axe; what pages load: test_pages.py
    context.add_cookies([{"name": "lang", "value": lang, "url": site}])
    yield context.new_page()
    context.close()


def go(page: Page, axe: str, address: str) -> None:
    page.goto(address)
    page.add_style_tag(content=STILL)  # half-way between two schemes no contrast is right
    page.evaluate(axe)


def found_in(page: Page, ways: tuple[Way, ...]) -> dict[Way, list[str]]:
    """What axe finds in each way in which it finds anything. Everything that folds is open."""
    found: dict[Way, list[str]] = {}
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(UNFOLD)
        found[width, scheme] = cast("list[str]", page.evaluate(RUN))
    return {way: violations for way, violations in found.items() if violations}


def ways_of(lang: str) -> tuple[Way, ...]:
    return (*OFTEN[lang], *LEFT_TO_CI[lang]) if IN_CI else OFTEN[lang]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, lang: str, axe: str, a_hit: tuple[str, int], state: str) -> None:
    if not IN_CI and list(STATES).index(state) % 4 != 2 * list(OFTEN).index(lang):
        pytest.skip("every other page in one language; in CI, or with CI=true, each in both")
    go(page, axe, STATES[state].format(report=a_hit[0], seq=a_hit[1]))
    assert found_in(page, OFTEN[lang]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_the_other_ways(
    page: Page, lang: str, axe: str, a_hit: tuple[str, int], state: str
) -> None:
    go(page, axe, STATES[state].format(report=a_hit[0], seq=a_hit[1]))
    assert found_in(page, LEFT_TO_CI[lang]) == {}


def test_axe_finds_nothing_in_what_opens(page: Page, lang: str, axe: str) -> None:
    go(page, axe, "/search?q=招商&limit=2")
    for way in ways_of(lang):
        page.keyboard.press("?")
        assert found_in(page, (way,)) == {}
        page.keyboard.press("Escape")
        if way[0] < 400:
            page.locator("button[popovertarget=filters].only-narrow").first.click()
            assert found_in(page, (way,)) == {}
            page.keyboard.press("Escape")


def test_axe_finds_nothing_in_large_type(page: Page, lang: str, axe: str) -> None:
    go(page, axe, "/search?q=招商&limit=2&size=large")
    assert found_in(page, ways_of(lang)) == {}
    page.set_viewport_size({"width": 390, "height": HEIGHT})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.clear_cookies(name="size")
