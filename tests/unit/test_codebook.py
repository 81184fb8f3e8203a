"""The codebook of themes as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import BadSetup
from indexer.reference.codebook import Codebook
from tests.segmenting import tables

TABLE = (Path(__file__).resolve().parents[2] / "corpus" / "tables" / "themes.toml").read_text(encoding="utf-8")


def test_the_codebook_names_the_fifteen_topics_in_order() -> None:
    assert Codebook.parse(TABLE).names == (
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


def test_the_learned_weights_are_of_the_themes_of_the_codebook() -> None:
    assert tables().labels.themes == Codebook.parse(TABLE).names


def test_every_theme_says_what_it_takes_in_and_what_it_leaves_out() -> None:
    for theme in Codebook.parse(TABLE).themes:
        assert theme.belongs
        assert theme.excludes
        assert 10 <= len(theme.words) <= 40


@pytest.mark.parametrize(
    "table",
    [
        "",
        "[[theme]",
        '[[theme]]\nname = ""\nbelongs = "x"',
        '[[theme]]\nname = "a"',
        '[[theme]]\nname = "a"\nbelongs = "x"\nwords = ["招商"]',
        '[[theme]]\nname = "a"\nbelongs = "x"\nwrods = {招商 = 3}',
        '[[theme]]\nname = "a"\nbelongs = "x"\n[[theme]]\nname = "a"\nbelongs = "x"',
    ],
)
def test_a_wrong_table_is_refused_with_a_message(table: str) -> None:
    with pytest.raises(BadSetup, match="主题"):
        Codebook.parse(table)
