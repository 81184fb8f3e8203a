"""Copies of one report are found whatever was done to them, and the best of them stands for all."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Genre, Grade, Quality, Report, Years
from indexer.domain.zones import ZoneReading, ZoneStatus
from tests.copies import cluster

TEXT = "今年以来,全区围绕招商和双创两条主线推进各项工作,专项债资金用到了标准厂房上。"
SOURCES = {
    path.stem: re.sub(r"[{}]", "", path.read_text("utf-8"))
    for path in sorted((Path(__file__).resolve().parents[2] / "corpus" / "sample" / "sources").glob("*.txt"))
}
WASHED = {
    "发展": "开展",
    "项目": "工程",
    "服务": "效劳",
    "基础": "根底",
    "建设": "建立",
    "完善": "完美",
    "提高": "进步",
}


def a_report(id: str, text: str = TEXT, grade: Grade = Grade.COPY, masks: int = 0) -> StoredReport:
    report = Report(
        title="某区工作总结",
        published_on=None,
        source=None,
        genre=Genre.SUMMARY,
        years=Years(),
        zone=ZoneReading(ZoneStatus.NONE),
        quality=Quality(grade, (), {"x": masks} if masks else {}),
        text=text,
        sections=(),
        passages=(),
    )
    return StoredReport(id=id, file=None, report=report, sha256=id)


def masked(text: str) -> str:
    return re.sub(r"\d+(\.\d+)?", lambda m: re.sub(r"\d", "x", m[0]), text)


def laundered(text: str) -> str:
    return re.sub("|".join(WASHED), lambda m: WASHED[m[0]], text)


def cut(text: str) -> str:
    return text[: len(text) * 6 // 10]


def wrapped(text: str) -> str:
    flat = "".join(text.split())
    return " ".join(flat[at : at + 27] for at in range(0, len(flat), 27))


def rewritten(text: str) -> str:
    """Last year's report with this year's figures."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) * 3 + 7), text)


# --- exact copies ----------------------------------------------------------------------------------------------------


def test_two_copies_that_differ_in_spacing_and_punctuation_are_one_cluster() -> None:
    other = TEXT.replace("推进", "推 进\n").replace(",", "，")
    (found,) = cluster([a_report("a"), a_report("b", other), a_report("c", "另一个区的另一份总结,说的是别的事。")])
    assert set(found.reports) == {"a", "b"}
    assert found.differing == ()


def test_a_report_without_a_copy_is_in_no_cluster() -> None:
    assert cluster([a_report("a"), a_report("b", "别的话,一句也不相同的内容写在这里,读起来是另一回事。")]) == ()


@pytest.mark.parametrize("nothing", ["", "……", "详见附件", "x" * 8])
def test_texts_too_short_to_say_anything_are_not_copies_of_each_other(nothing: str) -> None:
    assert cluster([a_report("a", nothing), a_report("b", nothing)]) == ()


# --- damaged copies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("damage", [masked, laundered, cut, wrapped])
def test_a_damaged_copy_is_found_among_other_reports(name: str, damage: object) -> None:
    assert callable(damage)
    reports = [a_report(one, text) for one, text in SOURCES.items()]
    (found,) = cluster([*reports, a_report("copy", damage(SOURCES[name]))])
    assert set(found.reports) == {name, "copy"}


def test_all_damage_at_once_is_still_a_copy() -> None:
    text = SOURCES["zhongkai"]
    (found,) = cluster([a_report("a", text), a_report("b", wrapped(cut(laundered(masked(text)))))])
    assert set(found.reports) == {"a", "b"}


def test_different_reports_of_the_same_kind_stay_apart() -> None:
    assert cluster([a_report(name, text) for name, text in SOURCES.items()]) == ()


def test_next_years_report_over_the_same_words_is_no_copy() -> None:
    text = "".join(
        f"第{n}项指标完成{n}37.5亿元,比上年又有增长,{word}。" for n, word in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    )
    text = SOURCES["zhengzhou"] + re.sub(r"第\d+项", "", text)
    assert cluster([a_report("a", text), a_report("b", rewritten(text))]) == ()
    assert len(cluster([a_report("a", text), a_report("b", masked(text))])) == 1


def test_a_re_dated_copy_is_a_copy() -> None:
    text = SOURCES["tianjin"]
    (found,) = cluster([a_report("a", text), a_report("b", re.sub(r"20\d\d年", "2023年", text))])
    assert set(found.reports) == {"a", "b"}


def test_a_report_that_quotes_a_paragraph_is_no_copy() -> None:
    quoted = max(SOURCES["changchun"].splitlines(), key=len)
    assert cluster([a_report("a", SOURCES["changchun"]), a_report("b", quoted + SOURCES["hengyang"])]) == ()


def test_a_notice_that_holds_nothing_but_a_quotation_is_no_copy() -> None:
    everything = "".join(SOURCES.values())
    assert cluster([a_report("a", everything), a_report("b", everything[:900])]) == ()


def test_a_page_that_breaks_off_is_a_copy_of_what_it_begins_however_short() -> None:
    def broken_off(id: str, text: str) -> StoredReport:
        whole = a_report(id, text)
        return replace(whole, report=replace(whole.report, quality=Quality(Grade.MASKED, ("truncated",))))

    digest = SOURCES["hengyang"].replace("\n", "")[:320]
    (found,) = cluster([a_report("a", digest), broken_off("b", digest[:150]), broken_off("c", digest[:210] + "……")])
    assert (found.witness, set(found.reports)) == ("a", {"a", "b", "c"})
    other_figures = re.sub(r"[0-9一二三四五六七八九]", "8", digest[:150])
    assert cluster([a_report("a", digest), broken_off("b", other_figures)]) == ()
    assert cluster([a_report("a", digest), broken_off("b", digest[:60])]) == ()  # too little to tell


def test_very_many_copies_each_masked_in_its_own_way_are_one_cluster() -> None:
    """More copies than a shingle's crowd: they are linked through their neighbours."""
    text, dice = SOURCES["hengyang"], random.Random(1)
    copies = [
        a_report(f"r{n:03}", re.sub(r"[\u4e00-\u9fff]{2}", lambda m: "xx" if dice.random() < 0.02 else m[0], text))
        for n in range(80)
    ]
    (found,) = cluster([*copies, a_report("other", SOURCES["tianjin"])])
    assert len(found.reports) == 80


@given(st.permutations([*SOURCES, "copy", "cut"]))
def test_the_order_of_the_reports_changes_nothing(order: list[str]) -> None:
    texts = SOURCES | {"copy": masked(SOURCES["tianjin"]), "cut": cut(SOURCES["tianjin"])}
    assert cluster([a_report(name, texts[name]) for name in order]) == cluster(
        [a_report(name, text) for name, text in texts.items()]
    )


# --- the best witness ------------------------------------------------------------------------------------------------


def test_the_official_copy_is_the_witness_however_the_reports_come() -> None:
    copies = [a_report("a", grade=Grade.TAMPERED), a_report("b", grade=Grade.OFFICIAL), a_report("c")]
    assert {cluster(order)[0].witness for order in (copies, copies[::-1])} == {"b"}
    assert cluster(copies)[0].reports == ("b", "c", "a")


def test_an_unmasked_copy_comes_before_a_complete_one() -> None:
    text = SOURCES["tianjin"]
    whole, short = a_report("a", masked(text), Grade.MASKED, 12), a_report("b", cut(text), Grade.MASKED)
    assert cluster([whole, short])[0].reports == ("b", "a")


def test_of_equal_copies_the_complete_one_is_the_witness() -> None:
    assert cluster([a_report("a", cut(SOURCES["tianjin"])), a_report("b", SOURCES["tianjin"])])[0].witness == "b"


# --- what they disagree on -------------------------------------------------------------------------------------------


def test_a_figure_that_differs_is_shown_with_what_each_copy_prints() -> None:
    text = SOURCES["tianjin"]
    other, blotted = text.replace("1916个", "1619个"), text.replace("1916个", "xxxx个")
    (found,) = cluster([a_report("a", text), a_report("b", other), a_report("c", blotted)])
    (differing,) = found.differing
    assert differing.values == {"a": "1916", "b": "1619", "c": "xxxx"}
    assert "新落地项目" in differing.context


def test_a_masked_figure_disagrees_with_nothing() -> None:
    (found,) = cluster([a_report("a", SOURCES["tianjin"]), a_report("b", masked(SOURCES["tianjin"]))])
    assert found.differing == ()


def test_the_same_number_written_with_commas_is_the_same() -> None:
    text = SOURCES["tianjin"]
    (found,) = cluster([a_report("a", text), a_report("b", text.replace("1916", "1,916"))])
    assert found.differing == ()


def test_a_year_written_over_is_told() -> None:
    text = SOURCES["changchun"].replace("2021年全年看", "2023年全年看")
    (found,) = cluster([a_report("a", SOURCES["changchun"]), a_report("b", text)])
    assert [one.values for one in found.differing] == [{"a": "2021", "b": "2023"}]


# --- reports over one template ---------------------------------------------------------------------------------------

TEMPLATE = (
    "{zone}按照年初部署，以项目建设为主线，逐月排出清单，逐项明确责任，全区上下拧成一股绳，各项工作有序铺开，现就主要情况作如下小结。"
    "一是抓投入。坚持领导挂点、专班跟进、每周碰头，{first}，一批厂房封顶，配套道路同步贯通，厂区周边环境明显改善。"
    "二是抓招引。深化以商引商和链式招引，在沿海设立联络站点，{second}，带动上下游协作企业陆续来此落脚。"
    "三是抓服务。窗口再造流程，证照联办、容缺预审，帮办人员上门跑腿，企业反映的难点堵点逐条销号，办事时间一再压缩。"
)


def over_the_template(id: str, zone: str, year: int, first: str, second: str, **quality: Any) -> StoredReport:
    text = TEMPLATE.format(zone=zone, first=first, second=second)
    stored = a_report(id, text)
    named = ZoneReading(ZoneStatus.NAMED, name=zone)
    report = replace(stored.report, title=f"{zone}{year}年小结", zone=named, years=Years(year))
    if quality:
        report = replace(report, quality=replace(report.quality, **quality))
    return replace(stored, report=report)


FIGURES = ("完成投资{}亿元，开工{}项", "签约{}个，到位资金{}亿元")


def filled(*numbers: str) -> tuple[str, str]:
    return FIGURES[0].format(*numbers[:2]), FIGURES[1].format(*numbers[2:])


@pytest.mark.parametrize(
    ("zone", "year"), [("云岭高新技术产业开发区", 2022), ("白石滩经济技术开发区", 2021)], ids=["zone", "year"]
)
def test_another_zone_or_year_over_one_template_is_no_copy(zone: str, year: int) -> None:
    first = over_the_template("a", "白石滩经济技术开发区", 2022, *filled("35.2", "18", "27", "9.6"))
    assert cluster([first, over_the_template("b", zone, year, *filled("41.9", "23", "31", "7.4"))]) == ()
    wordless = ("完成全年投资任务", "签约一批项目")
    bare = over_the_template("c", "白石滩经济技术开发区", 2022, *wordless)
    assert cluster([bare, over_the_template("d", zone, year, *wordless)]) == ()


def test_a_corrected_version_and_a_copy_under_another_name_stay_copies() -> None:
    first = over_the_template("a", "白石滩经济技术开发区", 2022, *filled("35.2", "18", "27", "9.6"))
    corrected = over_the_template("b", "白石滩经济技术开发区", 2022, *filled("35.2", "18", "28", "9.9"))
    assert len(cluster([first, corrected])) == 1
    renamed = over_the_template("c", "云岭高新技术产业开发区", 2022, *filled("35.2", "18", "27", "9.6"))
    assert len(cluster([first, renamed])) == 1


def test_a_masked_copy_does_not_tie_two_zones_together() -> None:
    zones = ("白石滩经济技术开发区", "云岭高新技术产业开发区")
    one, other = (
        over_the_template(id, zone, 2022, *filled(*numbers))
        for id, zone, numbers in zip(
            "ab", zones, (("35.2", "18", "27", "9.6"), ("41.9", "23", "31", "7.4")), strict=True
        )
    )
    blotted = over_the_template("c", "xx开发区", 2022, *filled("xx.x", "xx", "xx", "x.x"), masks={"x": 8})
    (found,) = cluster([one, other, blotted])
    assert len(found.reports) == 2
    assert "c" in found.reports
