"""Zones side by side, with what is not known said so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from tests.web.conftest import ClientOver
from tests.web.looking import content, found, links, text, words
from tests.web.shelf import shelf

ZONES = "&zone=湘江示例高新区&zone=闽江示例高新区&zone=未具名经开区&zone=空白示例新区"
BOARD = f"/compare?theme=招商引资{ZONES}"


def row(html: str, name: str) -> Any:
    """The line of the board whose head begins with ``name``."""
    (line,) = found(html, "//tbody/tr[th[@scope='row'][starts-with(normalize-space(.), $name)]]", name=name)
    return line


def cells(html: str, name: str) -> list[str]:
    """Without the zone's name, which stands in each for narrow screens."""
    (line,) = found(html, "//table[contains(@class, 'board')]/thead/tr")
    labels = [content(th.find_class("zone")[0]) for th in line.xpath("th")]
    told = [content(td) for td in row(html, name).xpath("td")]
    return [cell.removeprefix(label).strip() for cell, label in zip(told, labels, strict=True)]


def names(html: str) -> list[str]:
    return [content(name) for name in found(html, "//tbody/tr/th[@scope='row']/*[1]")]


def test_practices_are_rows_and_zones_are_columns(client: FlaskClient) -> None:
    stationed = cells(text(client, BOARD), "驻点与外出招商")
    assert len(stationed) == 4
    assert "派出三支驻外小组" in stationed[0]
    assert "坚持“问、磨、盯、落”四步" in stationed[2]


def test_practices_that_most_have_come_first_and_what_has_no_name_last(client: FlaskClient) -> None:
    html = text(client, BOARD)
    groups = [content(th) for th in found(html, "//tr[@class='group']/th")]
    assert groups[:3] == ["多家都有", "少数家有", "没有归入做法的"]
    assert content(row(html, "驻点与外出招商").xpath("th")[0]).endswith("3 家中 2 家")


def test_who_has_a_practice_is_counted_and_nothing_is_said_to_be_the_only_one(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert content(row(html, "委托中介招商").xpath("th")[0]).endswith("所比三家中仅见于湘江示例高新区")
    both = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区")
    assert content(row(both, "招商专班队伍").xpath("th")[0]).endswith("两家都有")
    for absolute in ("只有这一家", "唯一", "首创", "独有"):
        assert absolute not in words(html)


def test_statuses_can_be_rows_instead(client: FlaskClient) -> None:
    html = text(client, BOARD + "&by=status")
    assert names(html)[:3] == ["举措", "成效", "计划"]
    assert "全员招商" in cells(html, "举措")[1]
    assert "力争再签约项目25个" in cells(html, "计划")[0]
    (back,) = found(html, "//div[@aria-label='按什么分行']/a[not(@aria-current)]")
    assert "by=" not in back.get("href")


def test_silences_are_told_apart(client: FlaskClient) -> None:
    html = text(client, BOARD)
    assert cells(html, "委托中介招商")[1:] == ["未提及", "未提及", "未收录"]
    assert "数字已脱敏" in cells(html, "其他举措")[2]
    cut = text(client, BOARD + "&year=2021")
    assert cells(cut, "商会乡贤与招商大使")[0] == "未收录"
    truncated = text(client, "/compare?theme=营商环境&zone=闽江示例高新区&zone=湘江示例高新区&year=2021-2022")
    assert cells(truncated, "一件事集成办")[0] == "预览截断"


def test_a_plan_in_a_cell_says_that_it_is_one(client: FlaskClient) -> None:
    (mine, *_) = cells(text(client, BOARD), "委托中介招商")
    assert mine.startswith("计划 下半年引入第三方机构")


def test_what_finds_no_room_in_a_cell_stands_behind_a_count_and_is_not_cut(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区&by=status")
    (cell,) = row(html, "举措").xpath("td[2]")
    shown = cell.xpath("./div[contains(@class, 'quote')]")
    hidden = cell.xpath("./details//div[contains(@class, 'quote')]")
    passages = client.get("/api/v1/search?zone=闽江示例高新区&theme=招商引资&status=举措").get_json()["total"]
    assert len(shown) + len(hidden) == passages == 3
    assert bool(hidden) == (f"另有 {len(hidden)} 处" in content(cell))


def test_a_report_that_hides_its_zone_is_a_column_of_its_own(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=r3&zone=r4&zone=湘江示例高新区")
    heads = [content(one) for one in found(html, "//thead//*[@class='zone']")]
    assert heads == [
        "未具名高新区 · 2022 · xx高新区全年经济社会发展情况总结",
        "未具名经开区 · 2020 · 某经开区2020年招商引资工作总结",
        "湘江示例高新区",
    ]
    assert {content(one) for one in found(html, "//*[@class='mask']")} >= {"xx个", "x个"}


def test_a_zone_without_a_report_has_no_quality_to_tell(client: FlaskClient) -> None:
    (head,) = found(text(client, BOARD), "//thead//th[*[@class='zone'] = '空白示例新区']")
    assert "没有收录这一年的报告" in content(head)
    assert not head.find_class("badge")


def test_rows_in_which_the_zones_agree_can_be_hidden(client: FlaskClient) -> None:
    pair = "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"
    assert "招商专班队伍" in names(text(client, pair))
    different = names(text(client, pair + "&only=different"))
    assert "招商专班队伍" not in different
    assert "委托中介招商" in different


def test_rows_can_stand_by_their_difference(client: FlaskClient) -> None:
    html = text(client, BOARD + "&sort=difference")
    assert content(found(html, "//tr[@class='group']/th")[0]) == "差异大的在前"
    (on,) = found(html, "//div[@aria-label='排序']/a[@aria-current]")
    assert content(on) == "差异大的在前"


def test_every_quote_leads_to_its_place_in_its_report_and_can_be_cited(client: FlaskClient) -> None:
    html = text(client, BOARD)
    hrefs = found(html, "//div[@class='quote']//a[@title='看原文']/@href")
    assert hrefs
    for href in hrefs:
        path, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client, path)
    (cite, *_) = [href for href in found(html, "//div[@class='quote']//a/@href") if "/cite?" in href]
    assert "带出处的原句" in text(client, cite)


def test_unlike_figures_do_not_stand_in_one_row(client: FlaskClient) -> None:
    """Signed in half a year, meant for a whole one, and brought in since the zone was founded."""
    html = text(client, BOARD)
    told = cells(html, "签约项目数")
    assert told[0] == "25个 2022 · 目标"
    assert "20个" not in " ".join(told)
    assert "468" not in " ".join(told)
    assert "已脱敏" in told[2]


def test_a_zone_can_be_taken_off_and_another_put_beside(client: FlaskClient) -> None:
    html = text(client, BOARD)
    (off,) = found(html, "//thead//a[@aria-label='去掉 闽江示例高新区']/@href")
    assert "闽江示例高新区" not in client.get(off).request.args.getlist("zone")
    assert len(client.get(off).request.args.getlist("zone")) == 3
    (more,) = found(html, "//section[@class='candidates']//a[. = '示例科技城']/@href")
    assert client.get(more).request.args.getlist("zone")[-1] == "示例科技城"


def test_without_zones_those_that_tell_most_are_compared(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资")
    assert len(found(html, "//table[contains(@class, 'board')]/thead//th")) >= 2
    assert "驻点与外出招商" in names(html)


def test_one_zone_alone_is_offered_others_that_speak_of_the_theme(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区")
    assert "再加一个" in words(html)
    assert "闽江示例高新区" in links(html)
    assert re.search("福建 · 国家级 · 高新区 · [^·]+ · 2 种做法 · 同类型、同级别", words(html))


def test_a_pinned_zone_is_marked_and_leads_to_what_it_lacks(client: FlaskClient) -> None:
    client.set_cookie("mine", "%E6%B9%98%E6%B1%9F%E7%A4%BA%E4%BE%8B%E9%AB%98%E6%96%B0%E5%8C%BA")
    html = text(client, BOARD)
    (head,) = found(html, "//thead//th[contains(@class, 'mine')]")
    assert content(head).startswith("湘江示例高新区 我区")
    gaps = client.get(links(html)["我区没有而同类有的"])
    assert gaps.status_code == 200
    assert gaps.request.args["zone"] == "湘江示例高新区"


def test_at_most_six_columns_stand_side_by_side_and_the_others_are_named(client_over: ClientOver) -> None:
    [hidden] = [one for one in shelf() if one.id == "r4"]
    seven = [replace(hidden, id=f"hidden{place}", witness=f"hidden{place}") for place in range(7)]
    client = client_over(seven)
    html = text(client, "/compare?theme=招商引资&zone=未具名经开区")
    assert len(found(html, "//thead//*[@class='zone']")) == 6
    assert "一次最多并列六个，没有列入：未具名经开区 · 2020" in words(html)
    too_many = client.get("/compare?theme=招商引资" + "".join(f"&zone=hidden{place}" for place in range(7)))
    assert too_many.status_code == 400
    assert "一次最多对标 6 个园区，现在有 7 个，请去掉几个" in too_many.get_data(as_text=True)


def test_what_the_cells_rest_on_is_listed_with_where_it_was_published(client: FlaskClient) -> None:
    html = text(client, BOARD)
    quoted = {href.split("#")[0] for href in found(html, "//table//div[@class='quote']//a[@title='看原文']/@href")}
    listed = found(html, "//section[@class='sources']//li/a[starts-with(@href, '/doc/')]/@href")
    assert quoted <= set(listed)
    assert len(listed) == len(set(listed))
    (printed,) = found(html, "//section[@class='sources']/p[@class='printed']")
    assert "/compare?theme=" in content(printed)


def test_zones_to_add_pass_the_filters_and_say_what_they_tell(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&type=科技城")
    offered = [content(li) for li in found(html, "//ul[@class='offered']/li")]
    assert len(offered) == 1
    assert "种做法" in offered[0]
    chosen = found(html, "//select[@name='type']/option[@selected]/@value")
    assert chosen == ["科技城"]
    assert found(html, "//thead//a[@class='zone']")[0].text == "湘江示例高新区", "those chosen stay"
    nobody = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&type=科技城&province=湖南")
    assert "可以放宽类型、级别或省份" in words(nobody)


def test_every_silence_of_the_table_is_explained_below_it(client: FlaskClient) -> None:
    html = text(client, BOARD)
    silent = {content(one) for one in found(html, "//table//p[@class='silence']")}
    explained = {content(one) for one in found(html, "//dl[@class='silences']//dt")}
    rows = {content(one) for one in found(html, "//tbody[not(.//p[@class='number'])]//p[@class='silence']")}
    assert rows <= explained <= silent


def test_zones_chosen_before_a_theme_are_named_and_can_be_taken_off(client: FlaskClient) -> None:
    html = text(client, "/compare?zone=湘江示例高新区&zone=r4")
    chips = found(html, "//ul[@class='chips']/li/a")
    assert [content(chip).removeprefix("去掉筛选：").split(" · ")[0] for chip in chips] == [
        "湘江示例高新区 ×",
        "未具名经开区",
    ]
    assert "r4" in chips[0].get("href")
    assert "zone=%E6" not in chips[0].get("href")


def test_unasked_only_zones_that_tell_something_stand_side_by_side(client: FlaskClient) -> None:
    for theme in ("招商引资", "营商环境", "主导产业"):
        html = text(client, f"/compare?theme={theme}&year=2022")
        columns = range(1, len(found(html, "//thead//th")) + 1)
        told = [n for n in columns if found(html, f"//tbody/tr[not(@class)]/td[{n}][.//a]")]
        assert not told or told == list(columns), theme


def test_years_that_cannot_be_compared_are_refused_with_what_to_do(client: FlaskClient) -> None:
    for year, told in (("不明", "去掉年份"), ("2019&year=2021", "2019-2021")):
        answer = client.get(f"{BOARD}&year={year}")
        assert (answer.status_code, told in answer.get_data(as_text=True)) == (400, True)
