"""What a user may rely on, whichever engine answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from indexer.domain.query import Alike, All, Filters, Loose, Nearest, Query, Word
from indexer.domain.report import Status
from indexer.ports import SearchEngine
from tests.contract.worlds import a_passage, ask, counts, found, two_years_of_three_zones


def test_full_width_query_finds_half_width_text(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "建设5G产业园"), a_passage("m2", "建设4G基站")])
    assert found(engine.search(ask("５Ｇ"))) == ["m1"]


def test_a_word_is_found_between_words_it_could_be_cut_into(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "发挥专项债稳投资作用"), a_passage("m2", "债务专项审计")])
    assert found(engine.search(ask("专项债"))) == ["m1"]


def test_a_word_earns_the_same_however_the_text_around_it_is_cut(engine: SearchEngine) -> None:
    engine.replace_all(
        [a_passage("part", "提供服务业务"), a_passage("word", "业务服务提供"), a_passage("none", "其他各项工作")]
    )
    hits = engine.search(ask("业务")).hits
    assert {hit.passage.report for hit in hits} == {"part", "word"}
    assert hits[0].score == hits[1].score


def test_a_word_is_found_across_word_borders(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "推动服务业提质"), a_passage("m2", "提供服务")])
    assert found(engine.search(ask("务业提"))) == ["m1"]


def test_a_word_is_found_by_its_terms_apart_but_together_comes_first(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("apart", "项目储备充足，专项债额度也已下达，发行工作有序。"),
            a_passage("together", "项目储备充足，专项债发行额度也已下达，工作有序。"),
            a_passage("half", "专项债额度已经下达。"),
        ]
    )
    assert found(engine.search(ask("专项债发行"))) == ["together", "apart"]


def test_a_quote_finds_what_contains_it_and_nothing_else(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("whole", "全年招商引资成效明显"),
            a_passage("apart", "招商队伍外出引资"),
            a_passage("turned", "引资招商两手抓"),
            a_passage("cut", "招商、引资并重"),
        ]
    )
    assert found(engine.search(ask('"招商引资"'))) == ["whole"]
    assert found(engine.search(ask("「商引」"))) == ["whole"]
    assert sorted(found(engine.search(ask("“引”")))) == ["apart", "cut", "turned", "whole"]
    assert found(engine.search(ask('"资招"'))) == ["turned"]


def test_a_quote_is_verbatim_and_never_finds_restored_words(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "高质量开展再上台阶", restored="高质量发展再上台阶")])
    assert found(engine.search(ask('"质量发展"'))) == []
    assert found(engine.search(ask('"质量开展"'))) == ["m1"]


def test_laundered_text_is_found_by_its_restored_words_and_by_its_own(engine: SearchEngine) -> None:
    engine.replace_all(
        [a_passage("m1", "高质量开展再上台阶", restored="高质量发展再上台阶"), a_passage("m2", "开展招商")]
    )
    by_first_form = engine.search(ask("高质量发展"))
    assert found(by_first_form) == ["m1"]
    assert [mark.of(by_first_form.hits[0].snippet) for mark in by_first_form.hits[0].marks] == ["高质量开展"]
    assert sorted(found(engine.search(ask("开展")))) == ["m1", "m2"]
    assert found(engine.search(ask("发展"))) == ["m1"]


def test_terms_of_restored_words_are_found_apart(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "开展有质量，专项债有额度", restored="发展有质量，专项债有额度")])
    hit = engine.search(ask("专项债发展")).hits[0]
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["开展", "专项债"]


def test_minus_takes_away(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "招商大会签约"), a_passage("m2", "招商小分队出征")])
    assert found(engine.search(ask("招商 -大会"))) == ["m2"]
    assert found(engine.search(ask("-招商"))) == []
    assert found(engine.search(ask('-"大会签"'))) == ["m2"]


def test_brackets_hold_words_together(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "孵化器扩容"), a_passage("m2", "加速器扩容"), a_passage("m3", "厂房改造")])
    assert sorted(found(engine.search(ask("(孵化器 扩容) OR 厂房")))) == ["m1", "m3"]
    assert sorted(found(engine.search(ask("(孵化器 OR 加速器) 扩容")))) == ["m1", "m2"]
    assert found(engine.search(ask("扩容 -(孵化器 扩容)"))) == ["m2"]


def test_a_title_is_asked_letter_for_letter_and_excluded(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("m1", "招商专班", title="云溪高新区ＡＩ产业总结"),
            a_passage("m2", "招商大会", title="MAIN赛场"),
            a_passage("m3", "招商", title=""),
        ]
    )
    assert found(engine.search(ask("标题:高新区AI 招商"))) == ["m1"]
    assert found(engine.search(ask("标题:ai 招商"))) == ["m1"]
    assert found(engine.search(ask("标题：“业总结” 招商"))) == ["m1"]
    assert sorted(found(engine.search(ask("招商 -标题:总结")))) == ["m2", "m3"]
    assert sorted(found(engine.search(ask("標題:(总结 OR 赛场)")))) == ["m1", "m2"]


def test_the_whole_report_may_hold_a_word_or_the_passage_must(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    assert sorted(found(engine.search(ask("全文:专项债 招商")))) == ["c1", "c1:1"]
    assert sorted(found(engine.search(ask("全文:(专项债 签约) 招商")))) == ["c1", "c1:1"]
    assert found(engine.search(ask("同段(专项债 招商)"))) == ["c1:1"]
    assert found(engine.search(ask("同段(专项债 云溪高新区)"))) == []


def test_another_way_to_say_it_is_found_below_the_word_itself(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("near", "双招双引"), a_passage("same", "投资推介"), a_passage("word", "招商工作")])
    node = Alike(Word("招商"), (("投资推介", 0.95), ("双招双引", 0.4), ("不存在的说法", 0.9)))
    page = engine.search(Query("招商", node))
    assert found(page) == ["word", "same", "near"]
    assert [mark.of(hit.snippet) for hit in page.hits for mark in hit.marks] == ["招商", "投资推介", "双招双引"]


def test_a_sentence_is_found_by_part_of_its_words_the_fuller_answer_first(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("full", "对失信企业不予安排专项债项目。"),
            a_passage("part", "企业贷款贴息办法。"),
            a_passage("none", "绿化面积逐年上升"),
        ]
    )
    page = engine.search(Query("", Loose("失信企业可以申请专项债吗")))
    assert found(page) == ["full", "part"]
    assert [mark.of(page.hits[1].snippet) for mark in page.hits[1].marks] == ["企业"]


def test_a_sentence_is_answered_where_the_report_speaks_of_it(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("a:0", "光伏项目并网"),
            a_passage("b:0", "人才公寓分配办法"),
            a_passage("b:1", "人才落户，人才公寓"),
            a_passage("b:2", "光伏项目并网"),
            *(a_passage(f"c{number}", "其他工作") for number in range(20)),
        ]
    )
    page = engine.search(Query("", Loose("光伏项目怎样安排人才公寓")))
    found_ids = [hit.passage.id for hit in page.hits]
    assert found_ids.index("b:2") < found_ids.index("a:0")


def test_or_finds_either(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "孵化器扩容"), a_passage("m2", "加速器扩容"), a_passage("m3", "标准厂房扩容")])
    assert sorted(found(engine.search(ask("孵化器 OR 加速器")))) == ["m1", "m2"]
    assert sorted(found(engine.search(ask("扩容 孵化器|厂房")))) == ["m1", "m3"]


def test_all_words_must_be_there(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "孵化器扩容"), a_passage("m2", "孵化器改造")])
    assert found(engine.search(ask("孵化器 扩容"))) == ["m1"]
    assert found(engine.search(ask("孵化器、改造"))) == ["m2"]


def test_the_title_may_stand_for_one_word_but_not_for_all(engine: SearchEngine) -> None:
    engine.replace_all(two_years_of_three_zones())
    assert found(engine.search(ask("云溪高新区 专项债"))) == ["c1:1"]
    assert found(engine.search(ask("石门经开区 专项债"))) == []
    assert found(engine.search(ask("云溪高新区"))) == []


def test_what_is_excluded_by_a_word_counts_in_the_text_only(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "招商专班", title="招商工作总结")])
    assert found(engine.search(ask("专班 -总结"))) == ["m1"]


def test_english_and_numbers_are_words(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("rd", "R&D投入强度提高"),
            a_passage("r", "R语言与D盘"),
            a_passage("oled", "AMOLED/OLED面板量产"),
            a_passage("main", "MAIN赛场"),
            a_passage("year", "2021年工作"),
            a_passage("ai", "AI大模型7个，ChatGPT4类应用"),
        ]
    )
    assert found(engine.search(ask("R&D"))) == ["rd"]
    assert found(engine.search(ask("r＆d"))) == ["rd"]
    assert found(engine.search(ask("oled"))) == ["oled"]
    assert found(engine.search(ask("AI"))) == ["ai"]
    assert found(engine.search(ask("7"))) == ["ai"]
    assert found(engine.search(ask("chatgpt"))) == ["ai"]
    assert found(engine.search(ask("202"))) == []
    assert found(engine.search(ask('"202"'))) == ["year"]


def test_traditional_query_and_text_meet_in_simplified(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("simple", "营商环境改善"), a_passage("traditional", "營商環境改善")])
    assert sorted(found(engine.search(ask("營商環境")))) == ["simple", "traditional"]
    assert sorted(found(engine.search(ask("“营商环境”")))) == ["simple", "traditional"]


def test_masks_can_be_quoted(engine: SearchEngine) -> None:
    engine.replace_all(
        [a_passage("m1", "到位资金xx.x亿元"), a_passage("m2", "到位资金**亿元"), a_passage("m3", "到位3亿元")]
    )
    assert found(engine.search(ask('"xx.x亿"'))) == ["m1"]
    assert found(engine.search(ask('"**"'))) == ["m2"]


def test_marks_point_at_the_asked_words(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "前三季度新签约项目三十个。招商引资、引智并举，招商队伍走出去。")])
    hit = engine.search(ask('招商 "签约项目" -出口')).hits[0]
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["签约项目", "招商", "招商"]
    assert hit.snippet in hit.passage.text


def test_a_sentence_counts_all_that_holds_part_of_it_unless_a_share_is_asked_for(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            a_passage("all", "光伏项目配建人才公寓"),
            a_passage("half", "人才公寓竣工"),
            a_passage("bit", "人才座谈会"),
            a_passage("none", "水库除险加固"),
        ]
    )
    question = "光伏项目 人才公寓"
    whole = engine.search(Query("", Loose(question), limit=1))
    assert (whole.total, whole.reports) == (3, 3)
    assert sum(count.passages for count in whole.facets["zone"]) == 3
    assert engine.search(Query("", Loose(question, least=0.5))).total == 1
    assert Query(node=Loose(question)).partly
    assert Query(node=All((Loose(question), Word("园区")))).partly
    assert not Query(node=All((Word("光伏"), Word("园区")))).partly


def test_of_a_sentence_what_comes_near_to_the_best_is_counted_but_a_page_of_it_in_any_case(
    engine: SearchEngine, engine_kind: str
) -> None:
    if engine_kind == "opensearch":
        pytest.skip("the cluster counts where the scores are not")
    weak = [a_passage(f"weak{n:02}", f"第{n}次人才座谈会", zone="云溪高新区") for n in range(40)]
    strong = [a_passage(f"strong{n}", "光伏项目配建人才公寓", zone="石门经开区") for n in range(3)]
    none = [a_passage(f"none{n:03}", "水库除险加固") for n in range(150)]
    engine.replace_all([*weak, *strong, *none])
    asked = Query("", Loose("光伏项目 人才公寓"), limit=10)
    assert engine.search(asked).total == 43
    nearest = engine.search(replace(asked, nearest=Nearest(0.4)))
    assert nearest.hits == engine.search(asked).hits
    assert nearest.total >= 20, "as many as a page may hold, and what earns as much as the last of them"
    one_zone = replace(asked, filters=Filters.of(zone=["石门经开区"]), nearest=Nearest(0.4))
    assert engine.search(one_zone).total == 3
    enough = [a_passage(f"more{n:02}", "光伏项目配建人才公寓", zone="石门经开区") for n in range(30)]
    engine.replace_all([*weak, *strong, *enough, *none])
    nearest = engine.search(replace(asked, nearest=Nearest(0.4)))
    assert nearest.total == 33, "those that are far from the best are left out"
    assert [count.passages for count in nearest.facets["zone"]] == [33]


def test_what_a_zone_says_is_found_by_its_city_too(engine: SearchEngine) -> None:
    there = {"zone": "石门经开区", "province": "湖南", "city": "常德"}
    engine.replace_all([a_passage("m1", "标准厂房开工", **there), a_passage("m2", "标准厂房开工", zone="云溪高新区")])
    assert found(engine.search(ask("常德 标准厂房"))) == ["m1"]
    assert found(engine.search(ask("常德"))) == []


def test_many_passages_of_few_reports_are_counted_one_by_one_where_they_differ(engine: SearchEngine) -> None:
    long = [
        a_passage(
            f"{report}:{n}", "招商" * (1 + n % 3), zone=f"{report}高新区", year=2020 + n % 2, status=list(Status)[n % 3]
        )
        for report in ("甲", "乙")
        for n in range(30)
    ]
    engine.replace_all(long)
    page = engine.search(ask("招商", filters=Filters.of(zone=("甲高新区",))))
    assert counts(page, "zone") == {"甲高新区": 30, "乙高新区": 30}
    assert counts(page, "year") == {"2021": 15, "2020": 15}
    assert sorted(counts(page, "status").values()) == [10, 10, 10]


def test_a_passage_comes_back_as_it_went_in(engine: SearchEngine) -> None:
    world = [
        replace(passage, mirrors=("x", "y"), restored="原文", period="全年") for passage in two_years_of_three_zones()
    ]
    engine.replace_all(world)
    back = {hit.passage.id: hit.passage for hit in engine.search(ask("")).hits}
    assert back == {passage.id: passage for passage in world}


def test_a_text_of_ten_thousand_characters_is_found_and_marked_to_its_end(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("long", "园区工作有序推进。" * 1200 + "最后安排专项债项目。")])
    hit = engine.search(ask('"专项债项目"')).hits[0]
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["专项债项目"]
    assert len(hit.snippet) <= 120


def test_what_reading_the_question_said_reaches_the_page(engine: SearchEngine) -> None:
    engine.replace_all([a_passage("m1", "招商引资")])
    page = engine.search(ask('"招商'))
    assert found(page) == ["m1"]
    assert len(page.warnings) == 1
    assert page.took_ms > 0


@pytest.mark.parametrize("question", ["", "的", "招商 -大会", '"园区"', "园区|招商", "5G"])
def test_eight_threads_get_the_same_answers_as_one(engine: SearchEngine, question: str) -> None:
    words = ("招商", "大会", "园区", "专项债", "5G", "的")
    engine.replace_all(
        a_passage(f"r{number % 13}:{number}", "，".join(words[number % k] for k in range(1, 7)), year=2015 + number % 7)
        for number in range(200)
    )
    asked = [ask(question, limit=10, page=page, by_report=by) for page in (1, 2, 5) for by in (True, False)] * 4
    alone = [replace(engine.search(query), took_ms=0) for query in asked]
    with ThreadPoolExecutor(8) as threads:
        together = [replace(page, took_ms=0) for page in threads.map(engine.search, asked)]
    assert together == alone
