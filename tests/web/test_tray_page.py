"""The tray, in its address and by a form alone."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words

PASSAGE = (184, 221)  # of r1: 半年新签约项目20个……


def test_the_tray_lives_in_its_address(client: FlaskClient) -> None:
    html = text(client, "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区")
    items = found(html, "//button[@class='keep']/@value")[:2]
    tray = client.get("/tray", query_string={"item": items, "zone": "湘江示例高新区"})
    assert len(found(tray.text, "//ul[@class='practices']/li")) == 2
    (off, *_) = found(tray.text, "//a[@aria-label='拿出这一句']/@href")
    assert client.get(off).request.args.getlist("item") == items[1:]
    assert "湘江示例高新区" in links(tray.text)


def test_what_is_no_more_in_the_build_is_counted_not_shown(client: FlaskClient) -> None:
    start, end = PASSAGE
    lost = ("r1:4:0-9", "gone:0:1-2", "r1:99:1-2", "../etc", "r1:4:200-190")
    tray = client.get("/tray", query_string={"item": [f"r1:4:{start}-{end}", *lost]})
    assert f"有 {len(lost)} 处已随新的目录换了位置" in words(tray.text)
    assert len(found(tray.text, "//ul[@class='practices']/li")) == 1


def test_an_empty_tray_says_how_it_is_filled(client: FlaskClient) -> None:
    html = text(client, "/tray")
    assert "篮子是空的" in words(html)
    assert "导出" not in words(html).partition("篮子是空的")[0]


def test_a_sentence_is_put_into_the_tray_by_a_form_and_taken_out_again(client: FlaskClient) -> None:
    board = "/compare?theme=招商引资&zone=湘江示例高新区&zone=闽江示例高新区"
    html = text(client, board)
    (form,) = found(html, "//form[@id='keep']")
    (back,) = form.xpath("input[@name='back']/@value")
    item = found(html, "//button[@class='keep']/@value")[0]
    answer = client.post(form.get("action"), data={"item": item, "back": back})
    assert answer.status_code == 303
    assert unquote(answer.headers["Location"]) == board
    pressed = found(text(client, board), "//button[@class='keep'][@value=$item]", item=item)
    assert {content(one) for one in pressed} == {"已入篮"}
    tray = client.get("/tray", follow_redirects=True)
    assert tray.request.args.getlist("item") == [item], "the address holds all, so that it can be sent"
    (off,) = found(tray.text, "//ul[@class='practices']//button[@class='off']")
    emptied = client.post("/tray/keep", data={off.get("name"): off.get("value"), "back": "/tray?item=x"})
    assert emptied.headers["Location"] == "/tray"
    assert "篮子是空的" in words(text(client, "/tray"))


def test_a_zone_goes_into_the_tray_from_its_page(client: FlaskClient) -> None:
    html = text(client, "/zones/湘江示例高新区")
    (button,) = found(html, "//button[@name='zone'][contains(@class, 'keep')]")
    client.post("/tray/keep", data={"zone": button.get("value")})
    assert client.get("/tray", follow_redirects=True).request.args.getlist("zone") == ["湘江示例高新区"]


def test_the_tray_of_somebody_else_is_looked_at_and_leaves_mine_alone(client: FlaskClient) -> None:
    client.post("/tray/keep", data={"zone": "湘江示例高新区"})
    theirs = text(client, "/tray?zone=闽江示例高新区")
    assert not found(theirs, "//button[@class='off']")
    (everything,) = found(theirs, "//button[@name='all']/@value")
    client.post("/tray/keep", data={"all": everything})
    client.post("/tray/keep", data={"all": everything})
    mine = client.get("/tray", follow_redirects=True).request.args.getlist("zone")
    assert mine == ["湘江示例高新区", "闽江示例高新区"]


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", "", "javascript:1"])
def test_the_tray_leads_back_to_our_own_pages_only(client: FlaskClient, back: str) -> None:
    assert client.post("/tray/keep", data={"zone": "x", "back": back}).headers["Location"] == "/tray"


def test_another_site_puts_nothing_into_the_tray(client: FlaskClient) -> None:
    answer = client.post("/tray/keep", data={"zone": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_what_no_sentence_is_doesnt_get_into_the_tray(client: FlaskClient) -> None:
    client.post("/tray/keep", data={"item": "r1:4:nothing"})
    assert "篮子是空的" in words(text(client, "/tray"))
