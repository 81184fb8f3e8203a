"""Word: everything that it shows is in the text, and nothing that it hides."""

from __future__ import annotations

import pytest

from indexer.domain.page import BlockKind
from indexer.pipeline.documents.safety import Limits
from indexer.pipeline.documents.word.numbering import spelled
from tests.unit.documents import CENTRED, STRICT, a_word_file, cell, paragraph, read, refusal, run, table, texts


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:ins w:id="1" w:author="甲">{}</w:ins>',
        '<w:moveTo w:id="1">{}</w:moveTo>',
        '<w:fldSimple w:instr="DOCPROPERTY x">{}</w:fldSimple>',
        '<w:smartTag w:element="e">{}</w:smartTag>',
        '<w:customXml w:element="e"><w:customXmlPr/>{}</w:customXml>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        "<w:sdt><w:sdtContent><w:ins w:id='1'>{}</w:ins></w:sdtContent></w:sdt>",
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice>"
        "<mc:Fallback><w:r><w:t>旧版</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_words_in_any_wrapper_stay_in_their_sentence(wrapped: str) -> None:
    body = paragraph(run("园区实有企业") + wrapped.format(run("318户")) + run("，净增二十户。"))
    assert texts(a_word_file(body)) == ["园区实有企业318户，净增二十户。"]


def test_paragraphs_tables_rows_and_cells_in_wrappers_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = "<w:tr>" + cell("用电量") + control.format(cell("6.3亿千瓦时")) + "</w:tr>"
    body = control.format(paragraph("孵化面积扩大。"))
    body += control.format("<w:tbl>" + control.format(row) + "</w:tbl>")
    assert texts(a_word_file(body)) == ["孵化面积扩大。", "用电量 | 6.3亿千瓦时"]


def test_deleted_moved_hidden_and_struck_words_are_no_text() -> None:
    body = paragraph(
        run("全年开工")
        + '<w:del w:id="1"><w:r><w:delText>七个</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="2">{run("八个")}</w:moveFrom>'
        + run("九个", "<w:vanish/>")
        + run("十个", "<w:strike/>")
        + run("十一个", '<w:rStyle w:val="隐"/>')
        + run("十二个", '<w:vanish w:val="0"/>')
        + run("项目。")
    )
    styles = '<w:style w:styleId="隐" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert texts(a_word_file(body, styles=styles)) == ["全年开工十二个项目。"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one() -> None:
    body = paragraph("新建厂房", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("四万平方米。")
    assert texts(a_word_file(body)) == ["新建厂房四万平方米。"]


def test_deleted_rows_and_cells_are_left_out() -> None:
    gone = "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>" + cell("作废") + cell("1") + "</w:tr>"
    cells = cell("税收") + cell("旧", '<w:cellDel w:id="2"/>') + cell("9亿元")
    body = f"<w:tbl><w:tr>{cells}</w:tr>{gone}</w:tbl>"
    assert texts(a_word_file(body)) == ["税收 | 9亿元"]


def test_only_the_result_of_a_field_is_shown() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = (
        mark("begin") + "<w:r><w:instrText>MERGEFIELD n</w:instrText></w:r>" + mark("separate") + run("3") + mark("end")
    )
    outer = mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + run("=3") + mark("separate")
    assert texts(a_word_file(paragraph(run("共") + outer + run("三批") + mark("end") + run("。")))) == ["共三批。"]


def test_the_text_of_a_box_stands_once_behind_its_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('专栏：两家企业上市。')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = paragraph(run("一、企业") + box) + paragraph("后文。")
    assert texts(a_word_file(body)) == ["一、企业", "专栏：两家企业上市。", "后文。"]


def test_equal_neighbours_are_two_cells_and_a_merged_cell_is_one() -> None:
    merged = cell("合计", '<w:gridSpan w:val="2"/>')
    body = table(["出口额", "25", "25"], ["", "", "8"]) + f"<w:tbl><w:tr>{merged}{cell('50')}</w:tr></w:tbl>"
    assert texts(a_word_file(body)) == ["出口额 | 25 | 25", " |  | 8", "合计 | 50"]


def test_a_cell_merged_downwards_is_given_in_each_row() -> None:
    first = cell("外贸", '<w:vMerge w:val="restart"/>')
    rows = [[first, "出口", "5亿元"], [cell("", "<w:vMerge/>"), "进口", "3亿元"], ["内贸", "零售", "9亿元"]]
    assert texts(a_word_file(table(*rows))) == ["外贸 | 出口 | 5亿元", "外贸 | 进口 | 3亿元", "内贸 | 零售 | 9亿元"]


def test_a_table_in_a_cell_follows_its_row() -> None:
    body = table(["板块", "情况"], ["科创", cell("<w:p/>" + table(["平台", "11家"], ["人才", "40名"]) + "<w:p/>")])
    assert texts(a_word_file(body)) == ["板块 | 情况", "科创 | ", "平台 | 11家", "人才 | 40名"]


def test_a_frame_round_the_text_is_no_table() -> None:
    body = table([cell(paragraph("第一段说明。") + paragraph("第二段说明。"))])
    blocks = read(a_word_file(body)).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, "第一段说明。"),
        (BlockKind.PARAGRAPH, "第二段说明。"),
    ]


def levels(*patterns: tuple[str, str]) -> str:
    """A numbering.xml of one list, ``1``, with (number format, text) for each of its levels."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(patterns)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{inside}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )


def listed(text: str, level: int = 0, of: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>')


def test_numbers_that_word_makes_are_written_before_their_paragraphs() -> None:
    numbering = levels(("chineseCountingThousand", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3."))
    body = listed("成效") + listed("招商", 1) + listed("走出去", 2) + listed("5个项目开工", 2)
    body += listed("服务", 1) + listed("问题") + listed("用地", 1) + listed("另起", 0, 2)
    assert texts(a_word_file(body, numbering=numbering)) == [
        *("一、成效", "（一）招商", "1.走出去", "2、5个项目开工", "（二）服务", "二、问题", "（一）用地", "五、另起"),
    ]


def test_a_number_may_come_from_the_style() -> None:
    numbering = levels(("chineseCounting", "第%1条"))
    styles = (
        '<w:style w:styleId="条" w:type="paragraph"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="款" w:type="paragraph"><w:basedOn w:val="条"/></w:style>'
    )
    body = paragraph("奖励落户企业。", '<w:pStyle w:val="条"/>') + paragraph("补助研发。", '<w:pStyle w:val="款"/>')
    body += paragraph("不编号。", '<w:pStyle w:val="款"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(a_word_file(body, numbering=numbering, styles=styles)) == [
        "第一条　奖励落户企业。",
        "第二条　补助研发。",
        "不编号。",
    ]


def test_bullets_leave_no_mark_and_levels_may_quote_each_other() -> None:
    numbering = levels(("bullet", "●"), ("decimal", "%2"), ("decimal", "%2.%3"))
    body = listed("要点") + listed("总则", 1) + listed("范围", 2) + listed("目的", 2)
    assert texts(a_word_file(body, numbering=numbering)) == ["要点", "1　总则", "1.1　范围", "1.2　目的"]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (10, "chineseCounting", "十"), (11, "japaneseCounting", "十一"), (20, "chineseCounting", "二十"),
        (102, "chineseCountingThousand", "一百零二"), (1_010, "chineseCounting", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"), (14, "upperRoman", "XIV"), (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"), (2, "ideographTraditional", "乙"), (7, "decimalZero", "07"),
        (5, "unknown", "5"),
    ],
)  # fmt: skip
def test_counts_are_spelled_as_word_spells_them(count: int, form: str, written: str) -> None:
    assert spelled(count, form) == written


def test_the_title_of_an_official_document_stands_between_number_and_addressee() -> None:
    body = "".join(
        paragraph(text, CENTRED)
        for text in (
            "松涛湖经济开发区管理委员会文件",
            "松管发〔2022〕17号",
            "松涛湖经济开发区管理委员会",
            "关于上半年招商工作情况的报告",
        )
    )
    body += paragraph("市政府：") + paragraph("现将有关情况报告如下。")
    found = read(a_word_file(body))
    assert found.title == "松涛湖经济开发区管理委员会关于上半年招商工作情况的报告"
    assert [block.text for block in found.blocks][:3] == [
        "松涛湖经济开发区管理委员会文件",
        "松管发〔2022〕17号",
        "市政府：",
    ]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["2022年工作总结", "（2022年12月30日）"], "2022年工作总结"),
        (["松涛湖高新区", "2022年工作总结"], "松涛湖高新区2022年工作总结"),
        (["2022年工作总结", "松涛湖高新区管委会"], "2022年工作总结"),
        (["2022年工作总结", "和2023年工作打算"], "2022年工作总结和2023年工作打算"),
        (["关于2022年工作情况的报告", "松管发〔2022〕17号"], "关于2022年工作情况的报告"),
        (["特急", "松涛湖高新区管委会文件", "2022年工作总结"], "2022年工作总结"),
        (["工作简报", "第12期", "产业招商取得新突破的情况"], "产业招商取得新突破的情况"),
    ],
)
def test_which_of_the_centred_lines_are_the_title(lines: list[str], title: str) -> None:
    body = "".join(paragraph(line, CENTRED) for line in lines) + paragraph("全区上下抓项目、强服务，较好完成了任务。")
    assert read(a_word_file(body)).title == title


def test_notes_stand_behind_the_text() -> None:
    body = paragraph(run("推行链长制") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。"))
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("由领导联系一条产业链的做法。")}</w:footnote>'
    assert texts(a_word_file(body, footnotes=notes)) == ["推行链长制。", "[1] 由领导联系一条产业链的做法。"]


def test_the_strict_form_is_read() -> None:
    assert texts(a_word_file(paragraph("投产项目六个。"), namespace=STRICT)) == ["投产项目六个。"]


def test_a_table_of_contents_is_no_text() -> None:
    styles = '<w:style w:styleId="目" w:type="paragraph"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("一、成效 3", '<w:pStyle w:val="目"/>') + paragraph("一、成效")
    assert texts(a_word_file(body, styles=styles)) == ["一、成效"]


def test_a_small_file_that_unfolds_without_end_is_refused() -> None:
    wide = "<w:tbl><w:tr>" + cell("甲", '<w:gridSpan w:val="1000000000"/>') + cell("乙") + "</w:tr></w:tbl>"
    assert texts(a_word_file(wide)) == ["甲 | 乙"]
    few = Limits(blocks=100, cells=100)
    assert refusal(a_word_file(paragraph("多") * 101), limits=few) == "too_large"
    assert refusal(a_word_file(table(["多"] * 101)), limits=few) == "too_large"
    assert refusal(a_word_file(paragraph("长" * 900)), limits=Limits(characters=800)) == "too_large"
    assert refusal(a_word_file(paragraph("长" * 900)), limits=Limits(xml_bytes=800)) == "bomb"
    deep = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 60
    assert refusal(a_word_file(deep)) in ("no_text", "damaged")
