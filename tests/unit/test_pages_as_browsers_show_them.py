"""Pages are read as a browser shows them, whatever their mark-up does."""

from __future__ import annotations

import pytest

from indexer.domain.page import Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract

HEAD = "<title>云雾山经开区2022年工作小结</title>"
LEAD = "<p>2022年，云雾山经开区把稳增长放在首位，主要指标保持增长，现就有关情况说明如下。</p>"
TOLD = "<p>全年完成技改投资36.4亿元，新增规上企业17家；引进项目25个。</p>"
NEXT = "<p>来年将推动5个专业园区扩容，力争规上企业达到150家。</p>"
TOP = "<h1>云雾山经开区2022年工作小结</h1><p>发布时间：2023-01-09</p>"


def read(page: str, name: str = "page.html") -> Extracted:
    raw = RawPage(page.encode(), name)
    return extract(raw, decode(raw))


def body(inside: str, head: str = HEAD) -> str:
    return read(
        f'<html><head><meta charset="utf-8">{head}</head><body>{TOP}<div class="con">{inside}</div></body></html>'
    ).original


# --- the tree --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head>{HEAD}</head><body><div>首页</div></body></html>{TOP}<div class=con>{LEAD}{TOLD}{NEXT}</div>",
        f"<html><head>{HEAD}</head><body>{TOP}<div class=con>{LEAD}{TOLD}</div></body></html><div>{NEXT}</div></html>",
        f"<html><head>{HEAD}</head></html><body>{TOP}<div class=con>{LEAD}{TOLD}{NEXT}</div></body>",
        f"<html><body></body><head>{HEAD}</head>{TOP}<div>{LEAD}{TOLD}{NEXT}</div></html>",
        f"<body><table><tr><td></body></html></td></tr></table>{TOP}<div>{LEAD}{TOLD}{NEXT}</div>",
        f"{HEAD}{TOP}<div>{LEAD}</div></body><div>{TOLD}</div></html><div>{NEXT}</div>",
    ],
)
def test_what_stands_behind_an_early_end_of_the_page_is_read(page: str) -> None:
    text = read(page).original
    assert "36.4亿元" in text
    assert "150家" in text


@pytest.mark.parametrize(
    "named", ["id='UCAP-CONTENT'", "class='pages_content'", "id='Zoom'", "class='TRS_Editor'", "id='vsb_content_2'"]
)
def test_a_short_text_in_a_known_container_is_read_among_lists_of_links(named: str) -> None:
    news = "".join(
        f"<li><a href='{n}.html'>某地召开第{n}次重点项目调度推进会议</a> 2023-02-{n:02}</li>" for n in range(10, 24)
    )
    text = "同意将云雾山经开区纳入试点范围，请认真组织实施。"
    inside = f"<ul>{news}</ul><div {named}><p>{text}</p></div><ul>{news}</ul>"
    page = f"<html><head><title>关于同意开展试点的批复</title></head><body>{inside}</body></html>"
    assert read(page).original == text


# --- lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("坚持把招\n商引资作为头等大事。", "坚持把招商引资作为头等大事。"),
        ("完成技改投资36.\n4亿元，\n引进项目25个。", "完成技改投资36.4亿元，引进项目25个。"),
        ("完成技改投资36\n.4亿元，引进项\r\n目25个。", "完成技改投资36.4亿元，引进项目25个。"),
        ("完成技改投资\n36.4亿元，引进项目2\n5个。", "完成技改投资36.4亿元，引进项目25个。"),
        ("增长8.2\n%，快于全市。", "增长8.2%，快于全市。"),
        ("投资<span>36.</span>\n<span lang=EN-US>4</span>亿元，快于全市。", None),
        ("投资<span lang=EN-US>36.4</span>\n亿元，快于全市。", "投资36.4亿元，快于全市。"),
        ("建成 R&amp;D\nCenter 三处，各有分工。", "建成 R&D Center 三处，各有分工。"),
        ("园 区 名 称：云雾山，沿江分布。", "园 区 名 称：云雾山，沿江分布。"),
        ("坚持把招\n      商引资作为头等大事。", "坚持把招商引资作为头等大事。"),
    ],
)
def test_where_the_source_breaks_its_line_no_blank_was_typed(source: str, shown: str | None) -> None:
    text = body(f"{LEAD}<p>{source}</p>{TOLD}")
    if shown is None:
        assert "36. 4亿元" not in text
    else:
        assert shown in text.split("\n")


def test_a_word_spelled_out_in_tags_is_one_word() -> None:
    spelled = "\n".join(f"<span>{character}</span>" for character in "引进项目25个，技改投资36.4亿元。")
    assert "引进项目25个，技改投资36.4亿元。" in body(f"{LEAD}<p>{spelled}</p>{TOLD}")


def test_typed_lines_of_pre_stay_paragraphs() -> None:
    lines = body("<pre>    技改投资保持增\n长，结构改善。\n    一、项目建设\n    引进项目25个，开工18个。</pre>").split(
        "\n"
    )
    assert lines[-3:] == ["技改投资保持增长，结构改善。", "一、项目建设", "引进项目25个，开工18个。"]


def test_entities_encoded_twice_are_decoded_where_the_page_is_full_of_them() -> None:
    text = body(f"<p>深化&amp;ldquo;放管服&amp;rdquo;改革&amp;nbsp;，推行&amp;#23481;缺受理，办件提速三成。</p>{TOLD}")
    assert "“放管服”改革\xa0，推行容缺受理" in text
    assert "&nbsp;" in body(f"<p>代码里的 &amp;nbsp; 表示空格，编辑时请照此录入。</p>{TOLD}")


def test_code_points_that_a_system_prints_are_characters() -> None:
    told = "全年技改投资36.4亿元，新增规上企业17家，引进项目25个。"
    printed = "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in told)
    assert told in body(f"{LEAD}<p>{printed}</p>")


# --- marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("技改投资36.4<sup>5</sup>亿元", "技改投资36.4亿元"),
        ("规上企业17<sup>[2]</sup>家", "规上企业17家"),
        ("规上企业17<sup><a href='#fn2'>②</a></sup>家", "规上企业17家"),
        ("规上企业17<a href='#_ftn3'><span>[3]</span></a>家", "规上企业17家"),
        ("规上企业17<span style='vertical-align: super;font-size:8pt'>4</span>家", "规上企业17家"),
        ("厂房9.5万m<sup>2</sup>", "厂房9.5万m²"),
        ("减碳3.1×10<sup>4</sup>吨", "减碳3.1×10⁴吨"),
        ("厂房9.5万m<span>&nbsp;</span><b>2</b>", None),
        ("规上企业<del>16</del><ins>17</ins>家，项目<s>24</s>25个", "规上企业17家，项目25个"),
        ("<ruby>亳<rp>（</rp><rt>bó</rt><rp>）</rp></ruby>州片区", "亳州片区"),
        ("技改投资<span style='display:none'>8888.8亿元</span>36.4亿元", "技改投资36.4亿元"),
        ("技改投资<span class='k9'>8888.8亿元</span>36.4亿元", "技改投资36.4亿元"),
        ("技改投资<font class='k8'>8888.8亿元</font>36.4亿元", "技改投资36.4亿元"),
        ("技改投资<em id=zz>8888.8亿元</em>36.4亿元", "技改投资36.4亿元"),
        ("技改投资<span class='shown k9b'>36.4亿元</span>", "技改投资36.4亿元"),
    ],
)
def test_notes_and_what_nobody_sees_are_no_part_of_a_number(marked: str, shown: str | None) -> None:
    sheet = (
        "<style>/* x */ .con p .k8{visibility:hidden}"
        ".k9 , b.k9a{ display : none } #zz{position:absolute;left:-9999px} .k9b{display:none}"
        "@media print{.shown{display:none}} .k9b{display:inline}</style>"
    )
    text = body(f"{LEAD}<p>{marked}，快于全市平均水平。</p>{TOLD}", HEAD + sheet)
    if shown:
        assert f"{shown}，快于" in text


def test_an_article_under_a_farm_of_hidden_words_is_read() -> None:
    words = "信用卡 充值 代理 游戏 礼包 攻略 下载 安装 " * 400
    links = "".join(f"<a href='http://x{n}.example/'>热门手游{n}</a>" for n in range(900))
    farm = (
        f"<div style='position:absolute;left:-5000px'>{words}。{words}</div><div style='display:none'>{words}</div>"
        f"<div class='deep'>{links}</div>"
    )
    head = f"{HEAD}<style>.deep{{height:1px;overflow:hidden}}</style>"
    inside = f"{farm}{TOP}<div>{LEAD}{TOLD}{NEXT}</div>{farm}"
    page = f"<html><head>{head}</head><body>{inside}</body></html>"
    found = read(page)
    assert found.original.count("\n") == 2
    assert "礼包" not in found.original
    assert found.title == "云雾山经开区2022年工作小结"


def test_a_folded_rest_of_the_article_stays() -> None:
    rest = "<p>云雾山经开区深化工作作风建设，落实2022年各项部署，压实经办责任，群众满意度持续提升。</p>" * 6
    assert "群众满意度" in body(f"{LEAD}{TOLD}<div style='display:none'>{rest}</div>")


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_is_laid_on_its_grid() -> None:
    table = (
        "<table><tr><th rowspan=2>片区</th><th rowspan=2>指标</th><th colspan=2>全年</th></tr>"
        "<tr><th>数值（亿元）</th><th>增幅</th></tr>"
        "<tr><td rowspan=2>东区</td><td>技改投资</td><td>36.4</td><td>8%</td></tr>"
        "<tr><td>外贸</td><td>21.9</td><td>3%</td></tr></table>"
    )
    rows = body(LEAD + table).split("\n")[-4:]
    assert rows == [
        "片区 | 指标 | 全年 | 全年",
        "片区 | 指标 | 数值（亿元） | 增幅",
        "东区 | 技改投资 | 36.4 | 8%",
        "东区 | 外贸 | 21.9 | 3%",
    ]


def test_lines_of_a_cell_stay_apart_and_a_long_cell_breaks_no_table() -> None:
    long = "围绕重点产业链梳理断点堵点并逐一研究补链方案，" * 20
    table = (
        "<table><tr><td>序号</td><td>重点任务<br>（年初）</td><td>进展</td></tr>"
        f"<tr><td>1</td><td>招引</td><td>{long}</td></tr>"
        "<tr><td>2</td><td>建设</td><td>开工18个<br/>竣工11个<p>完成投资36.4亿元。</p></td></tr></table>"
    )
    rows = body(LEAD + table).split("\n")
    assert rows[-3] == "序号 | 重点任务（年初） | 进展"
    assert rows[-1] == "2 | 建设 | 开工18个；竣工11个；完成投资36.4亿元。"
    assert rows[-2].startswith("1 | 招引 | 围绕")


# --- text that no tag shows ------------------------------------------------------------------------------------------

KEPT = f"{LEAD}{TOLD}{NEXT}"
PLAIN = "云雾山经开区稳步增长。" * 8 + "技改投资36.4亿元。"
OTHERS = "会议还研究了道路绿化、学校布点和人才公寓配租等工作，明确责任单位和完成时限，要求按月通报进度。"


def in_json(text: str) -> str:
    return text.replace("/", "\\/").replace('"', '\\"')


@pytest.mark.parametrize(
    "inside",
    [
        f'<div id=app></div><script>var d = {{"a":{{"docTitle":"云雾山","content":"{in_json(KEPT)}"}}}};</script>',
        f"<div id=app></div><script>render({{title: '云雾山', html: '{KEPT}'}});</script>",
        f"<div id=app>加载中</div><textarea hidden>{KEPT.replace('<', '&lt;').replace('>', '&gt;')}</textarea>",
        f"<div id=app></div><noscript>{KEPT}</noscript>",
        f"<div id=app></div><template>{KEPT}</template>",
        f'<script type="application/ld+json">[{{"@type":"Report","articleBody":"{PLAIN}"}}]</script>',
    ],
)
def test_a_report_that_only_a_script_would_show_is_read(inside: str) -> None:
    assert "36.4亿元" in read(f"<html><head>{HEAD}</head><body>{inside}</body></html>").original


def test_a_page_of_scripts_without_a_text_is_still_refused() -> None:
    with pytest.raises(Skip) as refused:
        read("<html><head><script>var a = {'k': 'v'}</script></head><body><div id=app></div></body></html>")
    assert refused.value.code == "js_challenge"


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("<iframe src='/upload/P2.pdf'></iframe>", "/upload/P2.pdf"),
        ("<embed src='../P2.pdf#page=1'>", "../P2.pdf#page=1"),
        ("<object data='P2.ofd' type='application/ofd'><p>不支持</p></object>", "P2.ofd"),
        ("<iframe src='/pdfjs/viewer.html?file=/upload/P%202.pdf'></iframe>", "/upload/P 2.pdf"),
        (
            "<iframe src='https://view.example/op/embed.aspx?src=https%3A%2F%2Fa.example%2FP2.docx'></iframe>",
            "https://a.example/P2.docx",
        ),
        ("<script>PDFObject.embed('/upload/P2.pdf', '#box');</script><div id=box></div>", "/upload/P2.pdf"),
        ("<a href='/web/viewer.html?file=%2Fupload%2FP2.pdf'>查看文件</a>", "/upload/P2.pdf"),
    ],
)
def test_a_file_shown_inside_the_page_hangs_on_it(shown: str, address: str) -> None:
    found = read(f"<html><head>{HEAD}</head><body>{TOP}<div class=con>{shown}</div></body></html>")
    assert [file.url for file in found.attachments] == [address]


# --- error pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "全年新登记企业1404家，同比增长三成。",
        "累计减税2.404亿元，惠及企业千余户。",
        "管委会主任带队开展消防安全检查，现场交办隐患整改。",
        "集中清理过期文件，已失效的一律公布废止。",
        "404个项目完成备案，其中工业项目过半。",
        "园区启用统一安全验证平台，企业一次登录全网通办。",
    ],
)
def test_a_short_honest_page_is_read_whatever_its_words(sentence: str) -> None:
    with_day = f"<html><head>{HEAD}</head><body>{TOP}<div>{'<p>' + sentence + '</p>'}</div></body></html>"
    assert sentence in read(with_day).original
    bare = f"<html><head><title>园区快讯</title></head><body><p>{sentence}</p><p>{OTHERS}</p></body></html>"
    assert sentence in read(bare).original


@pytest.mark.parametrize(
    ("inside", "head", "code"),
    [
        ("<p>抱歉，您要访问的页面不存在！</p><p>5秒后返回首页</p>", "<title>提示</title>", "soft_404"),
        ("<h1>HTTP 404</h1><p>找不到该页面。</p>", "<title>错误</title>", "soft_404"),
        ("<p>该信息已被删除或下线。</p>", "<title>某开发区</title>", "soft_404"),
        ("<p>系统正在对您的浏览器进行安全检查，请稍候……</p>", "<title>请稍候</title>", "js_challenge"),
        ("<p>您的访问过于频繁，请完成验证后继续。</p>", "<title>访问验证</title>", "js_challenge"),
        (
            "<p>本站已完成改版，5秒后自动跳转。</p>",
            "<title>通知</title><meta http-equiv='refresh' content=\"5;url='http://new.example/a.html'\">",
            "moved",
        ),
        ("", "<meta http-equiv=refresh content='0; url=/new/index.html'>", "moved"),
        ("<script>window.location.href='/new.html'</script>", "", "moved"),
    ],
)
def test_a_page_that_says_nothing_else_is_refused_by_its_own_sentence(inside: str, head: str, code: str) -> None:
    with pytest.raises(Skip) as refused:
        read(f"<html><head>{head}</head><body>{inside}</body></html>")
    assert refused.value.code == code
    if code == "moved":
        assert "new" in refused.value.message
