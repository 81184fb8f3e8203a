"""What peers have and mine lacks."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words


def test_what_peers_have_and_mine_lacks_stands_with_an_example(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江高新")
    items = {content(a): content(li) for li in found(html, "//section[@class='gaps']//li") for a in li.xpath("div/a")}
    assert set(items) == {"商会乡贤与招商大使", "企业服务专员"}
    assert "1 家中 1 家" in items["企业服务专员"]
    assert "设立企业服务专员" in items["企业服务专员"]
    assert "不等于没有做" in words(html)
    assert "同类型、同级别" in words(html)


def test_those_compared_with_are_ticked_and_can_be_changed(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江高新&with=示例科技城")
    ticked = found(html, "//input[@name='with'][@type='checkbox'][@checked]/@value")
    assert ticked == ["示例科技城"]
    others = found(html, "//input[@name='with'][@type='checkbox'][not(@checked)]/@value")
    assert "闽江示例高新区" in others
    changed = text(client, f"/gaps?zone=湘江高新&with={others[0]}")
    assert found(changed, "//input[@name='with'][@type='checkbox'][@checked]/@value") == [others[0]]


def test_a_page_of_gaps_without_a_zone_leads_on(client: FlaskClient) -> None:
    for address, status in (("/gaps", 200), ("/gaps?zone=没有的区", 400)):
        html = text(client, address, status)
        assert len(found(html, "//h1")) == 1
        hrefs = found(html, "//ul[@class='offered']//a/@href")
        assert hrefs, address
        assert client.get(hrefs[0]).status_code == 200


def test_a_zone_compared_with_itself_alone_lacks_nothing_and_says_why(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江示例高新区&with=湘江示例高新区")
    assert "没有可比的园区" in words(html)
    assert "闽江示例高新区" in words(text(client, links(html)["与同类比"]))


def test_a_type_that_no_zone_of_the_theme_is_of_can_be_taken_off(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&type=高新区&province=安徽")
    assert "type=" not in links(html)["去掉类型"]
    assert "province=" not in links(html)["去掉省份"]


def test_the_reverse_and_what_is_shared_are_one_click_away(client: FlaskClient) -> None:
    html = text(client, "/gaps?zone=湘江示例高新区&with=闽江示例高新区&theme=招商引资")
    own = words(client.get(links(html)["我有他无 2"]).text)
    assert "驻点与外出招商" in own
    assert "委托中介招商" in own
    assert "招商专班队伍" in words(client.get(links(html)["都有 1"]).text)


def test_a_zone_of_which_only_a_part_was_seen_lacks_nothing_for_certain(client: FlaskClient) -> None:
    assert "只能当线索看" in words(text(client, "/gaps?zone=空白示例新区&with=湘江示例高新区"))
    assert "只能当线索看" not in words(text(client, "/gaps?zone=湘江示例高新区"))
