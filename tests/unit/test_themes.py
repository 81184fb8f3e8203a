"""Themes by the words of the codebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.page import Cleaned, Restoration
from indexer.domain.report import Genre
from indexer.domain.spans import Span
from indexer.errors import BadSetup
from indexer.pipeline.segment import Codebook, segment
from indexer.pipeline.segment.themes import Theme

TABLE = (Path(__file__).resolve().parents[2] / "corpus" / "tables" / "themes.toml").read_text(encoding="utf-8")
BOOK = Codebook.parse(TABLE)
SMALL = Codebook.parse(
    """
    [[theme]]
    name = "招商引资"
    belongs = "找项目、签项目"
    strong = ["招商", "签#个"]
    weak = ["落户", "引进"]
    never = ["招商银行"]
    [[theme]]
    name = "人才"
    belongs = "引人留人"
    strong = ["人才"]
    """
)


def test_the_codebook_names_the_fifteen_topics_in_order() -> None:
    assert BOOK.names == (
        "主导产业",
        "招商引资",
        "项目建设",
        "体制机制改革",
        "外贸外资",
        "科技创新",
        "双创与孵化",
        "土地要素/亩均",
        "专项债与融资",
        "营商环境",
        "城市建设",
        "民生",
        "绿色低碳",
        "安全与疫情",
        "人才",
    )


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("招商小分队赴沿海敲门，带回四个签约项目", "招商引资"),
        ("冷链仓项目主体封顶，四季度试投产", "项目建设"),
        ("管委会内设机构由十二个减为八个，干部全员竞聘", "体制机制改革"),
        ("综保区前三季度进出口破百亿", "外贸外资"),
        ("新认定高新技术企业41家，研发投入强度再提高", "科技创新"),
        ("孵化器在孵企业过百，众创空间座无虚席", "双创与孵化"),
        ("盘活闲置厂房用地三百亩，亩均税收提高", "土地要素/亩均"),
        ("发行专项债两亿元，银行贷款同步到账", "专项债与融资"),
        ("审批事项一窗受理，帮办代办不收费", "营商环境"),
        ("打通断头路，口袋公园开放", "城市建设"),
        ("新建小学开学，社区食堂开张", "民生"),
        ("屋顶光伏发电，绿电占比过半，零碳园区开建", "绿色低碳"),
        ("危化企业隐患排查整改到位，消防演练常态化", "安全与疫情"),
        ("引进博士二十名，人才公寓拎包入住", "人才"),
        ("规上工业产值创新高，龙头企业带动产业集群", "主导产业"),
    ],
)
def test_every_theme_is_found_by_a_sentence_about_it(text: str, theme: str) -> None:
    assert theme in BOOK.themes_of(text)


def test_a_text_about_nothing_of_it_has_no_theme() -> None:
    assert BOOK.themes_of("春天的风吹过江面。") == ()


def test_one_strong_word_or_two_weak_ones_make_a_theme() -> None:
    assert SMALL.themes_of("招商忙") == ("招商引资",)
    assert SMALL.themes_of("引进的厂子落户了") == ("招商引资",)
    assert SMALL.themes_of("厂子落户了") == ()


def test_a_word_of_never_hides_the_words_inside_it() -> None:
    assert SMALL.themes_of("招商银行开业") == ()
    assert SMALL.themes_of("招商银行开业，招商队出发") == ("招商引资",)


def test_a_sign_stands_for_any_number() -> None:
    assert SMALL.themes_of("当天签12个") == ("招商引资",)
    assert SMALL.themes_of("当天签3.5个") == ("招商引资",)
    assert SMALL.themes_of("当天签几个") == ()


def test_the_strongest_theme_stands_first() -> None:
    assert SMALL.themes_of("招商引进两家，还来了人才") == ("招商引资", "人才")


def test_a_heading_tips_the_balance_but_makes_no_theme_alone() -> None:
    assert SMALL.themes_of("厂子落户了", ["（一）招商新局面"]) == ("招商引资",)
    assert SMALL.themes_of("厂子开工了", ["（一）招商新局面"]) == ()


@given(st.text(alphabet=st.sampled_from("招商银行落户引进人才签12.个，。"), max_size=60))
def test_the_fast_way_gives_the_points_of_the_plain_one(text: str) -> None:
    assert SMALL.scores(text) == [theme.score(text) for theme in SMALL.themes]


def test_a_laundered_text_is_read_with_its_words_put_back() -> None:
    text = "签下三个工程，效劳专班跟进。"
    book = Codebook((Theme("项目建设", "工程", ("项目",), (), ()), Theme("营商环境", "办事", ("服务",), (), ())))
    honest = Cleaned(None, text, (), (), (), (), frozenset())
    laundered = Cleaned(None, text, (), (), (), (Restoration(Span(7, 9), "服务"),), frozenset({"laundered"}))
    assert segment(honest, Genre.OTHER, book)[1][0].themes == ()
    assert segment(laundered, Genre.OTHER, book)[1][0].themes == ("项目建设", "营商环境")


@pytest.mark.parametrize(
    "table",
    [
        "",
        "[[theme]",
        '[[theme]]\nname = ""\nbelongs = "x"',
        '[[theme]]\nname = "a"',
        '[[theme]]\nname = "a"\nbelongs = "x"\nstrong = "招商"',
        '[[theme]]\nname = "a"\nbelongs = "x"\nstrnog = ["招商"]',
        '[[theme]]\nname = "a"\nbelongs = "x"\n[[theme]]\nname = "a"\nbelongs = "x"',
    ],
)
def test_a_wrong_table_is_refused_with_a_message(table: str) -> None:
    with pytest.raises(BadSetup, match="主题"):
        Codebook.parse(table)
