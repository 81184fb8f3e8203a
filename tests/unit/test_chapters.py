"""The kind of chapter that a passage stands in."""

from __future__ import annotations

import pytest

from indexer.domain.report import Genre
from indexer.pipeline.segment.chapters import Chapter, chapters_of, kind_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、2021年工作回顾", Chapter.REVIEW),
        ("二、2022年工作安排", Chapter.PLAN),
        ("三、下一步打算", Chapter.PLAN),
        ("二、今后五年的奋斗目标", Chapter.PLAN),
        ("二、存在的主要问题", Chapter.PROBLEMS),
        ("二、存在的问题及下一步打算", Chapter.MIXED),
        ("三是码头吞吐能力还不够强", Chapter.PROBLEMS),
        ("附：名词解释", Chapter.NOTES),
        ("一、主要做法和成效", Chapter.REVIEW),
        ("一、攻坚克难，2014年工作取得新成绩", Chapter.REVIEW),
        ("一、上次会议确定的目标任务完成情况", Chapter.REVIEW),
        ("一、上次会议确定的目标任务执行情况", Chapter.REVIEW),
        ("（二）破解用工难题", None),
        ("一、工作总结和明年思路", None),
        ("一、2003年工作回顾和2004年工作总体要求", None),
        ("（一）产业再上台阶", None),
    ],
)
def test_a_heading_says_what_stands_below_it(heading: str, kind: Chapter | None) -> None:
    assert kind_of(heading) is kind


def kinds(text: str, genre: Genre = Genre.OTHER) -> list[Chapter]:
    paragraphs = paragraphs_of(text)
    return chapters_of(text, paragraphs, sections_of(text, paragraphs), genre)


BODY = "码头一期通航，冷链仓投入使用，果农的柑橘当天就能装船，沿江六个村都装上了分拣线。"


def test_a_heading_that_sounds_like_a_result_stays_in_its_plan() -> None:
    text = f"一、今年工作回顾\n{BODY}\n二、明年工作安排\n（一）产业再上台阶\n{BODY}\n（二）通道建设取得成效\n{BODY}"
    found = kinds(text)
    assert found[1] is Chapter.REVIEW
    assert found[3:] == [Chapter.PLAN] * 4


def test_the_work_of_a_year_is_reviewed_where_a_later_heading_plans_for_a_later_year() -> None:
    before, after = f"一、2013年主要工作\n{BODY}\n", f"二、2014年工作安排\n{BODY}"
    assert kinds(before + after) == [Chapter.REVIEW, Chapter.REVIEW, Chapter.PLAN, Chapter.PLAN]
    assert kinds(before)[1] is Chapter.PLAN
    ahead = f"一、2035年发展目标\n{BODY}\n二、2021年重点工作\n{BODY}"
    assert kinds(ahead) == [Chapter.PLAN] * 4


def test_a_bare_line_begins_a_chapter_where_nothing_is_numbered() -> None:
    assert kinds(f"上半年工作情况\n{BODY}\n下半年工作打算\n{BODY}")[1::2] == [Chapter.REVIEW, Chapter.PLAN]


def test_a_lead_sentence_begins_the_plan() -> None:
    text = f"{BODY}\n下一步，园区还要把分拣线铺到上游三个镇。\n{BODY}"
    assert kinds(text) == [Chapter.UNKNOWN, Chapter.PLAN, Chapter.PLAN]


def test_a_plan_is_a_plan_from_its_first_line() -> None:
    assert kinds(BODY, Genre.PLAN) == [Chapter.PLAN]


def test_a_heading_within_a_review_plans_only_where_it_names_a_time_to_come() -> None:
    inside = f"一、2021年工作回顾\n{BODY}\n（一）抓住四项重点工作\n{BODY}\n（二）2022年工作安排\n{BODY}"
    assert kinds(inside)[1:] == [*[Chapter.REVIEW] * 3, *[Chapter.PLAN] * 2]


def test_a_year_told_beside_earlier_ones_is_over_where_a_later_chapter_plans() -> None:
    text = f"一、过去五年成就和2021年主要工作\n{BODY}\n二、今后五年目标任务\n{BODY}"
    assert kinds(text) == [Chapter.REVIEW, Chapter.REVIEW, Chapter.PLAN, Chapter.PLAN]
    assert kinds("一、过去五年成就和2021年主要工作\n" + BODY)[1] is not Chapter.REVIEW
