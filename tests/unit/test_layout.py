"""Printed pages: what is read is the text as it is printed, in its order, each character once."""

from __future__ import annotations

import pytest

from tests.unit.documents import Drawn, a_drawn_pdf, read, set_in_lines, texts

TITLE = Drawn(130, 760, 22, "松涛湖高新区上半年工作总结")
TEXT = (
    "上半年，松涛湖高新区围绕产业链招商，新引进项目二十九个，其中外资项目四个，均已办妥落地手续。",
    "一、主要做法",
    "推行项目经理负责制，一个项目由一名干部从签约跟到投产，上半年开工项目十七个，竣工九个。",
    "二、存在困难",
    "高层次人才偏少，部分楼宇空置，园区公交班次不足，职工出行不便的问题还没有得到解决。",
)


def test_a_page_of_print_gives_title_and_paragraphs() -> None:
    found = read(a_drawn_pdf([[TITLE, *set_in_lines(TEXT)]]))
    assert found.title == TITLE.text
    assert tuple(block.text for block in found.blocks) == TEXT


@pytest.mark.parametrize(
    "mark",
    [
        [Drawn(150, 300, 48, "松涛湖内部资料", degrees=45)],
        [Drawn(90 + 90 * n, 200 + 150 * n, 20, "草稿勿传", degrees=30) for n in range(4)],
        [Drawn(100, 560, 44, "仅供内部参考", grey=0.8)],
        [Drawn(90, y, 16, "请勿外传请勿外传请勿外传", grey=0.7) for y in (690, 606, 640)],
        [Drawn(60, 500, 14, "装订线装订线", degrees=90)],
    ],
    ids=["across the page", "tiled", "large and level", "pale and of the text's size", "in the margin"],
)
def test_a_watermark_is_left_out(mark: list[Drawn]) -> None:
    for page in ([TITLE, *set_in_lines(TEXT), *mark], [TITLE, *mark, *set_in_lines(TEXT)]):
        assert tuple(texts(a_drawn_pdf([page]))) == TEXT


def test_text_printed_upon_text_is_flagged() -> None:
    page = [
        TITLE,
        *set_in_lines(TEXT),
        *(Drawn(98, line.y, 16, "无法分辨的另一份文字叠在上面") for line in set_in_lines(TEXT)),
    ]
    assert "overprinted" in read(a_drawn_pdf([page])).flags
    assert "overprinted" not in read(a_drawn_pdf([[TITLE, *set_in_lines(TEXT)]])).flags


@pytest.mark.parametrize("shift", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("times", [2, 3])
def test_letters_drawn_again_to_look_bold_count_once(shift: float, times: int) -> None:
    lines = [TITLE, *set_in_lines(TEXT)]
    again = [Drawn(line.x + shift * n, line.y, line.size, line.text) for line in lines for n in range(times)]
    found = read(a_drawn_pdf([again]))
    assert found.title == TITLE.text
    assert tuple(block.text for block in found.blocks) == TEXT


def test_doubled_digits_of_a_number_stay() -> None:
    assert texts(a_drawn_pdf([[Drawn(60, 700, 16, "出口额1100亿元，回回都数数，增长11.1%。")]])) == [
        "出口额1100亿元，回回都数数，增长11.1%。"
    ]


@pytest.mark.parametrize("degrees", [90, 270, 180])
def test_a_turned_sheet_is_read_upright(degrees: int) -> None:
    lines = ["松涛湖高新区外贸企业一百零二家，", "较年初净增十一家。"]
    turned = {
        90: [Drawn(300 + 28 * n, 100, 16, text, 90) for n, text in enumerate(lines)],
        270: [Drawn(300 - 28 * n, 700, 16, text, 270) for n, text in enumerate(lines)],
        180: [Drawn(500, 300 + 28 * n, 16, text, 180) for n, text in enumerate(lines)],
    }[degrees]
    assert "".join(texts(a_drawn_pdf([turned]))) == "".join(lines)


def test_a_table_on_its_side_follows_the_text_of_its_page() -> None:
    rows = ("项目名称甲 | 一期厂房已经投产", "项目名称乙 | 二期仍在办理手续", "项目名称丙 | 三期尚未供地开工")
    side = [
        Drawn(420 + 28 * n, 200 + 260 * m, 16, cell, 90)
        for n, row in enumerate(rows)
        for m, cell in enumerate(row.split(" | "))
    ]
    assert texts(a_drawn_pdf([[*set_in_lines(TEXT[:1], measure=18), *side]])) == [TEXT[0], *rows]


def columns(left: list[str], right: list[str], *, gutter: float = 300, pitch: float = 22) -> list[Drawn]:
    return [
        *set_in_lines(left, top=640, left=60, size=13, measure=16, pitch=pitch),
        *set_in_lines(right, top=640, left=gutter, size=13, measure=16, pitch=pitch),
    ]


@pytest.mark.parametrize("offset", [0, 7, 11])
def test_columns_are_read_one_after_the_other(offset: int) -> None:
    right = [Drawn(one.x, one.y - offset, one.size, one.text) for one in columns([], list(TEXT[3:]))]
    page = [TITLE, *columns(list(TEXT[:3]), []), *right]
    found = read(a_drawn_pdf([page]))
    assert found.title == TITLE.text
    assert tuple(block.text for block in found.blocks) == TEXT


def test_three_columns_and_a_line_across() -> None:
    parts = [TEXT[0], TEXT[2], TEXT[4]]
    page = [
        TITLE,
        Drawn(60, 690, 13, "以下内容由松涛湖高新区各部门分别整理提供，按部门先后排列，如有出入以年报所载为准。"),
    ]
    for n, part in enumerate(parts):
        page += set_in_lines([part], top=640, left=50 + 170 * n, size=13, measure=10, pitch=22)
    assert texts(a_drawn_pdf([page]))[1:] == parts


def test_a_list_of_short_lines_beside_a_column_of_prose_is_a_column() -> None:
    prose = TEXT[0] + TEXT[2] + TEXT[4]
    items = [
        f"{what}比上年增长{n}%；"
        for n, what in enumerate(("出口额", "用电量", "税收", "实到外资", "货运量", "就业人数"), 3)
    ]
    found = texts(a_drawn_pdf([[TITLE, *columns([prose], items)]]))
    assert found[:1] == [prose]
    assert "".join(found[1:]) == "".join(items)


def test_a_table_of_short_cells_is_not_taken_for_columns() -> None:
    rows = [
        ("指标名称", "本期", "增长"),
        ("外贸出口总额", "38.2亿元", "6.1%"),
        ("实有市场主体", "5310户", "12.4%"),
        ("技术交易", "4.4亿元", "-3.0%"),
    ]
    page = [Drawn(80 + 170 * m, 600 - 26 * n, 14, cell) for n, row in enumerate(rows) for m, cell in enumerate(row)]
    assert texts(a_drawn_pdf([page])) == [" | ".join(row) for row in rows]


def test_the_second_line_of_a_cell_joins_its_cell_and_a_note_below_none() -> None:
    page = [
        *(Drawn(x, 600, 14, text) for x, text in ((80, "指标"), (240, "内容"), (440, "完成数"))),
        *(Drawn(x, 574, 14, text) for x, text in ((80, "新建厂房"), (240, "湖西片区三期标"), (440, "4.1万平方米"))),
        Drawn(240, 548, 14, "准厂房及配套用房"),
        *(Drawn(x, 522, 14, text) for x, text in ((80, "跨境电商"), (240, "保税仓"), (440, "6.7亿元"))),
        Drawn(80, 496, 14, "交易额"),
        *(Drawn(x, 470, 14, text) for x, text in ((80, "孵化器"), (240, "新认定"), (440, "2家"))),
        Drawn(80, 444, 14, "注：以上数字来自松涛湖高新区经济运行月报，尚未经统计部门核定。"),
    ]
    assert texts(a_drawn_pdf([page])) == [
        "指标 | 内容 | 完成数",
        "新建厂房 | 湖西片区三期标准厂房及配套用房 | 4.1万平方米",
        "跨境电商交易额 | 保税仓 | 6.7亿元",
        "孵化器 | 新认定 | 2家",
        "注：以上数字来自松涛湖高新区经济运行月报，尚未经统计部门核定。",
    ]


def test_a_label_of_two_lines_beside_one_line_is_one_cell() -> None:
    page = [
        *(Drawn(x, 600, 14, text) for x, text in ((80, "指标"), (260, "完成数"), (440, "增长"))),
        Drawn(80, 572, 12, "规模以上工业"),
        *(Drawn(x, 564, 14, text) for x, text in ((260, "72.5亿元"), (440, "5.5%"))),
        Drawn(80, 557, 12, "企业利润总额"),
        *(Drawn(x, 530, 14, text) for x, text in ((80, "用电量"), (260, "6亿千瓦时"), (440, "2.0%"))),
    ]
    assert texts(a_drawn_pdf([page]))[1] == "规模以上工业企业利润总额 | 72.5亿元 | 5.5%"


@pytest.mark.parametrize(
    "heads",
    [
        ["松涛湖高新区上半年工作总结"] * 3,
        ["松涛湖高新区管理委员会", "上半年工作总结"] * 3,
        [f"松涛湖高新区上半年工作总结　{n}" for n in range(1, 5)],
        [f"第 {n} 页　共 4 页" for n in range(1, 5)],
        ["", "松涛湖月报", "松涛湖月报"],
        ["松涛湖月报"] * 2,
    ],
    ids=["the same", "odd and even", "with the number", "numbers", "not on the first", "two pages"],
)
@pytest.mark.parametrize("height", [810, 40])
def test_heads_and_feet_of_pages_are_left_out(heads: list[str], height: int) -> None:
    units = ("招商局", "经发局", "建设局", "科技局", "财政局", "党群部")
    bodies = [f"{unit}牵头的工作已经按时办结，经验材料另行印发，请各单位对照检查并抓好落实。" for unit in units]
    pages = [[Drawn(200, height, 10, head), *set_in_lines([body])] for head, body in zip(heads, bodies, strict=False)]
    assert texts(a_drawn_pdf(pages)) == bodies[: len(heads)]


def test_numbers_and_like_lines_within_the_pages_stay() -> None:
    told = "上报情况如下，请有关同志审阅，并于本周五下班前将意见反馈办公室汇总。"
    below = [Drawn(122, 600, 16, "2023"), Drawn(122, 560, 16, "特此报告。")]
    found = texts(a_drawn_pdf([[*set_in_lines([unit + told]), *below] for unit in ("招商局", "经发局", "建设局")]))
    assert found.count("2023") == 3
    assert found.count("特此报告。") == 3


def test_a_paragraph_goes_on_over_the_page_and_beside_a_wide_signature() -> None:
    first, second = set_in_lines([TEXT[0]], top=100)[:1], set_in_lines([TEXT[0]], top=700)[1:]
    closing = [
        Drawn(300, 400, 16, "松涛湖高新技术产业开发区管委会"),
        Drawn(380, 372, 16, "二〇二二年七月三日印发"),
        Drawn(330, 344, 16, "（联系电话：另行通知）"),
    ]
    moved = [Drawn(line.x, 700 - 28 * n, 16, line.text) for n, line in enumerate(second)]
    found = texts(a_drawn_pdf([[*set_in_lines(TEXT[1:3], top=240), *first], [*moved, *closing]]))
    assert found[:3] == [TEXT[1], TEXT[2], TEXT[0]]


def test_the_title_of_an_official_document_is_not_its_red_head() -> None:
    page = [
        Drawn(60, 740, 25, "松涛湖高新技术产业开发区管委会文件"),
        Drawn(230, 690, 16, "松管发〔2022〕17号"),
        Drawn(130, 630, 20, "松涛湖高新技术产业开发区管委会"),
        Drawn(110, 600, 20, "关于2022年上半年工作情况的报告"),
        Drawn(90, 560, 16, "市人民政府："),
        *set_in_lines(TEXT, top=532),
    ]
    found = read(a_drawn_pdf([page]))
    assert found.title == "松涛湖高新技术产业开发区管委会关于2022年上半年工作情况的报告"
    assert [block.text for block in found.blocks] == [page[0].text, page[1].text, "市人民政府：", *TEXT]


def test_radicals_in_the_text_layer_are_known_as_headings() -> None:
    lines = ["⼀、⼯业", "⻓⾜发展的⾼新⼯业占⽐提⾼。", "⼆、⼈才"]
    assert texts(a_drawn_pdf([[Drawn(90, 700 - 28 * n, 16, line) for n, line in enumerate(lines)]])) == lines
