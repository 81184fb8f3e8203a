"""A passage that tells two things is cut between them."""

from __future__ import annotations

from indexer.domain.report import Status
from tests.segmenting import passages


def test_results_and_the_way_to_them_become_two_passages() -> None:
    told = "全年规上工业增加值增长9.1%，税收收入完成31.5亿元，均居全市第一，新增规上企业28家，创历年之最。"
    done = "建立链长牵头的会商制度，推行企业诉求闭环办理，出台十条帮扶政策，组建服务专员队伍，上门解决用工用电难题。"
    left, right = passages(told + done)
    assert (left.text, left.status) == (told, Status.RESULT)
    assert (right.text, right.status) == (done, Status.MEASURE)


def test_the_two_halves_hold_everything_and_follow_each_other() -> None:
    told = "全年税收收入完成31.5亿元，增长9.1%，居全市第一，新增规上企业28家，总数达到260家。"
    done = "建立链长会商制度，推行诉求闭环办理，出台帮扶政策，组建服务专员队伍，上门解决用工难题。"
    text = f"{told} {done}"
    found = passages(text)
    assert [passage.seq for passage in found] == [0, 1]
    assert "".join(passage.text for passage in found).replace(" ", "") == text.replace(" ", "")
    assert all(passage.span.of(text) == passage.text for passage in found)


def test_a_plan_that_goes_on_in_the_words_of_a_measure_stays_whole() -> None:
    ahead = "明年力争引进龙头企业5家，确保固定资产投资增长10%以上，争取两个标准厂房项目年内开工建设。"
    on = "强化要素保障，优化审批流程，完善配套设施，落实包联责任，推动在谈项目早签约早落地。"
    assert len(passages(ahead + on)) == 1


def test_a_short_passage_is_not_cut() -> None:
    assert len(passages("税收增长9%，居全市第一。建立会商制度，出台帮扶政策。")) == 1
