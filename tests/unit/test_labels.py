"""Status, themes and year of passages, by the weights that are shipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.domain.page import Restoration
from indexer.domain.report import Genre, Status, Years
from indexer.domain.spans import Span
from indexer.errors import BadSetup
from indexer.pipeline.segment import LabelModel, SegmentTables, segment
from tests.segmenting import passages, plain, tables


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("组织小分队赴沿海敲门招商，新签约亿元以上项目14个。", "招商引资"),
        ("冷链仓项目主体封顶，重点项目完成投资36亿元，四季度竣工投产。", "项目建设"),
        ("深化管委会机构改革，内设机构由十二个减为八个，干部全员竞聘。", "体制机制改革"),
        ("综保区前三季度进出口总额突破百亿元。", "外贸外资"),
        ("新认定高新技术企业41家，研发投入强度再提高。", "科技创新"),
        ("孵化器在孵企业过百，众创空间座无虚席。", "双创与孵化"),
        ("盘活闲置低效用地三百亩，亩均税收提高一成。", "土地要素/亩均"),
        ("发行地方政府专项债券两亿元，银行贷款同步到账。", "专项债与融资"),
        ("审批事项一窗受理，帮办代办不收费，营商环境持续优化。", "营商环境"),
        ("打通城区断头路，新建口袋公园六个，改造老旧小区九个。", "城市建设"),
        ("新建小学开学，城镇新增就业五千人，养老服务中心开张。", "民生"),
        ("空气质量优良天数比例提高，减污降碳协同推进。", "绿色低碳"),
        ("安全生产隐患排查整改到位，消防演练常态化。", "安全与疫情"),
        ("引进高层次人才二十名，人才公寓拎包入住。", "人才"),
        ("规上工业增加值增速居前，龙头企业带动产业集群壮大。", "主导产业"),
    ],
)
def test_every_theme_is_found_by_a_sentence_about_it(text: str, theme: str) -> None:
    (passage,) = passages(text)
    assert theme in passage.themes
    assert len(passage.strengths) == len(passage.themes)
    assert all(0 < strength <= 1 for strength in passage.strengths)
    assert len(passage.theme_spans) == len(passage.themes)


def test_each_theme_of_a_passage_has_the_sentence_that_tells_it() -> None:
    air, talents = "空气质量优良天数比例提高到九成，减污降碳协同推进。", "引进高层次人才二十名，人才公寓拎包入住。"
    (passage,) = passages(air + talents)
    told = dict(zip(passage.themes, passage.theme_spans, strict=True))
    assert [span and span.of(air + talents) for span in map(told.get, ("绿色低碳", "人才"))] == [air, talents]


def test_a_passage_in_which_no_theme_is_strong_has_the_first_if_it_is_not_weak() -> None:
    strict = SegmentTables(replace(tables().labels, threshold=1.0))
    _, (clear,) = segment(plain("孵化器在孵企业过百，众创空间座无虚席。"), Genre.OTHER, Years(), strict)
    _, (empty,) = segment(plain("春天的风吹过江面。"), Genre.OTHER, Years(), strict)
    assert (clear.themes, empty.themes) == (("双创与孵化",), ())


@pytest.mark.parametrize(
    "text",
    [
        "春天的风吹过江面。",
        "各位代表！让我们更加紧密地团结起来，不负重托，奋勇前进！",
        "人民政府的工作离不开大家的支持，谨此致以崇高的敬意！",
    ],
)
def test_a_text_about_nothing_of_it_has_no_theme(text: str) -> None:
    assert passages(text)[0].themes == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全年完成工业产值36亿元，同比增长7.5%，居全市第二。", Status.RESULT),
        ("一季度外贸开局好于预期，进出口增长12.4%。", Status.RESULT),
        ("力争明年新开工项目30个，确保年底前码头二期通航。", Status.PLAN),
        ("下一步，将把冷链仓扩到两倍，继续引进加工企业。", Status.PLAN),
        ("我们也清醒地看到，还存在不少问题：部分企业用工紧缺，水电配套滞后，项目偏少，短板依然突出。", Status.PROBLEM),
        ("各位代表！让我们更加紧密地团结起来，不负重托，奋勇前进！", Status.BACKGROUND),
        ("谨代表区政府，向关心园区的各界人士表示衷心的感谢！", Status.BACKGROUND),
    ],
)
def test_a_sentence_tells_its_status(text: str, status: Status) -> None:
    assert passages(text)[0].status is status


NEUTRAL = "强化用工对接，优化通勤线路，完善夜校课程，健全技能评价。"


def test_the_chapter_decides_whatever_the_verbs() -> None:
    text = f"一、2023年工作回顾\n{NEUTRAL}\n二、2024年工作安排\n（一）产业再上台阶\n{NEUTRAL}"
    first, second = (passage for passage in passages(text) if NEUTRAL in passage.text)
    assert first.status in (Status.RESULT, Status.MEASURE)
    assert second.status is Status.PLAN


def test_a_heading_is_no_sentence_of_what_stands_below_it() -> None:
    opening = (
        "刚刚过去的一年，是我市发展史上很不平凡的一年。面对错综复杂的国际形势和接连不断的自然灾害，"
        "在省委、省政府和市委的坚强领导下，我们迎难而上、砥砺前行。"
    )
    below = (
        "新建园区道路30公里，引进项目56个，工业增加值增长8%，财政收入突破20亿元，企业满意度明显提高，"
        "群众获得感不断增强，营商环境持续改善。"
    )
    first, second = passages(f"一、过去一年工作回顾\n{opening}\n{below}\n")
    assert opening in first.text
    assert (first.status, second.status) == (Status.BACKGROUND, Status.RESULT)


def test_notes_of_a_glossary_are_notes() -> None:
    text = f"一、2023年工作回顾\n{NEUTRAL}\n名词解释\n1.链长制：指由区领导牵头一条产业链的工作制度。"
    assert passages(text)[-1].status is Status.NOTE


def test_a_passage_of_a_plan_is_of_the_plan_year_and_any_other_of_the_report_year() -> None:
    years = Years(report=2023, plan=2024)
    text = f"一、2023年工作回顾\n{NEUTRAL}\n二、2024年工作安排\n（一）产业再上台阶\n{NEUTRAL}"
    found = [(passage.year, passage.year_basis) for passage in passages(text, years=years) if NEUTRAL in passage.text]
    assert found == [(2023, "report"), (2024, "plan")]


def test_a_year_that_is_not_known_stays_unknown_and_the_only_one_known_is_taken() -> None:
    assert [(p.year, p.year_basis) for p in passages(NEUTRAL)] == [(None, None)]
    assert [(p.year, p.year_basis) for p in passages(NEUTRAL, Genre.PLAN, Years(plan=2025))] == [(2025, "plan")]


def test_a_laundered_text_is_read_with_its_words_put_back() -> None:
    text = "签下三个亿元工程，工程集中开工，效劳专班跟进，重点工程完成投资两亿元。"
    laundered = plain(text, [Restoration(Span(15, 17), "服务")], ["laundered"])
    (passage,) = segment(laundered, Genre.OTHER, Years(), tables())[1]
    assert "项目建设" in passage.themes


def test_weights_that_cannot_be_read_are_refused_with_what_to_do() -> None:
    with pytest.raises(BadSetup, match="make learn"):
        LabelModel.parse(b"no archive", "{}")
