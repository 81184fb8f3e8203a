"""Each kind of damage is mended, and what only looks like it is left alone."""

from __future__ import annotations

import time

import pytest

from tests.unit.cleaned import read, unchanged

# Width, spaces, invisible characters


def test_full_width_digits_letters_and_per_cent_become_half_width_and_punctuation_stays() -> None:
    assert read("增长８．５％，Ｒ＆Ｄ经费１２亿元（含５Ｇ）。").text == "增长8.5%，R＆D经费12亿元（含5G）。"


def test_a_full_width_point_that_is_no_decimal_point_stays() -> None:
    assert read("１．抓招商。").text == "1．抓招商。"


def test_odd_spaces_and_invisible_characters_go() -> None:
    assert read("\u3000\u3000今年\u200b以来\xa0，\ufeff全区\r\n\u3000\u3000争先。\t").text == "今年以来 ，全区\n争先。"


def test_blank_lines_go() -> None:
    assert read("\n\n甲。\n \n\n乙。\n").text == "甲。\n乙。"


def test_radicals_become_the_characters_they_stand_for_and_the_original_is_kept() -> None:
    cleaned = read("⾼新区⻓期抓⼯业，⼆〇⼆⼆年⾦融更活。", "⼯作总结")
    assert (cleaned.title, cleaned.text) == ("工作总结", "高新区长期抓工业，二〇二二年金融更活。")
    assert [step.rule for step in cleaned.history] == ["radicals"]
    assert cleaned.history[0].before() == "⾼新区⻓期抓⼯业，⼆〇⼆⼆年⾦融更活。"
    assert unchanged("㈠基本情况，①②③，亻")


# Question marks that were spaces


def test_question_marks_left_from_lost_spaces_become_a_space() -> None:
    assert read("发布：2021-03-02 10:20??????来源：本站").text == "发布：2021-03-02 10:20 来源：本站"
    assert read("??园区产值破千亿。\n?全年目标完成。").text == "园区产值破千亿。\n全年目标完成。"


@pytest.mark.parametrize(
    "text",
    ["成效到底如何?数据说话。", "这是为什么??", "能不能干成???", "完成投资??亿元，增长??.?%。"],
)
def test_question_marks_that_ask_or_hide_digits_stay(text: str) -> None:
    assert unchanged(text)


# Phonetics and script


def test_phonetics_are_dropped_and_the_script_simplified() -> None:
    cleaned = read("開發(fā)區(qū)建設標（biāo）準（zhǔn）廠房，他們(men)引進R&D(研發(fā))機構。", "開發(fā)區(qū)總結")
    assert cleaned.text == "开发区建设标准厂房，他们引进R&D(研发)机构。"
    assert cleaned.title == "开发区总结"
    assert {"phonetics", "traditional"} <= cleaned.flags


@pytest.mark.parametrize(
    "text", ["地区生产总值(GDP)和人工智能(ai)产业", "全长12公里(km)", "阆(làng)中市的发展" + "今年以来成绩显著。" * 60]
)
def test_what_stands_in_brackets_otherwise_stays(text: str) -> None:
    cleaned = read(text)
    assert cleaned.text == text
    assert cleaned.flags == frozenset()


def test_a_traditional_name_in_a_simplified_text_stays() -> None:
    assert unchanged("黃埔园区成效显著，企业发展态势良好。")


def test_phrases_decide_the_simplified_character() -> None:
    assert "乾隆" in read("乾隆年間開鑿的運河，兩岸廠房乾淨整潔。").text


# Notices


@pytest.mark.parametrize(
    "notice",
    [
        "本文由某文库网整理，仅供参考",
        "责任编辑：小王",
        "转载请保留出处，谢谢!",
        "未经本站书面授权，任何单位不得转载、摘编",
        "声明：本站所有资料由用户上传，如有侵权请联系删除",
        "链接地址:http://example.cn/1.html 转载请保留,谢谢!",
        "相关文章",
        "查看更多",
        "您可能关注的文档",
        "- 12 -",
        "第3页",
        "浏览次数：126次",
        "【字体：大 中 小】",
    ],
)
def test_notices_of_the_site_go(notice: str) -> None:
    assert read(f"园区工作取得新进展。\n\n{notice}").text == "园区工作取得新进展。"


def test_a_sheet_number_inside_a_line_goes() -> None:
    assert read("注入新动能。 第7页 共7页").text == "注入新动能。"


def test_a_notice_at_the_end_of_a_paragraph_goes_and_the_paragraph_stays() -> None:
    assert read("全年目标如期完成。本文来自某某范文网，转载请注明出处。").text == "全年目标如期完成。"


@pytest.mark.parametrize(
    "notice", ["亲，该文档总共9页，到这儿已超出免费预览范围，如果喜欢就下载吧！", "还剩12页未读，继续阅读"]
)
def test_a_copy_that_says_it_is_cut_is_flagged(notice: str) -> None:
    cleaned = read(f"园区工作取得新进展，\n{notice}")
    assert cleaned.text == "园区工作取得新进展，"
    assert "truncated" in cleaned.flags


@pytest.mark.parametrize(
    "text",
    [
        "严格落实审核：项目先审后批。\n完善信息发布来源审查。\n打击未经批准擅自转载转卖数据行为，建立机制。",
        "推进版权保护，建设国家版权创新基地。",
        "报告第8页第12行的“提升”改为“增强”。",
        "扫一扫即可办理，政务服务实现“一码通”，全年办件量突破百万件。",
        "下载使用量居全省前列。",
    ],
)
def test_sentences_that_speak_of_such_things_stay(text: str) -> None:
    assert unchanged(text)


# Title


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("2023年园区“双招双引”工作汇报", "园区“双招双引工作汇报 园区双招双引工作汇报今年以来，成绩显著。"),
        ("2022年园区经济社会发展总结(高新区)", "2022年园区经济社会发展总结高新区\n今年以来，成绩显著。"),
        ("园区年度工作总结.docx", "园区年度工作总结\n今年以来，成绩显著。"),
    ],
)
def test_titles_repeated_at_the_beginning_go(title: str, text: str) -> None:
    assert read(text, title).text == "今年以来，成绩显著。"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("园区2022年工作总结", "园区2022年工作总结和2023年工作计划如下。"),
        ("园区年度工作", "园区年度工作取得新进展。"),
        ("总结", "总结\n今年以来，成绩显著。"),
        ("园区年度工作总结", "园区年度工作总结"),
    ],
)
def test_a_sentence_that_begins_like_the_title_stays(title: str, text: str) -> None:
    assert read(text, title).text == text


# The rest


def test_markdown_emphasis_goes() -> None:
    assert (
        read("**一、工作回顾**\n**质效提升。**投资增长**5%**。\n**二、打算**").text
        == "一、工作回顾\n质效提升。投资增长5%。\n二、打算"
    )


def test_flags_of_the_page_are_kept() -> None:
    assert read("甲。", flags=frozenset({"hijacked"})).flags == {"hijacked"}


def test_an_empty_page_stays_empty() -> None:
    cleaned = read("")
    assert (cleaned.title, cleaned.text, cleaned.masks, cleaned.flags) == (None, "", (), frozenset())


def test_masks_of_the_title_are_told_as_they_stand() -> None:
    cleaned = read("正文。", "xx高新区20xx年工作总结")
    assert cleaned.title_masks == ("xx", "20xx")
    assert "masked" in cleaned.flags


@pytest.mark.parametrize(
    "unit",
    [
        "园 ",
        "\n",
        "x",
        "一、",
        "（一）",
        "。1.",
        "*",
        "**园**",
        "?",
        "<!--",
        "\n1、园区",
        "園(yuán)",
        "第1页 共",
        "本文。",
        "\n一、园",
    ],
)
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    """100,000 characters: of twice as many, blank lines alone took 15 s while a rule tried every one of them anew."""
    began = time.process_time()
    read(unit * (100_000 // len(unit)), "园区年度工作总结")
    assert time.process_time() - began < 2
