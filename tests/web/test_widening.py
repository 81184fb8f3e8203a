"""An empty page offers the least that must go."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.looking import content, found, links, text, words


def offered(page: str) -> list[str]:
    return [content(a) for a in found(page, "//ul[@class='tries']//a")]


def test_one_word_less_is_offered_before_any_word_alone(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商 专班 燃煤锅炉&match=exact")
    assert "去掉“燃煤锅炉”" in offered(page)
    assert not [one for one in offered(page) if one.startswith("只搜")]
    followed = client.get(links(page)["去掉“燃煤锅炉”"])
    assert followed.request.args["q"] == "招商 专班"
    assert 'class="hit"' in followed.text


def test_only_what_has_to_go_goes(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商&province=湖南&year=2015")
    assert offered(page) == ["去掉“2015 年”"]


def test_the_years_that_a_zone_does_have_are_named(client: FlaskClient) -> None:
    page = text(client, "/search?zone=湘江示例高新区&year=2015")
    assert "湘江示例高新区没有 2015 年的内容，有：2022" in words(page)


def test_quotation_marks_can_be_taken_off_by_a_link(client: FlaskClient) -> None:
    page = text(client, '/search?q="专班招商"')
    assert "去掉引号" in offered(page)


def test_all_filters_are_said_to_go_only_where_nothing_but_filters_goes(client: FlaskClient) -> None:
    page = text(client, "/search?q=招商 燃煤锅炉 无人渡口&match=exact")
    assert "去掉“燃煤锅炉”和“无人渡口”" in offered(page)
    assert "去掉全部筛选" not in offered(page)
