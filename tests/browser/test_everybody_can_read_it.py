"""Contrast, names, keyboard, width: measured in the browser on every kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.library import Library
from tests.browser.conftest import OpenPage, windows

KINDS = (
    "home",
    "search",
    "filtered",
    "empty",
    "report",
    "compare",
    "compare form",
    "compare statuses",
    "figures",
    "indicators",
    "gaps",
    "matrix",
    "provinces",
    "similar",
    "tray",
    "cite",
    "practices",
    "practice",
    "zone",
    "zones",
    "about",
    "wrong",
    "missing",
)

# Effective contrast of every visible text: foreground over the backgrounds stacked below it.
LOW_CONTRAST = """() => {
  const parse = (c) => {
    const m = c.match(/[\\d.]+/g).map(Number);
    if (c.startsWith('color(')) for (const i of [0, 1, 2]) m[i] *= 255;  // color-mix() is told from 0 to 1
    return [m[0], m[1], m[2], m.length > 3 ? m[3] : 1];
  };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const ground = (el) => {
    const stack = [];
    for (let e = el; e; e = e.parentElement) stack.push(parse(getComputedStyle(e).backgroundColor));
    return stack.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !el.checkVisibility({ opacityProperty: true })) continue;
    if (el.closest('.unseen, .skip, datalist, option, svg')) continue;
    let faded = 1;
    for (let e = el; e; e = e.parentElement) faded *= Number(getComputedStyle(e).opacity);
    const below = ground(el);
    const ink = parse(getComputedStyle(el).color);
    ink[3] *= faded;
    const [a, b] = [light(over(ink, below)), light(below)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const said = walker.currentNode.data.trim().slice(0, 20);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${el.tagName}.${el.className}: ${said}`);
  }
  return low;
}"""

NAMELESS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
  .filter((el) => {
    const labels = el.labels ? [...el.labels].map((l) => l.textContent).join('') : '';
    return !(el.getAttribute('aria-label') || labels || el.textContent).trim();
  }).map((el) => el.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="session")
def addresses(library: Library) -> dict[str, str]:
    query = library.question({"q": ["招商"]})
    passage = library.search(query).hits[0].passage
    report, span = passage.report, library.report(passage.report).report.passages[passage.seq].span
    item = f"{report}:{passage.seq}:{span.start}-{span.end}"
    return {
        "home": "/",
        "search": "/search?q=招商",
        "filtered": "/search?q=招商&type=高新区&sort=date",
        "empty": "/search?q=没有人会写的词句&type=高新区",
        "report": f"/doc/{report}?q=招商",
        "compare": "/compare?theme=招商引资&zone=衡阳高新区&zone=天津经开区&zone=长春新区&zone=未具名高新区",
        "compare form": "/compare",
        "compare statuses": "/compare?theme=招商引资&year=2021&by=status&sort=difference",
        "figures": "/figures?indicator=地区生产总值",
        "indicators": "/indicators",
        "gaps": "/gaps?zone=天津经开区",
        "matrix": "/matrix?theme=招商引资",
        "provinces": "/matrix?theme=招商引资&rows=province",
        "similar": f"/similar?passage={report}:{passage.seq}",
        "tray": f"/tray?item={item}&zone=天津经开区&zone=衡阳高新区",
        "cite": f"/doc/{report}/cite?start={span.start}&end={span.end}",
        "practices": "/practices",
        "practice": "/practices/驻点与外出招商",
        "zone": "/zones/天津经开区",
        "zones": "/zones",
        "about": "/about",
        "wrong": "/search?q=招商&year=去年",
        "missing": "/doc/nothing",
    }


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Page]:
    """For what is only measured: to open one for each of these tests takes a third of what the browser does."""
    with windows(browser, site) as opened:
        yield opened("/help")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def desk(kind: str, window: Page, addresses: dict[str, str]) -> Page:
    """A page of each kind, loaded once for what is measured on it."""
    window.emulate_media(color_scheme="light")
    window.set_viewport_size({"width": 1280, "height": 900})
    window.goto(addresses[kind])
    return window


def test_every_link_and_control_has_a_name(desk: Page) -> None:
    assert desk.evaluate(NAMELESS) == []


def test_headings_go_down_one_step_at_a_time(desk: Page, kind: str) -> None:
    levels = desk.eval_on_selector_all("h1, h2, h3, h4, h5", "all => all.map(one => Number(one.tagName[1]))")
    if kind == "report":  # the outline stands before the title, and a report's own levels are the report's
        assert levels.count(1) == 1
        return
    assert levels.count(1) <= 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_text_stands_out_from_its_ground(desk: Page) -> None:
    desk.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert desk.evaluate(LOW_CONTRAST) == []
    light = desk.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    desk.emulate_media(color_scheme="dark")
    assert desk.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") != light
    assert desk.evaluate(LOW_CONTRAST) == []


def test_nothing_scrolls_sideways_on_a_phone(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 800})
    desk.reload()
    for width in (390, 320):
        desk.set_viewport_size({"width": width, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.parametrize(
    "kind", ["home", "search", "report", "about", "similar", "tray", "practices", "practice", "cite", "zone", "wrong"]
)
@pytest.mark.slow
def test_text_of_twice_the_size_still_fits(open_page: OpenPage, addresses: dict[str, str], kind: str) -> None:
    page = open_page(addresses[kind])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 390, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.goto(addresses[kind] + ("&" if "?" in addresses[kind] else "?") + "size=large&lang=en")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到结果")).to_be_focused()
    expect(page.get_by_role("link", name="跳到结果")).to_be_in_viewport()
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                """() => {
                    const el = document.activeElement;
                    const frame = el.closest('form') ?? el;  // the search box draws one ring around itself
                    const ring = getComputedStyle(el).outlineStyle !== 'none'
                        || getComputedStyle(frame).boxShadow !== 'none';
                    return [el.tagName, ring].join(' ');
                }"""
            )
        )
    assert {"A true", "INPUT true", "BUTTON true"} <= seen
    assert not [one for one in seen if one.endswith("false")]


@pytest.mark.parametrize("kind", ["home", "search", "report", "compare"])
def test_nothing_moves_for_who_asked_for_less_motion(open_page: OpenPage, addresses: dict[str, str], kind: str) -> None:
    page = open_page(addresses[kind])
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((one) => {
            const style = getComputedStyle(one);
            return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
                || style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_the_skip_link_jumps_over_the_head(open_page: OpenPage) -> None:
    page = open_page("/about")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_print_leaves_head_and_outline_away(open_page: OpenPage, addresses: dict[str, str]) -> None:
    page = open_page(addresses["report"])
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".outline")).to_be_hidden()
    expect(page.locator(".body")).to_be_visible()


def test_figures_are_set_in_columns_and_the_title_in_song(open_page: OpenPage, addresses: dict[str, str]) -> None:
    page = open_page(addresses["report"])
    assert "tabular-nums" in page.locator("body").evaluate("e => getComputedStyle(e).fontVariantNumeric")
    assert "Serif" in page.locator(".text h1").evaluate("e => getComputedStyle(e).fontFamily")
    width = page.locator(".body").evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)")
    assert width <= 42.1


def test_no_word_of_the_navigation_is_broken_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/search?q=招商", width=390)
    lines = page.eval_on_selector_all(".top nav a", "all => all.map(one => one.getClientRects()[0].height)")
    assert len(lines) == 8
    assert max(lines) < 40, "two lines of 16 px are 54 high"
    tops = page.eval_on_selector_all(".top nav a", "all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    assert len(set(tops)) == 1
