"""The name of a zone leads to its page, wherever it stands; so does that of a report that hides its zone."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.looking import content, found, text

THREE = "zone=湘江示例高新区&zone=闽江示例高新区&zone=r4"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/search?q=招商", "//article//p[@class='where']/a"),
        (f"/compare?theme=招商引资&{THREE}", "//thead//a[@class='zone']"),
        (f"/compare?theme=招商引资&{THREE}", "//section[@class='sources']//li/a[1]"),
        ("/matrix?theme=招商引资", "//tbody//th//a"),
        ("/similar?passage=r1:3", "//ol[@class='practices']/li/div/a"),
        ("/tray?item=r1:3&item=r4:1", "//ul[@class='practices']/li/div/a[1]"),
        ("/gaps?zone=湘江示例高新区", "//div[@class='quote']//p[@class='from']/a[1]"),
        ("/doc/r4", "//header//b/a"),
    ],
)
def test_a_zones_name_leads_to_its_page(client: FlaskClient, address: str, where: str) -> None:
    links = found(text(client, address), where)
    assert links
    for link in links:
        name = content(link)
        assert link.get("href").startswith("/zones/"), name
        assert name.split(" · ")[0] in text(client, unquote(link.get("href")))


def test_a_report_that_hides_its_zone_is_compared_as_itself(client: FlaskClient) -> None:
    (href,) = {
        one.get("href") for one in found(text(client, "/doc/r4"), "//aside//a[contains(@href, 'theme=招商引资')]")
    }
    assert "zone=r4" in href
    assert "未具名经开区 · 2020" in text(client, href)
