"""Twelve things people come for, each from the start page in at most three steps: docs/tasks.md is its table."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage

MOST = 3  # steps of one task; typing is none
# what the sample tells of 2020 and of 2021
GROWTH = {
    "苏州": ("所引段落未见", "8.7%"),
    "宁波": ("3.3%", "8.2%"),
    "南京": ("4.6%", "7.5%"),
    "郑州": ("3%", "4.7%"),
    "长沙": ("4%", "7.5%"),
}


class Visitor:
    """Somebody at the start page whose steps are counted: each click, each Enter, each choice of a list is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def _step(self) -> None:
        self.steps += 1
        assert self.steps <= MOST

    def click(self, what: Locator) -> None:
        self._step()
        what.click()

    def go(self, link: Locator) -> None:
        """Clicks ``link`` and waits for the page that it leads to."""
        with self.page.expect_navigation():
            self.click(link)

    def follow(self, name: str) -> None:
        """Goes by the first link that is called so."""
        self.go(self.page.get_by_role("link", name=name).first)

    def choose(self, label: str, option: str) -> None:
        self._step()
        self.page.get_by_label(label).select_option(option)

    def enter(self) -> None:
        self._step()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def ask(self, words: str) -> None:
        self.page.get_by_label("检索词").fill(words)
        self.enter()

    def save(self, what: Locator) -> bytes:
        """The file that a click on ``what`` downloads."""
        with self.page.expect_download() as download:
            self.click(what)
        return Path(download.value.path()).read_bytes()


@pytest.fixture
def visitor(open_page: OpenPage) -> Visitor:
    return Visitor(open_page("/"))


def row(page: Page, zone: str) -> Locator:
    """The rows of tables of figures that are headed by ``zone``."""
    head = page.locator("th[scope=row]").filter(has=page.get_by_text(zone, exact=True))
    return page.locator("table.figures tr").filter(has=head)


def shows_growth(page: Page) -> None:
    """It tells the years that some report tells, and where a report doesn't."""
    growth = page.locator("section.line").filter(has=page.get_by_role("heading", name="增速 % · 全年"))
    expect(growth.locator("thead th").nth(1)).to_have_text("2020")
    expect(growth.locator("thead th").nth(2)).to_have_text("2021")
    for zone, cells in GROWTH.items():
        line = growth.locator("tr").filter(has=page.get_by_role("rowheader", name=re.compile(f"^{zone}")))
        for number, cell in enumerate(cells):
            expect(line.locator("td").nth(number)).to_contain_text(cell)


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def xlsx_text(data: bytes) -> str:
    strings = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml")
    return "\n".join(ElementTree.fromstring(strings).itertext())


def test_a_what_one_zone_wrote_on_one_theme_about_one_year(visitor: Visitor) -> None:
    visitor.follow("衡阳高新区 招商 2022")
    page = visitor.page
    zones = page.locator("article.hit .where b")
    expect(zones.first).to_have_text("衡阳高新区")
    assert set(zones.all_inner_texts()) == {"衡阳高新区"}
    expect(page.get_by_text("没有写明 2022 年的，下面是年份不明的")).to_be_visible()  # the sample has none of 2022
    visitor.follow("原文")
    expect(page.locator(".text mark").first).to_have_text(re.compile("招商"))


def test_b_who_issued_special_bonds_and_how_much_by_year(visitor: Visitor) -> None:
    visitor.follow("各园区专项债多少")
    page = visitor.page
    page.get_by_label("年份").fill("2020-2022")
    visitor.enter()
    for zone, amount in (("宁波", "235亿元"), ("淄博", "142.31亿元"), ("青岛", "443亿元")):
        number = row(page, zone).get_by_role("link", name=amount)
        expect(number).to_have_attribute("href", re.compile(r"^/doc/\w+.*#"))
    expect(row(page, "十堰").get_by_text("目标")).to_be_visible()  # what is planned is told from what was issued


def test_c_one_theme_in_three_places_in_the_same_year(visitor: Visitor) -> None:
    visitor.ask("对比 苏州 宁波 南京 招商 2021")
    visitor.follow("并列对标：苏州、宁波、南京")
    heads = visitor.page.locator("table.board thead th")
    expect(heads.locator(".zone")).to_have_text(["苏州", "宁波", "南京"])
    for head in heads.all():
        expect(head).to_contain_text("2021")
    expect(visitor.page.get_by_role("heading", name="招商引资")).to_be_visible()
    places = visitor.page.locator("table.board div.quote .from a[href*='/doc/']:first-child")
    assert {place.split()[0] for place in places.all_inner_texts()} == {"2021"}


def test_d_zones_like_mine_that_rate_land_by_its_yield(visitor: Visitor) -> None:
    visitor.follow("我区和同类差在哪里")
    page = visitor.page
    page.get_by_label("我区").fill("株洲高新区")
    visitor.choose("主题", "土地要素/亩均")
    visitor.click(page.get_by_role("button", name="看差距"))
    found = page.locator(".gaps li").filter(has_text="亩均效益评价")
    expect(found.locator(".from").first).to_contain_text("衡阳高新区")
    peer = page.locator("#add li").filter(has_text="衡阳高新区")
    expect(peer).to_contain_text("同类型、同级别、同省")
    expect(page.get_by_text("不等于没有做").first).to_be_visible()


def test_e_growth_of_five_places_over_the_years(visitor: Visitor) -> None:
    visitor.follow("指标")
    visitor.follow("地区生产总值")
    page = visitor.page
    page.get_by_label("年份").fill("2019-2023")
    page.get_by_label("园区").first.fill("，".join(GROWTH))
    visitor.enter()
    shows_growth(page)


def test_e_growth_is_asked_in_the_search_box(visitor: Visitor) -> None:
    visitor.ask(f"{' '.join(GROWTH)} GDP增速 2019-2023")
    visitor.follow("看指标")
    shows_growth(visitor.page)


def test_f_whether_a_report_was_masked(visitor: Visitor) -> None:
    visitor.ask("高新区 规模以上企业总收入 2023")
    page = visitor.page
    hit = page.locator("article.hit").filter(has_text="xx高新区抓科技创新纪实")
    expect(hit.locator(".badge").filter(has_text="脱敏 4 处")).to_be_visible()
    visitor.go(hit.locator("h2 a"))
    masks = page.locator(".text .body .mask")
    expect(masks).to_have_count(4)
    assert masks.first.evaluate("it => getComputedStyle(it).borderBottomStyle") == "dashed"
    expect(page.locator(".signs")).to_contain_text("xx")


def test_g_a_sentence_half_remembered(visitor: Visitor) -> None:
    visitor.ask("企业家 早餐会 当面 诉求")
    expect(visitor.page.locator("article.hit").first).to_contain_text("畅聊早餐会")
    visitor.follow("原文")
    expect(visitor.page.locator(".text mark").first).to_be_visible()


def test_h_a_comparison_as_spreadsheet_and_as_document_with_its_sources(visitor: Visitor) -> None:
    visitor.follow("打开这张对照")
    page = visitor.page
    titles = page.locator(".sources ol li a").all_inner_texts()
    assert len(titles) > 2
    sheet = xlsx_text(visitor.save(page.get_by_role("link", name="Excel")))
    document = docx_text(visitor.save(page.get_by_role("link", name="Word")))
    for text in (sheet, document):
        assert [title for title in titles if title not in text] == []
        assert "/compare?" in text  # where it was taken from


def test_i_a_link_that_shows_somebody_else_the_same(visitor: Visitor, open_page: OpenPage) -> None:
    visitor.ask("招商 2021")
    page = visitor.page
    visitor.go(page.locator(".facet").filter(has_text="园区类型").get_by_role("link", name=re.compile("^经开区")))
    assert "type=" in page.url
    again = open_page(page.url).locator("#main").inner_text()
    assert again == page.locator("#main").inner_text()


def test_i_the_link_of_a_comparison_is_copied(visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.follow("打开这张对照")
    visitor.click(visitor.page.get_by_role("button", name="复制链接"))
    expect(visitor.page.get_by_role("button", name="已复制")).to_be_visible()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == visitor.page.url


def test_j_to_be_told_of_what_is_new_on_a_theme(visitor: Visitor) -> None:
    visitor.ask("双创")
    page = visitor.page
    reports = int(re.findall(r"\d+", page.locator("h1.total").inner_text())[1])
    with page.expect_response(re.compile(r"/search\.atom")) as answered:
        visitor.click(page.get_by_role("link", name="订阅"))
    assert answered.value.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(page.request.get(answered.value.url).body())
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert 1 < len(entries) <= reports
    assert all("双创" in "".join(entry.itertext()) or "创新创业" in "".join(entry.itertext()) for entry in entries)


def test_k_a_sentence_with_a_citation_for_a_paper(visitor: Visitor) -> None:
    visitor.ask("营商环境 2021")
    page = visitor.page
    title = page.locator("article.hit h2").first.inner_text()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.follow("引用")
    section = page.locator("section").filter(has=page.get_by_role("heading", name="GB/T 7714—2025"))
    expect(section.locator("pre")).to_contain_text(title)
    visitor.click(section.get_by_role("button"))
    expect(section.get_by_role("button")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == section.locator("pre").inner_text()


def test_l_what_others_do_that_is_like_a_paragraph_of_mine(visitor: Visitor) -> None:
    visitor.follow("找同类做法")
    page = visitor.page
    page.get_by_label(re.compile("^贴一段文字")).fill(
        "我区拟每月请十来位企业家边吃早饭边谈困难，区领导当场答复，能办的限期办完，办不了的说明原因，办结情况向企业公开。"
    )
    visitor.click(page.get_by_role("button", name="查找"))
    found = page.locator("ol.practices > li")
    expect(found.first).to_contain_text("营商环境")
    assert len(set(page.locator("ol.practices > li > div > a").all_inner_texts())) > 3  # of several zones
    for one in found.all():
        expect(one.locator(".quote .from a").first).to_have_attribute("href", re.compile(r"^/doc/\w+.*#p\d+"))
