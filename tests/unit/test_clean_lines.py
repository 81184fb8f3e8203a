"""Lines that were cut, run together or wrapped are put right, and those that mean something stay."""

from __future__ import annotations

import pytest

from indexer.pipeline.clean.hard_wraps import width
from tests.unit.cleaned import read, unchanged

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
