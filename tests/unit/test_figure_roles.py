"""Reached, aimed at or of a part only: what chapter and paragraph say beside the sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.domain.report import Doubt, Figure, FigureRole, Status
from indexer.pipeline.segment.figures import FigureContext
from indexer.pipeline.segment.figures.outlook import Outlook, outlook_of
from indexer.pipeline.segment.figures.times import Opening
from tests.unit.figure_reading import figures_of

REVIEW = FigureContext(Status.RESULT, 2022, 2023, headings=("一、2022年工作回顾",))
PLAN = FigureContext(Status.PLAN, 2022, 2023, headings=("二、2023年工作安排",))
FIVE_YEARS = FigureContext(Status.BACKGROUND, 2020, 2021, headings=("二、“十四五”目标任务",))


def last(text: str, context: FigureContext) -> Figure:
    return figures_of(text, context)[-1]


def role(text: str, context: FigureContext) -> FigureRole:
    return last(text, context).role


@pytest.mark.parametrize(
    ("heading", "outlook"),
    [
        ("一、1999年工作回顾和2000年任务", Outlook.BOTH),
        ("一、今年重点工作和过去五年工作回顾", Outlook.BACK),
        ("一、上次会议确定任务的完成情况", Outlook.BACK),
        ("二、主要任务", Outlook.AHEAD),
        ("临江新城", None),
    ],
)
def test_a_heading_looks_back_ahead_or_both_ways(heading: str, outlook: Outlook | None) -> None:
    assert outlook_of(("（一）产业兴旺", heading)) is outlook


@pytest.mark.parametrize(
    "text",
    [
        "积极抢抓机遇，争取到位专项债券45亿元，固定资产投资增长9%",
        "确保经济平稳运行，全年完成生产总值900亿元",
        "“三年倍增”计划完成投资60亿元",
    ],
)
def test_words_of_hoping_make_no_aim_of_what_a_review_tells(text: str) -> None:
    assert role(text, REVIEW) is FigureRole.RESULT


def test_what_a_review_hopes_for_in_time_to_come_is_an_aim() -> None:
    assert role("今年力争生产总值达到900亿元", REVIEW) is FigureRole.TARGET


def test_a_paragraph_on_the_year_that_is_over_tells_results_in_a_chapter_on_tasks() -> None:
    assert role("刚刚过去的2022年，全市城镇新增就业3万人", PLAN) is FigureRole.RESULT
    assert last("全市城镇新增就业3万人", replace(PLAN, opening=Opening.PAST)).year == 2022
    assert role("2023年，全市城镇新增就业3万人", PLAN) is FigureRole.TARGET


def test_a_review_whose_sentence_counts_as_a_plan_is_a_review_where_it_says_that_it_is_over() -> None:
    misread = replace(REVIEW, status=Status.PLAN)
    assert role("就业工作取得明显成绩。城镇新增就业3万人", misread) is FigureRole.RESULT
    assert role("城镇新增就业3万人", misread) is FigureRole.TARGET


def test_aims_of_a_list_go_on_over_its_semicolons() -> None:
    text = "主要目标是：建成示范区，城乡面貌更新；生产总值突破900亿元"
    unsure = replace(REVIEW, status=Status.BACKGROUND, headings=("临江新城",))
    assert role(text, unsure) is FigureRole.TARGET
    assert role("完成主要目标：建成示范区；生产总值突破900亿元", unsure) is FigureRole.RESULT


@pytest.mark.parametrize("text", ["生产总值年均增长7%", "《纲要》提出，城镇化率达到60%"])
def test_background_in_a_chapter_on_aims_tells_aims_of_its_last_year(text: str) -> None:
    figure = last(text, FIVE_YEARS)
    assert (figure.role, figure.year) == (FigureRole.TARGET, 2025)


def test_the_year_that_is_named_says_whether_a_value_was_reached() -> None:
    assert role("2021年全市生产总值900亿元", PLAN) is FigureRole.RESULT
    assert role("到2030年全市生产总值达到900亿元", REVIEW) is FigureRole.TARGET


def test_what_is_added_up_to_a_month_of_the_next_year_was_reached() -> None:
    assert role("挂牌至2023年1月累计签约项目90个", REVIEW) is FigureRole.RESULT


def test_the_name_of_foreign_funds_ends_no_aim() -> None:
    unsure = FigureContext(None, 2022, 2023)
    assert role("力争实际利用外资5亿美元", unsure) is FigureRole.TARGET


def test_what_is_signed_goes_with_its_projects() -> None:
    at_a_fair = figures_of("成功举办柑橘产业博览会，签约项目31个，总投资90亿元", REVIEW)
    assert [one.role for one in at_a_fair] == [FigureRole.PART, FigureRole.PART]
    doubtful = figures_of("松涛湖片区签约项目31个，总投资90亿元", REVIEW)
    assert [one.doubt for one in doubtful] == [Doubt.SOME, Doubt.SOME]
