"""The years of a report: a ledger of evidence and a verdict over it."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.domain.report import Genre, YearKind
from indexer.pipeline.describe.genre import genre_of
from indexer.pipeline.describe.years import Dating, date_report


def dated(title: str | None, text: str, published: date | None = None, *, masked: bool = False) -> Dating:
    return date_report(title, text, published, genre_of(title, text), masked_year=masked)


@pytest.mark.parametrize(
    ("title", "report", "plan"),
    [
        ("综保区2018年工作总结和2019年工作计划", 2018, 2019),
        ("高新区2017年工作总结暨2018年工作思路", 2017, 2018),
        ("2022年以来园区建设发展总结（高新区）", 2022, None),
        ("高新区2023年度工作总结", 2023, None),
        ("高新区2023年工作要点", None, 2023),
        ("开发区2019年上半年工作总结及下半年工作打算", 2019, None),
        ("高新区招商工作三年行动计划（2021-2023年）", None, None),
        ("示例市2022年政府工作报告", 2021, 2022),
    ],
)
def test_a_title_says_what_it_reviews_and_what_it_plans(title: str, report: int | None, plan: int | None) -> None:
    years = dated(title, "全区上下团结一心，各项工作稳步推进。").years
    assert (years.report, years.plan, years.conflict) == (report, plan, None)


def test_evidence_points_at_its_place_in_the_text() -> None:
    text = "一、2021年工作回顾\n2021年，全区完成投资百亿元。\n二、2022年工作安排\n2022年，我们将抓好招商。"
    years = dated("高新区工作汇报", text).years
    assert (years.report, years.plan) == (2021, 2022)
    spans = [(entry.year, entry.span.of(text)) for entry in years.evidence if entry.span is not None]
    assert spans == [(2021, "2021年"), (2021, "2021年"), (2022, "2022年"), (2022, "2022年")]
    assert all(entry.trusted for entry in years.evidence)


def test_a_wrong_title_is_overruled_by_a_body_that_agrees_with_itself() -> None:
    text = (
        "一、2021年工作总结\n2020年全区完成工业投资若干亿元。“十三五”收官之年交出满意答卷。\n"
        "二、2021年工作思路\n2021年，高新区将继续抓项目。2021年，要确保开门红。"
    )
    years = dated("2021年工作总结暨2022年工作思路", text).years
    assert (years.report, years.plan) == (2020, 2021)
    assert years.conflict == "题名写2021年（计划2022年），正文所述为2020年（计划2021年）"
    assert [entry.trusted for entry in years.evidence if entry.kind is YearKind.TITLE] == [False, False]


def test_one_sentence_of_another_year_does_not_overrule_the_title() -> None:
    text = "全年新签约项目三十个。2020年建成的标准厂房全部租出。2019年完成的规划得到落实。"
    years = dated("高新区2021年工作总结", text).years
    assert (years.report, years.conflict) == (2021, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "落实2017年印发的产业扶持办法。",
        "自2016年以来，园区面貌不断变化。",
        "贯彻《示例省开发区条例（2018年修订）》。",
        "到2025年，产值突破千亿元。",
        "园区成立于2010年。",
        "“十四五”规划（2021-2025年）稳步实施。",
    ],
)
def test_a_policys_own_date_a_founding_or_a_target_is_no_report_year(sentence: str) -> None:
    years = dated("高新区招商引资工作汇报", f"今年以来，全区上下一心。{sentence}").years
    assert (years.report, years.plan) == (None, None)
    assert not any(entry.trusted for entry in years.evidence)


def test_a_text_whose_years_were_rewritten_is_dated_by_what_it_speaks_of() -> None:
    text = (
        "1-2023月份全区完成产值若干。截止到2023月底，兑现奖励资金。落实应对新冠肺炎疫情、帮助企业共渡难关的措施，"
        "推动企业复工复产，做好六稳工作、落实六保任务。土地缺口2023亩。"
    )
    dating = dated("2023年经开区工作情况汇报", text, date(2023, 4, 17))
    assert dating.redated
    assert dating.years.report == 2020
    assert dating.years.conflict is not None
    assert [entry.text for entry in dating.years.evidence if entry.kind is YearKind.SPLICED] == [
        "1-2023月份",
        "2023月底",
    ]
    assert not any(entry.trusted for entry in dating.years.evidence if entry.kind in (YearKind.SPLICED, YearKind.TITLE))


def test_a_re_dated_text_that_speaks_of_no_event_has_no_year() -> None:
    dating = dated("2023年经开区工作情况汇报", "1-2023月份完成产值若干，其中2023月份完成若干。")
    assert dating.redated
    assert dating.years.report is None


def test_an_honest_report_of_the_pandemic_is_not_taken_for_a_re_dated_one() -> None:
    text = "2022年，全区统筹新冠肺炎疫情防控，推动复工复产，落实六稳六保。2022年12月，帮助企业共渡难关。"
    dating = dated("高新区2022年工作总结", text)
    assert not dating.redated
    assert (dating.years.report, dating.years.conflict) == (2022, None)


def test_a_masked_year_stays_unknown_and_the_guess_is_called_a_guess() -> None:
    text = "一、xxxx年工作总结\nxxxx年以来，科技城推进项目建设。今年以来，成效明显。"
    years = dated("科技城年度工作总结", text, date(2022, 3, 10), masked=True).years
    assert years.report is None
    guess = years.evidence[-1]
    assert (guess.kind, guess.year, guess.trusted) == (YearKind.GUESS, 2021, False)


@pytest.mark.parametrize(
    ("day", "plan"), [("2022年1月8日", 2022), ("2021年12月28日", 2022), ("二〇二一年一月十四日", 2021)]
)
def test_a_governments_report_is_named_after_the_year_it_plans(day: str, plan: int) -> None:
    text = (
        f"——{day}在示例市第九届人民代表大会第一次会议上\n市长\n各位代表：\n我代表市人民政府向大会报告工作，请予审议。"
    )
    years = dated(None, text).years
    assert (years.report, years.plan) == (plan - 1, plan)


def test_a_government_that_brings_a_five_year_plan_speaks_in_its_first_year() -> None:
    text = "各位代表：\n现在，我代表市人民政府向大会作关于国民经济和社会发展第十二个五年规划纲要的报告，请予审议。"
    assert dated(None, text).years.plan == 2011


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("高新区上半年经济运行情况", "经济平稳。", "上半年"),
        ("高新区2022年前三季度经济运行情况", "经济平稳。", "前三季度"),
        ("经开区一季度工作汇报", "经济平稳。", "一季度"),
        ("高新区2021年1-11月工作情况汇报", "经济平稳。", "1-11月"),
        ("高新区2021年工作总结", "经济平稳。", "全年"),
        ("2022年以来发展总结", "今年x至xx月，全区工业增加值增长xx.x%。", "x至xx月"),
        ("高新区工作汇报", "1—9月，产值增长一成。1—9月，投资增长两成。", "1-9月"),
        ("高新区工作汇报", "1-2023月份完成产值若干。", None),
        ("高新区2023年工作要点", "一季度实现开门红，力争一季度开工过半。", None),
        ("高新区工作汇报", "经济平稳。", None),
    ],
)
def test_the_period_is_what_the_text_says(title: str, text: str, period: str | None) -> None:
    assert dated(title, text).years.period == period


def test_news_of_a_later_year_that_tells_of_an_earlier_one_is_no_report_of_it() -> None:
    years = dated("有轨电车之困", "2019年该线建成通车，投入运营。", date(2024, 5, 10)).years
    assert years.report is None


def test_a_title_later_than_its_publication_is_a_conflict() -> None:
    years = dated("高新区2023年工作总结", "一年来成绩显著。", date(2021, 1, 20)).years
    assert years.report is None
    assert years.conflict is not None


def test_a_policy_reviews_no_year() -> None:
    years = date_report(
        "关于印发高新区招商办法的通知",
        "2022年完成招商任务的，给予奖励。2022年实现突破的加奖。",
        None,
        Genre.POLICY,
        masked_year=False,
    ).years
    assert years.report is None


def test_this_year_in_news_is_the_year_it_was_published_in() -> None:
    years = dated("高新区招商忙", "本报讯（记者 某某）今年以来，高新区新签约项目十个。", date(2023, 7, 10)).years
    assert years.report == 2023
    assert [(entry.kind, entry.trusted) for entry in years.evidence] == [(YearKind.PUBLISHED, True)]


@pytest.mark.parametrize(
    ("opening", "day", "report"),
    [
        ("近日，记者走进高新区，看这里2022年怎样招商。", date(2022, 7, 10), 2022),
        ("近日，记者走进高新区，看这里2022年怎样招商。", date(2023, 3, 1), 2022),
        ("近日，记者走进高新区，看这里2022年怎样招商。产值为2016年2.5倍。", date(2022, 7, 10), 2022),
        ("近日，记者走进高新区，看这里2022年怎样招商。", date(2023, 9, 1), None),
        ("近日，记者走进高新区，看这里2022年怎样招商。", None, None),
        ("近日，记者走进高新区，看这里2022年怎样招商。2021年，签约项目三个。", date(2022, 7, 10), None),
        ("近日，记者获悉，2022年3月搬来的厂房已满。", date(2023, 3, 1), None),
        ("近日，记者获悉，2022年底搬来的厂家扩产。", date(2023, 3, 1), None),
        ("近日，记者获悉，到2025年高新区将再添三座厂房。", date(2025, 3, 1), None),
    ],
)
def test_news_that_names_one_year_as_it_opens_is_of_that_year(
    opening: str, day: date | None, report: int | None
) -> None:
    years = dated("高新区招商忙", opening, day).years
    assert (years.report, years.conflict) == (report, None)


def test_a_multiple_of_an_earlier_year_is_no_year_of_the_text() -> None:
    text = "记者了解到，五年来企业破百家，为2016年的2.5倍。"
    assert dated("高新区2021年创新观察", text, date(2022, 1, 7)).years.conflict is None


def test_this_year_in_a_summary_counts_on_the_offices_own_site_only() -> None:
    title, text, day = "高新区上半年经济运行情况", "今年以来，全区经济平稳。", date(2023, 7, 10)
    genre = genre_of(title, text)
    assert date_report(title, text, day, genre, masked_year=False, own_site=True).years.report == 2023
    assert date_report(title, text, day, genre, masked_year=False).years.report is None


def test_an_event_in_the_plan_speaks_for_the_year_before() -> None:
    review = "一、工作回顾\n" + "全区上下抓项目、强服务，各项指标稳步增长。" * 10
    text = f"{review}\n二、下一步工作打算\n“十四五”开局之年，我们要开好局、起好步。"
    assert dated("2021年高新区工作汇报", text).years.report == 2021  # the event alone does not overrule the title
    assert dated("高新区工作汇报", text).years.report == 2020


def test_a_year_that_its_own_event_contradicts_was_rewritten() -> None:
    text = "2024年是“十四五”规划的开局之年。2024年，全区完成投资若干。"
    dating = dated("高新区2024年工作总结", text)
    assert dating.redated
    assert dating.years.report == 2021


def of_an_office(title: str, text: str, published: date) -> int | None:
    genre = genre_of(title, text)
    return date_report(title, text, published, genre, masked_year=False, own_site=True).years.report


@pytest.mark.parametrize(
    ("title", "text", "published", "year"),
    [
        ("松原岭开发区年度工作总结", "今年以来，园区上下狠抓落地。", date(2021, 1, 20), 2020),
        ("松原岭开发区年度工作总结", "今年以来，园区上下狠抓落地。", date(2021, 12, 24), 2021),
        ("松原岭开发区年度工作总结", "今年以来，园区上下狠抓落地。", date(2021, 7, 2), None),
        ("松原岭开发区工作总结", "今年以来，园区狠抓落地。\n三、来年工作思路\n继续招商。", date(2021, 2, 9), 2020),
        ("松原岭开发区工作总结", "今年以来，园区狠抓落地。\n三、下半年工作安排\n继续招商。", date(2021, 3, 9), 2020),
        ("松原岭开发区工作总结", "今年以来，园区狠抓落地。\n三、下半年工作安排\n继续招商。", date(2021, 7, 9), 2021),
        ("松原岭开发区1-11月运行情况总结", "今年1-11月，园区狠抓落地。", date(2021, 1, 5), 2020),
        ("松原岭开发区上半年工作总结", "今年上半年，园区狠抓落地。", date(2021, 7, 5), 2021),
        ("松原岭开发区工作总结", "今年以来，园区上下狠抓落地。", date(2021, 1, 20), None),
    ],
)
def test_this_year_is_never_a_year_that_had_not_passed_when_the_paper_came_out(
    title: str, text: str, published: date, year: int | None
) -> None:
    assert of_an_office(title, text, published) == year


@pytest.mark.parametrize("zero", "〇○◯⚪0０OＯΟОо")
def test_a_year_is_read_whatever_stands_for_its_zero(zero: str) -> None:
    years = dated("松原岭开发区工作总结", f"一、二{zero}二二年工作回顾\n园区上下狠抓落地，各项指标稳步提升。").years
    assert years.report == 2022
