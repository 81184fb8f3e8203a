"""Questions as people type them, through the pages, over the sample corpus."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.locale import say
from tests.web.looking import links
from webapp.views.help import EXAMPLES


def answered(client: FlaskClient, question: str, **more: str) -> dict[str, Any]:
    answer = client.get("/api/v1/search", query_string={"q": question, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json or {}
    return told


def test_a_place_that_the_corpus_has_nothing_of_is_not_loosened_away(sample: FlaskClient) -> None:
    assert answered(sample, "佛山 机器人 产业园 签约")["total"] == 0
    assert answered(sample, "佛山市 机器人 产业园 签约")["total"] == 0
    assert answered(sample, "链主 机器人 产业园 签约")["loosened"]


def test_a_number_that_counts_passages_with_part_of_the_words_says_so(sample: FlaskClient) -> None:
    """Of a sentence half the corpus holds some word: nobody should take that for so many answers."""

    def said(question: str, **more: str) -> str:
        return sample.get("/search", query_string={"q": question, **more}).text

    sentence, strict = said("企业用地不够怎么办"), said("企业用地")
    assert "最接近的 <b>" in sentence
    assert "整句提问，已按" in sentence
    assert "最接近的 <b>" not in strict
    assert "最接近的 <b>" in said("企业用地", match="loose")
    loosened = said("链主 机器人 产业园 签约")
    assert "最接近的 <b>" in loosened
    assert "没有一段同时含有这些词" in loosened
    assert "整句提问，已按" not in loosened


def test_what_was_loosened_in_vain_is_not_said_to_be_loosened(sample: FlaskClient) -> None:
    told = answered(sample, "zhaoshang")
    assert (told["total"], told["loosened"], told["warnings"]) == (0, False, [])
    page = sample.get("/search?q=zhaoshang").text
    assert "最接近的" not in page
    assert "下面是" not in page, "for there is nothing below"


def test_one_word_that_only_its_parts_answer_is_not_called_several(sample: FlaskClient) -> None:
    told = answered(sample, "招尚引资")
    assert told["loosened"]
    assert told["warnings"] == ["没有一段含有“招尚引资”，下面是只含其中一部分的。"]


def test_the_years_to_choose_from_say_which_years_they_are(sample: FlaskClient) -> None:
    assert "<h2>年份（所述年份）</h2>" in sample.get("/search?q=招商").text
    published = sample.get("/search?q=招商&basis=published").text
    assert "<h2>年份（发布）</h2>" in published
    assert '<option value="published" selected>发布</option>' in published
    assert "<h2>年份（计划年）</h2>" in sample.get("/search?q=招商&basis=计划年").text


def test_every_example_of_the_help_finds_something_in_the_sample(sample: FlaskClient) -> None:
    for asked in (say(f"page.help.asked.{one}") for one in EXAMPLES):
        told = answered(sample, asked)
        assert told["total"], asked
        assert [one for one in told["warnings"] if one != say("warning.few_have_all", n=1)] == []


ODD = (
    "园区:xyz 招商", "年份:去年 招商", "年份:1800", "园区:", "标题:", "标题:OR", "全文:-招商", "同段()", "同段(",
    "OR", "招商 OR", "| | |", "-", "--", "- 招商", "——招商", "（招商", "招商）", "((((((((((((招商))))))))))))",
    "（（招商 ＯＲ 招引） 专班", "()", '"', '""', '"""', "“招商", "「招商", "。，！？", '"' * 200, "(" * 200,
    "-" * 200, "|" * 200, "：" * 100, "*", "?", "[招商]", "招商\n专班", "招商\0专班", "😀", "%%%", "招商 AND",
    "<script>alert(1)</script>", "NOT", "\\", "招商^3", "-园区:光谷 招商", "(园区:光谷 OR 园区:亦庄) 招商",
    "-(招商 -(专班 -大会))", "標題:（總結 ＯＲ 匯報）", "招" * 200, "0", "园区:-光谷", "年份:-",
)  # fmt: skip


@pytest.mark.parametrize("question", ODD)
def test_what_is_merely_odd_is_answered(sample: FlaskClient, question: str) -> None:
    told = answered(sample, question)
    page = sample.get("/search", query_string={"q": question})
    assert page.status_code == 200
    assert all(warning.replace('"', "&#34;") in page.text for warning in told["warnings"])


def test_a_bad_parameter_stays_an_error_where_the_same_in_the_question_is_a_warning(sample: FlaskClient) -> None:
    assert sample.get("/search?q=招商&zone=扬州").status_code == 400
    told = answered(sample, "招商 园区:扬州")
    assert told["total"] == answered(sample, "招商")["total"]
    assert "是不是：扬州" in told["warnings"][0]


def test_a_sentence_about_a_place_that_the_corpus_has_nothing_of_is_told_so(sample: FlaskClient) -> None:
    elsewhere = answered(sample, "佛山机器人产业园签约了多少项目")
    assert (elsewhere["total"], elsewhere["warnings"]) == (
        0,
        ["没有收录“佛山”的报告。", "没有一段说的是“佛山”。"],
    )
    cut_up = answered(sample, "三沙去年外贸进出口怎么样")  # a name that the cutter of words doesn't know
    assert (cut_up["total"], cut_up["warnings"]) == (
        0,
        ["没有收录“三沙”的报告。", "没有一段说的是“三沙”。"],
    )
    loosely = answered(
        sample, "佛山机器人产业园签约了多少项目", match="loose"
    )  # who asks for any part of it is given that
    assert loosely["total"]
    assert loosely["warnings"] == ["没有一段说的是“佛山”，下面是别处的。"]
    astride = answered(sample, "怎样集中山区资源办好产业")  # 中山区 begins in the midst of a word
    assert astride["warnings"] == []
    assert answered(sample, "株洲高新区签约了多少项目")["warnings"] == []
    assert answered(sample, "黔东南的工业园区投产了多少企业")["warnings"] == []


def test_what_is_lacking_of_a_place_is_said_before_anything_else(sample: FlaskClient) -> None:
    year = answered(sample, "苏州 2009 招商")
    assert year["total"] == 0
    assert year["warnings"][0].startswith("没有收录“苏州”2009 年的报告，收录的是 20")
    of_others = answered(sample, "温州2021年招商")
    assert of_others["warnings"][:2] == [
        "没有收录“温州”自己的报告，有温州高新区、温州经开区的。",
        "下面是其他报告里提到“温州”的。",
    ]
    page = sample.get("/search", query_string={"q": "苏州 2009 招商"}).text
    assert "没有收录“苏州”2009 年的报告" in page


def test_what_a_place_says_itself_comes_before_what_others_say_of_it(sample: FlaskClient) -> None:
    first = answered(sample, "苏州2021年招商")["hits"][0]
    assert (first["zone"], first["year"]) == ("苏州", 2021)


def test_a_provinces_own_report_comes_before_those_of_its_cities(sample: FlaskClient) -> None:
    assert answered(sample, "贵州 招商")["hits"][0]["zone"] == "贵州"


def test_the_problems_of_a_place_are_shown_where_none_has_the_words(sample: FlaskClient) -> None:
    told = answered(sample, "郑州科创方面有什么不足")
    assert {(hit["zone"], hit["status"]) for hit in told["hits"]} == {("郑州", "问题")}
    assert told["warnings"] == [say("warning.status_alone", zone="郑州", status="问题", words="郑州科创")]


def test_a_district_leads_to_the_zone_that_is_one_with_it(sample: FlaskClient) -> None:
    told = answered(sample, "无锡新吴区 亿元项目 招引个数")
    assert told["hits"][0]["zone"] == "无锡高新区"
    assert told["warnings"][0] == say("warning.near_zone", place="新吴区", zone="无锡高新区")


def test_a_year_in_a_run_of_words_is_of_no_other_year(sample: FlaskClient) -> None:
    assert answered(sample, "青岛2015年GDP")["total"] == 0
    assert answered(sample, "青岛2021年GDP")["total"]


def test_a_county_of_which_nothing_is_told_is_not_loosened_away(sample: FlaskClient) -> None:
    assert answered(sample, "义乌 跨境电商 2022")["total"] == 0


def test_words_that_no_passage_has_are_named_where_others_are_found(sample: FlaskClient) -> None:
    told = answered(sample, "碳汇交易 收入")
    assert told["total"]
    assert told["warnings"] == [say("warning.words_missing", words=["碳汇交易"])]


def test_a_city_whose_second_character_is_another_one_is_offered(sample: FlaskClient) -> None:
    page = sample.get("/search", query_string={"q": "苏卅 招商"}).text
    assert "你是不是要找" in page
    assert "zone=苏州" in page


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("哪个园区在种植藏红花和铁皮石斛", "藏红花"),
        ("碲化镉薄膜组件的产线在哪里投产", "碲化镉"),
        ("义乌的日用百货退税怎么办", "义乌"),  # a county by its bare name that no passage has
    ],
)
def test_a_sentence_about_what_no_passage_tells_finds_nothing_and_says_so(
    sample: FlaskClient, question: str, missing: str
) -> None:
    found = answered(sample, question)
    assert found["total"] == 0
    assert missing in "".join(found["warnings"])


def test_of_a_zone_named_in_a_sentence_another_year_is_no_answer(sample: FlaskClient) -> None:
    assert answered(sample, "光谷2003年的GDP是多少")["total"] == 0


@pytest.mark.parametrize(
    "question", ["企业招不到工人政府怎么帮忙", "园区给孵化器提供哪些支持", "怎样让闲置的厂房重新用起来"]
)
def test_a_sentence_in_words_of_its_own_is_still_answered(sample: FlaskClient, question: str) -> None:
    assert answered(sample, question)["total"]


def test_a_sentence_that_names_a_place_is_answered_by_what_is_said_of_it(sample: FlaskClient) -> None:
    found = answered(sample, "苏州是怎么留住人才的")
    assert found["total"]
    assert "苏州" in {hit["zone"] for hit in found["hits"][:3]}


def test_a_zone_without_a_report_is_told_of_by_its_city(sample: FlaskClient) -> None:
    found = answered(sample, "淄博综保区 封关")
    assert {hit["zone"] for hit in found["hits"]} == {"淄博"}
    assert "没有“淄博综保区”自己的报告" in found["warnings"][0]


def test_a_run_of_words_is_asked_as_words_side_by_side_before_a_part_of_it_will_do(sample: FlaskClient) -> None:
    found = answered(sample, "固定资产投资出现负增长的城市")
    assert "固定资产投资下降" in found["hits"][0]["snippet"]


def test_filters_that_the_user_set_stay_where_those_read_out_of_the_words_are_dropped(sample: FlaskClient) -> None:
    found = answered(sample, "洛阳在科技创新方面还存在什么问题", zone="洛阳")
    assert {hit["zone"] for hit in found["hits"]} == {"洛阳"}


def test_a_zone_is_found_by_the_city_that_its_report_never_names(sample: FlaskClient) -> None:
    hits = answered(sample, "黔东南 工业园区 投产 企业")["hits"]
    assert {hit["zone"] for hit in hits} == {"施秉工业园区"}


def test_zones_asked_side_by_side_are_led_to_the_theme_that_a_word_names(sample: FlaskClient) -> None:
    def leads_to(question: str) -> str:
        page = sample.get("/search", query_string={"q": question})
        return next(href for name, href in links(page.text).items() if name.startswith("并列对标"))

    def theme_of(question: str) -> str:
        answer = sample.get(leads_to(question))
        return answer.request.args.get("theme", "")

    assert theme_of("对比 苏州 宁波 招商 2021") == "招商引资"
    assert theme_of("对比 苏州 宁波 招商引资 2021") == "招商引资"
    assert theme_of("对比 苏州 宁波 2021") == ""
    assert theme_of("对比 苏州 宁波 建设 2021") == "", "several themes have that word"


@pytest.mark.parametrize("names", [("GDP", "生产总值", "经济总量", "地区生产总值"), ("高企", "高新技术企业")])
def test_an_indicator_is_found_by_any_of_its_names(sample: FlaskClient, names: tuple[str, ...]) -> None:
    totals = {answered(sample, name)["total"] for name in names}
    assert len(totals) == 1
    assert min(totals) > 20


def test_growth_of_an_indicator_is_led_by_passages_that_give_it(sample: FlaskClient) -> None:
    texts = [hit["snippet"] for hit in answered(sample, "GDP增速")["hits"][:5]]
    assert [text for text in texts if "生产总值" not in text or "增" not in text] == []


def test_the_number_of_listed_companies_is_found_where_a_text_says_how_many(sample: FlaskClient) -> None:
    texts = [hit["snippet"] for hit in answered(sample, "上市公司数量")["hits"][:5]]
    assert [text for text in texts if "上市公司" not in text and "上市企业" not in text] == []
    assert not answered(sample, "上市公司数量")["loosened"]


@pytest.mark.parametrize("number", ["3,346.8", "3346.8", "3，346.8"])
def test_a_number_is_found_with_and_without_separators(sample: FlaskClient, number: str) -> None:
    assert answered(sample, number)["total"] == answered(sample, "3346.8")["total"] > 0


def test_a_negative_number_is_looked_for_and_said_to_be(sample: FlaskClient) -> None:
    told = answered(sample, "-5.2%")
    assert told["warnings"][0] == say("warning.negative_number", number="5.2%")
    assert all("5.2" in hit["snippet"] for hit in told["hits"][:2])


def test_few_answers_come_first_and_what_is_near_behind_them(sample: FlaskClient) -> None:
    told = answered(sample, "一件事一次办 高新区")
    assert (told["loosened"], told["full"]) == (False, 1), "one passage does hold all of it"
    assert told["total"] >= 5
    assert "最接近的" in sample.get("/search?q=一件事一次办+高新区").text
    assert told["warnings"] == [say("warning.few_have_all", n=1)]
    assert "一件事一次办" in told["hits"][0]["snippet"]


def test_a_theme_that_hides_all_answers_gives_way(sample: FlaskClient) -> None:
    told = answered(sample, "化工园区 风险等级 D级", theme="安全与疫情")
    assert told["total"]
    assert say("warning.other_themes", themes=["安全与疫情"]) in told["warnings"]


@pytest.mark.parametrize("word", ["招商", "营商环境", "双创", "专项债", "亩均论英雄", "人才", "高质量发展", "科技创新"])
def test_neither_notes_nor_background_lead(sample: FlaskClient, word: str) -> None:
    first = answered(sample, word)["hits"][:3]
    assert [hit["snippet"] for hit in first if hit["status"] in ("背景", "注释")] == []


def test_a_theme_alone_is_led_by_passages_chiefly_on_it(sample: FlaskClient) -> None:
    answer = sample.get("/api/v1/search", query_string={"theme": "营商环境", "limit": "20"}).json or {}
    assert {hit["themes"][0] for hit in answer["hits"]} == {"营商环境"}
