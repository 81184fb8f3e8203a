"""What a page says, page by page: small pages of our own, one trouble each."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.page import BlockKind, Decoded, Extracted, RawPage
from indexer.errors import Skip
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract, join_pages

FIRST = "春江示范区去年引进项目三十一个，其中亿元以上的有九个，合同金额比上年多了两成，园区内三条主干道路也全部通了车。"
SECOND = "今年要做的有三件事：把标准厂房盖起来，把人才公寓交出去，把企业反映的用电问题解决掉，年底前请企业来打分。"
THIRD = "全区干部分成十二个小组，每组联系五家企业，每月至少上门一次，听到的问题当天登记，一周之内给出答复。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("首页", "要闻", "政务公开", "办事服务")) + "</ul>"
TITLE = "春江示范区2023年工作总结"
RELATED = "<h3>相关阅读</h3><ul>" + "<li><a href='/x'>另一个区的半年工作小结</a></li>" * 4 + "</ul>"


def read(body: str, head: str = f"<title>{TITLE}_春江示范区</title>", url: str | None = None) -> Extracted:
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return extract(RawPage(text.encode(), "page.html", url), Decoded(text, "utf-8", None, 0))


def texts(found: Extracted) -> list[str]:
    return [block.text for block in found.blocks]


def plain(text: str) -> Extracted:
    return extract(RawPage(text.encode(), "page.txt"), Decoded(text, "utf-8", None, 0))


def test_body_is_the_report_without_menu_facts_and_related_list() -> None:
    found = read(
        f"{MENU}<h1>{TITLE}</h1><div class='info'>发布时间：2024-01-09 来源：春江示范区管委会 浏览次数：36</div>"
        f"<div class='content'>{BODY}</div>{RELATED}<div class='footer'>版权所有 某ICP备00000000号</div>"
    )
    assert texts(found) == [FIRST, SECOND, THIRD]
    assert (found.title, found.published_on, found.source) == (TITLE, date(2024, 1, 9), "春江示范区管委会")
    assert found.site_name == "春江示范区"
    assert found.flags == frozenset()


def test_every_value_says_where_it_was_found() -> None:
    found = read(f"<h1>{TITLE}</h1><p>发布时间：2024-01-09 来源：管委会</p><div>{BODY}</div>")
    assert set(found.origins) == {"title", "published_on", "source", "body"}
    assert all(origin.strip() for origin in found.origins.values())


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='ArticleTitle' content='{}'><meta name='PubDate' content='2024-01-09 10:20'>",
        "<meta name='meta-ArticleTitle' content='{}'><meta name='PubDate' content='2024/01/09'>",
        "<meta name='articletitle' content='{}'><meta name='pubdate' content='2024——01——09 10:20'>",
        "<meta name=ArticleTitle content='{}' /><meta name=firstpublishedtime content='2024-01-09-10:20:00'>",
        "<meta property='og:title' content='{}'><meta property='article:published_time' content='2024-01-09T10:20'>",
    ],
)
def test_standard_tags_and_their_variants_give_title_and_date(head: str) -> None:
    found = read(f"<div>{BODY}</div>", head.format(TITLE) + "<title>春江示范区</title>")
    assert (found.title, found.published_on) == (TITLE, date(2024, 1, 9))


def test_content_source_is_read_whatever_its_case() -> None:
    found = read(f"<h1>{TITLE}</h1>{BODY}", "<title>x</title><meta name='contentSource' content='管委会办公室'>")
    assert found.source == "管委会办公室"


def test_the_day_a_text_was_signed_is_not_the_day_it_was_published() -> None:
    table = (
        "<table><tr><td>索引号</td><td>A-1</td><td>成文日期</td><td>2023-12-28</td></tr>"
        "<tr><td>发布机构</td><td>春江示范区管委会</td><td>发布日期</td><td>2024-01-09</td></tr></table>"
    )
    assert read(f"<h1>{TITLE}</h1>{table}<div>{BODY}</div>").published_on == date(2024, 1, 9)


@pytest.mark.parametrize(
    "line",
    [
        "成文日期：2023-12-28",
        "批准时间：2023-12-28",
        "施行日期：2023年12月28日",
        "今天是2023年12月28日 星期四",
        "© 2023-12-28 春江示范区 版权所有",
    ],
)
def test_no_date_is_made_of_other_days(line: str) -> None:
    assert read(f"<h1>{TITLE}</h1><p>{line}</p><div>{BODY}</div>").published_on is None


def test_no_date_is_made_of_address_footer_and_related_lists() -> None:
    found = read(
        f"<h1>{TITLE}</h1><div>{BODY}</div><ul><li><a href='/a'>旧闻</a><span>2020-02-02</span></li></ul>"
        "<p>Copyright 2008-2023</p>",
        url="http://example.invalid/art/2022/1/18/art_1_2.html",
    )
    assert found.published_on is None


def test_the_time_a_page_was_built_is_no_date_of_publication() -> None:
    head = "<meta name='others' content='页面生成时间 2024-05-05'><meta name='Maketime' content='2024-05-05'>"
    assert read(f"<h1>{TITLE}</h1>{BODY}", head).published_on is None


def test_the_name_of_the_site_is_never_the_title() -> None:
    found = read(f"<h1>春江示范区管委会</h1><h2 class='title'>{TITLE}</h2><p>时间：2024-01-09</p><div>{BODY}</div>")
    assert found.title == TITLE


def test_a_file_suffix_is_no_part_of_a_title() -> None:
    assert read(f"<h1>{TITLE}.docx</h1><div>{BODY}</div>", f"<title>{TITLE}.docx</title>").title == TITLE


def test_hidden_links_are_dropped_and_flag_the_page_as_hijacked() -> None:
    links = "<a>澳门新葡京</a><a>亚博体育</a><a>威尼斯人官网</a>"
    for style in ("display:none", "position:absolute;left:-9999px", "height:1px;overflow:hidden"):
        found = read(f"<div style='{style}'>{links}</div><h1>{TITLE}</h1><div>{BODY}</div>")
        assert found.flags == {"hijacked"}
        assert texts(found) == [FIRST, SECOND, THIRD]


def test_a_spam_site_title_never_reaches_title_source_or_site_name() -> None:
    found = read(f"<h1>{TITLE}</h1><p>来源：必赢体育官网</p><div>{BODY}</div>", "<title>必赢体育官网</title>")
    assert (found.title, found.source, found.site_name, found.flags) == (TITLE, None, None, frozenset({"hijacked"}))


@pytest.mark.parametrize(
    "title",
    [
        "体育彩票公益金2023年使用情况报告",
        "春江市打击网络赌场专项行动总结",
        "激情创业三十年：春江示范区发展纪实",
        "春江示范区一区二区三园建设情况汇报",
        "春江示范区赴澳门招商情况汇报",
    ],
)
def test_an_honest_title_on_such_topics_is_not_taken_for_spam(title: str) -> None:
    found = read(f"<h1>{title}</h1><div>{BODY}</div>", f"<title>{title}</title>")
    assert (found.title, found.flags) == (title, frozenset())


def test_a_body_that_scripts_unhide_is_kept() -> None:
    found = read(f"<h1>{TITLE}</h1><div style='visibility:hidden'>{BODY}{BODY}</div>")
    assert texts(found) == [FIRST, SECOND, THIRD] * 2


def test_rows_of_a_data_table_survive_as_rows() -> None:
    table = "<table><tr><th>指标</th><th>数值</th></tr><tr><td>产值</td><td>12亿元</td></tr></table>"
    found = read(f"<h1>{TITLE}</h1><div class='c'><p>{FIRST}</p>{table}<p>{SECOND}</p></div>")
    assert texts(found) == [FIRST, "指标 | 数值", "产值 | 12亿元", SECOND]
    assert [block.kind for block in found.blocks][1:3] == [BlockKind.ROW, BlockKind.ROW]


def test_a_table_that_only_holds_the_page_together_gives_paragraphs() -> None:
    found = read(f"<h1>{TITLE}</h1><table><tr><td>{BODY}</td></tr></table>")
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_short_headings_inside_the_body_stay_in_their_place() -> None:
    found = read(
        f"<h1>{TITLE}</h1><div><p>一、去年</p><p>{FIRST}</p><p><strong>二、今年</strong></p><p>{SECOND}</p></div>"
    )
    assert texts(found) == ["一、去年", FIRST, "二、今年", SECOND]
    assert found.blocks[2].kind is BlockKind.HEADING


def test_the_headline_repeated_above_the_body_is_dropped_once() -> None:
    found = read(f"<h1>{TITLE}</h1><p>2024-01-09</p><div class='c'><p align='center'>{TITLE}</p>{BODY}</div>")
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_line_breaks_split_and_inline_tags_do_not() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{FIRST[:20]}<b>{FIRST[20:]}</b><br>{SECOND}</div>")
    assert texts(found) == [FIRST, SECOND]


def test_a_page_that_only_carries_files_has_title_date_files_and_no_text() -> None:
    found = read(f"<h1>{TITLE}</h1><p>发布时间：2024-01-09</p><p>附件：<a href='/f/1.pdf'>{TITLE}.pdf</a>已下载3次</p>")
    assert (found.title, found.published_on, found.blocks) == (TITLE, date(2024, 1, 9), ())
    assert [(file.name, file.url) for file in found.attachments] == [(f"{TITLE}.pdf", "/f/1.pdf")]


def test_files_below_a_text_are_listed_and_their_lines_are_no_text() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{BODY}<p>附件：</p><p><a href='b.xlsx'>1.指标表.xlsx</a></p></div>")
    assert texts(found) == [FIRST, SECOND, THIRD]
    assert [file.url for file in found.attachments] == ["b.xlsx"]


def test_a_short_text_is_found_above_long_lists_of_other_texts() -> None:
    teasers = "".join(f"<li><h4><a href='/{n}'>别的新闻第{n}条</a></h4><p>{SECOND}{THIRD}</p></li>" for n in range(9))
    found = read(f"<h1>{TITLE}</h1><p>2024-01-09</p><div><p>{FIRST}</p></div><h3>相关新闻</h3><ul>{teasers}</ul>")
    assert texts(found) == [FIRST]


def test_a_preview_that_stops_early_is_flagged_and_its_notice_dropped() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{BODY}</div><p>本文共9页，还剩6页未读，登录后继续</p>")
    assert "truncated" in found.flags
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_numbered_pieces_cut_inside_sentences_are_kept_and_flagged() -> None:
    whole = (FIRST + SECOND + THIRD).replace("。", "，")
    pieces = [f"{n}、{whole[n * 40 - 40 : n * 40]}" for n in (1, 2, 3, 4)]
    found = read(f"<h1>{TITLE}</h1><div>{''.join(f'<p>{piece}</p>' for piece in pieces)}</div>")
    assert "fragmented" in found.flags
    assert texts(found) == pieces


def test_numbered_measures_that_end_with_their_sentence_are_no_fragments() -> None:
    rows = "".join(f"<p>{n}、{text}</p>" for n, text in enumerate((FIRST, SECOND, THIRD), start=1))
    assert read(f"<h1>{TITLE}</h1><div>{rows}</div>").flags == frozenset()


@pytest.mark.parametrize(
    ("body", "head", "code"),
    [
        ("<h1>抱歉，您访问的页面不存在或已被删除</h1>", "<title>出错了</title>", "soft_404"),
        ("<p>404 Not Found</p>", "<title>404</title>", "soft_404"),
        ("<noscript>请开启JavaScript并刷新该页</noscript>", "<script>var a=1</script>", "js_challenge"),
        ("<script>go()</script>", "<script>var a=1</script>", "js_challenge"),
        (
            "<ul>"
            + "".join(
                f"<li><a href='{n}'>某区2023年{n}月工作总结</a><span>2023-0{n}-01</span></li>" for n in range(1, 9)
            )
            + "</ul>",
            "<title>工作总结_某区</title>",
            "list_page",
        ),
        (f"{MENU}<p>欢迎光临</p>", "<title>某网</title>", "no_body"),
    ],
)
def test_a_page_without_a_report_is_skipped_with_its_reason(body: str, head: str, code: str) -> None:
    with pytest.raises(Skip) as skipped:
        read(body, head)
    assert skipped.value.code == code
    assert skipped.value.message


def test_a_list_without_dates_is_a_list_too() -> None:
    links = "".join(f"<li><a href='{n}'>某区推进第{n}项重点工作的通知</a></li>" for n in range(1, 15))
    with pytest.raises(Skip) as skipped:
        read(f"<ul>{links}</ul><p>下一页</p>", "<title>通知_某区</title>")
    assert skipped.value.code == "list_page"


def test_the_header_table_of_a_public_document_is_no_text() -> None:
    table = (
        "<table><tr><td>索引号：</td><td>A-1</td><td>发文机关：</td><td>管委会</td></tr>"
        f"<tr><td>标　　题：</td><td>{TITLE}</td><td>发布日期：</td><td>2024-01-09</td></tr></table>"
    )
    found = read(f"<div class='box'><h1>{TITLE}</h1>{table}{BODY}</div>")
    assert texts(found) == [FIRST, SECOND, THIRD]
    assert (found.source, found.published_on) == ("管委会", date(2024, 1, 9))


def test_a_short_article_among_dated_links_is_not_taken_for_a_list() -> None:
    links = "".join(
        f"<li><a href='{n}'>某区2023年{n}月的一条旧闻</a><span>2023-0{n}-01</span></li>" for n in range(1, 9)
    )
    found = read(f"<h1>{TITLE}</h1><p>发布时间：2024-01-09</p><div>{FIRST}</div><ul>{links}</ul>")
    assert texts(found) == [FIRST]


def test_jcms_comments_show_title_source_and_body() -> None:
    found = read(
        f"<div><p class='t'><!--<$[标题]>begin-->{TITLE}<!--<$[标题]>end--></p>"
        "<span>信息来源：<!--<$[信息来源]>begin-->管委会办公室<!--<$[信息来源]>end--></span>"
        f"<div><!--<$[信息内容]>begin-->{BODY}<!--<$[信息内容]>end--></div></div>",
        "<title>春江示范区 工作总结</title>",
    )
    assert (found.family, found.title, found.source) == ("gov_jcms", TITLE, "管委会办公室")
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_a_known_container_wins_over_longer_comments_below() -> None:
    comments = "".join(f"<p>{SECOND}{THIRD}</p>" for _ in range(3))
    found = read(f"<h1>{TITLE}</h1><div class='TRS_Editor'>{BODY}</div><div class='comment-list'>{comments}</div>")
    assert found.family == "gov_trs"
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_an_empty_known_container_does_not_hide_the_text_beside_it() -> None:
    found = read(f"<h1>{TITLE}</h1><div id='zoom'></div><div class='real'>{BODY}</div>")
    assert texts(found) == [FIRST, SECOND, THIRD]


def test_a_scraped_text_loses_its_navigation_and_keeps_its_report() -> None:
    found = plain(
        f"某某文库 导航\n当前位置:首页 > 总结 > {TITLE}\n{TITLE}.docx\n"
        "上传时间:2024-01-09 格式:DOCX 页数:3\n第1页 / 共3页\n"
        f"资源描述\n一、去年\n{FIRST}\n{SECOND} 第3页 共3页\n展开阅读全文\n相关资源\n猜你喜欢"
    )
    assert (found.title, found.published_on) == (TITLE, date(2024, 1, 9))
    assert texts(found) == ["一、去年", FIRST, SECOND]


def test_a_bare_text_takes_its_first_line_as_title_and_keeps_its_signature() -> None:
    found = plain(f"{TITLE}\n\n{FIRST}\n{SECOND}\n\n春江示范区管委会\n")
    assert found.title == TITLE
    assert texts(found) == [FIRST, SECOND, "春江示范区管委会"]


def test_a_text_without_any_sentence_is_skipped() -> None:
    with pytest.raises(Skip) as skipped:
        plain("首页\n导航\n登录\n")
    assert skipped.value.code == "no_body"


def test_pages_of_one_report_are_joined_in_order_with_the_facts_of_the_first() -> None:
    one = read(f"<h1>{TITLE}</h1><p>发布时间：2024-01-09</p><div><p>{FIRST}</p></div>")
    two = read(f"<h1>{TITLE}</h1><div><p>{SECOND}{THIRD}</p></div><p><a href='k.pdf'>图表.pdf</a></p>")
    joined = join_pages([one, two])
    assert texts(joined) == [FIRST, SECOND + THIRD]
    assert (joined.title, joined.published_on, len(joined.attachments)) == (TITLE, date(2024, 1, 9), 1)


def test_joining_no_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])


def test_deep_nesting_and_unclosed_tags_are_survived() -> None:
    found = read(f"<h1>{TITLE}</h1>" + "<div><font>" * 600 + BODY)
    assert texts(found) == [FIRST, SECOND, THIRD]


@given(st.text(alphabet=st.sampled_from("<>/=\"' 区总结，。\n-divptable1290&;年月日:发布时间"), max_size=300))
def test_any_scraps_of_markup_give_a_page_or_a_reason(scraps: str) -> None:
    data = f"<html><body><p>{FIRST}{scraps}</p><div>{scraps}".encode()
    page = RawPage(data, "x.html")
    try:
        found = extract(page, decode(page))
    except Skip:
        return
    assert all(block.text.strip() for block in found.blocks)
