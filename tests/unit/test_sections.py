"""Headings: found by their numbers or by standing alone, not by what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from indexer.domain.report import Section
from indexer.pipeline.segment.sections import SectionsOver, paragraphs_of, sections_of

BODY = "全区上下铆足干劲，把年初定下的几件大事一件一件办成了，企业和群众都看在眼里，口碑也慢慢立了起来。"


def found(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in sections(text)]


def sections(text: str) -> tuple[Section, ...]:
    return sections_of(text, paragraphs_of(text))


def test_each_style_of_number_has_its_level() -> None:
    text = "\n".join(
        f"{heading}\n{BODY}"
        for heading in ("一、总的情况", "（一）厂房", "1.旧厂改造", "（1）屋顶", "二、明年打算", "(一)码头")
    )
    assert found(text) == [
        (1, "一、总的情况"),
        (2, "（一）厂房"),
        (3, "1.旧厂改造"),
        (4, "（1）屋顶"),
        (1, "二、明年打算"),
        (2, "(一)码头"),
    ]


def test_under_chapters_every_number_lies_one_level_deeper() -> None:
    text = f"第一章 总则\n一、目的\n{BODY}\n第二章 分工\n一、管委会\n{BODY}"
    assert [level for level, _ in found(text)] == [1, 2, 1, 2]


def test_a_heading_run_in_with_its_paragraph_ends_at_the_first_stop() -> None:
    assert found(f"（一）码头一期通航。{BODY}") == [(2, "（一）码头一期通航")]


def test_counted_points_inside_a_paragraph_are_headings_of_level_four() -> None:
    text = f"（一）厂房焕新颜。一是摸清家底。{BODY}二是分类施策。{BODY}"
    assert found(text) == [(2, "（一）厂房焕新颜"), (4, "一是摸清家底"), (4, "二是分类施策")]


def test_points_listed_with_semicolons_are_no_headings() -> None:
    assert found("会议强调三点：一是抓紧开工；二是抓好安全；三是抓实服务。") == []


def test_a_section_reaches_to_the_next_heading_of_its_level_or_higher() -> None:
    text = f"一、厂房\n（一）东区\n{BODY}\n（二）西区\n{BODY}\n二、码头\n{BODY}"
    spans = {section.heading: section.span.of(text) for section in sections(text)}
    assert spans["一、厂房"].endswith(f"{BODY}\n")
    assert "（二）西区" in spans["一、厂房"]
    assert "（二）西区" not in spans["（一）东区"]
    assert "二、码头" not in spans["一、厂房"]


@pytest.mark.parametrize(
    "line",
    [
        "第一、二轮督察交办的件数都已销号，后续还要常态化回头看，不能松劲。",
        "一、二期厂房合计九栋，今年全部封顶，另有三栋正在装修，预计春节后交付。",
        "坚持招商第一、项目为王，把最好的地块留给最好的项目。",
        "3.7个百分点的差距主要出在三季度，四季度已经追了回来。",
        "2023年6月，园区迎来了第一列直达班列，货主不用再绕道省城。",
        "1、2号楼先行交付使用，3号楼年底封顶。",
    ],
)
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert found(f"{BODY}\n{line}\n{BODY}") == []


def test_a_number_out_of_order_inside_a_paragraph_opens_no_section() -> None:
    assert found(f"{BODY}（三）这一条是从别处引来的。{BODY}") == []


def test_a_short_line_over_a_paragraph_is_a_heading() -> None:
    text = f"{BODY}\n旧厂房里“长”出新产业\n{BODY}\n码头边建起冷链仓\n{BODY}"
    assert found(text) == [(1, "旧厂房里“长”出新产业"), (1, "码头边建起冷链仓")]


@pytest.mark.parametrize(
    "line",
    [
        "▲工人正在吊装钢梁",
        "来源：园区融媒体中心",
        "各位代表：",
        "2023年6月1日",
        "指标 | 数值",
        "附件1",
        "——在年会上的讲话",
    ],
)
def test_captions_bylines_dates_and_rows_are_no_headings(line: str) -> None:
    assert found(f"{line}\n{BODY}") == []


def test_headings_of_the_same_shape_show_where_a_swallowed_one_ends() -> None:
    text = (
        f"一、沉心静气，厂房改造提速\n{BODY}\n二、开门纳谏，服务企业到家\n{BODY}\n"
        f"三、闻令而动，码头通航在即江阔天宽，千帆竞发。{BODY}"
    )
    assert found(text)[2] == (1, "三、闻令而动，码头通航在即")


def test_a_heading_swallowed_by_its_paragraph_ends_where_the_subject_begins() -> None:
    text = f"一、盘活旧厂房，腾出新空间xx高新区对二十年以上的旧厂房逐栋体检，一栋一策。{BODY}"
    assert found(text) == [(1, "一、盘活旧厂房，腾出新空间")]


def test_no_two_sections_of_the_same_level_overlap() -> None:
    text = "\n".join(f"{n}、小节标题\n（一）之一。{BODY}\n（二）之二。{BODY}" for n in "一二三四")
    for level in (1, 2):
        spans = [section.span for section in sections(text) if section.level == level]
        assert all(not a.overlaps(b) for a, b in pairwise(spans))


def test_a_numbered_heading_with_a_stop_on_its_own_line_is_whole() -> None:
    assert found(f"（一）拆旧建新，厂房长高三层。\n{BODY}") == [(2, "（一）拆旧建新，厂房长高三层")]


def test_an_item_that_is_one_sentence_is_no_heading() -> None:
    assert found(f"{BODY}\n1.完成旧厂房改造九栋。\n2.开通园区夜班公交两条。\n{BODY}") == []


def test_the_last_counted_point_ends_where_a_paragraph_turns_ahead() -> None:
    text = f"（一）厂房焕新颜\n一是摸清家底。{BODY}\n二是分类施策。{BODY}\n下一步，{BODY}"
    assert "下一步" not in sections(text)[-1].span.of(text)
    assert "下一步" in sections(text)[0].span.of(text)


def test_the_sections_over_a_place_are_those_that_hold_it_outermost_first() -> None:
    text = "一、成效\n（一）产业\n1.招商。引进项目三十个。\n一是驻点。派出小组。\n下一步再派两支。\n"
    text += "（二）环境\n办件提速。\n二、打算\n新建厂房。"
    paragraphs = paragraphs_of(text)
    sections = sections_of(text, paragraphs)
    places = SectionsOver(sections)
    for paragraph in paragraphs:
        held = [place for place, section in enumerate(sections) if section.span.contains(paragraph)]
        assert places.over(paragraph) == held
    assert [sections[place].heading for place in places.over(paragraphs[6])] == ["一、成效", "（二）环境"]
