"""成效 举措 计划 问题 背景: by heading, genre and words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Status
from indexer.pipeline.segment import Codebook, segment
from indexer.pipeline.segment.status import best_of, weigh


def status_of(text: str, headings: Sequence[str] = (), genre: Genre = Genre.OTHER) -> Status:
    """Status of one passage by itself."""
    return best_of(weigh(text, headings, genre))


NEUTRAL = "强化用工对接，优化通勤线路，完善夜校课程。"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全年完成工业产值36亿元，同比增长7.5%，居全市第二。", Status.RESULT),
        ("新码头顺利通过验收，园区获评省级物流枢纽。", Status.RESULT),
        ("推行项目秘书制度，每个项目由一名科级干部全程代办手续。", Status.MEASURE),
        ("设5亿元种子基金，用直投加跟投的办法扶持初创企业。", Status.MEASURE),
        ("力争明年新开工项目30个，确保年底前码头二期通航。", Status.PLAN),
        ("下一步，将把冷链仓扩到两倍，继续引进加工企业。", Status.PLAN),
        ("部分企业用工紧缺，水电配套滞后，招来的项目迟迟不能开工，短板依然突出。", Status.PROBLEM),
        ("四是融资压力依然较大，可用于申报的成熟项目偏少。", Status.PROBLEM),
        ("园区位于江北，始建于1993年，下辖两个街道。", Status.BACKGROUND),
        ("春天的风吹过江面。", Status.BACKGROUND),
    ],
)
def test_the_words_of_a_passage_tell_its_status(text: str, status: Status) -> None:
    assert status_of(text) is status


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("二、2024年工作思路", Status.PLAN),
        ("三、下一步打算", Status.PLAN),
        ("二、存在的主要问题", Status.PROBLEM),
        ("一、主要做法", Status.MEASURE),
    ],
)
def test_the_heading_over_a_passage_decides_where_its_words_leave_it_open(heading: str, status: Status) -> None:
    assert status_of(NEUTRAL, [heading]) is status


def test_a_plan_stays_a_plan_under_a_heading_that_sounds_like_a_result() -> None:
    assert status_of("新增标准厂房20万平方米。", ["（一）产业再上台阶", "二、2024年工作思路"]) is Status.PLAN


def test_what_is_told_as_done_is_no_plan_even_with_a_plan_in_its_sentence() -> None:
    assert status_of("截至11月，年初计划建设的12个项目已完成9个，累计投资6亿元。") is Status.RESULT


def test_the_name_of_a_plan_makes_no_plan() -> None:
    assert status_of("印发《冷链三年行动计划》，建立月度会商机制。") is Status.MEASURE


def test_in_a_plan_the_bare_numbers_are_targets() -> None:
    text = "规上工业产值增长8%，新增就业3000人。"
    assert status_of(text, genre=Genre.PLAN) is Status.PLAN
    assert status_of(text, genre=Genre.SUMMARY) is Status.RESULT


def test_in_a_plan_the_look_back_is_still_a_result() -> None:
    text = "规上工业产值增长8%，新增就业3000人。"
    assert status_of(text, ["一、上年工作回顾"], Genre.PLAN) is Status.RESULT


def test_solving_a_problem_is_a_measure() -> None:
    assert status_of("建立问题清单，逐项销号，帮助企业解决用工难题。") is Status.MEASURE


PLAN = (
    "下一步，将力争码头二期明年通航，确保冷链仓同步投用，"
    "让果农的柑橘当天就能装船出江，不再积压在半路上等车，也不再贱卖。"
)
MORE = (
    "强化用工对接，优化通勤线路，完善夜校课程，健全技能评价，"
    "推行工资集体协商，让外来务工人员留得住、过得好、有奔头、有归属。"
)


def test_measures_after_a_plan_are_planned_in_the_same_passage() -> None:
    assert status_of(MORE) is Status.MEASURE
    assert status_of(PLAN + MORE) is Status.PLAN


def test_measures_after_a_plan_are_planned_in_the_next_passage_of_its_section() -> None:
    book = Codebook.parse('[[theme]]\nname="民生"\nbelongs="生活"\nstrong=["夜校"]\n')
    text = f"以码头带动沿江产业\n{PLAN * 2}\n{MORE * 2}"
    _, passages = segment(Cleaned(None, text, (), (), (), (), frozenset()), Genre.NEWS, book)
    assert [passage.status for passage in passages] == [Status.PLAN, Status.PLAN]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全年技改投资好于预期，达到36.4亿元，居全市第二位。", Status.RESULT),
        ("外贸进出口增速高于预期目标2.1个百分点，总量居全省前列。", Status.RESULT),
        ("年初定下的各项预期目标全部完成，新增规上企业17家。", Status.RESULT),
        ("经济社会发展主要预期目标为：地区生产总值增长6%左右。", Status.PLAN),
        ("预期技改投资增长8%，预期引进项目30个。", Status.PLAN),
    ],
)
def test_an_expectation_that_was_met_looks_back_one_that_is_set_looks_ahead(text: str, status: Status) -> None:
    assert status_of(text) is status
