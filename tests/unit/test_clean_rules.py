"""Each kind of damage is mended, and what only looks like it is left alone."""

from __future__ import annotations

import time

import pytest

from indexer.domain.page import Block, BlockKind, Cleaned, Extracted
from indexer.pipeline.clean import LaunderingTable, clean
from indexer.pipeline.clean.hard_wraps import width

NO_TABLE = LaunderingTable(())


def read(text: str, title: str | None = None, flags: frozenset[str] = frozenset()) -> Cleaned:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n"))
    return clean(Extracted("test", title, None, None, blocks, flags=flags), NO_TABLE)


def unchanged(text: str) -> bool:
    return read(text).text == text


# Width, spaces, invisible characters


def test_full_width_digits_letters_and_per_cent_become_half_width_and_punctuation_stays() -> None:
    assert read("增长８．５％，Ｒ＆Ｄ经费１２亿元（含５Ｇ）。").text == "增长8.5%，R＆D经费12亿元（含5G）。"


def test_a_full_width_point_that_is_no_decimal_point_stays() -> None:
    assert read("１．抓招商。").text == "1．抓招商。"


def test_odd_spaces_and_invisible_characters_go() -> None:
    assert read("\u3000\u3000今年\u200b以来\xa0，\ufeff全区\r\n\u3000\u3000争先。\t").text == "今年以来 ，全区\n争先。"


def test_blank_lines_go() -> None:
    assert read("\n\n甲。\n \n\n乙。\n").text == "甲。\n乙。"


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


# Fragments


def pieces(count: int, length: int = 120) -> list[str]:
    text = "".join(f"园区推进第{number}批企业入驻并完善配套服务体系" for number in range(1, count * length))
    return [text[start : start + length] for start in range(0, count * length, length)]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_numbered_pieces_of_one_length_are_joined_with_nothing(between: str) -> None:
    cut = pieces(5)
    cleaned = read(between.join(f"{number}、{piece}" for number, piece in enumerate(cut, 1)))
    assert cleaned.text == "".join(cut)
    assert "fragmented" in cleaned.flags


def test_a_real_numbered_list_stays() -> None:
    ends_whole = "\n".join(f"{number}、{piece}。" for number, piece in enumerate(pieces(5), 1))
    short = "1、加强组织领导\n2、完善考核机制\n3、强化要素保障"
    gap = "\n".join(f"{number}、{piece}" for number, piece in zip((1, 2, 4, 5), pieces(4), strict=True))
    for text in (ends_whole, short, gap):
        assert unchanged(text)


# Run-ons


def test_headings_inside_a_paragraph_get_their_own_line() -> None:
    text = "全年成绩来之不易。一、抓招商，扩大有效投资今年以来签约不断。二、抓创新，增强内生动力平台建设提速。"
    assert read(text).text.split("\n") == [
        "全年成绩来之不易。",
        "一、抓招商，扩大有效投资今年以来签约不断。",
        "二、抓创新，增强内生动力平台建设提速。",
    ]


def test_sections_and_items_of_a_run_on_paragraph_are_split_too() -> None:
    text = (
        "工作回顾 一、主要成效 今年以来稳中有进。（一）抓招商。一是走出去。二是请进来。（二）抓服务。"
        "1.减时限。2.减材料。 二、下步打算 明年再加力。"
    )
    assert read(text).text.split("\n") == [
        "工作回顾", "一、主要成效", "今年以来稳中有进。", "（一）抓招商。", "一是走出去。", "二是请进来。",
        "（二）抓服务。", "1.减时限。", "2.减材料。", "二、下步打算", "明年再加力。",
    ]  # fmt: skip


def test_the_first_heading_may_run_on_to_the_title() -> None:
    assert read("园区年度工作总结一、2021年回顾成绩喜人。二、明年打算再接再厉。").text.startswith(
        "园区年度工作总结\n一、2021年"
    )


def test_a_standard_heading_ends_where_a_new_sentence_begins_without_a_stop() -> None:
    text = (
        "一、主要工作成效今年以来，园区上下一心抓项目，稳住了基本盘。"
        "二、存在的主要问题成绩面前，短处也要看清，链条还不完整。三、下一步工作打算坚持项目为王，再上一个台阶，办好几件实事。"
    )
    assert read(text).text.split("\n")[::2] == ["一、主要工作成效", "二、存在的主要问题", "三、下一步工作打算"]


@pytest.mark.parametrize(
    "text",
    [
        "一、存在的主要问题是链条不完整，上下游之间还没有真正形成配套。\n二、下一步工作打算如下，请各部门对照落实好。",
        "一、工作成效显著，园区上下一心抓项目，稳住了基本盘。\n二、存在问题和困难依然不少，短处也要看清楚。",
        "一、主要做法\n二、存在的主要问题全面排查清单",
    ],
)
def test_a_standard_heading_that_goes_on_is_not_cut(text: str) -> None:
    assert unchanged(text)


@pytest.mark.parametrize(
    "text",
    [
        "深入整治中央第一、二轮督察反馈问题。三期、四期同步推进。",
        "树牢招商第一、项目为王的理念。做到独一无二、敢为人先。",
        "加快一、二期厂房建设。三、四期启动。",
        "航站楼竣工交付。二、三环路改造完成。",
        "发展壮大一、二、三产业。优化三次产业结构。",
        "按照《条例》第（一）、（二）项规定执行。",
        "增长1.5倍。2.3万人就业。",
        "做好三件事：一是招商；二是建园；三是服务。",
        "始终把项目放在首位。一是否达标要看实效。",
        "重点疏解三类机构，分别为：一、一般制造业；二、区域性市场；三、部分总部；其余另定。",
    ],
)
def test_numbers_inside_a_clause_split_nothing(text: str) -> None:
    assert unchanged(text)


# Hard wraps

PRINTED = [
    "今年以来，园区上下紧紧围绕年度目标任务，全力推进项",
    "目建设、招商引资、科技创新和营商环境等重点工作，经",
    "济运行稳中向好。全年完成固定资产投资 80 亿元、增长",
    "12%，新引进亿元以上项目 26 个，新增规上企业 15 家，",
    "培育高新技术企业 30 家，园区综合实力迈上了新的台阶。",
    "在抓招商方面，坚持领导带头、专班推进，先后赴多地开",
    "展对接活动，举办推介会六场，洽谈项目一百余个，落地",
    "项目四十余个，其中世界知名企业投资的项目就有三个。",
    "在抓创新方面，新建研发平台九家，R&D center 落户园区，",
    "产学研合作项目不断增多，科技成果加快转化，技术合同",
    "成交额大幅度增长，专利授权量位居全省各类园区前列。",
]


def test_spaces_of_wrapped_lines_go_and_words_in_latin_letters_keep_theirs() -> None:
    cleaned = read(" ".join(PRINTED))
    assert "推进项目建设" in cleaned.text
    assert "经济运行" in cleaned.text
    assert "投资80亿元、增长12%，新引进亿元以上项目26个" in cleaned.text
    assert "R&D center落户" in cleaned.text
    assert "hard_wrapped" in cleaned.flags


def test_a_wrapped_text_of_short_paragraphs_that_end_in_mid_line_is_seen_as_one() -> None:
    """Each paragraph's end left a space too, so that many of the stretches are parts of a printed line."""
    paragraphs = [
        "园区今年把服务企业放在首位，各部门分片包干，每周走访一遍，问题当场登记，件件有人跟。",
        "厂房不够就改旧楼，缺工就办招聘会，缺钱就请银行上门，一件一件落实下去。",
        "到了年底，新厂房投用，老企业也添了新设备，街上的饭馆比往年热闹得多。",
        "招商队伍跑遍沿海各地，带回来一批好项目，签约以后专人跟到投产为止，从不撒手。",
        "科研平台陆续开放，高校老师带着学生来做试验，成果就在隔壁车间里变成产品。",
        "水电路气逐步配齐，公交线路通到厂门口，工人上下班方便了，孩子也有了学上。",
        "老街的铺面也翻修一新，门前种上了树，晚饭以后散步的人一天比一天多起来了。",
        "账目每月贴在墙上，花了多少、花在哪里，谁都可以来看，谁都可以来问个明白。",
        "下一步，园区还要把医院建起来，让年轻人愿意留下来，让老师傅也住得安心舒服。",
    ]
    paragraphs = [*map("".join, zip(paragraphs[::2], [*paragraphs[1::2], ""], strict=False))]
    run = " ".join(paragraphs)
    printed = [run[at : at + 26].strip() for at in range(0, len(run), 26)]
    cleaned = read(" ".join(printed))
    assert "hard_wrapped" in cleaned.flags
    assert "，" + paragraphs[0].rpartition("，")[2] in cleaned.text
    assert not [one for one in paragraphs if one not in cleaned.text]


def test_two_stretches_that_make_up_a_printed_line_are_counted_as_one() -> None:
    cuts = range(3, 22, 3)
    lines = [f"{'园' * 26} {'区' * cut}。 {'新' * (25 - cut)} {'路' * (22 - cut)}。 {'通' * (3 + cut)}" for cut in cuts]
    assert width(" ".join(lines)) in (25, 26, 27)
    apart = [f"{'园' * 26} {'区' * cut}。 {'新' * 5} {'路' * (22 - cut)}。 {'通' * 11}" for cut in cuts]
    assert width(" ".join(apart)) == 0


def test_words_set_apart_by_spaces_are_no_wrapped_text() -> None:
    shops = ["东门粮油店", "南街修车铺", "西巷裁缝铺", "北桥五金店", "河边小吃店", "山前苗圃", "路口文具店", "广场药房"]
    text = " ".join(shops * 3)
    assert "hard_wrapped" not in read(text).flags
    assert " " in read(text).text


def test_newlines_of_wrapped_lines_go() -> None:
    cleaned = read("\n".join(PRINTED))
    assert "推进项目建设" in cleaned.text
    assert "对接活动，举办推介会六场，洽谈项目一百余个，落地项目" in cleaned.text
    assert "hard_wrapped" in cleaned.flags


def test_headings_of_a_wrapped_text_are_split_first() -> None:
    cleaned = read(
        " ".join(["一、全力以赴抓好“大项目” ", *PRINTED, "二、持之以恒抓好“大服务” ", *PRINTED]).replace("  ", " ")
    )
    assert cleaned.text.startswith("一、全力以赴抓好“大项目”\n今年以来，")
    assert "\n二、持之以恒抓好“大服务”\n今年以来，" in cleaned.text


def test_a_heading_that_a_printed_line_ends_in_is_not_cut_there() -> None:
    """Its line began with the end of the paragraph before; a heading on a line of its own still ends with it."""
    lines = [
        "（一）抓项目。园区上下紧紧围绕年度目标任务，全力推进项",
        *PRINTED[1:4],
        "培育高企三十家，园区综合实力上了台阶。 （二）抓招商，",
    ]
    lines += ["引来一批好项目。一是走出去。二是请进来。三是留下来，在", *PRINTED[1:]]
    assert "\n（二）抓招商，引来一批好项目。\n一是走出去。" in read(" ".join(lines)).text


@pytest.mark.parametrize(
    "text",
    [
        "市长 王某某\n各位代表：",
        "参会人员：张三 李四 王五 赵六 钱七 孙八 周九 吴十",
        "主导产业 新能源 新材料 生物医药 高端装备 数字经济 现代物流",
        "| 指标 | 数值 |\n地区生产总值 | 80\n固定资产投资 | 26\n工业增加值 | 30",
        "\n".join(f"园区第{n}次推进会议在管委会大楼召开并部署工作" for n in "一二三四五六七八九十").replace(
            "工作", "工作。"
        ),
    ],
)
def test_spaces_and_lines_that_mean_something_stay(text: str) -> None:
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
    """200,000 characters: blank lines alone took 15 s while a rule tried every one of them anew."""
    began = time.process_time()
    read(unit * (200_000 // len(unit)), "园区年度工作总结")
    assert time.process_time() - began < 4
