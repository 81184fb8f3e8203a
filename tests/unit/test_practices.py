"""The table of practices, and its cues in a sentence."""

from __future__ import annotations

import pytest

from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.reference.practices import Practices

HEADER = "id\ttheme\tpractice\tdefinition\tnot\tcues\tmore\tnever\tobject\treports\tprecision\tfacts\texample"


def row(id_: str, cues: str, more: str = "", never: str = "") -> str:
    return f"{id_}\t招商引资\t{id_}的做法\t怎么做。\t不算什么。\t{cues}\t{more}\t{never}\t对象\t12\t8/8\tF1,F2\t例子。"


def cues(*rows: str) -> PracticeCues:
    return PracticeCues(Practices.parse([HEADER, *rows]))


def found(finder: PracticeCues, text: str, own_zone: bool = False) -> list[str]:
    return [hit.span.of(text) for hit in finder.find(text, own_zone)]


def test_a_row_is_read_with_its_two_kinds_of_hiding_words() -> None:
    practice = next(iter(Practices.parse([HEADER, row("a/b", "以商招商|老乡&招商", "链主招商", "招商会|-扶贫")])))

    assert [str(cue) for cue in practice.cues] == ["以商招商", "老乡&招商"]
    assert [str(cue) for cue in practice.all_cues][-1] == "链主招商"
    assert (practice.never, practice.bars) == (("招商会",), ("扶贫",))
    assert (practice.reports, practice.facts) == (12, ("F1", "F2"))


def test_a_practice_is_found_by_id_and_by_name() -> None:
    practices = Practices.parse([HEADER, row("a/b", "以商招商")])
    assert practices.get("a/b") is practices.get("a/b的做法")
    assert practices.get("a/c") is None


@pytest.mark.parametrize(
    "lines",
    [
        ["id\ttheme"],
        [HEADER, "a/b\t招商引资"],
        [HEADER, row("ab", "以商招商")],
        [HEADER, row("a/b", "")],
        [HEADER, row("a/b", "一&二&三")],
        [HEADER, row("a/b", "甲乙"), row("a/b", "丙丁")],
    ],
)
def test_a_table_that_does_not_fit_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Practices.parse(lines)


def test_quotation_marks_white_space_and_width_do_not_hide_a_cue() -> None:
    finder = cues(row("a/b", "双创基地|5G+工厂"))
    assert found(finder, "新建“双创” 基地两处，办起５Ｇ＋工厂。") == ["双创” 基地", "５Ｇ＋工厂"]


def test_the_words_of_a_pair_stand_near_each_other_in_either_order() -> None:
    finder = cues(row("a/b", "老乡&招商"))
    assert found(finder, "请老乡回来帮着招商。") == ["老乡回来帮着招商"]
    assert found(finder, "招商靠的是老乡。") == ["招商靠的是老乡"]
    assert found(finder, "老乡" + "都在外面做着各自不同的买卖也常常互相走动往来" + "招商") == []


def test_a_pair_does_not_reach_over_the_end_of_an_item() -> None:
    assert found(cues(row("a/b", "老乡&招商")), "看望老乡；抓紧招商。") == []


def test_a_word_that_hides_takes_only_the_cue_inside_it() -> None:
    finder = cues(row("a/b", "补链", never="货运枢纽补链"))
    assert found(finder, "货运枢纽补链方案获批。") == []
    assert found(finder, "货运枢纽补链方案获批，光伏产业也在补链。") == ["补链"]


def test_a_word_that_bars_takes_the_whole_sentence() -> None:
    assert found(cues(row("a/b", "三个一批", never="-扶贫")), "推行三个一批，扶贫项目到户。") == []


def test_in_a_zones_own_text_the_zone_need_not_be_named_again() -> None:
    finder = cues(row("a/b", "赋权&开发区|考核&开发区"))
    assert found(finder, "承接赋权事项六十项。") == []
    assert found(finder, "承接赋权事项六十项。", own_zone=True) == ["赋权"]
    assert found(finder, "干部考核如期进行。", own_zone=True) == []
